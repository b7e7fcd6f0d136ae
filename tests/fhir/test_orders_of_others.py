"""Orders as test requests of opioid decision support carry them: dose in structure, product by its RxNorm name."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from dentalpain.clinical.prescribing.daily.daily_amounts import mg_per_day
from dentalpain.clinical.prescribing.daily.equivalents import mme_total
from dentalpain.clinical.prescribing.prescription import Prescription
from dentalpain.clinical.quantities import plain
from dentalpain.fhir.hook_bundle import make_bundle
from dentalpain.fhir.hook_orders import NAMELESS, STRANGER
from dentalpain.knowledge.drug_tables import load_equivalents

from .conftest import bundle, of_patient, read

Json = dict[str, Any]
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
OXYCODONE = "oxycodone hydrochloride 5 MG Oral Tablet"
PERCOCET = "Acetaminophen 325 MG / oxyCODONE Hydrochloride 5 MG Oral Tablet"


def quantity(value: float, unit: str) -> Json:
    return {"doseAndRate": [{"doseQuantity": {"value": value, "unit": unit}}]}


def up_to(low: float, high: float, unit: str) -> Json:
    return {"doseAndRate": [{"doseRange": {"low": {"value": low}, "high": {"value": high, "unit": unit}}}]}


def hours(period: float, most: float | None = None) -> Json:
    return {"frequency": 1, "period": period, "periodUnit": "h", **({"periodMax": most} if most else {})}


def daily(times: int) -> Json:
    return {"frequency": times, "period": 1, "periodUnit": "d"}


def order(display: str, dose: Json, repeat: Json, **more: Any) -> Json:
    coded = {"coding": [{"system": RXNORM, "code": "0", "display": display}]}
    directed = [{**dose, "timing": {"repeat": repeat}}]
    held = {"status": "draft", "intent": "order", "medicationCodeableConcept": coded, "dosageInstruction": directed}
    return of_patient("MedicationRequest", **{**held, **more})


def proposed(*orders: Json) -> tuple[Prescription, ...]:
    return read(bundle(*orders)).proposed


def mme(*orders: Json) -> str:
    total = mme_total(proposed(*orders), (), load_equivalents().edition()).total
    return "none" if total is None else plain(total)


@pytest.mark.parametrize(
    ("display", "dose", "repeat", "expected"),
    [
        # mg in a tablet × tablets × times a day × factor of 2022
        ("Acetaminophen 325 MG / HYDROcodone Bitartrate 10 MG Oral Tablet", up_to(1, 2, "TAB"), hours(4, 6), "120"),
        ("Acetaminophen 325 MG / Hydrocodone Bitartrate 5 MG Oral Tablet", quantity(1, "TAB"), hours(6), "20"),
        (PERCOCET, up_to(1, 2, "{tablet}"), hours(4, 6), "90"),  # 5 × 12 × 1.5
        ("Acetaminophen 300 MG / Codeine Phosphate 30 MG Oral Tablet", up_to(1, 2, "tablet"), hours(4), "54"),
        ("tramadol hydrochloride 50 MG Oral Tablet", quantity(1, "TAB"), daily(4), "40"),
        ("HYDROmorphone Hydrochloride 2 MG Oral Tablet", quantity(2, "mg"), hours(4), "60"),
        ("Methadone Hydrochloride 10 MG Oral Tablet", quantity(10, "mg"), daily(3), "141"),
        ("72 HR Fentanyl 0.025 MG/HR Transdermal System", quantity(1, "patch"), hours(72), "60"),
        ("72 HR Fentanyl 0.025 MG/HR Transdermal System", quantity(25, "ug/h"), hours(72), "60"),
        ("Acetaminophen 325 MG / Tramadol Hydrochloride 37.5 MG Oral Tablet", quantity(2, "tabs"), hours(6), "60"),
        ("tapentadol 50 MG Oral Tablet", quantity(1, "TAB"), hours(6), "80"),
        ("Hydrocodone Bitartrate 7.5 MG / Ibuprofen 200 MG Oral Tablet", quantity(1, "TAB"), daily(4), "30"),
        ("oxycodone hydrochloride 1 MG/ML Oral Solution", quantity(5, "mg"), hours(6), "30"),  # 5 mL × 4 × 1.5
        ("oxycodone hydrochloride 1 MG/ML Oral Solution", quantity(5, "mL"), hours(6), "30"),
        ("Fentanyl 0.2 MG Oral Lozenge", quantity(200, "ug"), daily(4), "none"),  # no factor of 2022
        ("Buprenorphine 8 MG / Naloxone 2 MG Sublingual Film", quantity(1, "film"), daily(2), "none"),
        ("168 HR Buprenorphine 0.01 MG/HR Transdermal System", quantity(1, "patch"), hours(168), "none"),
    ],
)
def test_the_morphine_equivalents_of_a_structured_order(display: str, dose: Json, repeat: Json, expected: str) -> None:
    assert mme(order(display, dose, repeat)) == expected


def ways(*doses: tuple[float, str]) -> Json:
    """One dose as it was ordered, calculated and given."""
    return {"doseAndRate": [{"type": {"text": str(n)}, "doseQuantity": {"value": v, "unit": u}} for n, (v, u) in enumerate(doses)]}


@pytest.mark.parametrize(
    ("display", "dose", "repeat", "expected"),
    [
        ("Morphine Sulfate 30 MG Oral Tablet", ways((30, "mg"), (1, "tablet"), (30, "mg")), hours(4), "180"),  # 30 × 6
        # of a combination: 10 mg is one tablet with 10 mg of hydrocodone; 10/325 is no part of a tablet
        ("Acetaminophen 325 MG / Hydrocodone Bitartrate 10 MG Oral Tablet", quantity(10, "mg"), daily(6), "60"),
        ("Acetaminophen 325 MG / Hydrocodone Bitartrate 10 MG Oral Tablet", ways((10, "mg"), (1, "TAB")), daily(6), "60"),
        ("Acetaminophen 325 MG / Hydrocodone Bitartrate 5 MG Oral Tablet", ways((7, "mg"), (2, "TAB")), hours(6), "40"),
    ],
)
def test_a_dose_in_several_units_or_in_mg_of_a_combination_is_read(display: str, dose: Json, repeat: Json, expected: str) -> None:
    assert mme(order(display, dose, repeat)) == expected


def test_two_instructions_of_one_day_add_up_in_the_unit_that_both_give() -> None:
    morning = {**ways((15, "mg"), (1, "tablet")), "timing": {"repeat": {"when": ["MORN"]}}}
    night = {**ways((2, "tablet"), (30, "mg")), "timing": {"repeat": {"when": ["HS"]}}}
    held = order("Morphine Sulfate 15 MG Oral Tablet", {}, {}, dosageInstruction=[morning, night])
    assert mme(held) == "45"  # 15 × (1 + 2)


def test_two_instructions_in_units_that_cannot_be_added_count_as_the_heavier() -> None:
    held = order(OXYCODONE, {}, {}, dosageInstruction=[
        {**quantity(5, "mg"), "timing": {"repeat": daily(1)}}, {**quantity(2, "tablet"), "timing": {"repeat": daily(1)}},
    ])  # fmt: skip
    assert mme(held) == "15"  # 5 × 2 × 1.5


def test_name_and_display_of_two_opioids_count_as_the_heavier() -> None:
    coded = {"text": "Norco 5/325", "coding": [{"system": RXNORM, "code": "0", "display": OXYCODONE}]}
    held = order(OXYCODONE, quantity(1, "TAB"), hours(6), medicationCodeableConcept=coded)
    assert mme(held) == "30"  # 5 × 4 × 1.5 against 5 × 4 × 1
    assert any("the code says oxycodone" in one.why for one in proposed(held)[0].unread)


def test_an_order_without_directions_counts_quantity_by_days() -> None:
    supply = {"quantity": {"value": 60}, "expectedSupplyDuration": {"value": 30, "unit": "days"}}
    held = order(OXYCODONE, {}, {}, dispenseRequest=supply, dosageInstruction=[])
    assert mme(held) == "15"  # 5 × 60/30 × 1.5, a minimum
    assert mme(order(OXYCODONE, {}, {}, dispenseRequest={"quantity": {"value": 60}}, dosageInstruction=[])) == "none"


def test_two_patches_of_two_orders_add_up() -> None:
    first = order("72 HR Fentanyl 0.025 MG/HR Transdermal System", quantity(1, "patch"), hours(72), id="a")
    second = order("72 HR Fentanyl 0.012 MG/HR Transdermal System", quantity(1, "patch"), hours(72), id="b")
    assert mme(first, second) == "88.8"  # (25 + 12) × 2.4


@pytest.mark.parametrize(
    ("repeat", "per_day"),
    [
        ({"when": ["C"]}, 3),  # with a meal: with each of three
        ({"when": ["AC", "HS"]}, 4),
        ({"when": ["PCM", "PCV"]}, 2),
        ({"when": ["HS"], **daily(1)}, 1),
        ({"timeOfDay": ["08:00:00", "14:00:00"], **daily(1)}, 2),  # once, and twice: the riskier
        ({"timeOfDay": ["08:00:00"], **daily(3)}, 3),
        ({"frequency": 4, "frequencyMax": 6, "period": 1, "periodUnit": "d"}, 6),
        ({"when": ["HS"], "frequency": 1, "period": 2, "periodUnit": "d"}, Decimal("0.5")),  # every other night
        ({"timeOfDay": "08:00:00", "when": {}, **daily(2)}, 2),  # no lists: they say nothing
    ],
)
def test_times_of_day_and_a_frequency_give_the_heaviest_day(repeat: Json, per_day: Decimal) -> None:
    assert proposed(order(OXYCODONE, quantity(1, "TAB"), repeat))[0].units_per_day_max == per_day


@pytest.mark.parametrize(
    ("bounds", "days"),
    [
        ({"boundsDuration": {"value": 5, "code": "d"}}, 5),
        ({"boundsRange": {"low": {"value": 3, "code": "d"}, "high": {"value": 5, "code": "d"}}}, 5),
        ({"boundsPeriod": {"start": "2026-11-30", "end": "2026-12-02"}}, 3),  # first and last day are both taken
        ({"boundsPeriod": {"start": "2026-11-30T08:00:00-05:00", "end": "2026-12-02T08:00:00-05:00"}}, 3),
        ({"boundsPeriod": {"start": "2026-12-02", "end": "2026-11-30"}}, None),
        ({"boundsPeriod": {"start": "2026-11", "end": "2026-12"}}, None),
        ({"boundsPeriod": {"start": "2026-11-30"}}, None),
        ({"count": 12}, 3),  # 12 doses at 4 a day
        ({"count": 10, "countMax": 14}, 4),  # 14/4 = 3.5, rounded up
        ({"count": 0}, None),
    ],
)
def test_the_bounds_of_the_timing_give_the_days(bounds: Json, days: int | None) -> None:
    assert proposed(order(OXYCODONE, quantity(1, "TAB"), {**hours(6), **bounds}))[0].days_supply == days


def test_a_number_of_doses_at_times_of_day_gives_the_days() -> None:
    repeat = {"timeOfDay": ["08:00:00", "14:00:00", "20:00:00"], "count": 9}
    assert proposed(order(OXYCODONE, quantity(1, "TAB"), repeat))[0].days_supply == 3  # 9 doses at 3 a day


def test_a_number_of_doses_without_a_frequency_gives_no_days() -> None:
    assert proposed(order(OXYCODONE, quantity(1, "TAB"), {"count": 12}))[0].days_supply is None


@pytest.mark.parametrize(
    ("most", "over"),
    [
        ({"value": 8, "unit": "TAB"}, {"value": 1, "code": "d"}),
        ({"value": 8, "unit": "tablets"}, {"value": 24, "unit": "hours"}),
        ({"value": 56, "unit": "{tbl}"}, {"value": 1, "code": "wk"}),
    ],
)
def test_the_most_in_a_period_is_the_most_in_a_day(most: Json, over: Json) -> None:
    cap = {"numerator": most, "denominator": over}
    made = order(PERCOCET, {**up_to(1, 2, "TAB"), "maxDosePerPeriod": cap}, hours(4))
    one = proposed(made)[0]
    assert one.units_per_day_written == 12
    assert one.units_per_day_max == 8
    assert mg_per_day("acetaminophen", [one]) == 2600  # 8 × 325


@pytest.mark.parametrize(
    ("text", "dose", "repeat"),
    [("1 tab q6h", up_to(1, 2, "TAB"), hours(4)), ("2 tabs q4h", quantity(1, "TAB"), hours(6))],
)
def test_where_text_and_structure_differ_the_heavier_counts_and_both_are_shown(
    text: str, dose: Json, repeat: Json
) -> None:
    one = proposed(order(PERCOCET, {**dose, "text": text}, repeat))[0]
    assert one.units_per_day_max == 12
    assert any("the text says" in part.why and "the structure" in part.why for part in one.unread)


def test_an_order_without_any_directions_has_no_number_and_is_asked_for() -> None:
    supply = {"quantity": {"value": 120}, "expectedSupplyDuration": {"value": 30, "code": "d"}}
    bare = of_patient(
        "MedicationRequest", status="draft", intent="order", medicationCodeableConcept={"text": OXYCODONE},
        dispenseRequest=supply,
    )  # fmt: skip
    one = proposed(bare)[0]
    assert one.units_per_day_max is None
    assert one.quantity == 120
    assert one.days_supply == 30
    assert any("not written" in part.why for part in one.unread)


@pytest.mark.parametrize(
    ("subject", "said", "reviewed"),
    [
        ("Patient/other", STRANGER, 0),
        ("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", STRANGER, 0),
        ("a-context", NAMELESS, 1),  # a bare word names nobody: the request is about its patient
    ],
)
def test_an_order_of_somebody_else_is_left_out_and_one_of_nobody_is_reviewed(subject: str, said: str, reviewed: int) -> None:
    draft = {**order(OXYCODONE, quantity(1, "TAB"), hours(6)), "subject": {"reference": subject}}
    drafts = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": draft}]}
    made = make_bundle("p1", {}, drafts)
    assert (said in made.orders_left_out, len(made.orders)) == (True, reviewed)
