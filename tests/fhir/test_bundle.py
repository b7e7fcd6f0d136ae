"""Which Bundles are read, whose resources they are, and what is said of the rest."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dentalpain.clinical.record import Record
from dentalpain.errors import RecordError

from .conftest import ON, PATIENT, answer, bundle, concept, facts, of_patient, read

HTN = of_patient(
    "Condition", code=concept("HTN"), clinicalStatus={"coding": [{"code": "active"}]}, recordedDate="2026-10-01"
)


def refused(data: dict[str, Any], patient: str | None = None) -> RecordError:
    with pytest.raises(RecordError) as caught:
        read(data, patient=patient)
    return caught.value


def listed(record: Record) -> list[str]:
    return [f"{line.what}: {line.why}" for line in record.not_read]


@pytest.mark.parametrize("kind", ["collection", "transaction", "searchset"])
def test_a_collection_a_transaction_and_a_search_answer_are_read(kind: str) -> None:
    record = read(bundle(HTN, kind=kind))
    assert record.patient_id == "p1" and answer(record, "hypertension") == "yes"


@pytest.mark.parametrize("kind", ["message", "history", "document", "batch-response", None, 7])
def test_another_type_of_bundle_is_refused_with_the_types_that_are_read(kind: Any) -> None:
    error = refused(bundle(HTN, kind=kind))
    assert error.where == "/type" and "collection, transaction or searchset" in error.mend


def test_a_bare_resource_and_a_stranger_are_refused() -> None:
    assert refused(dict(PATIENT)).what == "This is a single Patient, not a Bundle."
    assert refused({"resourceType": {"a": 1}}).what == "This is no FHIR resource that is read, not a Bundle."
    assert refused({"resourceType": "Bundle", "type": "collection", "entry": {}}).where == "/entry"


@pytest.mark.parametrize(
    ("resource", "release"),
    [
        ({"resourceType": "Condition", "clinicalStatus": "active"}, "STU3"),
        ({"resourceType": "Condition", "abatementBoolean": True}, "DSTU2"),
        ({"resourceType": "AllergyIntolerance", "substance": {}}, "DSTU2"),
        ({"resourceType": "AllergyIntolerance", "type": {"coding": []}}, "R5"),
        ({"resourceType": "MedicationRequest", "medication": {"concept": {"text": "x"}}}, "R5"),
        ({"resourceType": "MedicationStatement", "taken": "y"}, "STU3"),
        ({"resourceType": "MedicationRequest", "context": {"reference": "Encounter/e1"}}, "STU3"),
        ({"resourceType": "MedicationOrder"}, "DSTU2"),
        ({"resourceType": "ProcedureRequest"}, "STU3"),
    ],
)
def test_another_release_of_fhir_is_refused_by_name_and_place(resource: dict[str, Any], release: str) -> None:
    error = refused(bundle(resource))
    assert f"FHIR {release}" in error.what and error.where == "/entry/1/resource" and "R4" in error.mend


# -- the patient -----------------------------------------------------------------------------------------------------

SECOND = {"resourceType": "Patient", "id": "p2", "birthDate": "1990-01-01"}


def test_several_patients_are_counted_and_their_ids_are_not_printed() -> None:
    error = refused(bundle(SECOND))
    assert error.what == "The Bundle holds 2 patients." and "p2" not in str(error) and "--patient" in error.mend


def test_one_of_several_patients_can_be_named() -> None:
    assert read(bundle(SECOND), patient="p2").birth is not None
    record = read(bundle(SECOND, HTN), patient="p2")
    assert record.patient_id == "p2" and record.problems == ()
    assert "1 × Condition: they name another patient and were left out" in listed(record)
    assert refused(bundle(SECOND), patient="p3").mend == "Check the id."


def test_a_resource_of_somebody_else_is_left_out_and_said() -> None:
    stranger = {**HTN, "subject": {"reference": "Patient/other"}}
    record = read(bundle(stranger))
    assert answer(record, "hypertension") == "unknown" and len(listed(record)) == 1


def test_a_bundle_without_a_patient_is_read_with_a_caution() -> None:
    record = read(bundle(HTN, patient=None))
    assert answer(record, "hypertension") == "yes"
    assert record.not_read[0].what == "patient" and "names no patient" in record.not_read[0].why


def test_two_subjects_without_a_patient_are_two_patients() -> None:
    other = {**HTN, "subject": {"reference": "Patient/other"}}
    assert refused(bundle(HTN, other, patient=None)).what == "The Bundle holds 2 patients."


def test_an_empty_bundle_is_read_and_decides_nothing() -> None:
    record = read({"resourceType": "Bundle", "type": "collection"})
    assert record.statements == () and answer(record, "hypertension") == "unknown"


def test_no_birth_date_and_a_nonsense_one_are_cautions() -> None:
    for birth in ({}, {"birthDate": "soon"}, {"birthDate": "0001-01-01"}):
        record = read(bundle(patient={"resourceType": "Patient", "id": "p1", **birth}))
        assert record.birth is None and record.not_read[0].what == "birth date"


def test_a_birth_year_gives_both_ages() -> None:
    record = read(bundle(patient={**PATIENT, "birthDate": "1970"}))
    assert str(record.birth) == "1970"


def test_the_dead_are_read_with_a_caution_from_the_day_of_death_on() -> None:
    died = {**PATIENT, "deceasedDateTime": "2026-11-30T08:00:00Z"}
    record = read(bundle(patient=died))
    assert record.deceased and "has died" in record.not_read[0].why
    assert not read(bundle(patient=died), on=ON - dt.timedelta(days=1)).deceased
    assert read(bundle(patient={**PATIENT, "deceasedBoolean": True})).deceased
    assert not read(bundle(patient={**PATIENT, "deceasedBoolean": False})).deceased


def test_the_sex_at_birth_is_preferred_and_an_unknown_word_is_nothing() -> None:
    url = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex"
    assert read(bundle(patient={**PATIENT, "extension": [{"url": url, "valueCode": "M"}]})).sex == "male"
    assert read(bundle()).sex == "female"
    assert read(bundle(patient={**PATIENT, "gender": "F"})).sex == ""


def test_asian_ancestry_is_read_and_its_absence_is_unknown() -> None:
    url = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race"
    race = {"url": url, "extension": [{"url": "ombCategory", "valueCoding": {"code": "2028-9"}}]}
    assert answer(read(bundle(patient={**PATIENT, "extension": [race]})), "ancestry_asian") == "yes"
    assert answer(read(bundle()), "ancestry_asian") == "unknown"


def test_a_name_with_markup_and_direction_marks_is_kept_as_written() -> None:
    name = [{"use": "official", "given": ["<b>Ann</b>", 7], "family": "O'Neil & \u202eSon"}]
    assert read(bundle(patient={**PATIENT, "name": name})).name == "<b>Ann</b> O'Neil & \u202eSon"
    assert read(bundle(patient={**PATIENT, "name": [{"text": " Ann O'Neil "}]})).name == "Ann O'Neil"


# -- references ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("full_url", "reference"),
    [
        ("urn:uuid:5b1c", "urn:uuid:5b1c"),
        ("https://ehr.example/fhir/Patient/p1", "https://ehr.example/fhir/Patient/p1"),
        ("https://ehr.example/fhir/Patient/p1", "Patient/p1"),
        ("https://ehr.example/fhir/Patient/p1", "https://ehr.example/fhir/Patient/p1/_history/4"),
    ],
)
def test_references_are_resolved_in_all_their_forms(full_url: str, reference: str) -> None:
    data = bundle({**HTN, "subject": {"reference": reference}})
    data["entry"][0]["fullUrl"] = full_url
    assert answer(read(data), "hypertension") == "yes"


def test_the_same_id_on_another_server_is_another_patient() -> None:
    data = bundle({**HTN, "subject": {"reference": "https://elsewhere.example/Patient/p1"}})
    data["entry"][0]["fullUrl"] = "https://ehr.example/fhir/Patient/p1"
    assert answer(read(data), "hypertension") == "unknown"


# -- what is not read ------------------------------------------------------------------------------------------------


def test_an_unknown_modifier_extension_makes_a_resource_unreadable() -> None:
    for extra in ({"modifierExtension": [{"url": "x"}]}, {"implicitRules": "http://example.org"}):
        record = read(bundle({**HTN, **extra}))
        assert answer(record, "hypertension") == "unknown"
        assert "extension that may change its meaning" in listed(record)[0]


def test_a_reviewed_list_with_an_unreadable_entry_proves_nothing_by_its_silence() -> None:
    strange = of_patient(
        "MedicationStatement", status="active", medicationCodeableConcept={"text": "Warfarin 5 mg"},
        modifierExtension=[{"url": "x"}],
    )  # fmt: skip
    listed_medicines = of_patient(
        "List", status="current", date="2026-11-30", entry=[{"item": {"reference": "MedicationStatement/1"}}],
        code={"coding": [{"system": "http://loinc.org", "code": "10160-0"}]},
    )  # fmt: skip
    assert "medicines" in read(bundle(listed_medicines)).reviewed
    assert "medicines" not in read(bundle(listed_medicines, strange)).reviewed
    other = read(bundle(listed_medicines, {**HTN, "modifierExtension": [{"url": "x"}]}))
    assert "medicines" in other.reviewed


def test_a_birth_date_in_the_future_is_listed_and_leaves_the_age_open() -> None:
    record = read(bundle(patient={**PATIENT, "birthDate": "2027-01-01"}))
    assert not facts(record).age().known
    assert [(line.where, line.what) for line in record.not_read] == [("/entry/0/resource/birthDate", "birth date")]


def test_what_is_dated_later_is_counted_and_not_read() -> None:
    record = read(bundle({**HTN, "recordedDate": "2026-12-01"}, {**HTN, "onsetDateTime": "2027-01"}))
    assert record.problems == () and listed(record) == ["2 × Condition: dated after 2026-11-30"]
    assert answer(read(bundle({**HTN, "recordedDate": "2026-11-30"})), "hypertension") == "yes"


def test_types_that_are_not_read_are_counted_and_those_of_the_office_are_not_mentioned() -> None:
    record = read(bundle({"resourceType": "CarePlan"}, {"resourceType": "CarePlan"}, {"resourceType": "Claim"}))
    assert listed(record) == ["2 × CarePlan: this type of resource is not read"]


def test_a_family_history_never_becomes_the_patients() -> None:
    record = read(bundle(of_patient("FamilyMemberHistory", condition=[{"code": concept("Hypertension")}])))
    assert answer(record, "hypertension") == "unknown"


def test_a_deleted_entry_of_a_transaction_is_no_entry() -> None:
    data = bundle(HTN, kind="transaction")
    data["entry"][1]["request"] = {"method": "DELETE", "url": "Condition/1"}
    assert read(data).problems == ()


REVIEWED = of_patient(
    "List", status="current", mode="snapshot", date="2026-11-01", code=concept("", "http://loinc.org", "11450-4"),
    emptyReason=concept("", "http://terminology.hl7.org/CodeSystem/list-empty-reason", "nilknown"),
)  # fmt: skip


def test_an_empty_reviewed_list_makes_no_of_chronic_conditions() -> None:
    record = read(bundle(REVIEWED))
    assert record.reviewed["problems"].date == dt.date(2026, 11, 1)
    assert answer(record, "heart_failure") == "no"


@pytest.mark.parametrize(
    "change",
    [
        {"status": "retired"},
        {"mode": "changes"},
        {"emptyReason": concept("", "http://terminology.hl7.org/CodeSystem/list-empty-reason", "notasked")},
        {"date": "2026-12-24"},
        {"date": None},
        {"code": concept("Shopping")},
    ],
)
def test_a_list_that_does_not_count_leaves_everything_unknown(change: dict[str, Any]) -> None:
    assert answer(read(bundle({**REVIEWED, **change})), "heart_failure") == "unknown"


def test_a_list_with_entries_counts_and_one_whose_entries_were_deleted_does_not() -> None:
    held = {**REVIEWED, "emptyReason": None, "entry": [{"item": {"reference": "Condition/1"}}]}
    assert answer(read(bundle(held)), "heart_failure") == "no"
    gone = {**held, "entry": [{"deleted": True, "item": {"reference": "Condition/1"}}]}
    assert answer(read(bundle(gone)), "heart_failure") == "unknown"


@pytest.mark.parametrize(
    "more", [{"link": [{"relation": "next", "url": "x"}]}, {"total": 40}], ids=["a next page", "a larger total"]
)
def test_a_search_answer_that_was_cut_proves_nothing_by_its_silence(more: dict[str, Any]) -> None:
    record = read(bundle(REVIEWED, kind="searchset", **more))
    assert answer(record, "heart_failure") == "unknown"
    assert "further pages: the answer of the server was not sent in full" in listed(record)


def test_an_outcome_among_the_entries_says_that_something_failed() -> None:
    data = bundle(REVIEWED, {"resourceType": "OperationOutcome"}, kind="searchset")
    assert answer(read(data), "heart_failure") == "unknown"  # sent without a search mode
    data["entry"][2]["search"] = {"mode": "outcome"}
    assert answer(read(data), "heart_failure") == "unknown"


def test_nonsense_in_the_place_of_elements_gives_nothing_and_never_a_fault() -> None:
    nonsense: list[Any] = [None, 7, "text", True, [], {}, [[]], [{}], {"coding": "x"}, {"coding": [{"code": 7}]}]
    for value in nonsense:
        for kind in ("Condition", "AllergyIntolerance", "MedicationRequest", "MedicationStatement", "Observation"):
            resource = of_patient(kind, status="active", intent="order")
            names = (
                "code",
                "clinicalStatus",
                "verificationStatus",
                "category",
                "onsetDateTime",
                "onsetAge",
                "reaction",
            )
            more = ("medicationCodeableConcept", "dosageInstruction", "dispenseRequest", "valueQuantity", "component")
            if isinstance(value, str):
                names = names[:1] + names[3:]  # a status as text is another release of FHIR
            resource.update(dict.fromkeys((*names, *more), value))
            read(bundle(resource, {"resourceType": kind}, value))  # type: ignore[arg-type]  # broken on purpose
