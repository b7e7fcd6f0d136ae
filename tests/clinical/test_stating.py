"""From an entry to the record: where it stands and when it was, and what that makes of it."""

from __future__ import annotations

import datetime as dt

import pytest

from dentalpain.clinical.coding import code_of
from dentalpain.clinical.quantities import PartialDate
from dentalpain.clinical.recognising import Vocabulary
from dentalpain.clinical.record import Standing, Statement
from dentalpain.clinical.stating import Entry, statements_of
from dentalpain.knowledge.files import FOLDER, read_rows

ON = dt.date(2026, 11, 30)
MONTH_AGO, YEARS_AGO = PartialDate.parse("2026-10-31"), PartialDate.parse("2019-05-04")


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return Vocabulary(read_rows(FOLDER / "facts.csv"), read_rows(FOLDER / "condition_names.csv"))


def stated(
    words: Vocabulary,
    text: str,
    standing: Standing = Standing.CURRENT,
    onset: PartialDate | None = None,
    recorded: PartialDate | None = MONTH_AGO,
) -> list[Statement]:
    found = words.of_text(text, "problem")
    return list(statements_of(words, found, Entry(standing, onset, recorded, "chart"), ON))


def coded(words: Vocabulary, code: str, standing: Standing, onset: PartialDate | None = None) -> list[Statement]:
    found = words.of_code(code_of("http://hl7.org/fhir/sid/icd-10-cm", code))
    return list(statements_of(words, found, Entry(standing, onset, MONTH_AGO, "chart"), ON))


def test_a_current_problem_states_its_fact_on_the_last_day_it_speaks_of(words: Vocabulary) -> None:
    assert stated(words, "COPD", onset=YEARS_AGO) == [
        Statement("copd_or_chronic_lung_disease", True, MONTH_AGO, "chart")
    ]


def test_an_entry_without_any_day_is_stated_without_one(words: Vocabulary) -> None:
    assert stated(words, "COPD", recorded=None) == [Statement("copd_or_chronic_lung_disease", True, None, "chart")]


def test_a_heart_attack_written_down_last_month_may_be_from_2009(words: Vocabulary) -> None:
    found = {s.fact: s.date for s in coded(words, "I21.4", Standing.CURRENT)}
    assert found["mi_recent"] is None  # the day of recording is not the day of the attack
    assert found["mi_history"] == MONTH_AGO


def test_months_ago_are_counted_from_the_day_of_writing_and_without_one_they_are_asked(words: Vocabulary) -> None:
    # 3 months ago, written on 31 October 2026: three times 30 days and half of 30 either way, 105 to 75 days.
    told = {s.fact: (s.date, s.certain) for s in stated(words, "MI 3 months ago")}
    assert told["mi_recent"] == (PartialDate(dt.date(2026, 7, 18), dt.date(2026, 8, 17)), True)
    assert [(s.fact, s.certain) for s in stated(words, "MI 3 months ago", recorded=None)] == [
        ("mi_history", False),
        ("mi_recent", False),
    ]


def test_of_the_day_in_the_text_and_the_day_of_the_entry_the_later_counts(words: Vocabulary) -> None:
    found = {s.fact: s.date for s in stated(words, "MI 2019", onset=MONTH_AGO)}
    assert found["mi_recent"] == MONTH_AGO


def test_a_heart_attack_of_last_month_counts_as_recent_though_it_is_resolved(words: Vocabulary) -> None:
    found = {s.fact: s.date for s in coded(words, "I21.4", Standing.PAST, onset=MONTH_AGO)}
    assert found == {"mi_recent": MONTH_AGO, "mi_history": MONTH_AGO}


def test_a_typed_mi_is_in_doubt_until_it_has_a_day_of_its_own(words: Vocabulary) -> None:
    assert [one.certain for one in stated(words, "MI")] == [False] * len(stated(words, "MI")) != []
    assert any(one.certain for one in stated(words, "MI", onset=MONTH_AGO))


def test_a_refuted_diagnosis_is_a_no_to_that_fact_alone(words: Vocabulary) -> None:
    assert coded(words, "I50.9", Standing.REFUTED) == [Statement("heart_failure", False, MONTH_AGO, "chart")]


def test_refuting_a_mere_hint_says_nothing(words: Vocabulary) -> None:
    assert coded(words, "Z92.3", Standing.REFUTED) == []


def test_a_resolved_problem_states_nothing(words: Vocabulary) -> None:
    assert stated(words, "COPD", Standing.PAST) == []


@pytest.mark.parametrize(
    ("code", "fact"),
    [
        ("F11.21", "opioid_use_disorder"),
        ("K74.60", "cirrhosis"),
        ("I50.9", "heart_failure"),
        ("Z94.0", "organ_transplant"),
    ],
)
def test_a_tick_does_not_end_what_lasts(words: Vocabulary, code: str, fact: str) -> None:
    assert fact in {s.fact for s in coded(words, code, Standing.PAST) if s.certain}


def test_a_healed_ulcer_becomes_an_ulcer_of_the_past(words: Vocabulary) -> None:
    assert coded(words, "K25.9", Standing.PAST) == [Statement("gi_ulcer_history", True, MONTH_AGO, "chart")]


def test_a_provisional_diagnosis_prompts_the_question(words: Vocabulary) -> None:
    assert coded(words, "I50.9", Standing.ASK) == [Statement("heart_failure", True, MONTH_AGO, "chart", certain=False)]


def test_a_hint_older_than_its_window_prompts_nothing(words: Vocabulary) -> None:
    found = words.of_code(code_of("http://hl7.org/fhir/sid/icd-10-cm", "J45.901"))
    entry = Entry(Standing.CURRENT, YEARS_AGO, YEARS_AGO, "chart")
    assert {s.fact for s in statements_of(words, found, entry, ON)} == {"asthma"}


def test_a_bleed_that_is_over_asks_about_bleeds_of_the_past(words: Vocabulary) -> None:
    assert stated(words, "GI bleed", Standing.PAST) == [
        Statement("gi_bleed_history", True, MONTH_AGO, "chart", certain=False)
    ]
    assert stated(words, "Kidney problems", Standing.PAST) == []


def test_a_typed_history_without_a_fact_of_its_own_is_asked_about(words: Vocabulary) -> None:
    assert stated(words, "Hx of depression") == [Statement("depression", True, MONTH_AGO, "chart", certain=False)]
    assert stated(words, "Hx of depression", Standing.PAST) == []
    assert stated(words, "h/o stroke") == [Statement("stroke_or_tia_history", True, MONTH_AGO, "chart")]


def test_weeks_typed_a_month_ago_are_counted_on_to_today(words: Vocabulary) -> None:
    weeks = [s for s in stated(words, "24 weeks pregnant") if s.fact == "gestational_age_weeks"]
    assert [s.value for s in weeks] == [28]  # 30 days later: 168 + 30 = 198 days, 28 weeks and 2 days
    assert weeks[0].date == PartialDate(ON, ON)


def test_weeks_without_a_day_say_nothing_of_today(words: Vocabulary) -> None:
    assert {s.fact for s in stated(words, "24 weeks pregnant", recorded=None)} == {"pregnant"}
    assert {s.fact for s in stated(words, "24 weeks pregnant", Standing.PAST)} == set()
    assert {s.fact for s in stated(words, "24 weeks pregnant", Standing.ASK)} == {"pregnant"}


def test_a_due_date_is_counted_back_from(words: Vocabulary) -> None:
    weeks = [s.value for s in stated(words, "due date 2/8/2027") if s.fact == "gestational_age_weeks"]
    assert weeks == [30]  # 70 days to go: 280 - 70 = 210 days


def test_a_look_up_of_the_prescription_monitoring_program_states_its_day(words: Vocabulary) -> None:
    found = words.of_code(code_of("http://snomed.info/sct", "461621000124108"))
    entry = Entry(Standing.CURRENT, MONTH_AGO, MONTH_AGO, "FHIR Procedure")
    assert statements_of(words, found, entry, ON) == (
        Statement("pdmp_checked_date", MONTH_AGO, MONTH_AGO, "FHIR Procedure"),
    )
    undated = Entry(Standing.CURRENT, None, None, "FHIR Procedure")
    assert statements_of(words, found, undated, ON) == ()


@pytest.mark.parametrize(
    ("onset", "recent"),
    [
        ("2026-08-10", {True}),
        ("2025", set()),  # its days lie on both sides of twelve months ago, 30 November 2025: asked
        (None, set()),
    ],
)
def test_a_heart_attack_is_of_the_day_on_which_its_entry_began(words: Vocabulary, onset: str | None, recent: set[bool]) -> None:
    day = None if onset is None else PartialDate.parse(onset)
    found = [s for s in stated(words, "MI", onset=day) if s.fact == "mi_recent"]
    assert {s.value for s in found if s.certain} == recent
    assert all(s.date == day for s in found)


def test_a_heart_attack_that_is_called_past_is_not_dated_as_a_new_one(words: Vocabulary) -> None:
    found = stated(words, "MI", Standing.PAST, onset=PartialDate.parse("2026-08-10"))
    assert "mi_recent" not in {s.fact for s in found}
