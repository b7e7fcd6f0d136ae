"""Which rules an anesthetic meets: injected with or without a vasoconstrictor, long-acting, or on the gums."""

from __future__ import annotations

import pytest

from dentalpain.clinical.prescribing.anesthetics.anesthetic_tags import anesthetic_tags
from dentalpain.clinical.prescribing.texts.reading import read_prescription
from dentalpain.knowledge.drug_tables import load_drug_names

WITH, LONG, ON_TOP = "local_anaesthetic_with_vasoconstrictor", "long_acting_local_anaesthetic", "topical_lidocaine"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("lidocaine 2% with epinephrine 1:100,000 injection", {WITH}),
        ("Septocaine 4% with epinephrine 1:100,000", {WITH}),
        ("bupivacaine 0.5% with epinephrine 1:200,000 injection", {WITH, LONG}),
        ("Exparel", {LONG}),
        ("mepivacaine 3% injection", set()),
        ("lidocaine viscous 2% 5 mL swish and spit tid #100 mL", {ON_TOP}),
        ("viscous lidocaine 2%", {ON_TOP}),
        ("lidocaine gel", {ON_TOP}),
        ("benzocaine 20% gel", set()),
        ("ibuprofen 400 mg q6h #12", set()),
    ],
)
def test_an_anesthetic_meets_the_rules_of_its_kind(text: str, tags: set[str]) -> None:
    assert anesthetic_tags(read_prescription(text, load_drug_names())) == tags
