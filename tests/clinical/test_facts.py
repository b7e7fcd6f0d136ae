"""What the record says about a fact today: old news, doubt, denial and silence."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from dentalpain.clinical.facts import NOT_LISTED, NOT_UNDERSTOOD, Facts
from dentalpain.clinical.findings import NO, UNKNOWN, YES, Answer
from dentalpain.clinical.quantities import PartialDate
from dentalpain.clinical.record import Problem, Record, Review, Span, Standing, Statement
from dentalpain.errors import UnknownNameError
from dentalpain.knowledge.load import load_knowledge

DAY = dt.date(2026, 11, 24)
KNOWN = load_knowledge().facts


def ago(days: int) -> PartialDate:
    day = DAY - dt.timedelta(days=days)
    return PartialDate(day, day)


def said(fact: str, value: object, days: int | None = 0, certain: bool = True) -> Statement:
    return Statement(fact, value, None if days is None else ago(days), "chart", certain)


def facts(*statements: Statement, **more: Any) -> Facts:
    return Facts(Record(DAY, statements=statements, **more), KNOWN)


def test_a_fact_that_does_not_exist_is_an_error_of_the_caller() -> None:
    with pytest.raises(UnknownNameError, match="made_up"):
        facts().finding("made_up")


def test_silence_is_unknown_and_says_which_fact() -> None:
    found = facts().finding("dialysis")
    assert found.answer is UNKNOWN and found.missing() == ("dialysis",)


def test_silence_of_a_reviewed_list_is_no_and_says_so() -> None:
    found = facts(reviewed={"problems": Review(DAY, "chart")}).finding("dialysis")
    assert found.answer is NO and found.because[0].value == NOT_LISTED


@pytest.mark.parametrize(("days", "answer"), [(364, NO), (365, NO), (366, UNKNOWN)])
def test_a_review_of_the_problem_list_counts_for_a_year(days: int, answer: Answer) -> None:
    review = Review(DAY - dt.timedelta(days=days), "chart")
    assert facts(reviewed={"problems": review}).finding("dialysis").answer is answer


def test_a_review_that_is_dated_in_the_future_does_not_count() -> None:
    review = Review(DAY + dt.timedelta(days=1), "chart")
    assert facts(reviewed={"problems": review}).finding("dialysis").answer is UNKNOWN


def test_a_problem_that_nobody_understands_leaves_the_list_unread_until_somebody_looks() -> None:
    strange = Problem("Zorblax syndrome", Standing.CURRENT, None, "chart", recognised=False)
    unread = facts(problems=(strange,), reviewed={"problems": Review(DAY, "chart")}).finding("dialysis")
    assert unread.answer is UNKNOWN and unread.because[0].source == NOT_UNDERSTOOD
    looked_at = {"problems": Review(DAY, "dentist", in_full=True)}
    assert facts(problems=(strange,), reviewed=looked_at).finding("dialysis").answer is NO


def test_a_positive_entry_beats_a_denial() -> None:
    assert facts(said("dialysis", False, 1), said("dialysis", True, 400)).finding("dialysis").answer is YES


def test_an_entry_in_doubt_settles_nothing_until_somebody_denies_it() -> None:
    doubt = said("dialysis", True, 30, certain=False)
    assert facts(doubt).finding("dialysis").answer is UNKNOWN
    assert facts(doubt, said("dialysis", False)).finding("dialysis").answer is NO


@pytest.mark.parametrize(("days", "answer"), [(90, YES), (91, UNKNOWN)])
def test_an_acute_kidney_injury_counts_for_ninety_days_and_is_then_asked_about(days: int, answer: Answer) -> None:
    assert facts(said("aki", True, days)).finding("aki").answer is answer


@pytest.mark.parametrize(("days", "answer"), [(365, YES), (366, NO), (None, UNKNOWN)])
def test_a_heart_attack_is_recent_for_a_year_and_one_without_a_date_is_asked_about(
    days: int | None, answer: Answer
) -> None:
    assert facts(said("mi_recent", True, days)).finding("mi_recent").answer is answer


def test_an_old_ulcer_is_history_and_no_longer_known_to_be_open() -> None:
    old = facts(said("gi_ulcer_active", True, 400))
    assert old.finding("gi_ulcer_history").answer is YES
    assert old.finding("gi_ulcer_active").answer is UNKNOWN


@pytest.mark.parametrize(("days", "answer"), [(30, NO), (31, UNKNOWN)])
def test_not_pregnant_holds_for_thirty_days(days: int, answer: Answer) -> None:
    assert facts(said("pregnant", False, days), sex="female").finding("pregnant").answer is answer


@pytest.mark.parametrize(("days", "answer"), [(294, YES), (295, UNKNOWN)])
def test_pregnant_holds_until_two_weeks_after_the_latest_due_date(days: int, answer: Answer) -> None:
    # 40 weeks × 7 + 14 days = 294 days after the beginning of a pregnancy.
    assert facts(said("pregnant", True, days), sex="female").finding("pregnant").answer is answer


@pytest.mark.parametrize(
    ("born", "sex", "answer"),
    [
        ("1990", "male", NO),
        ("1990", "female", UNKNOWN),
        ("2016-11-25", "female", NO),  # nine years old until tomorrow
        ("2016-11-24", "female", UNKNOWN),  # ten today
        ("1966-11-24", "female", NO),  # sixty today
        ("1966-11-25", "female", UNKNOWN),  # fifty-nine until tomorrow
    ],
)
def test_pregnancy_is_ruled_out_by_sex_or_age_alone_and_the_reason_is_shown(born: str, sex: str, answer: Answer) -> None:
    found = facts(birth=PartialDate.parse(born), sex=sex).finding("pregnant")
    assert found.answer is answer
    assert answer is UNKNOWN or found.because[0].source.startswith("assumed")


def test_a_few_facts_are_no_while_nobody_says_otherwise_and_say_why() -> None:
    found = facts().finding("respiratory_depression_now")
    assert found.answer is NO and found.because[0].source.startswith("assumed")


@pytest.mark.parametrize(("days", "value"), [(365, Decimal(70)), (366, None)])
def test_an_egfr_counts_for_a_year_and_its_old_value_stays_visible(days: int, value: Decimal | None) -> None:
    reading = facts(said("egfr", Decimal(70), days)).reading("egfr")
    assert reading.value == value
    assert reading.facts[0].value == 70 and reading.facts[0].stale is (value is None)


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (Span(Decimal(60), None), "60 or more"),
        (Span(None, Decimal(15), below_high=True), "below 15"),
        (Span(None, Decimal(15)), "15 or less"),
        (Span(Decimal(30), Decimal(59)), "30-59"),
    ],
)
def test_a_range_is_shown_as_a_person_reads_it(span: Span, shown: str) -> None:
    assert facts(said("egfr", span)).reading("egfr").facts[0].value == shown


def test_a_word_that_was_chosen_goes_stale_like_any_other_fact() -> None:
    assert facts(said("child_pugh_class", "B", 180)).choice("child_pugh_class")[0] == "B"
    chosen, because = facts(said("child_pugh_class", "B", 181)).choice("child_pugh_class")
    assert chosen is None and because.stale and because.value == "B"
    assert facts().choice("child_pugh_class")[0] is None


def test_a_birth_year_gives_the_youngest_and_the_oldest_age() -> None:
    age = facts(birth=PartialDate.parse("2014")).age()
    assert (age.low, age.high) == (11, 12)  # born on 31 December 2014: 11; on 1 January 2014: 12
    assert age.below(Decimal(12)).answer is UNKNOWN


def test_somebody_whose_birth_date_lies_ahead_has_no_known_age() -> None:
    assert not facts(birth=PartialDate.parse("2027-01-01")).age().known


def test_an_age_that_somebody_tells_stands_in_for_a_birth_date() -> None:
    assert facts(said("age_years", Decimal(40))).age().value == 40


@pytest.mark.parametrize(
    ("birth", "days", "known"),
    [
        ("2008-11-25", 90, True),  # 17 years old on the day
        ("2008-11-25", 91, False),
        ("2008-11-24", 91, True),  # 18
        ("2024-11-25", 30, True),  # 1
        ("2024-11-25", 31, False),
        ("2024-11-24", 31, True),  # 2
        ("2008", 91, False),  # 17 or 18: the shorter window holds
    ],
)
def test_the_weight_of_a_child_counts_for_90_days_and_of_a_toddler_for_30(birth: str, days: int, known: bool) -> None:
    weighed = facts(said("weight_kg", Decimal(20), days), birth=PartialDate.parse(birth))
    assert weighed.reading("weight_kg").known is known


def test_obesity_of_a_child_counts_for_90_days() -> None:
    child = facts(said("obesity", True, 91), birth=PartialDate.parse("2014-01-01"))
    adult = facts(said("obesity", True, 91), birth=PartialDate.parse("1990-01-01"))
    assert (child.finding("obesity").answer, adult.finding("obesity").answer) == (UNKNOWN, YES)


@pytest.mark.parametrize(("told", "low", "high"), [(25, 25, 25), (26, 26, 26), (40, 25, 26)])
def test_an_age_that_was_told_counts_where_the_year_of_birth_leaves_it_open(told: int, low: int, high: int) -> None:
    age = facts(said("age_years", Decimal(told)), birth=PartialDate.parse("2000")).age()
    assert (age.low, age.high) == (low, high)


def test_a_word_in_the_place_of_a_number_is_no_number() -> None:
    assert not facts(said("egfr", True)).reading("egfr").known
    assert facts(said("egfr", True), said("egfr", Decimal(70), 1)).reading("egfr").value == 70
