"""Conditions, procedures and plans, as status and dates make them count."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dentalpain.clinical.record import Record, Standing

from .conftest import ON, PATIENT, answer, bundle, concept, facts, of_patient, read

ICD, SNOMED = "http://hl7.org/fhir/sid/icd-10-cm", "http://snomed.info/sct"


def status(code: str) -> dict[str, Any]:
    return {"coding": [{"code": code}]}


def condition(code: str, text: str = "", system: str = ICD, **more: Any) -> dict[str, Any]:
    made = {"clinicalStatus": status("active"), "recordedDate": "2026-10-01", **more}
    return of_patient("Condition", code=concept(text, system, code), **made)


def of(*resources: dict[str, Any], **more: Any) -> Record:
    return read(bundle(*resources, **more))


@pytest.mark.parametrize(
    ("clinical", "verified", "expected"),
    [
        ("active", "confirmed", "yes"),
        ("recurrence", "", "yes"),
        ("active", "provisional", "unknown"),
        ("active", "differential", "unknown"),
        ("", "confirmed", "unknown"),
        ("active", "refuted", "no"),
        ("active", "entered-in-error", "unknown"),
        ("resolved", "confirmed", "unknown"),
        ("remission", "", "unknown"),
    ],
)
def test_the_two_statuses_decide_what_a_diagnosis_says(clinical: str, verified: str, expected: str) -> None:
    resource = condition("J44.9", clinicalStatus=status(clinical), verificationStatus=status(verified))
    assert answer(of(resource), "copd_or_chronic_lung_disease") == expected


def test_an_entry_in_error_leaves_no_trace_and_a_resolved_one_stays_visible() -> None:
    assert of(condition("J44.9", verificationStatus=status("entered-in-error"))).problems == ()
    assert of(condition("J44.9", clinicalStatus=status("resolved"))).problems[0].standing is Standing.PAST


def test_an_abatement_ends_a_condition_and_one_after_the_day_does_not() -> None:
    ended = condition("J44.9", abatementDateTime="2026-05-01")
    assert answer(of(ended), "copd_or_chronic_lung_disease") == "unknown"
    later = condition("J44.9", clinicalStatus=status("resolved"), abatementDateTime="2027-05-01")
    assert answer(of(later), "copd_or_chronic_lung_disease") == "yes"
    assert answer(of(condition("J44.9", abatementString="years ago")), "copd_or_chronic_lung_disease") == "unknown"


def test_opioid_use_disorder_in_remission_still_counts() -> None:
    assert answer(of(condition("F11.21", clinicalStatus=status("remission"))), "opioid_use_disorder") == "yes"


def test_a_healed_ulcer_is_history_and_an_ulcer_of_last_month_is_open() -> None:
    healed = of(condition("K25.9", clinicalStatus=status("resolved")))
    assert (answer(healed, "gi_ulcer_history"), answer(healed, "gi_ulcer_active")) == ("yes", "unknown")
    assert answer(of(condition("K25.9")), "gi_ulcer_active") == "yes"


@pytest.mark.parametrize(
    ("onset", "recent"),
    [
        ({"onsetDateTime": "2025-11-30"}, "yes"),  # 365 days before 30 November 2026
        ({"onsetDateTime": "2025-11-29"}, "no"),
        ({"onsetPeriod": {"start": "2026-09-01"}}, "yes"),
        ({"onsetAge": {"value": 40, "code": "a"}}, "no"),  # born 1970: about 2010
        ({"onsetString": "in 2009, he says"}, "no"),
        ({}, "unknown"),  # the day of recording is not the day of the attack
        ({"onsetString": "long ago"}, "unknown"),
        ({"onsetRange": {"low": {"value": 40}}}, "unknown"),
    ],
)
def test_a_heart_attack_is_recent_by_its_onset_alone(onset: dict[str, Any], recent: str) -> None:
    record = of(condition("I21.9", **onset))
    assert answer(record, "mi_recent") == recent
    assert answer(record, "mi_history") == "yes"


def test_an_age_at_onset_needs_a_birth_date() -> None:
    record = of(condition("I21.9", onsetAge={"value": 40}), patient={"resourceType": "Patient", "id": "p1"})
    assert answer(record, "mi_recent") == "unknown"


def test_a_condition_without_codes_is_read_by_its_text() -> None:
    assert (
        answer(
            of(of_patient("Condition", code={"text": "COPD"}, clinicalStatus=status("active"))),
            "copd_or_chronic_lung_disease",
        )
        == "yes"
    )


def test_a_display_is_read_where_code_and_text_are_unknown() -> None:
    coding = {"coding": [{"system": "urn:local", "code": "77", "display": "Asthma"}], "text": "resp. pb."}
    assert answer(of(of_patient("Condition", code=coding, clinicalStatus=status("active"))), "asthma") == "yes"


def test_a_code_that_says_yes_and_a_text_that_denies_it_are_asked_about() -> None:
    assert answer(of(condition("I50.9", "r/o heart failure")), "heart_failure") == "unknown"
    assert answer(of(condition("I50.9", "mother had heart failure")), "heart_failure") == "unknown"


def test_a_problem_that_no_table_knows_is_kept_and_listed_with_its_place() -> None:
    record = of(condition("ZZ99", "Zorblax fever"))
    assert record.problems[0].text == "Zorblax fever" and record.problems[0].facts == ()
    assert [(n.where, n.what) for n in record.not_read] == [("/entry/1/resource/code", "Zorblax fever")]


def test_a_problem_without_a_name_is_kept_too() -> None:
    assert of(of_patient("Condition", clinicalStatus=status("active"))).problems[0].text == "problem without a name"


def test_the_source_names_the_list() -> None:
    listed = condition("J44.9", category=[status("problem-list-item")])
    visit = condition("J44.9", category=[status("encounter-diagnosis")])
    assert [p.source for p in of(listed, visit, condition("J44.9")).problems] == [
        "FHIR Condition, problem list",
        "FHIR Condition, visit diagnosis",
        "FHIR Condition",
    ]


@pytest.mark.parametrize("code", [concept("", SNOMED, "160245001"), concept("No known problems")])
def test_no_current_problems_makes_the_list_reviewed_on_its_day(code: dict[str, Any]) -> None:
    said = of_patient("Condition", code=code, clinicalStatus=status("active"), recordedDate="2026-11-01")
    assert answer(of(said), "heart_failure") == "no"
    assert of(said).problems == ()
    assert answer(of({**said, "recordedDate": "2025-11-29"}), "heart_failure") == "unknown"  # more than 365 days ago
    assert answer(of({**said, "clinicalStatus": status("resolved")}), "heart_failure") == "unknown"
    undated = {name: value for name, value in said.items() if name != "recordedDate"}
    assert answer(of(undated), "heart_failure") == "unknown"


def test_no_problems_does_not_take_back_a_problem_that_is_listed() -> None:
    said = of_patient(
        "Condition", code=concept("", SNOMED, "160245001"), clinicalStatus=status("active"), recordedDate="2026-11-01"
    )
    assert answer(of(said, condition("I50.9")), "heart_failure") == "yes"


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [("2026-02-09", "yes"), ("2026-02-08", "unknown")],  # 294 and 295 days before 30 November
)
def test_a_pregnancy_on_record_counts_until_two_weeks_past_the_latest_due_date(recorded: str, expected: str) -> None:
    assert answer(of(condition("Z33.1", recordedDate=recorded)), "pregnant") == expected


def test_a_week_code_is_counted_on_from_the_day_of_coding() -> None:
    record = of(condition("Z3A.28", recordedDate="2026-11-16"))
    assert facts(record).reading("gestational_age_weeks").value == 30  # 28 weeks + 14 days


# -- procedures and plans --------------------------------------------------------------------------------------------

BYPASS = of_patient(
    "Procedure", status="completed", code=concept("", SNOMED, "232717009"), performedDateTime="2026-11-20"
)


def test_a_coronary_bypass_counts_as_recent_for_14_days() -> None:
    assert answer(of(BYPASS), "cabg_recent") == "yes"
    day_14, day_15 = ON - dt.timedelta(days=14), ON - dt.timedelta(days=15)
    assert answer(of({**BYPASS, "performedDateTime": day_14.isoformat()}), "cabg_recent") == "yes"
    old = of({**BYPASS, "performedDateTime": day_15.isoformat()})
    assert (answer(old, "cabg_recent"), answer(old, "coronary_disease")) == ("no", "yes")


@pytest.mark.parametrize("word", ["not-done", "entered-in-error", "stopped"])
def test_an_operation_that_did_not_happen_is_none(word: str) -> None:
    assert of({**BYPASS, "status": word}).problems == ()


def test_an_operation_of_unknown_status_is_asked_about() -> None:
    assert answer(of({**BYPASS, "status": "unknown"}), "cabg_recent") == "unknown"


def test_procedures_that_no_rule_reads_are_counted() -> None:
    other = of_patient("Procedure", status="completed", code=concept("Colonoscopy"), performedDateTime="2020-01-01")
    record = of(other, other)
    assert [(n.what, n.why) for n in record.not_read] == [("2 × Procedure of 1 kind", "no rule reads them")]


@pytest.mark.parametrize(
    "plan",
    [
        of_patient("Procedure", status="preparation", code=concept("x"), performedDateTime="2026-12-24"),
        of_patient(
            "ServiceRequest", status="active", code=concept("Hip replacement surgery"), occurrenceDateTime="2026-12-24"
        ),
        of_patient(
            "ServiceRequest", status="active", category=[status("387713003")], occurrencePeriod={"start": "2026-12-24"}
        ),
        {
            "resourceType": "Appointment",
            "status": "booked",
            "start": "2026-12-24T08:00:00Z",
            "description": "knee operation",
            "participant": [{"actor": {"reference": "Patient/p1"}}],
        },
    ],
    ids=["procedure", "order by name", "order by category", "appointment"],
)
def test_a_planned_operation_gives_its_date(plan: dict[str, Any]) -> None:
    date, because = facts(of(plan)).day_of("planned_surgery_date")
    assert str(date) == "2026-12-24" and because.source == f"FHIR {plan['resourceType']}"


@pytest.mark.parametrize(
    "change",
    [
        {"status": "revoked"},
        {"doNotPerform": True},
        {"occurrenceDateTime": "2026-11-29"},
        {"occurrenceDateTime": None},
        {"code": concept("Blood count")},
    ],
)
def test_what_is_not_planned_any_more_or_no_operation_gives_none(change: dict[str, Any]) -> None:
    plan = of_patient("ServiceRequest", status="active", code=concept("Hip surgery"), occurrenceDateTime="2026-12-24")
    assert facts(of({**plan, **change})).day_of("planned_surgery_date")[0] is None


def test_the_patient_of_these_tests_is_a_woman_of_56() -> None:
    assert PATIENT["birthDate"] == "1970-05-06" and facts(of()).age().value == 56


def typed(text: str) -> dict[str, Any]:
    return of_patient("Condition", code=concept(text), clinicalStatus=status("active"), recordedDate="2026-10-01")


def test_a_medicine_among_the_conditions_is_one_in_doubt() -> None:
    record = of(typed("alprazolam 0.5 mg tid"))
    assert [(m.standing, m.prescription.text) for m in record.medicines] == [(Standing.ASK, "alprazolam 0.5 mg tid")]
    assert [n.why for n in record.not_read] == ["it names a medicine, which is asked about; it belongs in that list"]


def test_a_medicine_among_the_conditions_that_the_list_holds_as_well_is_one() -> None:
    taken = of_patient("MedicationStatement", status="active", medicationCodeableConcept=concept("alprazolam 0.5 mg tid"))
    assert [m.standing for m in of(typed("Xanax"), taken).medicines] == [Standing.CURRENT]


def test_an_allergy_among_the_conditions_counts_as_one() -> None:
    record = of(typed("codeine allergy"))
    assert [a.text for a in record.allergies] == ["codeine allergy"] and record.medicines == ()
    assert answer(record, "opioid_allergy") == answer(read_allergy_list("codeine"), "opioid_allergy")


def read_allergy_list(text: str) -> Record:
    active = of_patient("AllergyIntolerance", code=concept(text), clinicalStatus=status("active"))
    return of(active)


def test_a_heart_attack_is_of_the_day_of_its_onset_and_never_of_its_recording() -> None:
    # 10 August 2026 lies within twelve months of 30 November 2026; an entry of October may be of any year.
    assert answer(of({**typed("MI"), "onsetDateTime": "2026-08-10"}), "mi_recent") == "yes"
    assert answer(of(typed("MI")), "mi_recent") == "unknown"
