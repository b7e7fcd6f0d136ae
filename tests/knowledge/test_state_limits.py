"""The table of state limits: every row can be read, names its source and its day, and holds no figure in doubt."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dentalpain.clinical.facts import Facts
from dentalpain.clinical.findings import NO, YES
from dentalpain.clinical.prescribing.judging import Bench, prescription_cases
from dentalpain.clinical.quantities import PartialDate
from dentalpain.clinical.record import Record, Statement
from dentalpain.errors import KnowledgeError
from dentalpain.knowledge.files import read_rows
from dentalpain.knowledge.load import Knowledge
from dentalpain.knowledge.state_table import STATE_LIMITS, limits_by_state, load_state_limits

DAY = dt.date(2026, 11, 24)
ROWS = read_rows(STATE_LIMITS)
ROW = {"state": "OH", "who": "adult", "pain": "acute", "days": "7", "mme": "", "law": "rules of 2017", "as_of": "2017-01-01"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['state']}-{row['who']}-{row['pain']}")
def test_every_row_names_its_source_its_day_and_no_figure_in_doubt(row: dict[str, str], knowledge: Knowledge) -> None:
    assert row["citation"] in knowledge.citations
    assert row["mark"] in ("V", "K")
    assert dt.date.fromisoformat(row["as_of"]) <= DAY
    assert row["mme"] == ""  # every figure that was found is in doubt
    assert row["condition"] and row["law"]


def test_no_two_rows_speak_of_the_same() -> None:
    keys = [(row["state"], row["who"], row["pain"]) for row in ROWS]
    assert len(keys) == len(set(keys))


def test_a_state_with_a_row_for_surgery_has_a_general_one_too() -> None:
    for state, held in load_state_limits().items():
        pains = {limit.pain for limit in held}
        assert "after_surgery" not in pains or "acute" in pains, state


@pytest.mark.parametrize(
    "change",
    [
        {"who": "somebody"},
        {"pain": "chronic"},
        {"state": "Ohio"},
        {"state": "oh"},
        {"days": "seven"},
        {"days": "0"},
        {"mme": "-30"},
        {"mme": "NaN"},
        {"as_of": "2017"},
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_its_place(change: dict[str, str]) -> None:
    with pytest.raises(KnowledgeError, match=r"state_limits[.]csv, row 2: a state in two letters"):
        limits_by_state([{**ROW, **change}])


def test_a_row_shows_its_figures_and_its_day() -> None:
    (limit,) = limits_by_state([{**ROW, "mme": "30"}])["OH"]
    assert (limit.days, limit.mme) == (Decimal(7), Decimal(30))
    assert limit.shown == "OH: 7 days, 30 MME a day"
    assert limit.source == "rules of 2017, as of 2017-01-01"


@pytest.mark.parametrize(("state", "tablets", "answer"), [("FL", 12, NO), ("FL", 16, YES), ("GA", 160, NO), ("WY", 160, NO)])
def test_the_shipped_table_reaches_the_rule(bench: Bench, state: str, tablets: int, answer: object) -> None:
    # Florida: 3 days of acute pain; four tablets a day. Georgia has no general limit, Wyoming no row.
    today = PartialDate(DAY, DAY)
    record = Record(on=DAY, statements=(Statement("prescriber_state", state, today, "office"),))
    order = bench.read(f"Norco 5/325 1 tab q6h prn #{tablets}")
    case = prescription_cases(Facts(record, bench.definitions), (order,), "surgical_extraction", bench)[0]
    found = bench.rules.by_id["STATE-DAYS"].function(case, bench.limits_on(DAY)["STATE-DAYS"])
    assert found.answer is answer
    if answer is YES:
        assert ("FL: 3 days", "HB 21 (2018), as of 2022-04-01") in [(b.value, b.source) for b in found.because]
