"""Patients before an opioid, a sedative or low-dose naltrexone, as a pharmacist would tell them; each answer by hand.

The limits are those of the rules: 50 and 90 MME a day, 3 and 7 days, 12, 26 and 65 years, 90 days of the monitoring program.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run, answer_of

ON = "2026-11-24"
YES, OPEN, NO = "yes", "unknown", "no"
HEALTHY = {"alcohol_drinks_per_day": 0, "egfr": 90, "weight_kg": 75, "pdmp_checked_date": ON}
REVIEWED = dict.fromkeys(("problems", "medicines", "allergies"), ON)
NORCO, TRAMADOL = "Norco 5/325 1 tab q6h #12", "tramadol 50 mg 1 tab q6h #12"
LDN = "low dose naltrexone 1.5 mg hs"

# What the record holds, the order, what it is for, and what rules answer.
ROWS: list[tuple[dict[str, Any], str, str, dict[str, str]]] = [
    # 10 × 5 = 50 on the limit; 5 × 6 × 1.5 = 45 below; 5 × 12 × 1.5 = 90; 24/5 tablets × 5 × 1.5 = 36 above 30.
    ({}, "hydrocodone/apap 10/325 1 tab 5 times daily #15", "acute", {"OPI-MME50": YES, "OPI-MME90": NO, "OPI-NALOXONE": YES}),
    ({}, "oxycodone 5 mg 1 tab q4h #18", "acute", {"OPI-MME50": NO, "OPI-START30": YES}),
    ({}, "Percocet 5/325 1-2 tabs q4-6h #40", "acute", {"OPI-MME50": YES, "OPI-MME90": YES}),
    ({}, "Norco 7.5/325 1 tab q6h #12", "acute", {"OPI-START30": NO}),
    ({}, "Norco 5/325 #12", "acute", {"OPI-MME50": OPEN, "OPI-MME-PARTIAL": YES}),
    # 13/4 and 29/4 tablets reach into a fourth and an eighth day.
    ({}, NORCO, "acute", {"OPI-DAYS3": NO}),
    ({}, "Norco 5/325 1 tab q6h #13", "acute", {"OPI-DAYS3": YES, "OPI-DAYS7": NO}),
    ({}, "Norco 5/325 1 tab q6h #28", "acute", {"OPI-DAYS7": NO}),
    ({}, "Norco 5/325 1 tab q6h #29", "acute", {"OPI-DAYS7": YES}),
    ({}, "Norco 5/325 1 tab q6h", "acute", {"OPI-DAYS3": OPEN, "OPI-DAYS7": OPEN}),
    ({}, "Norco 5/325 1 tab q6h x 10 days", "chronic_tmd", {"OPI-DAYS7": NO, "TMD-OPIOID": YES}),
    # Long-acting by name, letters, form or nature.
    ({}, "Xtampza 9 mg q12h #6", "acute", {"OPI-ER-ACUTE": YES}),
    ({}, "methadone 5 mg q8h #9", "acute", {"OPI-ER-ACUTE": YES}),
    ({}, "fentanyl 25 mcg/h patch q72h #1", "acute", {"OPI-ER-ACUTE": YES, "OPI-MME50": YES}),
    ({}, "Actiq 200 mcg lozenge prn #3", "acute", {"OPI-TIRF-NAIVE": YES}),
    # Twelve, twenty-six and sixty-five years, on the birthday and the day before it; 2000 alone leaves the age open.
    ({"born": "2014-11-24"}, NORCO, "acute", {"OPI-MINOR": YES, "OPI-CHILD": NO}),
    ({"born": "2014-11-25"}, NORCO, "acute", {"OPI-MINOR": NO, "OPI-CHILD": YES}),
    ({"born": "2000-11-25"}, NORCO, "acute", {"OPI-MINOR": YES}),
    ({"born": "2000-11-24"}, NORCO, "acute", {"OPI-MINOR": NO}),
    ({"born": "2000"}, NORCO, "acute", {"OPI-MINOR": OPEN}),
    ({"born": "1961-11-24"}, NORCO, "acute", {"OPI-ELDER": YES, "OPI-NALOXONE": YES}),
    ({"born": "1961-11-25"}, NORCO, "acute", {"OPI-ELDER": NO}),
    ({"born": "2008-11-25", "tonsillectomy_recent": True}, TRAMADOL, "acute", {"OPI-COD-TRAM-LT18-TA": YES}),
    ({"born": "2008-11-24", "tonsillectomy_recent": True}, TRAMADOL, "acute", {"OPI-COD-TRAM-LT18-TA": NO}),
    # 24 November less 90 days is 26 August, 14 days 10 November.
    ({"pdmp_checked_date": "2026-08-26"}, NORCO, "acute", {"OPI-PDMP": NO}),
    ({"pdmp_checked_date": "2026-08-25"}, NORCO, "acute", {"OPI-PDMP": YES}),
    ({"last_maoi_date": "2026-11-10"}, TRAMADOL, "acute", {"OPI-MAOI": YES}),
    ({"last_maoi_date": "2026-11-09"}, TRAMADOL, "acute", {"OPI-MAOI": NO}),
    # Opioid blockers under every name; Embeda is an opioid, and what blocks in the gut alone is none.
    ({"medicines": ["LDN 4.5 mg qhs"]}, NORCO, "acute", {"OPI-OPIOID-ANTAG": YES}),
    ({"medicines": ["Contrave 8/90 mg 2 tabs bid"]}, NORCO, "acute", {"OPI-OPIOID-ANTAG": YES}),
    ({"medicines": ["Narcan nasal spray 4 mg"]}, NORCO, "acute", {"OPI-OPIOID-ANTAG": OPEN}),
    ({"medicines": ["Embeda 20/0.8 mg bid"]}, NORCO, "acute", {"OPI-OPIOID-ANTAG": NO, "OPI-DUP": YES}),
    ({"medicines": ["naloxegol 25 mg daily"]}, NORCO, "acute", {"OPI-OPIOID-ANTAG": NO}),
    # Methadone without its purpose is asked about; a patch for pain is a second opioid that no factor counts.
    ({"medicines": ["methadone 80 mg daily"]}, NORCO, "acute", {"OPI-OUD": OPEN}),
    ({"medicines": ["methadone 80 mg daily from methadone clinic"]}, NORCO, "acute", {"OPI-OUD": YES}),
    ({"medicines": ["Butrans 10 mcg/h patch weekly"]}, NORCO, "acute", {"OPI-OUD": NO, "OPI-DUP": YES, "OPI-MME-PARTIAL": YES}),
    # Names as pharmacies print them and people type them.
    ({"medicines": ["ACETAMINOPHEN-COD #3 TABLET"]}, "oxycodone 5 mg q6h #12", "acute", {"OPI-DUP": YES}),
    ({"medicines": ["Mucinex DM"]}, TRAMADOL, "acute", {"OPI-SEROTONIN": YES}),
    ({"medicines": ["Mucinex"]}, TRAMADOL, "acute", {"OPI-SEROTONIN": NO}),
    ({"medicines": ["St Johns wort"]}, TRAMADOL, "acute", {"OPI-SEROTONIN": YES}),
    ({"medicines": ["medical marijuana"]}, NORCO, "acute", {"OPI-CNS-LOW": YES, "OPI-CNS": NO}),
    ({"medicines": ["Ketoconazole 2% shampoo"]}, NORCO, "acute", {"OPI-CYP3A4": NO}),
    # A denial on the list is no medicine that is taken, and no proof that it is not.
    ({"medicines": ["no alprazolam"]}, NORCO, "acute", {"OPI-BENZO": OPEN}),
    ({"medicines": ["no oxycodone"]}, "OxyContin 10 mg q12h #6", "chronic_tmd", {"OPI-ER-ACUTE": YES}),
    # Medicines and allergies among the problems; acute states, now and long ago.
    ({"problems": ["alprazolam 0.5 mg tid"]}, NORCO, "acute", {"OPI-BENZO": OPEN}),
    ({"problems": ["codeine allergy"]}, NORCO, "acute", {"OPI-ALLERGY-CLASS": YES}),
    ({"problems": ["allergic to aspirin"]}, "ibuprofen 400 mg q6h", "acute", {"NSAID-ALLERGY": YES}),
    ({"problems": ["status asthmaticus"]}, NORCO, "acute", {"OPI-RESP-CONTRA": YES}),
    ({"problems": ["paralytic ileus"]}, NORCO, "acute", {"OPI-RESP-CONTRA": YES}),
    ({"problems": ["ileus 2015"]}, NORCO, "acute", {"OPI-RESP-CONTRA": NO}),
    ({"problems": ["heroin overdose"]}, NORCO, "acute", {"OPI-SUD-OD": YES, "OPI-NALOXONE": YES}),
    # Kidneys, liver and the tramadol maximum: 100 mg × 4 = 400 on it; 75 is not over 75; cirrhosis 50 mg every 12 hours.
    ({"egfr": 29}, "codeine 30 mg 1 tab q6h #12", "acute", {"OPI-RENAL": YES}),
    ({"egfr": 30}, "codeine 30 mg 1 tab q6h #12", "acute", {"OPI-RENAL": NO}),
    ({}, "tramadol 100 mg q6h", "acute", {"OPI-TRAMADOL-MAX": NO}),
    ({"born": "1950-11-24"}, "tramadol 100 mg q6h", "acute", {"OPI-TRAMADOL-MAX": YES}),
    ({"born": "1950-11-25"}, "tramadol 100 mg q6h", "acute", {"OPI-TRAMADOL-MAX": NO}),
    ({"problems": ["cirrhosis"], "child_pugh_class": "B"}, "tramadol 50 mg q12h", "acute", {"OPI-TRAMADOL-MAX": NO}),
    # Low-dose naltrexone beside what few would call an opioid.
    ({"medicines": ["kratom"]}, LDN, "chronic_tmd", {"LDN-OPIOID-NOW": YES}),
    ({"medicines": ["promethazine with codeine 5 mL q4h"]}, LDN, "chronic_tmd", {"LDN-OPIOID-NOW": YES}),
    ({"medicines": ["Lomotil 1 tab qid"]}, LDN, "chronic_tmd", {"LDN-ANTIDIARRHOEAL": YES}),
    # Anesthetics: from 180/110 today, above an INR of 3.5, below 50 platelets.
    ({"systolic_bp": 180}, "lidocaine 2% with epinephrine 1:100,000", "acute", {"LA-EPI-CV": YES}),
    ({"systolic_bp": 179, "diastolic_bp": 109}, "lidocaine 2% with epinephrine 1:100,000", "acute", {"LA-EPI-CV": NO}),
    ({"medicines": ["timolol eye drops"]}, "lidocaine 2% with epinephrine 1:100,000", "acute", {"LA-EPI-NSBB": NO}),
    ({"inr": 3.6}, "bupivacaine 0.5% with epinephrine 1:200,000", "acute", {"LA-BLOCK-BLEED": YES}),
    ({"platelets": 50}, "bupivacaine 0.5% with epinephrine 1:200,000", "acute", {"LA-BLOCK-BLEED": NO}),
]


def record(held: dict[str, Any]) -> dict[str, Any]:
    """The record of a healthy man of 46 whose lists were reviewed today, less what is amiss."""
    lists: dict[str, Any] = {name: held[name] for name in ("problems", "medicines", "allergies") if name in held}
    facts = {**HEALTHY, **{name: value for name, value in held.items() if name not in ("born", *lists)}}
    person = {"birth_date": held.get("born", "1980-02-01"), "sex": "male"}
    return {"patient": person, "recorded_on": ON, "reviewed_on": REVIEWED, "facts": facts, **lists}


@pytest.mark.parametrize(("held", "order", "reason", "answers"), ROWS, ids=[f"{held} {order}"[:90] for held, order, _, _ in ROWS])
def test_the_rules_answer_as_worked_out_by_hand(
    dentalpain: Run, tmp_path: Path, held: dict[str, Any], order: str, reason: str, answers: dict[str, str]
) -> None:
    path = tmp_path / "record.json"
    path.write_text(json.dumps(record(held)), encoding="utf-8")
    indication = "surgical_extraction" if reason == "acute" else reason
    ended = dentalpain("review", path, "--on", ON, "--for", indication, "--prescribe", order, "--json")
    assert ended.code == 0, ended.err
    assert {rule: answer_of(ended.json, rule) for rule in answers} == answers
