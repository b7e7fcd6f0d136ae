"""Eight fictional patients, each with one thing that the advice has to get right; the figures are worked out here."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import PATIENTS, STORY_DAY, Run, answer_of, example, option_of

NAMES = sorted(path.stem for path in PATIENTS.glob("*.json"))


def reviewed(dentalpain: Run, name: str, *more: str) -> Any:
    return dentalpain("review", example(name), *STORY_DAY, "--json", *more).json


def test_there_are_eight_of_them_and_each_has_a_story() -> None:
    told = (PATIENTS / "README.md").read_text(encoding="utf-8")
    assert len(NAMES) == 8
    assert all(f"{name}.json" in told for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_of_them_is_a_record_that_can_be_screened_and_reviewed(dentalpain: Run, name: str) -> None:
    assert dentalpain("screen", example(name), *STORY_DAY).code == 0
    assert dentalpain("review", example(name), *STORY_DAY).code == 0


# -- Emma, 24: born 2002-05-17, so 24 completed years on 2026-11-24 ------------------------------------------------


def test_at_24_an_opioid_calls_for_extreme_caution_and_was_written_before_anything_milder(dentalpain: Run) -> None:
    review = reviewed(dentalpain, "emma_lindqvist")
    assert review["age_years"] == 24
    assert answer_of(review, "OPI-MINOR") == "yes"  # ADA 2024: 12 to under 26
    assert answer_of(review, "ADA-NONOPIOID-FIRST") == "yes"


def test_one_norco_every_six_hours_is_20_mme_and_1300_mg_of_acetaminophen(dentalpain: Run) -> None:
    review = reviewed(dentalpain, "emma_lindqvist")
    assert review["mme_per_day"]["total"] == 20  # 5 mg x 4 doses x factor 1 (CDC 2022)
    assert review["acetaminophen_mg_per_day"] == 1300  # 325 mg x 4
    assert review["prescriptions"][0]["days_supply"] == 3  # 12 tablets / 4 a day


def test_nothing_that_is_built_stands_against_ibuprofen_in_a_healthy_woman_who_is_not_pregnant(dentalpain: Run) -> None:
    ibuprofen = option_of(reviewed(dentalpain, "emma_lindqvist"), "ibuprofen")
    assert ibuprofen["rules"] == []
    assert ibuprofen["dose"]["amount"] == 400  # ADA 2024: 400 mg every 4 to 6 hours


# -- Walter, 71: eGFR 29 of 2026-10-02, warfarin -------------------------------------------------------------------


def test_an_egfr_of_29_rules_every_nsaid_out_for_walter(dentalpain: Run) -> None:
    review = reviewed(dentalpain, "walter_novak")
    flag = next(flag for flag in review["flags"] if flag["rule"] == "NSAID-EGFR30")
    assert (flag["answer"], flag["severity"]) == ("yes", "contraindicated")  # 29 < 30 (KDIGO 2024)
    assert {"fact": "egfr", "value": 29, "source": "laboratory", "date": "2026-10-02", "stale": False} in flag[
        "because"
    ]
    assert [option_of(review, o)["verdict"] for o in ("ibuprofen", "naproxen", "celecoxib")] == ["blocked"] * 3


def test_warfarin_speaks_against_an_nsaid_as_well_and_acetaminophen_stays(dentalpain: Run) -> None:
    review = reviewed(dentalpain, "walter_novak")
    assert answer_of(review, "NSAID-ANTICOAG") == "yes"
    assert option_of(review, "acetaminophen")["verdict"] != "blocked"
    assert review["ibuprofen_mg_per_day"] == 2400  # 600 mg x 4


# -- Priya: 28 weeks on 2026-11-03, three weeks later 31 -----------------------------------------------------------


def test_28_weeks_three_weeks_ago_are_31_today_and_past_the_30th_week(dentalpain: Run) -> None:
    review = reviewed(dentalpain, "priya_raman")
    assert answer_of(review, "NSAID-PREG30") == "yes"  # 28 weeks + 21 days = 31 weeks >= 30 (FDA 2020)
    assert option_of(review, "ibuprofen")["verdict"] == "blocked"


def test_on_the_day_of_the_entry_it_was_the_earlier_warning(dentalpain: Run) -> None:
    review = dentalpain("review", example("priya_raman"), "--on", "2026-11-03", "--json").json
    assert answer_of(review, "NSAID-PREG30") == "no"  # 28 < 30
    assert answer_of(review, "NSAID-PREG20") == "yes"  # 20 <= 28 < 30


# -- Carol, 45: jaw muscle pain for a year, nobody went through her medicines --------------------------------------


def carol(dentalpain: Run, verb: str, *more: str) -> Any:
    files = (
        "--answers",
        PATIENTS / "answers" / "carol_jimenez.json",
        "--findings",
        PATIENTS / "findings" / "carol_jimenez.json",
    )
    return dentalpain(verb, example("carol_jimenez"), *STORY_DAY, *files, "--json", *more).json


def test_the_screener_is_positive_and_the_examination_meets_local_myalgia(dentalpain: Run) -> None:
    screen = carol(dentalpain, "screen")
    score = screen["scores"][0]
    assert (score["score"], score["positive"]) == (6, True)  # 2 + 1 + 1 + 1 + 1 + 0; 3 or more is positive
    met = {(one["id"], one["side"]) for one in screen["diagnoses"] if one["status"] == "met"}
    assert met == {("myalgia", "patient"), ("local-myalgia", "patient")}  # pressed for 5 s, the pain stayed in place
    assert screen["corrected_opening_mm"] == 49  # 46 + 3 of overlap


def test_low_dose_naltrexone_waits_for_the_question_about_opioids(dentalpain: Run) -> None:
    naltrexone = option_of(carol(dentalpain, "review"), "low_dose_naltrexone")
    assert naltrexone["verdict"] == "ask_first"
    assert "LDN-OPIOID-NOW" in naltrexone["unknown_rules"]
    assert naltrexone["line"] is None


def test_an_opioid_on_the_same_order_rules_low_dose_naltrexone_out(dentalpain: Run) -> None:
    review = carol(dentalpain, "review", "--prescribe", "Norco 5/325 1 tab q6h prn #12")
    naltrexone = option_of(review, "low_dose_naltrexone")
    assert naltrexone["verdict"] == "blocked"
    assert "LDN-OPIOID-NOW" in naltrexone["rules"] and "LDN-OPIOID-NOW" not in naltrexone["unknown_rules"]
    assert answer_of(review, "TMD-OPIOID") == "yes"  # BMJ 2023: strongly against


def test_what_the_guideline_recommends_strongly_comes_before_any_medicine(dentalpain: Run) -> None:
    listed = carol(dentalpain, "review")["alternatives"]
    offered = [one["id"] for one in listed if one["verdict"] == "offer" and one["line"] == 1]
    assert "usual_care_self_management" in offered and "cbt" in offered
    first_medicine = next(place for place, one in enumerate(listed) if one["kind"] == "medicine")
    assert all(listed.index(option_of({"alternatives": listed}, name)) < first_medicine for name in offered)


# -- Daniel, 46: buprenorphine as treatment ------------------------------------------------------------------------


def test_buprenorphine_given_as_treatment_is_counted_in_no_total(dentalpain: Run) -> None:
    review = reviewed(dentalpain, "daniel_whitcomb", "--prescribe", "Norco 5/325 1 tab q6h prn #12")
    mme = review["mme_per_day"]
    assert (mme["total"], mme["is_minimum"]) == (20, False)  # Norco alone: 5 x 4 x 1
    assert {"name": "buprenorphine", "reason": "treatment"} in mme["not_counted"]
    assert answer_of(review, "OPI-OUD") == "yes"


def test_buprenorphine_rules_low_dose_naltrexone_out(dentalpain: Run) -> None:
    review = reviewed(dentalpain, "daniel_whitcomb", "--for", "chronic_tmd")
    assert option_of(review, "low_dose_naltrexone")["verdict"] == "blocked"


# -- Nora, 5 years and 18 kg ---------------------------------------------------------------------------------------


def test_codeine_is_contraindicated_under_12_and_no_opioid_is_offered(dentalpain: Run) -> None:
    review = reviewed(dentalpain, "nora_bell")
    assert answer_of(review, "OPI-COD-TRAM-LT12") == "yes"  # FDA 2017
    assert answer_of(review, "OPI-CHILD") == "yes"  # ADA 2023
    assert {option_of(review, opioid)["verdict"] for opioid in ("hydrocodone", "oxycodone")} == {"blocked"}


def test_the_doses_of_a_child_go_by_weight(dentalpain: Run) -> None:
    review = reviewed(dentalpain, "nora_bell")
    assert option_of(review, "ibuprofen")["dose"]["amount"] == 180  # 10 mg/kg x 18 kg
    assert option_of(review, "acetaminophen")["dose"]["amount"] == 270  # 15 mg/kg x 18 kg


# -- Margaret, 71: alprazolam and sleep apnea ----------------------------------------------------------------------


def test_one_to_two_percocet_every_four_to_six_hours_is_read_at_its_most(dentalpain: Run) -> None:
    text = "Percocet 5/325 1-2 tabs q4-6h prn #20"
    review = reviewed(dentalpain, "margaret_oyelaran", "--prescribe", text, "--for", "surgical_extraction")
    assert review["mme_per_day"]["total"] == 90  # 2 x 6 = 12 tablets x 5 mg x 1.5
    assert review["acetaminophen_mg_per_day"] == 3900  # 12 x 325 mg
    assert answer_of(review, "OPI-BENZO") == "yes"
    assert answer_of(review, "OPI-MME50") == "yes"  # 90 >= 50
    assert answer_of(review, "OPI-NALOXONE") == "yes"
    assert answer_of(review, "APAP-3G") == "yes"  # 3000 < 3900 <= 4000


# -- Sam, of whom nothing is recorded ------------------------------------------------------------------------------


def test_of_whom_nothing_is_recorded_nothing_is_called_safe(dentalpain: Run) -> None:
    review = reviewed(dentalpain, "sam_ellery", "--prescribe", "ibuprofen 400 mg q6h #12", "--for", "simple_extraction")
    medicines = [one for one in review["alternatives"] if one["kind"] == "medicine"]
    assert medicines and {one["verdict"] for one in medicines} <= {"ask_first", "blocked"}
    assert review["age_years"] is None and review["weight_kg"] is None
    assert answer_of(review, "NSAID-EGFR30") == answer_of(review, "NSAID-ANTICOAG") == "unknown"
    assert any("birth date" in part["what"] for part in review["not_read"])


def test_without_an_indication_it_is_the_first_question_and_nothing_is_listed(dentalpain: Run) -> None:
    review = reviewed(dentalpain, "sam_ellery")
    assert review["indication"] is None and review["alternatives"] == []
    assert review["questions"][0]["fact"] == "indication"


def test_the_records_hold_no_day_after_their_story() -> None:
    days = [
        text
        for name in NAMES
        for text in _texts(json.loads(example(name).read_text(encoding="utf-8")))
        if text[:2] == "20"
    ]
    assert days and max(days) <= "2026-11-24"


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inner for text in _texts(each)]
