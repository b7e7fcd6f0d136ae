"""An order can harm by what is taken already: told once, and only where the order brings it."""

from __future__ import annotations

import datetime as dt

import pytest

from dentalpain.knowledge.bench import tools
from dentalpain.knowledge.load import load_knowledge
from dentalpain.practice.native import read_native
from dentalpain.reviews import Asked, review
from dentalpain.signing import no_signatures

ON = dt.date(2026, 11, 24)
TOOLS = tools(load_knowledge())
NORCO = "Norco 5/325 1 tab q6h #12"
LISTS = dict.fromkeys(("problems", "medicines", "allergies"), ON.isoformat())


def said(listed: list[str], ordered: str) -> dict[str, list[str]]:
    """The rules that answer yes for a man of 46 with reviewed lists, each with the texts that it is about."""
    typed = {"patient": {"birth_date": "1980-02-01", "sex": "male"}, "medicines": listed, "reviewed_on": LISTS}
    record = read_native(typed, on=ON, vocabulary=TOOLS.vocabulary, names=TOOLS.names)
    result = review(record, Asked((ordered,), "surgical_extraction"), TOOLS, no_signatures(TOOLS.knowledge))
    texts = [one["text"] for one in result["prescriptions"]]
    return {flag["rule"]: [texts[i] for i in flag["about"]] for flag in result["flags"] if flag["answer"] == "yes"}


@pytest.mark.parametrize(
    ("listed", "ordered", "rule"),
    [
        # FDA boxed warning of 2016, CDC 2022 recommendation 11: the pair is one danger, whichever of them came first.
        ("oxycodone 5 mg q6h", "diazepam 5 mg once", "OPI-BENZO"),
        # A strong CYP3A4 inhibitor raises oxycodone, as its label says.
        ("oxycodone 5 mg q6h", "clarithromycin 500 mg bid", "OPI-CYP3A4"),
        ("ibuprofen 400 mg tid", "prednisone 20 mg daily x 5 days", "NSAID-STEROID"),
    ],
)
def test_an_order_that_harms_with_a_listed_medicine_is_told_about_that_medicine(
    listed: str, ordered: str, rule: str
) -> None:
    assert said([listed], ordered)[rule] == [listed]


@pytest.mark.parametrize("ordered", ["amoxicillin 500 mg tid", "chlorhexidine rinse bid"])
def test_what_the_list_holds_without_the_order_is_not_told_with_it(ordered: str) -> None:
    assert said(["oxycodone 5 mg q6h", "alprazolam 0.5 mg tid"], ordered) == {}


@pytest.mark.parametrize(
    ("listed", "told", "silent"),
    [
        ("cyclobenzaprine 10 mg hs", "OPI-CNS", "MR-CNS"),
        ("gabapentin 300 mg tid", "OPI-CNS", "GABA-OPIOID"),
    ],
)
def test_a_pair_that_the_order_is_told_of_is_not_told_again_from_the_other_side(
    listed: str, told: str, silent: str
) -> None:
    found = said([listed], NORCO)
    assert found[told] == [NORCO] and silent not in found


def test_two_listed_opioids_share_the_flag_that_the_order_brings() -> None:
    both = ["oxycodone 5 mg q6h", "tramadol 50 mg q6h"]
    assert said(both, "diazepam 5 mg once")["OPI-BENZO"] == both
