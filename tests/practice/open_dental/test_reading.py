"""What a chart of Open Dental says, and what it does not say; read as the account that may read nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dentalpain.clinical.facts import Facts
from dentalpain.clinical.record import Record, Review, Standing
from dentalpain.errors import UnknownNameError
from dentalpain.practice.files import read_document
from dentalpain.practice.open_dental import OpenDental
from dentalpain.practice.open_dental.queries import MOST_ROWS
from dentalpain.service import Service

from . import office as charts
from .server import Office

ON = dt.date(2026, 11, 24)
SERVICE = Service()


def chart(practice: OpenDental, patient: int, on: dt.date = ON) -> Record:
    found = practice.find_record(str(patient), on)
    return read_document(found, on=on, vocabulary=SERVICE.tools.vocabulary, names=SERVICE.tools.names)  # type: ignore[arg-type]  # Open Dental gives a Bundle, never a Record


def answer(record: Record, fact: str) -> str:
    return Facts(record, SERVICE.knowledge.facts).finding(fact).answer.value


def medicine(record: Record, word: str) -> Any:
    return next(held for held in record.medicines if word in held.prescription.text)


def unread(record: Record) -> set[str]:
    return {line.what for line in record.not_read}


# -- who -------------------------------------------------------------------------------------------------------------


def test_the_patient_has_a_name_a_birth_date_and_a_sex(practice: OpenDental) -> None:
    record = chart(practice, charts.DELIA)
    assert (record.patient_id, record.name, str(record.birth), record.sex) == ("101", "Delia Marsh", "1951-06-02", "female")
    assert chart(practice, charts.CHANGED).name == "Zoë Nuñez"


def test_a_birth_date_in_the_year_1_is_none_and_the_age_stays_unknown(practice: OpenDental) -> None:
    record = chart(practice, charts.BLANK)
    assert record.birth is None and record.sex == "unknown"
    assert "birth date" in unread(record)


@pytest.mark.parametrize("number", [charts.MERGED, charts.DELETED])
def test_a_merged_or_deleted_chart_is_nobodys(practice: OpenDental, number: int) -> None:
    with pytest.raises(UnknownNameError) as caught:
        practice.find_record(str(number), ON)
    assert str(number) not in str(caught.value) and "Marsh" not in str(caught.value)


def test_a_patient_who_died_is_said_to_have_died(practice: OpenDental) -> None:
    record = chart(practice, charts.DIED)
    assert record.deceased and any("died" in line.why for line in record.not_read)


# -- nothing, none, and no longer none -------------------------------------------------------------------------------


def test_no_rows_at_all_is_unknown_and_not_no(practice: OpenDental) -> None:
    record = chart(practice, charts.BLANK)
    assert record.reviewed == {} and record.statements == ()
    for fact in ("nsaid_allergy", "anticoagulant", "gi_ulcer_history", "opioid_allergy"):
        assert answer(record, fact) == "unknown"


def test_none_and_no_meds_say_on_which_day_a_list_was_found_empty(practice: OpenDental) -> None:
    record = chart(practice, charts.NONE_AT_ALL)
    day = dt.date(2026, 11, 23)
    assert record.reviewed == {
        "problems": Review(day, "Open Dental, problem list"),
        "allergies": Review(day, "Open Dental, allergy list"),
        "medicines": Review(day, "Open Dental, medicine list"),
    }
    assert record.problems == () and record.allergies == () and record.medicines == ()
    assert (answer(record, "nsaid_allergy"), answer(record, "anticoagulant")) == ("no", "no")


def test_none_rows_that_were_switched_off_say_nothing(practice: OpenDental) -> None:
    record = chart(practice, charts.LEFTOVERS)
    assert record.reviewed == {}
    assert (answer(record, "nsaid_allergy"), answer(record, "anticoagulant")) == ("unknown", "unknown")


def test_no_meds_of_half_a_year_ago_is_no_answer_today(practice: OpenDental) -> None:
    later = chart(practice, charts.NONE_AT_ALL, dt.date(2027, 6, 1))
    assert later.reviewed["medicines"].date == dt.date(2026, 11, 23)  # 190 days: medicine lists count for 90
    assert answer(later, "anticoagulant") == "unknown"


# -- medicines -------------------------------------------------------------------------------------------------------


def test_a_brand_without_a_code_is_its_generic(practice: OpenDental) -> None:
    held = medicine(chart(practice, charts.DELIA), "Coumadin")
    assert [(part.name, part.strength) for part in held.prescription.ingredients] == [("warfarin", 5)]
    assert held.standing is Standing.CURRENT and str(held.start) == "2019-03-01" and held.end is None


def test_a_stop_date_in_the_past_ends_a_medicine_and_the_year_1_does_not(practice: OpenDental) -> None:
    record = chart(practice, charts.DELIA)
    assert medicine(record, "Alprazolam").standing is Standing.PAST
    assert medicine(record, "Zestril").standing is Standing.CURRENT


def test_a_stop_date_of_today_still_counts_today(practice: OpenDental) -> None:
    record = chart(practice, charts.CHANGED)
    assert medicine(record, "Alprazolam").standing is Standing.CURRENT  # stops on 24 November
    assert medicine(record, "Coumadin").standing is Standing.PAST  # stopped on 23 November


def test_names_from_electronic_prescriptions_and_under_other_are_read(practice: OpenDental) -> None:
    record = chart(practice, charts.OTHERS)
    assert [part.name for part in medicine(record, "Eliquis").prescription.ingredients] == ["apixaban"]
    assert [part.name for part in medicine(record, "gabapentin").prescription.ingredients] == ["gabapentin"]


def test_a_medicine_that_no_table_knows_goes_to_the_dentist(practice: OpenDental) -> None:
    assert "Zolbradine from Mexico" in unread(chart(practice, charts.OTHERS))


# -- prescriptions ---------------------------------------------------------------------------------------------------


def test_a_prescription_of_two_days_ago_is_taken_now(practice: OpenDental) -> None:
    held = medicine(chart(practice, charts.LEFTOVERS), "Norco")
    # 20 tablets, 1 every 6 hours: 4 a day, 5 days from 22 November
    assert held.standing is Standing.CURRENT and held.prescription.quantity == 20 and str(held.end) == "2026-11-27"
    assert held.source == "Open Dental, prescriptions"


def test_seven_days_of_amoxicillin_in_june_are_over_in_november(practice: OpenDental) -> None:
    assert medicine(chart(practice, charts.LEFTOVERS), "Amoxicillin").standing is Standing.PAST


def test_days_of_supply_count_where_the_quantity_is_no_number(practice: OpenDental) -> None:
    held = medicine(chart(practice, charts.LEFTOVERS), "Clonazepam")
    assert str(held.end) == "2026-12-30" and held.standing is Standing.CURRENT  # 1 October and 90 days


def test_a_prescription_of_twelve_years_ago_is_history(practice: OpenDental) -> None:
    assert medicine(chart(practice, charts.DELIA), "Vicodin").standing is Standing.PAST


def test_looks_at_the_monitoring_program_are_no_prescriptions_but_their_date_is_known(practice: OpenDental) -> None:
    record = chart(practice, charts.DELIA)
    assert not any("Access" in held.prescription.text for held in record.medicines)
    (stated,) = (one for one in record.statements if one.fact == "pdmp_checked_date")
    assert str(stated.value) == "2026-11-02"  # the newer of two


# -- allergies -------------------------------------------------------------------------------------------------------


def test_the_name_under_other_is_the_substance_and_the_rest_the_reaction(practice: OpenDental) -> None:
    record = chart(practice, charts.OTHERS)
    held = next(one for one in record.allergies if "Motrin" in one.text)
    assert [part.name for part in held.ingredients] == ["ibuprofen"] and held.kind.value == "allergy"
    assert answer(record, "nsaid_allergy") == "yes"


def test_nausea_after_codeine_is_an_intolerance(practice: OpenDental) -> None:
    record = chart(practice, charts.LEFTOVERS)
    (held,) = record.allergies
    assert held.kind.value == "intolerance" and answer(record, "opioid_intolerance") == "yes"


def test_an_intolerance_without_a_reaction_is_asked_about_and_not_dismissed(practice: OpenDental) -> None:
    record = chart(practice, charts.OTHERS)
    codeine = next(one for one in record.allergies if one.text == "Codeine")
    assert codeine.kind.value == "not recorded" and answer(record, "opioid_allergy") != "no"


def test_an_allergy_that_no_table_knows_goes_to_the_dentist_and_food_does_not(practice: OpenDental) -> None:
    missed = unread(chart(practice, charts.OTHERS))
    assert "Blue paper tape" in missed and "Kiwi" not in missed


def test_a_server_whose_clock_is_ahead_loses_no_allergy_of_today(practice: OpenDental) -> None:
    (held,) = chart(practice, charts.CHANGED).allergies  # written at 2:10 of tomorrow, server time
    assert held.text == "Penicillin" and str(held.date) == "2026-11-24"


# -- problems --------------------------------------------------------------------------------------------------------


def test_codes_of_the_definition_count_and_the_note_beside_the_name_is_not_lost(practice: OpenDental) -> None:
    assert answer(chart(practice, charts.DELIA), "arrhythmia") == "yes"  # ICD-10-CM I48.91
    record = chart(practice, charts.LEFTOVERS)
    (stage,) = (one for one in record.statements if one.fact == "ckd_stage")
    assert stage.value == "4"


def test_the_name_under_other_is_the_problem_and_an_empty_other_is_shown(practice: OpenDental) -> None:
    record = chart(practice, charts.OTHERS)
    assert answer(record, "sleep_apnoea") == "yes"
    assert {"frobnitz syndrome of the elbow", "Other (nothing written)"} <= unread(record)


def test_a_resolved_ulcer_is_history_and_active_with_an_end_is_asked(practice: OpenDental) -> None:
    standing = {held.text: held.standing for held in chart(practice, charts.LEFTOVERS).problems}
    assert standing["Stomach ulcer"] is Standing.PAST and standing["High Blood Pressure"] is Standing.ASK


def test_the_red_note_prompts_questions_and_goes_to_the_dentist(practice: OpenDental) -> None:
    record = chart(practice, charts.OTHERS)
    assert "On blood thinner?? Call Dr." in unread(record)
    hints = [one for one in record.statements if one.fact == "anticoagulant"]
    assert [one.certain for one in hints] == [False]


def test_a_list_longer_than_is_read_says_so_and_none_of_the_lists_counts_as_gone_through(
    practice: OpenDental, office: Office
) -> None:
    row = ", ".join(f"({charts.NONE_AT_ALL}, 5, '', 2)" for _ in range(MOST_ROWS))
    office.run(f"INSERT INTO disease (PatNum, DiseaseDefNum, PatNote, ProbStatus) VALUES {row}")
    try:
        record = chart(practice, charts.NONE_AT_ALL)
        assert record.reviewed == {} and "further pages" in unread(record)
    finally:
        office.run(f"DELETE FROM disease WHERE PatNum = {charts.NONE_AT_ALL} AND DiseaseDefNum = 5")


# -- the day ---------------------------------------------------------------------------------------------------------


def test_the_day_lists_who_comes_in_order_with_the_codes_of_what_is_planned(practice: OpenDental) -> None:
    told = [(one.ref, one.name, str(one.time), one.reason) for one in practice.patients_on(ON)]
    assert told == [
        ("102", "Ochoa, Pilar", "08:00:00", "D1110"),
        ("101", "Marsh, Delia", "10:30:00", "D7140, D0220"),
        ("103", "Quist, Ansel", "23:50:00", ""),
    ]


def test_one_clinic_sees_its_own_appointments(office: Office) -> None:
    adapter = OpenDental(office.url, clinic=2)
    assert [one.ref for one in adapter.patients_on(ON)] == ["102"]
    adapter.close()


# -- to the advice ---------------------------------------------------------------------------------------------------


def review(practice: OpenDental, patient: int, text: str) -> dict[str, Any]:
    return SERVICE.review(chart(practice, patient), prescribe=(text,), indication="simple_extraction")


def answers(result: dict[str, Any]) -> dict[str, str]:
    return {flag["rule"]: flag["answer"] for flag in result["flags"]}


def test_warfarin_in_the_chart_stands_against_ibuprofen(practice: OpenDental) -> None:
    flags = answers(review(practice, charts.DELIA, "ibuprofen 400 mg q6h #12"))
    assert flags["NSAID-ANTICOAG"] == "yes"


def test_an_egfr_that_open_dental_does_not_hold_is_asked_for(practice: OpenDental) -> None:
    result = review(practice, charts.DELIA, "ibuprofen 400 mg q6h #12")
    assert answers(result)["NSAID-EGFR30"] == "unknown"
    assert "egfr" in [question["fact"] for question in result["questions"]]


def test_nkda_answers_the_question_about_allergies_and_silence_does_not(practice: OpenDental) -> None:
    told = answers(review(practice, charts.DELIA, "ibuprofen 400 mg q6h #12"))
    silent = answers(review(practice, charts.BLANK, "ibuprofen 400 mg q6h #12"))
    assert "NSAID-ALLERGY" not in told
    assert silent["NSAID-ALLERGY"] == "unknown"


def test_the_sources_of_an_advice_name_open_dental_and_its_list(practice: OpenDental) -> None:
    result = review(practice, charts.DELIA, "ibuprofen 400 mg q6h #12")
    sources = {one["source"] for flag in result["flags"] for one in flag["because"]}
    assert "Open Dental, medicine list" in sources and not any(str(source).startswith("FHIR") for source in sources)
