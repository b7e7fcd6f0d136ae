"""Which rules an anesthetic meets: injected with or without a vasoconstrictor, long-acting, or on the gums."""

from __future__ import annotations

import pytest

from dentalpain.clinical.prescribing.anesthetics.anesthetic_tags import anesthetic_tags
from dentalpain.clinical.prescribing.texts.reading import read_prescription, read_prescriptions
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


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        # One cartridge, as offices write it; the whole order goes through the cutting into prescriptions.
        ("bupivacaine 0.5% with epinephrine 1:200,000", {WITH, LONG}),
        ("lidocaine 2% with epinephrine 1:100,000 1.7 mL", {WITH}),
        ("lidocaine 2 % epinephrine 1:100,000", {WITH}),
        ("lidocaine 2% and epinephrine 1:100,000", {WITH}),
        ("articaine 4%/epinephrine 1:100,000", {WITH}),
        ("mepivacaine 2% with levonordefrin 1:20,000", {WITH}),
        # Short for epinephrine, or the dilution alone.
        ("articaine 4% with epi 1:100,000", {WITH}),
        ("lidocaine 2% w/epi", {WITH}),
        ("lidocaine 2% 1:100,000", {WITH}),
        ("lidocaine 2% 1:50000", {WITH}),
        # A cartridge holds 1.7 or 1.8 mL: milliliters make no mouth rinse of it.
        ("lidocaine 2% with epinephrine 1:100,000 2 cartridges of 1.8 mL", {WITH}),
        ("lidocaine 2% 1.8 mL", set()),
        ("mepivacaine 3% 3.4 mL", set()),
        ("lidocaine viscous 2% 15 mL swish and spit q3h", {ON_TOP}),
        ("mepivacaine 3% without epi", set()),
        ("mepivacaine 3% plain, no epi", set()),
    ],
)
def test_an_order_for_one_cartridge_is_one_prescription_with_its_vasoconstrictor(text: str, tags: set[str]) -> None:
    (order,) = read_prescriptions(text, load_drug_names())
    assert anesthetic_tags(order) == tags


def test_an_anesthetic_and_another_medicine_stay_two() -> None:
    orders = read_prescriptions("lidocaine 2% with epinephrine 1:100,000 and ibuprofen 400 mg q6h #12", load_drug_names())
    assert [sorted(part.name for part in order.ingredients if part.name != "epinephrine") for order in orders] == [
        ["lidocaine"],
        ["ibuprofen"],
    ]
