"""One fact as a person states it in a form or in the findings: yes or no, a number, a date, or a word."""

from __future__ import annotations

from .facts import FactDefinition
from .given import Given
from .quantities import PartialDate
from .record import StatedValue

# What can be measured in a person, in the unit of the table of facts; outside lies a slip of unit or of finger.
# The bounds refuse 101 where degrees Celsius are asked for; they decide nothing clinical.
BOUNDS: dict[str, tuple[int, int]] = {
    "age_years": (0, 130),
    "temperature_c": (25, 45),
    "respiratory_rate": (0, 120),
    "heart_rate": (0, 350),
    "systolic_bp": (20, 350),
    "diastolic_bp": (10, 250),
    "interincisal_opening_mm": (0, 100),
    "vertical_overlap_mm": (-30, 30),
}
ANY_AMOUNT = (0, 1_000_000)


def stated_value(given: Given, key: str, definition: FactDefinition, *, points: bool = False) -> StatedValue | None:
    """The value under `key`, of the kind that the table of facts names; None where nobody said.

    `points`: a questionnaire writes 1 for yes and 0 for no. Raises AnswersError.
    """
    if definition.value == "number":
        return given.number(key, *BOUNDS.get(key, ANY_AMOUNT))
    if definition.value == "date":
        day = given.day(key)
        return None if day is None else PartialDate(day, day)
    if points and type(value := given.value(key)) is int and value in (0, 1):
        return value == 1
    return given.yes_no(key)
