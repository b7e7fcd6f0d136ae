"""Medicines and drafts: what is taken now, what was, and what is proposed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from dentalpain.clinical.prescribing.prescription import Prescription
from dentalpain.clinical.record import Medicine, Record, Standing

from .conftest import ON, answer, bundle, concept, of_patient, read

RXNORM, SNOMED, CDT = "http://www.nlm.nih.gov/research/umls/rxnorm", "http://snomed.info/sct", "http://www.ada.org/cdt"


def request(text: str, **more: Any) -> dict[str, Any]:
    made = {"status": "active", "intent": "order", "authoredOn": "2026-11-01", **more}
    return of_patient("MedicationRequest", medicationCodeableConcept=concept(text), **made)


def statement(text: str, **more: Any) -> dict[str, Any]:
    made = {"status": "active", "effectivePeriod": {"start": "2026-01-01"}, **more}
    return of_patient("MedicationStatement", medicationCodeableConcept=concept(text), **made)


def of(*resources: dict[str, Any], **more: Any) -> Record:
    return read(bundle(*resources, **more))


def only(record: Record) -> Medicine:
    assert len(record.medicines) == 1
    return record.medicines[0]


def supply(days: int, **more: Any) -> dict[str, Any]:
    return {"expectedSupplyDuration": {"value": days, "unit": "days", "code": "d"}, **more}


# -- what is taken ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("active", Standing.CURRENT),
        ("on-hold", Standing.ASK),
        ("unknown", Standing.ASK),
        ("completed", Standing.PAST),
        ("stopped", Standing.PAST),
    ],
)
def test_the_status_of_an_order_decides(status: str, standing: Standing) -> None:
    medicine = only(of(request("Warfarin Sodium 5 MG Oral Tablet", status=status)))
    assert medicine.standing is standing
    assert [part.name for part in medicine.prescription.ingredients] == ["warfarin"]


@pytest.mark.parametrize(
    "change",
    [
        {"status": "entered-in-error"},
        {"status": "cancelled"},
        {"status": "draft"},
        {"intent": "proposal"},
        {"intent": "plan"},
        {"intent": "option"},
        {"intent": None},
        {"doNotPerform": True},
    ],
)
def test_what_is_no_order_is_no_medicine(change: dict[str, Any]) -> None:
    assert of(request("Warfarin 5 mg", **change)).medicines == ()


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("active", Standing.CURRENT),
        ("intended", Standing.CURRENT),
        ("on-hold", Standing.ASK),
        ("not-taken", Standing.REFUTED),
    ],
)
def test_the_status_of_a_statement_decides(status: str, standing: Standing) -> None:
    assert only(of(statement("Warfarin 5 mg", status=status))).standing is standing


def test_a_statement_entered_in_error_is_nothing() -> None:
    assert of(statement("Warfarin 5 mg", status="entered-in-error")).medicines == ()


def test_a_statement_whose_period_ended_is_past() -> None:
    ended = statement("Warfarin 5 mg", effectivePeriod={"start": "2026-01-01", "end": "2026-11-29"})
    assert only(of(ended)).standing is Standing.PAST
    today = statement("Warfarin 5 mg", effectivePeriod={"start": "2026-01-01", "end": "2026-11-30"})
    assert only(of(today)).standing is Standing.CURRENT


def test_an_order_without_a_known_supply_is_taken_as_long_as_it_is_called_active() -> None:
    assert only(of(request("Warfarin 5 mg", authoredOn="1992-12-19"))).standing is Standing.CURRENT
    assert only(of(request("Warfarin 5 mg", authoredOn=None))).standing is Standing.CURRENT


@pytest.mark.parametrize(
    ("days_ago", "standing"),
    [
        (10, Standing.CURRENT),  # 3 days of supply and 7 days of grace
        (11, Standing.ASK),
        (100, Standing.ASK),  # 90 days beyond the grace
        (101, Standing.PAST),
    ],
)
def test_a_course_of_three_days_is_over_after_its_grace(days_ago: int, standing: Standing) -> None:
    written = (ON - dt.timedelta(days=days_ago)).isoformat()
    order = request("Norco 5/325", authoredOn=written, dispenseRequest=supply(3))
    assert only(of(order)).standing is standing


@pytest.mark.parametrize(("days_ago", "standing"), [(120, Standing.CURRENT), (121, Standing.ASK), (900, Standing.ASK)])
def test_a_long_course_with_repeats_is_asked_about_after_a_month_of_grace(days_ago: int, standing: Standing) -> None:
    written = (ON - dt.timedelta(days=days_ago)).isoformat()
    order = request("Lisinopril 10 mg", authoredOn=written, dispenseRequest=supply(30, numberOfRepeatsAllowed=2))
    assert only(of(order)).standing is standing  # 30 x (1 + 2) + 30 = 120 days


def test_an_order_may_be_filled_as_late_as_it_is_valid() -> None:
    late = supply(3, validityPeriod={"end": "2026-11-25"})
    assert only(of(request("Norco 5/325", authoredOn="2026-10-01", dispenseRequest=late))).standing is Standing.CURRENT


def test_a_bone_medicine_outlives_its_supply() -> None:
    order = request("Alendronate 70 mg", authoredOn="2020-01-01", dispenseRequest=supply(28))
    assert only(of(order)).standing is Standing.CURRENT


def test_the_supply_is_worked_out_from_quantity_and_directions() -> None:
    order = request(
        "Ibuprofen 400 MG Oral Tablet",
        authoredOn="2026-11-01",
        dosageInstruction=[{"text": "1 tablet every 6 hours"}],
        dispenseRequest={"quantity": {"value": 12, "unit": "tablet"}},
    )
    medicine = only(of(order))
    assert medicine.prescription.days_supply == 3  # 12 / (4 a day)
    assert str(medicine.end) == "2026-11-04" and medicine.standing is Standing.ASK  # + 7 days of grace = 11 November


def dispense(**more: Any) -> dict[str, Any]:
    made = {"status": "completed", "whenHandedOver": "2026-11-20", "daysSupply": {"value": 5, "code": "d"}, **more}
    return of_patient("MedicationDispense", medicationCodeableConcept=concept("Norco 5/325"), **made)


def test_a_dispense_is_current_for_its_supply_and_asked_about_without_one() -> None:
    assert only(of(dispense())).standing is Standing.CURRENT
    assert str(only(of(dispense())).end) == "2026-11-25"
    assert only(of(dispense(daysSupply=None))).standing is Standing.ASK
    assert of(dispense(status="declined")).medicines == ()
    assert of(dispense(whenHandedOver="2026-12-01")).medicines == ()


def test_the_same_medicine_in_three_resources_is_one_exposure() -> None:
    order = request(
        "Hydrocodone/Acetaminophen 5/325", dosageInstruction=[{"text": "1 tab q6h"}], dispenseRequest=supply(60)
    )
    record = of(statement("Norco 5/325"), order, dispense())
    assert only(record).source == "FHIR MedicationRequest"  # the one that says how much
    without_strength = of(statement("hydrocodone and acetaminophen"), order)
    assert len(without_strength.medicines) == 1


def test_two_strengths_and_two_release_forms_are_two_medicines() -> None:
    assert len(of(request("Oxycodone 5 mg"), request("Oxycodone 10 mg")).medicines) == 2
    assert len(of(request("Oxycodone 10 mg"), request("OxyContin 10 mg")).medicines) == 2


def test_a_past_order_and_a_current_one_both_stay() -> None:
    assert len(of(request("Oxycodone 5 mg", status="stopped"), request("Oxycodone 5 mg")).medicines) == 2


def test_a_medicine_that_no_table_knows_is_kept_once_and_listed() -> None:
    record = of(request("Zorblaxin 5 mg"), statement("zorblaxin 5 MG"))
    assert len(record.medicines) == 1
    assert [(line.what, line.why) for line in record.not_read] == [("zorblaxin 5 MG", "no table knows this medicine")]


@pytest.mark.parametrize("code", [concept("", SNOMED, "787481004")])
def test_no_known_medications_makes_no_of_the_classes_for_90_days(code: dict[str, Any]) -> None:
    said = of_patient("MedicationStatement", status="active", medicationCodeableConcept=code, dateAsserted="2026-11-01")
    record = of(said)
    assert record.medicines == () and record.reviewed["medicines"].date == dt.date(2026, 11, 1)
    assert "medicines" not in of({**said, "status": "stopped"}).reviewed


# -- names and codes -------------------------------------------------------------------------------------------------


def names(medicine: Medicine) -> list[str]:
    return [part.name for part in medicine.prescription.ingredients]


def test_a_contained_a_linked_and_a_missing_medication() -> None:
    inside = of_patient(
        "MedicationRequest",
        status="active",
        intent="order",
        medicationReference={"reference": "#m"},
        contained=[{"resourceType": "Medication", "id": "m", "code": concept("Warfarin 5 mg")}],
    )
    assert names(only(of(inside))) == ["warfarin"]
    medication = {"resourceType": "Medication", "id": "m7", "code": concept("Warfarin 5 mg")}
    linked = {**inside, "contained": [], "medicationReference": {"reference": "Medication/m7"}}
    assert names(only(of(linked, medication))) == ["warfarin"]
    shown = {**linked, "medicationReference": {"reference": "Medication/gone", "display": "Warfarin 5 mg"}}
    assert names(only(of(shown))) == ["warfarin"]
    lost = of({**linked, "medicationReference": {"reference": "Medication/gone"}})
    assert not only(lost).prescription.recognised and lost.not_read[0].what == "medicine without a name"


def test_the_ingredients_of_a_compounded_product_are_read() -> None:
    capsule = {
        "resourceType": "Medication", "id": "c", "code": {"text": "compounded capsule"},
        "ingredient": [{"itemCodeableConcept": concept("naltrexone", RXNORM, "7243")}],
    }  # fmt: skip
    order = of_patient("MedicationStatement", status="active", medicationReference={"reference": "Medication/c"})
    assert names(only(of(order, capsule))) == ["naltrexone"]
    named = {
        **capsule,
        "ingredient": [{"itemReference": {"reference": "Medication/n"}}],
    }
    part = {"resourceType": "Medication", "id": "n", "code": concept("naltrexone")}
    assert names(only(of(order, named, part))) == ["naltrexone"]


def strength(value: Any, unit: str, per: Any, per_unit: str) -> dict[str, Any]:
    return {"strength": {"numerator": {"value": value, "unit": unit}, "denominator": {"value": per, "unit": per_unit}}}


@pytest.mark.parametrize(
    ("ratio", "read_as"),
    [
        (strength(3, "mg", 1, "capsule"), (3, "mg")),
        (strength(Decimal("4.5"), "mg", 5, "mL"), (Decimal("0.9"), "mg/mL")),  # 4.5 / 5
        (strength(0, "mg", 1, "capsule"), (None, "")),
        (strength(3, "", 1, "capsule"), (None, "")),
    ],
)
def test_the_strength_of_a_compounded_ingredient_is_read(ratio: dict[str, Any], read_as: tuple[Any, str]) -> None:
    medication = {
        "resourceType": "Medication", "id": "m", "code": {"text": "compounded"},
        "ingredient": [{"itemCodeableConcept": concept("naltrexone", RXNORM, "7243"), **ratio}],
    }  # fmt: skip
    order = of_patient(
        "MedicationStatement", status="active", medicationReference={"reference": "#m"}, contained=[medication]
    )
    part = only(of(order)).prescription.ingredients[0]
    assert (part.strength, part.unit) == read_as


def test_two_ingredients_with_their_strengths_are_one_product() -> None:
    medication = {
        "resourceType": "Medication", "id": "m", "code": {"text": "pain tablet"},
        "ingredient": [
            {"itemCodeableConcept": concept("hydrocodone"), **strength(5, "mg", 1, "tablet")},
            {"itemCodeableConcept": concept("acetaminophen"), **strength(325, "mg", 1, "tablet")},
        ],
    }  # fmt: skip
    order = of_patient(
        "MedicationStatement", status="active", medicationReference={"reference": "#m"}, contained=[medication]
    )
    parts = {part.name: part.strength for part in only(of(order)).prescription.ingredients}
    assert parts == {"hydrocodone": 5, "acetaminophen": 325}


def test_a_name_without_a_strength_takes_it_from_the_display_of_its_code() -> None:
    coding = {
        "coding": [{"system": RXNORM, "code": "855332", "display": "Warfarin Sodium 5 MG Oral Tablet"}],
        "text": "Coumadin",
    }
    medicine = only(
        of(of_patient("MedicationRequest", status="active", intent="order", medicationCodeableConcept=coding))
    )
    assert medicine.prescription.ingredients[0].strength == 5


def test_of_two_strengths_the_higher_counts_and_both_are_shown() -> None:
    coding = {
        "coding": [{"system": RXNORM, "code": "1", "display": "Oxycodone 10 MG Oral Tablet"}],
        "text": "oxycodone 5 mg tablet",
    }
    medicine = only(
        of(of_patient("MedicationRequest", status="active", intent="order", medicationCodeableConcept=coding))
    )
    assert medicine.prescription.ingredients[0].strength == 10
    assert any("oxycodone 5 mg" in part.why for part in medicine.prescription.unread)


def test_a_code_for_another_ingredient_than_the_name_counts_too() -> None:
    coding = {"coding": [{"system": RXNORM, "code": "5640", "display": "ibuprofen"}], "text": "Tylenol 500 mg"}
    medicine = only(
        of(of_patient("MedicationRequest", status="active", intent="order", medicationCodeableConcept=coding))
    )
    assert set(names(medicine)) == {"acetaminophen", "ibuprofen"}


# -- drafts ----------------------------------------------------------------------------------------------------------


def draft(text: str = "Hydrocodone Bitartrate 5 MG / Acetaminophen 325 MG Oral Tablet", **more: Any) -> dict[str, Any]:
    return request(text, **{"status": "draft", **more})


def structured(dose: dict[str, Any], repeat: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"doseAndRate": [dose], "timing": {"repeat": repeat}, **more}


TABLET = {"doseQuantity": {"value": 1, "unit": "tablet"}}


def test_a_draft_is_proposed_and_never_current() -> None:
    record = of(draft(dosageInstruction=[{"text": "1 tab q6h prn"}], dispenseRequest={"quantity": {"value": 12}}))
    assert record.medicines == () and len(record.proposed) == 1
    proposed = record.proposed[0]
    assert (proposed.units_per_day_max, proposed.days_supply, proposed.as_needed) == (4, 3, True)


@pytest.mark.parametrize(
    ("instruction", "per_day"),
    [
        (structured(TABLET, {"frequency": 1, "period": 6, "periodUnit": "h"}), 4),
        (structured(TABLET, {"frequency": 1, "period": 4, "periodMax": 6, "periodUnit": "h"}), 6),  # the shorter period
        (structured(TABLET, {"frequency": 1, "frequencyMax": 3, "period": 1, "periodUnit": "d"}), 3),
        (
            structured(
                {"doseRange": {"low": {"value": 1}, "high": {"value": 2}}},
                {"frequency": 4, "period": 1, "periodUnit": "d"},
            ),
            8,
        ),
        (structured(TABLET, {"timeOfDay": ["08:00:00", "20:00:00"]}), 2),
        (structured(TABLET, {"when": ["ACM", "ACD", "ACV"]}), 3),
        ({"doseAndRate": [TABLET], "timing": {"code": concept("", "x", "BID")}}, 2),
        ({"doseAndRate": [TABLET], "timing": {"code": {"text": "q8h"}}}, 3),
        ({"doseAndRate": [TABLET], "timing": {"code": {"text": "twice a day"}}}, 2),
        ({"doseAndRate": [TABLET], "timing": {"code": {"text": "Every 4-6 hours as needed"}}}, 6),  # the shorter interval
        ({"doseAndRate": [TABLET], "timing": {"code": {"coding": [{"code": "304550", "display": "3 times daily"}]}}}, 3),
        ({"text": "take 1 tablet", "doseAndRate": [TABLET], "timing": {"code": {"text": "2 times daily"}}}, 2),
        ({"text": "1 tablet daily", "doseAndRate": [TABLET], "timing": {"code": {"text": "2 times daily"}}}, 2),  # the higher
    ],
)
def test_the_structure_gives_the_most_that_a_day_can_be(instruction: dict[str, Any], per_day: int) -> None:
    proposed = of(draft(dosageInstruction=[instruction])).proposed[0]
    assert proposed.units_per_day_max == per_day


def test_a_rhythm_in_words_says_as_needed_too_and_what_is_not_understood_of_it_is_asked() -> None:
    def proposed(words: str) -> Prescription:
        rhythm = {"doseAndRate": [TABLET], "timing": {"code": {"text": words}}}
        return of(draft(dosageInstruction=[rhythm])).proposed[0]

    assert proposed("every 6 hours as needed").as_needed and not proposed("every 6 hours").unread
    unclear = proposed("1-0-1")  # morning, noon, evening, as some countries write it: no number is taken from it
    assert unclear.units_per_day_max is None
    assert {"1 -", "- 0 -", "- 1", "structured dosage"} <= {one.what for one in unclear.unread}
    assert "how often is not given" in proposed("as directed").unread[-1].why


def test_a_cap_wins_over_the_frequency() -> None:
    cap = {"numerator": {"value": 3, "unit": "tablet"}, "denominator": {"value": 1, "unit": "d", "code": "d"}}
    instruction = structured(TABLET, {"frequency": 1, "period": 4, "periodUnit": "h"}, maxDosePerPeriod=cap)
    proposed = of(draft(dosageInstruction=[instruction])).proposed[0]
    assert (proposed.units_per_day_written, proposed.units_per_day_max) == (6, 3)


def test_the_heaviest_step_of_a_taper_counts() -> None:
    steps = [
        {
            "sequence": n,
            **structured(
                {"doseQuantity": {"value": dose, "unit": "tablet"}}, {"frequency": 2, "period": 1, "periodUnit": "d"}
            ),
        }
        for n, dose in ((1, 1), (2, 3), (3, 2))
    ]
    assert of(draft("Prednisone 5 mg tablet", dosageInstruction=steps)).proposed[0].units_per_day_max == 6


def test_the_steps_of_a_taper_last_as_long_as_all_of_them_together() -> None:
    def step(n: int, days: int | None) -> dict[str, Any]:
        bounds = {"boundsDuration": {"value": days, "unit": "d", "code": "d"}} if days else {}
        return {"sequence": n, **structured(TABLET, {"frequency": 2, "period": 1, "periodUnit": "d", **bounds})}

    whole = of(draft(dosageInstruction=[step(1, 1), step(2, 4)])).proposed[0]
    assert whole.days_supply == 5  # 1 day and then 4
    open_end = of(draft(dosageInstruction=[step(1, 1), step(2, None)])).proposed[0]
    assert open_end.days_supply is None


def test_doses_beside_each_other_add_up() -> None:
    morning = structured(TABLET, {"frequency": 1, "period": 1, "periodUnit": "d"})
    night = structured(
        {"doseQuantity": {"value": 2, "unit": "tablet"}}, {"frequency": 1, "period": 1, "periodUnit": "d"}
    )
    proposed = of(draft(dosageInstruction=[{"sequence": 1, **morning}, {"sequence": 1, **night}])).proposed[0]
    assert (proposed.units_per_day_max, proposed.units_per_dose) == (3, 2)


def test_doses_beside_each_other_that_cannot_be_added_give_no_number() -> None:
    known = structured(TABLET, {"frequency": 1, "period": 1, "periodUnit": "d"})
    proposed = of(draft(dosageInstruction=[known, {"doseAndRate": [TABLET]}])).proposed[0]
    assert proposed.units_per_day_max is None and proposed.unread


def test_as_needed_counts_as_taken() -> None:
    instruction = structured(
        TABLET, {"frequency": 1, "period": 6, "periodUnit": "h"}, asNeededCodeableConcept={"text": "pain"}
    )
    proposed = of(draft(dosageInstruction=[instruction])).proposed[0]
    assert proposed.as_needed and proposed.units_per_day_max == 4


def test_the_days_of_a_draft_come_from_its_supply_without_the_repeats() -> None:
    order = draft(
        dosageInstruction=[structured(TABLET, {"frequency": 4, "period": 1, "periodUnit": "d"})],
        dispenseRequest={"expectedSupplyDuration": {"value": 1, "unit": "week"}, "numberOfRepeatsAllowed": 2},
    )
    proposed = of(order).proposed[0]
    assert (proposed.days_supply, proposed.refills) == (Decimal(7), 2)


def test_a_draft_not_to_give_something_is_listed() -> None:
    record = of(draft(doNotPerform=True))
    assert record.proposed == () and "proposes nothing" in record.not_read[0].why


def test_a_draft_of_tomorrow_is_not_read() -> None:
    assert of(draft(authoredOn="2026-12-01")).proposed == ()


# -- what the draft is for -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "indication"),
    [
        (concept("", CDT, "D7140"), "simple_extraction"),
        (concept("", CDT, "D7240"), "surgical_extraction"),
        (concept("simple extraction #30"), "simple_extraction"),
        (concept("non-surgical extraction"), "simple_extraction"),
        (concept("Surgical extraction #17"), "surgical_extraction"),
        (concept("wisdom teeth removed today"), "surgical_extraction"),
        (concept("toothache, no care available until Monday"), "toothache_no_care"),
        (concept("", "http://hl7.org/fhir/sid/icd-10-cm", "K14.6"), "burning_mouth"),
        (concept("", "http://hl7.org/fhir/sid/icd-10-cm", "G50.0"), "trigeminal_neuralgia"),
        (concept("", SNOMED, "30731004"), "burning_mouth"),
        (concept("chronic TMD"), "chronic_tmd"),
        (concept("", "http://hl7.org/fhir/sid/icd-10-cm", "G89.18"), None),  # too wide
        (concept("", "http://hl7.org/fhir/sid/icd-10-cm", "K08.89"), None),
        (concept("", "http://hl7.org/fhir/sid/icd-10-cm", "M26.62"), None),  # acute or chronic?
        (concept("pain"), None),
    ],
)
def test_the_reason_of_a_draft_names_its_indication_or_leaves_it_open(
    reason: dict[str, Any], indication: str | None
) -> None:
    assert of(draft(reasonCode=[reason])).indication == indication


def test_two_reasons_or_two_drafts_that_differ_leave_it_open() -> None:
    simple, burning = concept("simple extraction"), concept("burning mouth")
    assert of(draft(reasonCode=[simple, burning])).indication is None
    assert of(draft(reasonCode=[simple]), draft(reasonCode=[burning])).indication is None
    assert of(draft(reasonCode=[simple]), draft(reasonCode=[simple])).indication == "simple_extraction"


TMD = of_patient(
    "Condition",
    id="c1",
    clinicalStatus={"coding": [{"code": "active"}]},
    code=concept("", "http://hl7.org/fhir/sid/icd-10-cm", "M26.621"),
    onsetDateTime="2026-08-31",
)


@pytest.mark.parametrize(("onset", "indication"), [("2026-08-31", "chronic_tmd"), ("2026-09-01", None), (None, None)])
def test_jaw_joint_pain_is_chronic_after_three_months(onset: str | None, indication: str | None) -> None:
    order = draft(reasonReference=[{"reference": "Condition/c1"}])
    assert of(order, {**TMD, "onsetDateTime": onset}).indication == indication  # 91 and 90 days


def test_the_extraction_of_today_is_the_reason_where_the_draft_gives_none() -> None:
    done = of_patient("Procedure", status="completed", code=concept("", CDT, "D7210"), performedDateTime="2026-11-30")
    assert of(draft(), done).indication == "surgical_extraction"
    assert of(draft(), {**done, "performedDateTime": "2026-11-29"}).indication is None
    assert of(draft(), {**done, "performedDateTime": "2026-11"}).indication is None
    assert of(draft(reasonCode=[concept("pain")]), done).indication is None
    assert of(done).indication is None


# -- allergies -------------------------------------------------------------------------------------------------------


def allergy(text: str, **more: Any) -> dict[str, Any]:
    made = {"clinicalStatus": {"coding": [{"code": "active"}]}, "recordedDate": "2026-01-01", **more}
    return of_patient("AllergyIntolerance", code=concept(text), **made)


def manifested(*texts: str) -> list[dict[str, Any]]:
    return [{"manifestation": [concept(text) for text in texts]}]


def test_hives_make_an_allergy_of_what_is_called_an_intolerance() -> None:
    assert answer(of(allergy("ibuprofen", type="intolerance", reaction=manifested("Hives"))), "nsaid_allergy") == "yes"
    assert answer(of(allergy("ibuprofen", type="allergy", reaction=manifested("Nausea"))), "nsaid_intolerance") == "yes"


@pytest.mark.parametrize(
    ("change", "standing"),
    [
        ({}, Standing.CURRENT),
        ({"verificationStatus": {"coding": [{"code": "unconfirmed"}]}}, Standing.CURRENT),
        ({"clinicalStatus": None}, Standing.ASK),
        ({"clinicalStatus": {"coding": [{"code": "resolved"}]}}, Standing.PAST),
        ({"verificationStatus": {"coding": [{"code": "refuted"}]}}, Standing.REFUTED),
    ],
)
def test_the_statuses_of_an_allergy(change: dict[str, Any], standing: Standing) -> None:
    assert of(allergy("aspirin", **change)).allergies[0].standing is standing


def test_an_allergy_in_error_or_of_tomorrow_is_nothing() -> None:
    assert of(allergy("aspirin", verificationStatus={"coding": [{"code": "entered-in-error"}]})).allergies == ()
    assert of(allergy("aspirin", recordedDate="2026-12-01")).allergies == ()


def test_an_entry_without_a_code_is_read_by_the_substance_of_its_reaction() -> None:
    reaction = [{"substance": concept("ibuprofen"), "manifestation": [concept("hives")], "description": "at 12, arms"}]
    found = of(allergy("", reaction=reaction)).allergies[0]
    assert found.text == "ibuprofen" and found.reactions == ("hives", "at 12, arms")


def test_no_known_allergies_makes_every_drug_allergy_a_no_for_a_year() -> None:
    nothing = allergy("No known allergies", recordedDate="2026-01-01")
    assert answer(of(nothing), "nsaid_allergy") == "no"
    assert answer(of({**nothing, "recordedDate": "2025-11-29"}), "nsaid_allergy") == "unknown"
    food = {**nothing, "code": concept("No known food allergy", SNOMED, "429625007")}
    assert answer(of(food), "nsaid_allergy") == "unknown"


def test_an_unknown_substance_is_listed_and_dust_is_not() -> None:
    assert [line.what for line in of(allergy("Zorblax")).not_read] == ["Zorblax"]
    assert of(allergy("Zorblax", clinicalStatus={"coding": [{"code": "resolved"}]})).not_read == ()
    assert of(allergy("House dust", category=["environment"])).not_read == ()
    assert of(allergy("")).allergies[0].text == "substance not named"


def test_asthma_with_a_wheeze_from_aspirin_is_put_together() -> None:
    asthma = of_patient(
        "Condition", clinicalStatus={"coding": [{"code": "active"}]}, code=concept("Asthma"), recordedDate="2026-01-01"
    )
    assert answer(of(asthma, allergy("aspirin", reaction=manifested("Wheezing"))), "aerd") == "yes"


def test_a_statement_whose_words_deny_the_medicine_is_asked_about() -> None:
    assert only(of(statement("not taking alprazolam"))).standing is Standing.ASK
    assert only(of(statement("alprazolam - discontinued"))).standing is Standing.ASK


def test_every_medicine_of_a_statement_counts() -> None:
    held = of(statement("alprazolam 0.5 mg tid and oxycodone 5 mg q6h")).medicines
    assert [(m.standing, m.prescription.ingredients[0].name) for m in held] == [
        (Standing.CURRENT, "alprazolam"),
        (Standing.CURRENT, "oxycodone"),
    ]


def test_a_second_medicine_in_the_words_of_a_draft_is_one_in_doubt() -> None:
    words = "1 tab q6h #12. Also triazolam 0.25 mg 1 tab before appointment"
    record = of(request("Norco 5/325", status="draft", dosageInstruction=[{"text": words}]))
    assert [one.ingredients[0].name for one in record.proposed] == ["hydrocodone"]
    assert "a second medicine in one prescription; write it apart" in {one.why for one in record.proposed[0].unread}
    assert [(m.standing, m.prescription.ingredients[0].name) for m in record.medicines] == [(Standing.ASK, "triazolam")]
