"""From a dose box to words: the numbers of the box, or none."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from dentalpain.errors import InputError
from dentalpain.handouts.content import Times
from dentalpain.handouts.dosing import directions, needs_counting
from dentalpain.handouts.strengths import pills_of
from dentalpain.handouts.wording import load

from .reading_pdf import spaced
from .samples import dose

ENGLISH = load("en")


def how(box: dict[str, Any] | None, when: str = "as_needed") -> str:
    return spaced(directions(box, when, ENGLISH)[1])


def test_numbers_have_no_trailing_zero_a_leading_zero_and_their_thousands_set_apart() -> None:
    assert how(dose(1000.0)) == "Take 1,000 mg if you hurt. Wait 6 hours before you take more. " + ASK
    assert how(dose(Decimal("0.50"), "mL", None)) == f"Take 0.5 mL if you hurt. {ASK}"


ASK = "Ask us how much you may take in 1 day."


def test_one_tablet_is_singular_and_two_are_plural() -> None:
    assert how(dose(1, "tablet", 8, 3)).startswith("Take 1 tablet if you hurt. Wait 8 hours")
    assert how(dose(1, "tablet", 8, 3)).endswith("Take no more than 3 tablets in 1 day.")


def test_a_maximum_of_exactly_one_dose_is_printed_and_a_smaller_one_sends_to_the_office() -> None:
    assert how(dose(400, most=400)).endswith("Take no more than 400 mg in 1 day.")
    assert how(dose(400, most=399)).endswith(ASK)
    assert how(dose(400, most=6)).endswith(ASK)  # six doses cannot be told from six milligrams


@pytest.mark.parametrize(
    ("days", "said"), [(1, "Take it for 1 day only."), (2, "Do not take it for more than 2 days in a row.")]
)
def test_how_long_is_said_in_days(days: int, said: str) -> None:
    assert [spaced(text) for text in directions(dose(400, days=days), "as_needed", ENGLISH)[2]] == [said]


def test_a_medicine_with_a_plan_stands_at_its_times_of_day_and_is_never_taken_as_needed() -> None:
    assert directions(dose(10, hours=24), "bedtime", ENGLISH)[0] == Times(bedtime="10\N{NO-BREAK SPACE}mg")
    assert directions(dose(10, hours=None), "morning", ENGLISH)[0] == Times(morning="10\N{NO-BREAK SPACE}mg")
    ten = "10\N{NO-BREAK SPACE}mg"
    assert directions(dose(10, hours=12), "bedtime", ENGLISH)[0] == Times(morning=ten, bedtime=ten)
    assert directions(dose(10, hours=6), "bedtime", ENGLISH)[0] == Times(ten, ten, ten, ten)
    assert directions(dose(10, hours=8), "bedtime", ENGLISH)[0] is None
    assert how(dose(10, hours=8), "bedtime") == "Each dose is 10 mg. Ask us at what times to take it."


@pytest.mark.parametrize("box", [None, {}, dose(None), dose(400, unit=None), dose(400, unit="")])
def test_without_an_amount_and_a_unit_no_dose_is_printed(box: dict[str, Any] | None) -> None:
    assert how(box) == "Ask us for the dose before you take it."


@pytest.mark.parametrize("wrong", [0, -400, float("nan"), float("inf"), True, "400"])
@pytest.mark.parametrize("key", ["amount", "every_hours", "max_per_day", "max_days"])
def test_a_number_that_is_no_dose_is_an_error(key: str, wrong: Any) -> None:
    with pytest.raises(InputError, match=rf"dose\.{key}"):
        directions(dose(400, most=2400, days=3) | {key: wrong}, "as_needed", ENGLISH)


def test_a_unit_without_wording_is_an_error() -> None:
    with pytest.raises(InputError, match=r"dose\.unit"):
        directions(dose(1, "barrel"), "as_needed", ENGLISH)


def test_only_a_dose_that_nobody_can_count_needs_a_word_on_pills() -> None:
    assert needs_counting(dose(400))
    assert not needs_counting(dose(2, "tablet"))
    assert not needs_counting(None)


# -- a first dose of another size ----------------------------------------------------------------------------------


def test_naproxen_sodium_starts_with_440_mg_and_goes_on_with_220_mg() -> None:
    # ADA 2024: 440 mg, then 220 mg; 440 + 220 on the first day, and 24 hours hold 2 doses of 220 mg at 12 hours each
    assert how(dose(220, hours=12, most=660, first=440)) == (
        "Take 440 mg the first time, then 220 mg if you still hurt. Wait 12 hours before you take more. "
        "Take no more than 660 mg on the first day. After that, take no more than 440 mg in 1 day."
    )


def test_later_days_never_hold_more_than_the_maximum() -> None:
    # 4 doses of 200 mg would be 800 mg
    assert how(dose(200, hours=6, most=600, first=400)).endswith("After that, take no more than 600 mg in 1 day.")
    assert how(dose(200, hours=48, most=600, first=400)).endswith("After that, take no more than 200 mg in 1 day.")


def test_a_maximum_below_the_first_dose_sends_to_the_office() -> None:
    assert how(dose(220, hours=12, most=439, first=440)).endswith(ASK)
    assert how(dose(220, hours=12, most=440, first=440)).endswith(
        "Take no more than 440 mg on the first day. After that, take no more than 440 mg in 1 day."
    )


def test_without_hours_the_maximum_holds_for_every_day() -> None:
    assert how(dose(220, hours=None, most=660, first=440)).endswith("still hurt. Take no more than 660 mg in 1 day.")


def test_a_first_dose_of_a_medicine_with_set_times_is_told_beside_them() -> None:
    times, _, extra = directions(dose(10, hours=24, first=20), "bedtime", ENGLISH)
    assert times == Times(bedtime="10\N{NO-BREAK SPACE}mg")
    assert [spaced(text) for text in extra] == ["The first time, take 20 mg."]


def test_a_first_dose_that_is_no_number_is_an_error() -> None:
    with pytest.raises(InputError, match=r"dose\.first_amount"):
        directions(dose(10, first=0), "as_needed", ENGLISH)


# -- pills ---------------------------------------------------------------------------------------------------------


def prescription(text: str, *ingredients: tuple[str, Any, str], current: bool = False) -> dict[str, Any]:
    held = [{"name": name, "rxcui": "1", "strength": strength, "unit": unit} for name, strength, unit in ingredients]
    return {"text": text, "current": current, "ingredients": held}


IBUPROFEN = prescription("ibuprofen 400 mg tablet, 1 tab q6h prn #12", ("ibuprofen", 400, "mg"))


def taken(amount: Any, most: Any, *prescriptions: dict[str, Any]) -> str:
    pill = pills_of(prescriptions).get("ibuprofen")
    return spaced(directions(dose(amount, most=most), "as_needed", ENGLISH, pill=pill)[1])


def test_a_dose_is_counted_in_the_tablets_that_are_prescribed() -> None:
    # 2,400 mg a day at 400 mg a tablet are 6 tablets
    assert taken(400, 2400, IBUPROFEN) == (
        "Take 1 tablet (400 mg) if you hurt. Wait 6 hours before you take more. "
        "Take no more than 6 tablets (2,400 mg) in 1 day."
    )
    assert taken(800, 2400, IBUPROFEN).startswith("Take 2 tablets (800 mg) if you hurt.")


def test_a_dose_that_is_no_whole_number_of_tablets_stays_in_milligrams() -> None:
    assert taken(600, 2400, IBUPROFEN).startswith("Take 600 mg if you hurt.")
    assert taken(200, 2400, IBUPROFEN).startswith("Take 200 mg if you hurt.")
    assert needs_counting(dose(600), pills_of([IBUPROFEN])["ibuprofen"])
    assert not needs_counting(dose(400), pills_of([IBUPROFEN])["ibuprofen"])


def test_a_maximum_is_rounded_down_to_whole_tablets() -> None:
    assert taken(400, 1000, IBUPROFEN).endswith("Take no more than 2 tablets (800 mg) in 1 day.")


def test_a_capsule_is_called_a_capsule() -> None:
    capsule = prescription("ibuprofen 200 mg caps, 2 caps q6h prn", ("ibuprofen", 200, "mg"))
    assert taken(400, 1200, capsule).startswith("Take 2 capsules (400 mg) if you hurt.")


@pytest.mark.parametrize(
    "unclear",
    [
        prescription("ibuprofen 400 mg tablet", ("ibuprofen", 400, "mg"), current=True),  # not what is prescribed now
        prescription("ibuprofen 400 mg q6h", ("ibuprofen", 400, "mg")),  # it may be a liquid
        prescription("ibuprofen tablet", ("ibuprofen", None, "mg")),
        prescription("hydrocodone-ibuprofen tablet", ("hydrocodone", 7.5, "mg"), ("ibuprofen", 200, "mg")),
        prescription("ibuprofen tablet 100 mg per 5 mL", ("ibuprofen", 100, "mg per 5 mL")),
    ],
)
def test_where_the_pill_is_not_clear_no_pills_are_counted(unclear: dict[str, Any]) -> None:
    assert taken(400, 2400, unclear).startswith("Take 400 mg if you hurt.")


def test_two_strengths_of_one_medicine_count_no_pills() -> None:
    other = prescription("ibuprofen 200 mg tablet", ("ibuprofen", 200, "mg"))
    assert pills_of([IBUPROFEN, other]) == {}


def test_naproxen_is_not_counted_as_its_strength_may_be_of_the_salt_or_of_the_base() -> None:
    assert pills_of([prescription("naproxen 500 mg tablet", ("naproxen", 500, "mg"))]) == {}


def test_a_course_of_one_day_and_one_without_an_end_name_no_last_day() -> None:
    on = datetime.date(2026, 11, 30)
    assert directions(dose(400, days=1), "as_needed", ENGLISH, on=on)[2] == (spaced_nbsp("Take it for 1 day only."),)
    assert directions(dose(400), "as_needed", ENGLISH, on=on)[2] == ()
    # five days from November 30: 30, 1, 2, 3, 4
    assert "the last day is December 4, 2026" in spaced(directions(dose(400, days=5), "as_needed", ENGLISH, on=on)[2][0])


def spaced_nbsp(text: str) -> str:
    return text.replace("1 day", "1\N{NO-BREAK SPACE}day")
