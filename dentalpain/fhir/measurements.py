"""Measurements that take more than their number: weeks of pregnancy, body mass, liver enzymes, mood, genes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..clinical import measuring
from ..clinical.quantities import PartialDate, completed_years
from ..clinical.record import Statement
from .bundle import Found
from .elements import Json, day, mapping, number, objects, string, text_of
from .gathering import Gathering
from .values import sent_codes, sent_number, sent_text

SOURCE = "FHIR Observation"

# LOINC codes of one fact that are counted in another way than the rest.
GESTATION = frozenset({"11884-4", "11885-1", "11888-5", "49051-6", "49052-4", "53693-8"})
GESTATION_IN_DAYS = "49052-4"
DUE_DATE = frozenset({"11778-8", "11779-6"})
LAST_PERIOD = "8665-2"
BMI, BMI_PERCENTILE = "39156-5", "59576-9"
CORRECTED_QT = "8636-3"
SODIUM = frozenset({"2951-2", "2947-0"})
LOW_SODIUM = Decimal(135)  # mmol/L: hyponatremia in the labels of carbamazepine and oxcarbazepine
PHQ9_TOTAL, PHQ9_SELF_HARM = "44261-6", "44260-8"
NOT_AT_ALL = "LA6568-5"

NYHA = {"LA28404-4": "I", "LA28405-1": "II", "LA28406-9": "III", "LA28407-7": "IV"}
CHILD_PUGH = {"710065009": "A", "710066005": "B", "710067001": "C"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One Observation, or one component of it, with the day and the moment it speaks of."""

    found: Found
    holder: Json
    code: str
    date: PartialDate
    moment: str


def in_unit(holder: Json, wanted: str) -> measuring.Number | None:
    sent = sent_number(holder)
    return sent.in_unit(wanted) if sent else None


def adult_then(reading: Reading, gathering: Gathering) -> bool | None:
    """Whether the patient was an adult on that day; None when the birth date does not tell."""
    if gathering.birth is None:
        return None
    youngest = completed_years(gathering.birth.last, reading.date.first)
    return youngest >= 18 if completed_years(gathering.birth.first, reading.date.last) >= 18 else False


def _weeks(reading: Reading, gathering: Gathering) -> Iterator[Statement]:
    text_days = measuring.days_in_text(string(reading.holder.get("valueString")))
    weeks = None if text_days is not None else in_unit(reading.holder, "wk")
    sent = sent_number(reading.holder)
    if weeks is None and sent is not None and reading.code == GESTATION_IN_DAYS and sent.units == ("",):
        weeks = sent.value / 7
    days = text_days if text_days is not None else int(weeks * 7) if isinstance(weeks, Decimal) else None
    if days is None:
        gathering.miss(reading.found, "weeks of pregnancy", "it has no number in weeks or days")
        return
    stated = measuring.gestation(days, reading.date, gathering.on, SOURCE)
    yield from _pregnancy(stated, reading)


def _counted_from(reading: Reading, gathering: Gathering) -> Iterator[Statement]:
    """From a due date, which says pregnant, or from the last period, which does not."""
    anchor = day(reading.holder.get("valueDateTime")) or day(reading.holder.get("valueString"))
    if anchor is None:
        gathering.miss(reading.found, "due date or last period", "it holds no date")
    elif reading.code == LAST_PERIOD:
        stated = measuring.gestation_from_last_period(anchor, gathering.on, SOURCE)
        yield from (stated,) if stated else ()
    else:
        yield from _pregnancy(measuring.gestation_from_due_date(anchor, gathering.on, SOURCE), reading)


def _pregnancy(stated: Statement | None, reading: Reading) -> Iterator[Statement]:
    if stated is not None:
        yield stated
        yield Statement("pregnant", True, reading.date, f"{SOURCE}, weeks of pregnancy")


def _body_mass(reading: Reading, gathering: Gathering) -> Iterator[Statement]:
    if reading.code == BMI_PERCENTILE:
        value = in_unit(reading.holder, "%")
        answer = value >= measuring.OBESE_PERCENTILE if isinstance(value, Decimal) else None
    else:
        value = in_unit(reading.holder, "kg/m2")
        answer = measuring.obesity(value, adult_then(reading, gathering)) if isinstance(value, Decimal) else None
    if answer is not None:
        yield Statement("obesity", answer, reading.date, f"{SOURCE}, body mass index")


def _liver_enzyme(reading: Reading, gathering: Gathering) -> Iterator[Statement]:
    value = in_unit(reading.holder, "U/L")
    ranges = objects(reading.holder.get("referenceRange"))
    upper = number(mapping(ranges[0].get("high")).get("value")) if ranges else None
    times = measuring.times_upper_limit(value, upper) if isinstance(value, Decimal) else None
    if times is None:
        gathering.miss(reading.found, text_of(reading.holder.get("code")), "no upper limit of the laboratory was sent")
    else:
        yield Statement("alt_ast_times_uln", times, reading.date, SOURCE)


def _long_qt(reading: Reading, gathering: Gathering) -> Iterator[Statement]:
    value = in_unit(reading.holder, "ms")
    if isinstance(value, Decimal) and value >= measuring.LONG_QT_MS:
        yield Statement("qt_prolongation", True, reading.date, f"{SOURCE}, corrected QT")


def _sodium(reading: Reading, gathering: Gathering) -> Iterator[Statement]:
    value = in_unit(reading.holder, "mmol/L")
    if isinstance(value, Decimal):
        yield Statement("hyponatraemia", value < LOW_SODIUM, reading.date, f"{SOURCE}, sodium")


def _mood(reading: Reading, gathering: Gathering) -> Iterator[Statement]:
    sent = sent_number(reading.holder)
    if reading.code == PHQ9_TOTAL:
        if sent is not None and sent.value >= measuring.POSITIVE_PHQ9:
            yield Statement("depression", True, reading.date, f"{SOURCE}, PHQ-9", certain=False)
        return
    codes = sent_codes(reading.holder)
    if (codes and codes[0].code != NOT_AT_ALL) or (not codes and sent is not None and sent.value >= 1):
        yield Statement("suicidality", True, reading.date, f"{SOURCE}, PHQ-9 item 9")


def _not_this(reading: Reading, gathering: Gathering) -> Iterator[Statement]:
    gathering.unused(reading.found, text_of(reading.holder.get("code")))
    return iter(())


SPECIAL: dict[str, Callable[[Reading, Gathering], Iterator[Statement]]] = {
    **dict.fromkeys(GESTATION, _weeks),
    **dict.fromkeys(DUE_DATE, _counted_from),
    LAST_PERIOD: _counted_from,
    BMI: _body_mass,
    BMI_PERCENTILE: _body_mass,
    **dict.fromkeys(("1742-6", "1920-8"), _liver_enzyme),
    CORRECTED_QT: _long_qt,
    **dict.fromkeys(SODIUM, _sodium),
    PHQ9_TOTAL: _mood,
    PHQ9_SELF_HARM: _mood,
    # The baby's age at birth, uncorrected QT per lead, an answer band, and what the birth date says better.
    **dict.fromkeys(("18185-9", "44975-1", "68519-8", "21112-8", "30525-0", "76689-9"), _not_this),
}


def _word(codes: dict[str, str]) -> Callable[[Reading], str | None]:
    words = set(codes.values())

    def chosen(reading: Reading) -> str | None:
        by_code = next((codes[c.code] for c in sent_codes(reading.holder) if c.code in codes), None)
        text = sent_text(reading.holder).strip().upper().removeprefix("CLASS ").removeprefix("NYHA CLASS ")
        return by_code or (text if text in words else None)

    return chosen


def _allele(reading: Reading) -> str | None:
    text = sent_text(reading.holder).lower()
    if any(word in text for word in ("not detected", "negative", "absent")):
        return "negative"
    return "positive" if any(word in text for word in ("detected", "positive", "present")) else None


def _metaboliser(reading: Reading) -> str | None:
    whole = " ".join([text_of(reading.found.resource.get("code")), sent_text(reading.holder), _gene(reading)]).lower()
    if "cyp2d6" not in whole:
        return None
    text = sent_text(reading.holder).lower().replace("extensive", "normal").replace("ultra-rapid", "ultrarapid")
    return next((word for word in ("ultrarapid", "intermediate", "poor", "normal") if word in text), None)


def _gene(reading: Reading) -> str:
    return " ".join(sent_text(component) for component in objects(reading.found.resource.get("component")))


CHOICES: dict[str, Callable[[Reading], str | None]] = {
    "nyha_class": _word(NYHA),
    "child_pugh_class": _word(CHILD_PUGH),
    "hla_b_1502": _allele,
    "cyp2d6_phenotype": _metaboliser,
}
