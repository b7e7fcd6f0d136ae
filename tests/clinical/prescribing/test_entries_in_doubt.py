"""An entry in doubt ("glaucoma", "inhaler", an unconfirmed diagnosis): a reviewed list does not answer for it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dentalpain.clinical.findings import NO, UNKNOWN, YES
from dentalpain.clinical.quantities import PartialDate
from dentalpain.clinical.record import Record, StatedValue, Statement

from .opioid_patients import TODAY, ask, option, order, patient

DAY = PartialDate(TODAY, TODAY)
IBUPROFEN = "ibuprofen 400 mg q6h #12"


def in_doubt(fact: str, **said: StatedValue) -> Record:
    """All lists reviewed; one entry is there, and nobody confirmed it."""
    return patient({"sex": "female", **said}).with_statements(Statement(fact, True, DAY, "office record", certain=False))


@pytest.mark.parametrize(
    ("fact", "rule", "judged"),
    [
        # End-stage kidneys: whoever is on dialysis counts as an eGFR below 15, so the list alone says nothing.
        ("dialysis", "NSAID-EGFR30", "ibuprofen"),
        ("dialysis", "SUZ-RENAL15", "suzetrigine"),
        ("dialysis", "DUL-RENAL", "duloxetine"),
        # The kind of a glaucoma is asked; until then the rules of narrow angles cannot be checked.
        ("glaucoma_unspecified", "CYC-ANTICHOL", "amitriptyline"),
        ("glaucoma_unspecified", "DUL-GLAUCOMA", "duloxetine"),
        # An inhaler may be for asthma, and asthma prompts the question about aspirin.
        ("asthma", "NSAID-AERD", "ibuprofen"),
        ("aerd", "NSAID-AERD", "ibuprofen"),
        # Special cases that were entered without the disease that they belong to.
        ("cirrhosis_decompensated", "NSAID-CIRRHOSIS", "ibuprofen"),
        ("cirrhosis_decompensated", "CLZ-LIVER", "clonazepam"),
        ("cirrhosis_decompensated", "APAP-LIVER-C", "acetaminophen"),
        ("heart_failure_decompensated", "NSAID-HF-SEVERE", "ibuprofen"),
        ("heart_failure_decompensated", "CYC-CARDIAC", "cyclobenzaprine"),
        ("hypertension_uncontrolled", "TRP-CV", "sumatriptan"),
        ("warfarin", "NSAID-ANTICOAG", "ibuprofen"),
        # "Blood thinner" without a name may be one that carbamazepine weakens.
        ("anticoagulant", "CBZ-DOAC", "carbamazepine"),
    ],
)
def test_it_leaves_the_rule_open_and_asks(fact: str, rule: str, judged: str) -> None:
    found = ask(rule, option(judged, in_doubt(fact)))
    assert found.answer is UNKNOWN, found
    assert found.missing()


def test_what_was_measured_or_denied_settles_it() -> None:
    # Dialysis in doubt beside an eGFR of today; a glaucoma in doubt of which somebody said that its angle is open.
    assert ask("NSAID-EGFR30", order(IBUPROFEN, in_doubt("dialysis", egfr=Decimal(90)))).answer is NO
    assert ask("DUL-GLAUCOMA", option("duloxetine", in_doubt("glaucoma_unspecified", glaucoma_angle_closure=False))).answer is NO
    assert ask("DUL-GLAUCOMA", option("duloxetine", in_doubt("glaucoma_unspecified", glaucoma_angle_closure=True))).answer is YES
    assert ask("NSAID-AERD", order(IBUPROFEN, in_doubt("asthma", aerd=False))).answer is NO
    assert ask("NSAID-ANTICOAG", order(IBUPROFEN, in_doubt("warfarin", anticoagulant=False))).answer is NO


def test_a_reviewed_list_without_such_an_entry_still_says_no() -> None:
    record = patient({"sex": "female"})
    for rule, judged in (("NSAID-CIRRHOSIS", "ibuprofen"), ("DUL-GLAUCOMA", "duloxetine"), ("CBZ-DOAC", "carbamazepine")):
        assert ask(rule, option(judged, record)).answer is NO
