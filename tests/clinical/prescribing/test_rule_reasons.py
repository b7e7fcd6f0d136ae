"""What a rule on amounts names as its reasons, and what it asks for where it cannot decide."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from dentalpain.clinical.case import Case
from dentalpain.clinical.facts import Facts
from dentalpain.clinical.findings import NO, UNKNOWN, YES, Answer
from dentalpain.clinical.prescribing.judging import option_case, prescription_cases
from dentalpain.clinical.record import StatedValue

from .opioid_patients import BENCH, day, medicine, option, order, patient
from .opioid_patients import ask as rule_says

ALL = ("problems", "medicines", "allergies")
PERCOCET = "Percocet 5/325 1-2 tabs q4-6h prn #20"  # 12 tablets a day: 3900 mg of acetaminophen
NORCO = "Norco 5/325 1 tab q6h prn #12"  # 4 tablets a day: 20 MME
NORCO_DAILY = "Norco 5/325 1 tab daily"
TYLENOL = "acetaminophen 500 mg q6h #12"  # 2000 mg a day
LIDOCAINE = "lidocaine 2% with epinephrine 1:100,000 injection"
BUPIVACAINE = "bupivacaine 0.5% with epinephrine 1:200,000 injection"
OXYCONTIN = "OxyContin 10 mg 1 tab q12h #10"
Told = Mapping[str, StatedValue]


def number(**facts: int) -> dict[str, StatedValue]:
    return {fact: Decimal(value) for fact, value in facts.items()}


def ordered(
    text: str, told: Told, taken: tuple[str, ...] = (), reviewed: tuple[str, ...] = ALL, indication: str | None = None
) -> Case:
    return order(text, patient(told, medicines=tuple(medicine(one) for one in taken), reviewed=reviewed), indication)


def naltrexone(told: Told, taken: tuple[str, ...] = (), *in_place_of: str) -> Case:
    record = patient(told, medicines=tuple(medicine(one) for one in taken))
    proposed = tuple(BENCH.read(text) for text in in_place_of)
    return option_case("low_dose_naltrexone", Facts(record, BENCH.definitions), proposed, "chronic_tmd", BENCH)


def listed(text: str) -> Case:
    record = patient(medicines=(medicine(text),))
    return prescription_cases(Facts(record, BENCH.definitions), (), None, BENCH)[0]


REASONS: list[tuple[str, Case, Answer, dict[str, object]]] = [
    # 4 × 1000 mg + 325 mg: over the maximum, where the rule on 3 g is silent
    (
        "APAP-3G",
        ordered("acetaminophen 500 mg 2 tabs q6h #24", {}, (NORCO_DAILY,)),
        NO,
        {"total_acetaminophen_mg_per_day": Decimal(4325)},
    ),
    (
        "APAP-MAX",
        ordered(PERCOCET, number(age_years=40, weight_kg=50)),
        NO,
        {"total_acetaminophen_mg_per_day": Decimal(3900), "weight_kg": Decimal(50)},
    ),
    # an adult whom nobody weighed counts as not light
    (
        "APAP-MAX",
        ordered(PERCOCET, number(age_years=40)),
        NO,
        {"total_acetaminophen_mg_per_day": Decimal(3900), "age_years": Decimal(40)},
    ),
    ("APAP-LIVER-2G", ordered(TYLENOL, {"child_pugh_class": "C"}), NO, {"child_pugh_class": "C"}),
    ("APAP-LIVER", ordered(TYLENOL, {"child_pugh_class": "C"}), UNKNOWN, {"liver_failure": None, "child_pugh_class": "C"}),
    (
        "APAP-MAX",
        ordered(TYLENOL, {**number(age_years=40, weight_kg=70), "acetaminophen_current": True}),
        UNKNOWN,
        {"acetaminophen_current": None, "total_acetaminophen_mg_per_day": Decimal(2000)},
    ),
    ("LDN-SURGERY", naltrexone({"planned_surgery_date": day("2026-12-08")}), YES, {"planned_surgery_date": "2026-12-08"}),
    # 3 × 3 mg
    ("LDN-DOSE", ordered("naltrexone 3 mg 1 capsule tid #90", {}), YES, {"naltrexone_mg_per_day": Decimal(9)}),
    ("LDN-OPIOID-NOW", naltrexone({}, ("tramadol 50 mg 1 tab q6h",)), YES, {"opioid_active": "tramadol"}),
    ("LDN-OPIOID-NOW", naltrexone({}, (), NORCO), YES, {"opioid_active": "hydrocodone"}),
    ("LDN-ANTIDIARRHOEAL", naltrexone({}), NO, {"opioid_antidiarrhoeal": False}),
    ("LDN-ANTIDIARRHOEAL", naltrexone({}, ("Lomotil 2.5 mg 1 tab qid",)), YES, {"opioid_antidiarrhoeal": "diphenoxylate"}),
    # 5 × 2 mg
    ("LDN-ANTIDIARRHOEAL", naltrexone({}, ("loperamide 2 mg 1 tab 5 times a day",)), YES, {"opioid_antidiarrhoeal": Decimal(10)}),
    # 12 mL of 100 mg in 5 mL
    (
        "IBU-CHILD-MAX",
        ordered("ibuprofen 100 mg/5 mL 12 mL q8h", number(age_years=6, weight_kg=20)),
        YES,
        {"single_dose_ibuprofen_mg": Decimal(240), "weight_kg": Decimal(20)},
    ),
    (
        "IBU-MAX",
        ordered("ibuprofen 600 mg tid #20", {**number(age_years=40), "nsaid_systemic": True}),
        UNKNOWN,
        {"nsaid_systemic": None, "total_ibuprofen_mg_per_day": Decimal(1800)},
    ),
    ("NSAID-MAX-OTHER", option("ketorolac", patient(), "simple_extraction"), NO, {"total_ketorolac_mg_per_day": Decimal(0)}),
    (
        "LA-MAX",
        ordered(BUPIVACAINE, number(age_years=40, weight_kg=60, planned_local_anaesthetic_mg=79)),
        YES,
        {"planned_local_anaesthetic_mg": Decimal(79), "weight_kg": Decimal(60), "age_years": Decimal(40)},
    ),
    (
        "LA-MAX",
        ordered(BUPIVACAINE, number(age_years=40, weight_kg=60, planned_local_anaesthetic_mg=78)),
        NO,
        {"planned_local_anaesthetic_mg": Decimal(78), "weight_kg": Decimal(60), "age_years": Decimal(40)},
    ),
    ("LA-MAX", ordered("lidocaine gel", {}), NO, {"planned_local_anaesthetic_mg": "nothing injected"}),
    ("OPI-ER-ACUTE", ordered(OXYCONTIN, {}, (), ALL, "simple_extraction"), YES, {"proposed_release_form": "extended"}),
    (
        "OPI-ER-ACUTE",
        ordered("fentanyl patch 25 mcg/h q72h #5", {}, (), ALL, "simple_extraction"),
        YES,
        {"proposed_release_form": "patch"},
    ),
    ("OPI-ER-ACUTE", ordered(NORCO, {}, (), ALL, "simple_extraction"), NO, {"proposed_release_form": "immediate"}),
    (
        "OPI-ER-ACUTE",
        ordered(OXYCONTIN, {}, ("oxycodone 5 mg 1 tab q6h",), ALL, "chronic_tmd"),
        NO,
        {"opioid_active": "oxycodone", "indication": "chronic_tmd"},
    ),
    (
        "OPI-TIRF-NAIVE",
        ordered("Actiq 200 mcg lozenge prn #4", {}, (), ALL, "simple_extraction"),
        YES,
        {"proposed_release_form": "transmucosal_fentanyl"},
    ),
    ("OPI-ER-ACUTE", listed(OXYCONTIN), NO, {"proposed_release_form": False}),  # nothing is proposed
    ("OPI-TIRF-NAIVE", ordered(NORCO, {}), NO, {"proposed_release_form": "no transmucosal fentanyl"}),
    # 4 × 5 mg × 1 of the order; how much the other opioid adds is not known
    (
        "OPI-MME50",
        ordered(NORCO, {"opioid_full_agonist_active": True}),
        UNKNOWN,
        {"total_mme_per_day": Decimal(20)},
    ),
    ("OPI-MME50", ordered(NORCO, {}, ("Butrans 10 mcg/h patch weekly",)), UNKNOWN, {"total_mme_per_day": "20.0 or more"}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "case", "answer", "reasons"), REASONS, ids=[f"{r[0]}-{r[2].value}" for r in REASONS])
def test_an_answer_rests_on_the_facts_that_decided_it(rule: str, case: Case, answer: Answer, reasons: dict[str, object]) -> None:
    found = rule_says(rule, case)
    assert found.answer is answer
    assert set(reasons.items()) <= {(fact.fact, fact.value) for fact in found.because}


ASKED: list[tuple[str, Case, tuple[str, ...]]] = [
    ("APAP-MAX", ordered(TYLENOL, number(age_years=40, weight_kg=70), ("acetaminophen",), ()), ("acetaminophen_current",)),
    ("APAP-MAX", ordered(TYLENOL, number(age_years=40, weight_kg=70), ("acetaminophen",)), ("total_acetaminophen_mg_per_day",)),
    ("APAP-MAX", ordered(TYLENOL, number(age_years=40, weight_kg=70), ("zxcvbn 5 mg daily",)), ("unrecognised_medicine",)),
    ("IBU-MAX", ordered("ibuprofen 600 mg tid #20", number(age_years=40), ("ibuprofen",), ()), ("nsaid_systemic",)),
    ("IBU-MAX", ordered("ibuprofen 600 mg tid #20", number(age_years=40), ("ibuprofen",)), ("total_ibuprofen_mg_per_day",)),
    ("LDN-SURGERY", naltrexone({}), ("planned_surgery_date",)),
    ("LDN-DOSE", ordered("LDN 1 capsule at bedtime", {}), ("naltrexone_mg_per_day",)),
    ("LDN-ANTIDIARRHOEAL", naltrexone({}, ("loperamide 2 mg",)), ("opioid_antidiarrhoeal",)),
    ("LA-MAX", ordered(LIDOCAINE, number(age_years=40, planned_local_anaesthetic_mg=400)), ("weight_kg",)),
    (
        "LA-MAX",
        option("long_acting_local_anaesthetic", patient(number(age_years=40, weight_kg=80, planned_local_anaesthetic_mg=200))),
        ("planned_local_anaesthetic_mg",),  # 200 mg of which anesthetic
    ),
    ("OPI-MME50", ordered("Norco 5/325", {}), ("total_mme_per_day",)),
    ("OPI-MME50", ordered(NORCO, {}, ("oxycodone 5 mg 1 tab bid",), ()), ("opioid_full_agonist_active",)),
    ("OPI-TIRF-NAIVE", ordered("fentanyl 200 mcg prn #4", {}, (), ALL, "simple_extraction"), ("proposed_release_form",)),
    ("CNS3-ELDER", ordered(NORCO, number(age_years=80), ("sertraline 50 mg daily",), ()), ("medicines_reviewed",)),
]


@pytest.mark.parametrize(("rule", "case", "asked"), ASKED, ids=[f"{r[0]}-{r[2][0]}" for r in ASKED])
def test_an_open_rule_asks_for_what_would_close_it(rule: str, case: Case, asked: tuple[str, ...]) -> None:
    found = rule_says(rule, case)
    assert found.answer is UNKNOWN
    assert found.missing() == asked


def test_a_third_medicine_on_the_brain_is_held_against_the_two_that_are_taken() -> None:
    case = ordered(NORCO, number(age_years=80), ("sertraline 50 mg daily", "zolpidem 5 mg qhs"))
    named = {fact.value for fact in rule_says("CNS3-ELDER", case).because if fact.fact == "cns_active_medicine"}
    assert named == {"sertraline", "zolpidem"}
