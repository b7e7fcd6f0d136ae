"""Behind dose and frequency the order of what else is written, and the sign between two parts, mean nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dentalpain.clinical.prescribing.texts.reading import read_prescriptions
from dentalpain.knowledge.drug_tables import load_drug_names

from .test_sig_corpus import numbers_of

NAMES = load_drug_names()
DIRECTIONS = st.sampled_from(
    [
        "Norco 5/325 1-2 tabs q4-6h", "Percocet 5/325 1 tab every 6 hours", "oxycodone 5 mg 2 tabs tid",
        "tramadol 50 mg 1 tab qid", "ibuprofen 600 mg q6h", "Tylenol #3 1 q4h", "Nucynta 50 mg one tablet 4 times daily",
    ]
)  # fmt: skip
PARTS = {
    "quantity": ("#20", "disp #20", "qty 20", "dispense 20 (twenty)", "Disp: 20 tabs", "20 tablets dispensed"),
    "days": ("x 3 days", "for 3 days", "x3d", "for three days", "3-day supply"),
    "refills": ("0 refills", "no refills", "Refills: 0", "NR", "refill x 0"),
    "cap": ("max 3/day", "maximum 3 per day", "not to exceed 3 in 24 hours", "NTE 3/day", "MDD 3"),
    "when needed": ("prn", "as needed", "PRN"),
    "reason": ("for pain", "for dental pain", "for severe pain"),
    "route": ("po", "by mouth", "orally"),
}
SIGNS = (" ", ", ", ". ", "; ", "\n")
KINDS = st.lists(st.sampled_from(sorted(PARTS)), unique=True)


@given(st.data(), DIRECTIONS, KINDS)
@settings(max_examples=60, deadline=None)
def test_the_order_of_quantity_days_refills_cap_and_reason_changes_nothing(
    data: st.DataObject, directions: str, kinds: list[str]
) -> None:
    parts = [data.draw(st.sampled_from(PARTS[kind])) for kind in sorted(kinds)]
    moved = data.draw(st.permutations(parts))
    signs = [data.draw(st.sampled_from(SIGNS)) for _ in moved]
    plain = ", ".join((directions, *parts))
    other = directions + "".join(sign + part for sign, part in zip(signs, moved, strict=True))
    (expected,), (found,) = read_prescriptions(plain, NAMES), read_prescriptions(other, NAMES)
    assert numbers_of(found) == numbers_of(expected), other
    assert [one.why for one in found.unread] == [one.why for one in expected.unread] == [], other


@given(st.data(), KINDS)
@settings(max_examples=40, deadline=None)
def test_each_part_says_what_it_says_among_all_others(data: st.DataObject, kinds: list[str]) -> None:
    parts = [data.draw(st.sampled_from(PARTS[kind])) for kind in kinds]
    (one,) = read_prescriptions(", ".join(("Norco 5/325 2 tabs q6h", *parts)), NAMES)
    capped = 3 if "cap" in kinds else 8  # 2 × 24/6 = 8, or the cap of 3
    days = 3 if "days" in kinds else -(-20 // capped) if "quantity" in kinds else None
    assert one.units_per_day_written == 8
    assert one.units_per_day_max == capped
    assert one.quantity == (20 if "quantity" in kinds else None)
    assert one.days_supply == days
    assert (one.refills, one.as_needed) == (0 if "refills" in kinds else None, "when needed" in kinds)


@pytest.mark.parametrize("sign", [" ", ", ", ". ", " - ", "\n", "; "])
def test_the_dose_may_stand_before_or_behind_the_frequency(sign: str) -> None:
    (one,) = read_prescriptions(f"Norco 5/325{sign}q6h 2 tabs", NAMES)
    assert one.units_per_day_max == 8  # 2 × 24/6
