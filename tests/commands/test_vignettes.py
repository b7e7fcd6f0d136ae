"""Patients as an examiner would tell them: one hazard beside good health, and what may then be offered, worked out by hand.

The verdict is that of the contract: contraindicated yes: blocked; contraindicated or major unknown: ask_first; major or
moderate yes: offer_with_care; else offer. The search over combinations trusts the rules; these rows do not.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

ON = "2026-11-24"
OFFER, CARE, ASK, BLOCKED = "offer", "offer_with_care", "ask_first", "blocked"
HEALTHY = {"alcohol_drinks_per_day": 0, "egfr": 90, "weight_kg": 75}
PREGNANT = {"sex": "female", "pregnant": True}
REVIEWED = dict.fromkeys(("problems", "medicines", "allergies"), ON)

# What is amiss: age, sex, problems, medicines, allergies, else a fact. The indication, the option, its verdict, a rule.
ROWS: list[tuple[dict[str, Any], str, str, str, str]] = [
    ({}, "simple_extraction", "ibuprofen", OFFER, ""),
    ({}, "simple_extraction", "hydrocodone", CARE, "ADA-SIMPLE-NOOPIOID"),  # the guideline speaks against it
    ({}, "simple_extraction", "low_dose_naltrexone", BLOCKED, "LDN-ACUTE"),
    ({"egfr": 60}, "surgical_extraction", "ibuprofen", OFFER, ""),
    ({"egfr": 59}, "surgical_extraction", "ibuprofen", CARE, "NSAID-EGFR60"),
    ({"egfr": 30}, "surgical_extraction", "ibuprofen", CARE, "NSAID-EGFR60"),
    ({"egfr": 29}, "surgical_extraction", "ibuprofen", BLOCKED, "NSAID-EGFR30"),
    ({"egfr": 29}, "surgical_extraction", "acetaminophen", OFFER, ""),
    ({"egfr": 15}, "surgical_extraction", "suzetrigine", OFFER, ""),
    ({"egfr": 14}, "surgical_extraction", "suzetrigine", BLOCKED, "SUZ-RENAL15"),
    ({"egfr": None, "problems": ["ESRD on hemodialysis"]}, "surgical_extraction", "ibuprofen", BLOCKED, "NSAID-EGFR30"),
    ({**PREGNANT, "gestational_age_weeks": 19}, "surgical_extraction", "ibuprofen", CARE, "NSAID-PREG-EARLY"),
    ({**PREGNANT, "gestational_age_weeks": 20}, "surgical_extraction", "ibuprofen", CARE, "NSAID-PREG20"),
    ({**PREGNANT, "gestational_age_weeks": 30}, "surgical_extraction", "naproxen", BLOCKED, "NSAID-PREG30"),
    (PREGNANT, "surgical_extraction", "ibuprofen", ASK, "NSAID-PREG30"),  # the week is not known
    ({"medicines": ["warfarin 5 mg daily"]}, "surgical_extraction", "ibuprofen", CARE, "NSAID-ANTICOAG"),
    ({"medicines": ["warfarin 5 mg daily"]}, "surgical_extraction", "ketorolac", BLOCKED, "KETOROLAC-CONTRA"),
    ({"medicines": ["Eliquis 5 mg bid"]}, "surgical_extraction", "celecoxib", CARE, "NSAID-ANTICOAG"),
    ({"medicines": ["lithium carbonate 300 mg tid"]}, "surgical_extraction", "ibuprofen", CARE, "NSAID-LITHIUM"),
    ({"medicines": ["sertraline 50 mg daily"]}, "surgical_extraction", "ibuprofen", CARE, "NSAID-SSRI-SNRI"),
    ({"medicines": ["metformin 500 mg bid", "atorvastatin 20 mg"]}, "surgical_extraction", "ibuprofen", OFFER, ""),
    ({"medicines": ["clarithromycin 500 mg bid"]}, "surgical_extraction", "suzetrigine", BLOCKED, "SUZ-CYP3A-STRONG"),
    ({"medicines": ["alprazolam 0.5 mg tid"]}, "surgical_extraction", "hydrocodone", CARE, "OPI-BENZO"),
    ({"medicines": ["naltrexone 50 mg daily"]}, "surgical_extraction", "oxycodone", BLOCKED, "OPI-OPIOID-ANTAG"),
    ({"medicines": ["Suboxone 8/2 mg SL daily"]}, "surgical_extraction", "hydrocodone", CARE, "OPI-OUD"),
    ({"medicines": ["Suboxone 8/2 mg SL daily"]}, "chronic_tmd", "low_dose_naltrexone", BLOCKED, "LDN-OPIOID-NOW"),
    ({"alcohol_drinks_per_day": 3}, "chronic_tmd", "low_dose_naltrexone", BLOCKED, "LDN-ALCOHOL"),
    ({"alcohol_drinks_per_day": 3}, "surgical_extraction", "acetaminophen", CARE, "APAP-ALCOHOL"),
    ({"alcohol_drinks_per_day": 2}, "surgical_extraction", "acetaminophen", OFFER, ""),
    ({"gi_ulcer_history": True}, "surgical_extraction", "ibuprofen", CARE, "NSAID-GI-HX"),
    ({"gi_ulcer_active": True}, "surgical_extraction", "celecoxib", BLOCKED, "NSAID-GI-ACTIVE"),
    ({"problems": ["Roux-en-Y gastric bypass"]}, "surgical_extraction", "ibuprofen", CARE, "NSAID-BARIATRIC"),
    ({"problems": ["hemophilia A"]}, "surgical_extraction", "ibuprofen", CARE, "NSAID-BLEED-DIS"),
    ({"problems": ["hemophilia A"]}, "surgical_extraction", "ketorolac", BLOCKED, "KETOROLAC-CONTRA"),
    # Asthma prompts the question about aspirin; until it is answered nothing is known.
    ({"problems": ["asthma"]}, "surgical_extraction", "ibuprofen", ASK, "NSAID-AERD"),
    ({"problems": ["asthma"], "aerd": False}, "surgical_extraction", "ibuprofen", OFFER, ""),
    ({"problems": ["asthma"], "aerd": True}, "surgical_extraction", "ibuprofen", BLOCKED, "NSAID-AERD"),
    ({"problems": ["asthma"]}, "surgical_extraction", "acetaminophen", OFFER, ""),
    ({"problems": ["heart failure"], "nyha_class": "III"}, "surgical_extraction", "ibuprofen", BLOCKED, "NSAID-HF-SEVERE"),
    ({"problems": ["heart failure"]}, "surgical_extraction", "ibuprofen", ASK, "NSAID-HF"),  # severe is not ruled out
    ({"problems": ["cirrhosis"]}, "surgical_extraction", "ibuprofen", ASK, "NSAID-CIRRHOSIS-A"),
    ({"problems": ["cirrhosis"], "child_pugh_class": "A"}, "surgical_extraction", "acetaminophen", CARE, "APAP-LIVER-2G"),
    ({"problems": ["cirrhosis"], "child_pugh_class": "B"}, "surgical_extraction", "ibuprofen", BLOCKED, "NSAID-CIRRHOSIS"),
    ({"problems": ["cirrhosis"], "child_pugh_class": "C"}, "surgical_extraction", "suzetrigine", BLOCKED, "SUZ-HEPATIC-C"),
    ({"allergies": [{"text": "ibuprofen", "reactions": ["hives"]}]}, "simple_extraction", "naproxen", BLOCKED, "NSAID-ALLERGY"),
    ({"allergies": [{"text": "sulfa", "reactions": ["rash"]}]}, "simple_extraction", "celecoxib", BLOCKED, "CELECOXIB-SULFA"),
    ({"allergies": [{"text": "sulfa", "reactions": ["rash"]}]}, "simple_extraction", "ibuprofen", OFFER, ""),
    ({"stimulant_use_24h": True}, "surgical_extraction", "long_acting_local_anaesthetic", BLOCKED, "LA-EPI-STIM"),
    ({"age": 5, "weight_kg": 18}, "toothache_no_care", "hydrocodone", BLOCKED, "OPI-CHILD"),
    ({"age": 5, "weight_kg": 18}, "toothache_no_care", "ibuprofen", OFFER, ""),
    ({"age": 1, "weight_kg": 10}, "toothache_no_care", "naproxen", BLOCKED, "NAPROXEN-AGE2"),
    ({"age": 1, "weight_kg": 10}, "toothache_no_care", "topical_benzocaine", BLOCKED, "BENZO-LT2"),
    ({"age": 6, "weight_kg": None}, "toothache_no_care", "acetaminophen", ASK, "APAP-MAX"),
    ({"age": 64}, "surgical_extraction", "ibuprofen", OFFER, ""),
    ({"age": 65}, "surgical_extraction", "ibuprofen", CARE, "NSAID-AGE65"),
    ({}, "chronic_tmd", "supervised_jaw_exercise_stretching", OFFER, ""),
    ({}, "chronic_tmd", "reversible_splint", CARE, "TMD-SPLINT"),
    ({}, "chronic_tmd", "discectomy", BLOCKED, ""),
    ({"hla_b_1502": "positive"}, "trigeminal_neuralgia", "oxcarbazepine", BLOCKED, "CBZ-HLA-POS"),
    ({"egfr": 29}, "post_traumatic_neuropathic", "duloxetine", BLOCKED, "DUL-RENAL"),
    ({"problems": ["OSA on CPAP"]}, "burning_mouth", "topical_clonazepam", CARE, "CLZ-OSA"),
    ({"problems": ["coronary artery disease"]}, "orofacial_migraine", "sumatriptan", BLOCKED, "TRP-CV"),
    ({"medicines": ["phenelzine 15 mg tid"]}, "persistent_idiopathic_facial", "amitriptyline", BLOCKED, "TCA-MAOI"),
    # An entry that is in doubt is asked about, on reviewed lists too: end-stage kidneys may mean dialysis.
    ({"egfr": None, "problems": ["End-stage renal disease"]}, "surgical_extraction", "ibuprofen", ASK, "NSAID-EGFR30"),
    ({"egfr": None, "problems": ["End-stage renal disease"]}, "surgical_extraction", "suzetrigine", ASK, "SUZ-RENAL15"),
    ({"problems": ["inhaler"]}, "surgical_extraction", "ibuprofen", ASK, "NSAID-AERD"),
    ({"problems": ["glaucoma"]}, "post_traumatic_neuropathic", "duloxetine", ASK, "DUL-GLAUCOMA"),
    ({"problems": ["glaucoma"]}, "burning_mouth", "nortriptyline", ASK, "CYC-ANTICHOL"),
    ({"problems": ["narrow angle glaucoma"]}, "post_traumatic_neuropathic", "duloxetine", CARE, "DUL-GLAUCOMA"),
    ({"problems": ["open angle glaucoma"]}, "post_traumatic_neuropathic", "duloxetine", OFFER, ""),
    ({"problems": ["bariatric surgery"]}, "surgical_extraction", "ibuprofen", CARE, "NSAID-BARIATRIC"),
    ({"problems": ["bariatric surgery"]}, "surgical_extraction", "acetaminophen", OFFER, ""),
    ({"medicines": ["methotrexate 15 mg once weekly"]}, "surgical_extraction", "ibuprofen", CARE, "NSAID-MTX-LOW"),
    ({"medicines": ["methotrexate 2.5 mg daily"]}, "surgical_extraction", "ibuprofen", ASK, "NSAID-MTX-HIGH"),
    ({"problems": ["peripheral arterial disease"]}, "surgical_extraction", "celecoxib", CARE, "NSAID-CVD"),
    ({"problems": ["peripheral arterial disease"]}, "surgical_extraction", "diclofenac", CARE, "NSAID-CVD"),
    ({"problems": ["hemiplegic migraine"]}, "orofacial_migraine", "sumatriptan", BLOCKED, "TRP-CV"),
    ({"medicines": ["fluconazole 100 mg daily"]}, "surgical_extraction", "suzetrigine", CARE, "SUZ-CYP3A-MOD"),
    # The therapy with an NSAID in it stands and falls with the NSAID.
    ({"egfr": 29}, "chronic_tmd", "cbt_with_nsaid", BLOCKED, "NSAID-EGFR30"),
    ({**PREGNANT, "gestational_age_weeks": 32}, "chronic_tmd", "cbt_with_nsaid", BLOCKED, "NSAID-PREG30"),
    ({"egfr": 29}, "chronic_tmd", "cbt", OFFER, ""),
    # Only Asian forebears call for the gene test; whether there are any has to be known.
    ({}, "trigeminal_neuralgia", "carbamazepine", ASK, "CBZ-HLA-TEST"),
    ({"ancestry_asian": False}, "trigeminal_neuralgia", "carbamazepine", OFFER, ""),
    ({"ancestry_asian": True}, "trigeminal_neuralgia", "oxcarbazepine", ASK, "CBZ-HLA-POS"),
    ({"age": 24}, "persistent_idiopathic_facial", "duloxetine", CARE, "TCA-SUICIDE"),
    ({"age": 25}, "persistent_idiopathic_facial", "duloxetine", OFFER, ""),
    ({"problems": ["cirrhosis"], "child_pugh_class": "C"}, "surgical_extraction", "acetaminophen", ASK, "APAP-LIVER"),
    (
        {"problems": ["cirrhosis"], "child_pugh_class": "C", "liver_failure": False},
        "surgical_extraction", "acetaminophen", CARE, "APAP-LIVER-C",
    ),
    ({"alcohol_drinks_per_day": 3}, "post_traumatic_neuropathic", "duloxetine", BLOCKED, "DUL-HEPATIC"),
    ({"problems": ["cirrhosis"], "child_pugh_class": "A"}, "burning_mouth", "topical_clonazepam", BLOCKED, "CLZ-LIVER"),
    ({"problems": ["alcohol use disorder in remission"]}, "chronic_tmd", "low_dose_naltrexone", ASK, "LDN-ALCOHOL"),
]


def told(amiss: dict[str, Any]) -> dict[str, Any]:
    lists = {name: amiss.get(name, []) for name in ("problems", "medicines", "allergies")}
    facts = {name: value for name, value in {**HEALTHY, **amiss}.items() if name not in {*lists, "age", "sex"}}
    known = {name: {"value": value, "date": ON} for name, value in facts.items() if value is not None}
    patient = {"id": "p1", "birth_date": f"{2026 - amiss.get('age', 40)}-05-01", "sex": amiss.get("sex", "male")}
    return {"patient": patient, "recorded_on": ON, "reviewed_on": REVIEWED, "facts": known, **lists}


@pytest.mark.parametrize(("amiss", "indication", "option", "verdict", "rule"), ROWS)
def test_one_thing_amiss_beside_good_health_gets_the_verdict_worked_out_by_hand(
    dentalpain: Run, tmp_path: Path, amiss: dict[str, Any], indication: str, option: str, verdict: str, rule: str
) -> None:
    path = tmp_path / "record.json"
    path.write_text(json.dumps(told(amiss)), encoding="utf-8")
    result = dentalpain("review", path, "--for", indication, "--on", ON, "--json").json
    held = next(one for one in result["alternatives"] if one["id"] == option)
    assert held["verdict"] == verdict, held["why"]
    assert not rule or rule in held["rules"]
