"""A service with answers written by hand, and the records and hosts that the tests of the pages use."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Flask

from dentalpain import DentalPain
from dentalpain.clinical.prescribing.prescription import Prescription
from dentalpain.clinical.quantities import PartialDate
from dentalpain.clinical.record import Allergy, Medicine, Problem, ReactionKind, Record, Review, Standing, Statement
from dentalpain.errors import NotStoredError, UnknownNameError
from dentalpain.knowledge.bench import tools
from dentalpain.knowledge.load import load_knowledge
from dentalpain.practice.memory import MemoryPractice
from dentalpain.practice.port import ListedPatient
from dentalpain.storage import MemoryStore

NOW = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()

BECAUSE_EGFR = {"fact": "egfr", "value": 29, "source": "laboratory", "date": "2026-09-30", "stale": False}
BECAUSE_PREGNANT = {"fact": "pregnant", "value": None, "source": None, "date": None, "stale": False}

SCREEN: dict[str, Any] = {
    "assessment": None,
    "on": "2026-11-24",
    "knowledge": {"version": "2026.11", "digest": "0" * 64, "unsigned": 50},
    "scores": [],
    "diagnoses": [
        {
            "id": "myalgia",
            "side": "patient",
            "status": "met",
            "provisional": False,
            "criteria": [{"letter": "A", "text": "Pain in the jaw", "answer": "yes", "because": []}],
            "missing": [],
            "sensitivity": 0.9,
            "specificity": 0.99,
            "icd10cm": ["M79.11"],
        },
        {
            "id": "arthralgia",
            "side": "left",
            "status": "not_determinable",
            "provisional": False,
            "criteria": [],
            "missing": ["hold_seconds"],
            "sensitivity": 0.89,
            "specificity": 0.98,
            "icd10cm": [],
        },
    ],
    "corrected_opening_mm": 42,
    "red_flags": [
        {
            "rule": "RF-02",
            "title": "Heart pain felt in the jaw",
            "urgency": "emergency_now",
            "answer": "yes",
            "because": [
                {"fact": "chest_discomfort", "value": True, "source": "dentist", "date": "2026-11-24", "stale": False}
            ],
            "action": "Stop treatment and call 911.",
            "missing": [],
            "questions": [],
            "cautions": [],
        },
        {
            "rule": "RF-01",
            "title": "Giant cell arteritis",
            "urgency": None,
            "answer": "unknown",
            "because": [],
            "action": "Phone the physician today.",
            "missing": ["jaw_claudication", "scalp_tenderness"],
            "questions": [{"fact": "jaw_claudication", "ask": "Does the jaw ache as you chew?"}],
            "cautions": [],
        },
    ],
    "differential": [],
    "central_pain": {
        "widespread": None,
        "fm_2016": None,
        "csi_band": None,
        "nociplastic": "not_determinable",
        "options_in_view": [],
        "missing": [
            *("fm-2016", "csi", "duration_months", "pain_regional_or_widespread", "nociceptive_cause_sufficient"),
            *("neuropathic_cause_sufficient", "evoked_hypersensitivity"),
        ],
    },
    "next": [{"do": "Ask the red-flag questions.", "why": "RF-01 is open."}],
    "icd10cm": [],
    "icd10cm_optional": [],
    "icd10cm_conflicts": [],
    "not_checked": ["phq-4"],
    "not_read": [],
}


def option(name: str, verdict: str, **more: Any) -> dict[str, Any]:
    """An alternative in the shape of the contract."""
    return {
        "id": name,
        "name": name.replace("_", " "),
        "kind": "medicine",
        "verdict": verdict,
        "line": None,
        "dose": None,
        "rules": [],
        "unknown_rules": [],
        "reasons": [],
        "unbuilt_rules": [],
        "evidence": {"strength": "strong_for", "certainty": "high", "citations": ["ada-2024"]},
        "why": f"Why {name}.",
        **more,
    }


def judged(rule: str, answer: str, because: dict[str, Any]) -> dict[str, Any]:
    """One rule that speaks about an option."""
    told = {"rule": rule, "severity": "contraindicated", "answer": answer, "title": f"About {rule}"}
    return {**told, "because": [because]}


REVIEW: dict[str, Any] = {
    "assessment": None,
    "on": "2026-11-24",
    "indication": "simple_extraction",
    "age_years": 71,
    "weight_kg": None,
    "knowledge": {"version": "2026.11", "digest": "0" * 64, "unsigned": 50},
    "prescriptions": [
        {
            "text": "Norco 5/325 1-2 tabs q4-6h prn #20, max 8/day",
            "current": False,
            "ingredients": [
                {"name": "hydrocodone", "rxcui": "5489", "strength": 5, "unit": "mg"},
                {"name": "acetaminophen", "rxcui": "161", "strength": 325, "unit": "mg"},
            ],
            "units_per_day_max": 8,
            "units_per_day_written": 12,
            "quantity": 20,
            "days_supply": 2.5,
            "extended_release_or_patch": False,
            "mme_per_day": 40,
            "not_counted": None,
            "unread": [{"what": "zzz", "why": "no word of a sig.", "suggestions": ["prn"]}],
        }
    ],
    "mme_per_day": {
        "total": 40,
        "is_minimum": True,
        "not_counted": [{"name": "buprenorphine", "reason": "treatment"}],
        "edition": "cdc2022",
        "single_dose": 10,
        "arithmetic": ["5 mg × 8 × 1 = 40"],
    },
    "acetaminophen_mg_per_day": 2600,
    "ibuprofen_mg_per_day": None,
    "naproxen_base_mg_per_day": 0,
    "aspirin_mg_per_day": 0,
    "flags": [
        {
            "rule": "OPI-BENZO",
            "severity": "major",
            "answer": "yes",
            "presumed": False,
            "about": [0],
            "title": "Opioid with a benzodiazepine",
            "message": "Do not combine them.",
            "because": [{"fact": "egfr", "value": 29, "source": "laboratory", "date": "2024-01-02", "stale": True}],
            "citations": ["cdc-2022"],
            "status": "draft",
            "unsettled": None,
        },
        {
            "rule": "OPI-OUD",
            "severity": "contraindicated",
            "answer": "unknown",
            "presumed": False,
            "about": [0],
            "title": "Opioid use disorder",
            "message": "Ask first.",
            "because": [BECAUSE_PREGNANT],
            "citations": [],
            "status": "draft",
            "unsettled": None,
        },
    ],
    "questions": [
        {"fact": "pregnant", "ask": "Are you pregnant?", "would_settle": ["NSAID-PREG-UNK", "ibuprofen"]},
        {"fact": "weight_kg", "ask": "How much do you weigh?", "would_settle": ["acetaminophen"]},
    ],
    "alternatives": [
        option("acetaminophen", "offer", line=1, dose={"text": "500 mg every 6 hours", "calculation": None}),
        option("naproxen", "ask_first", reasons=[judged("NSAID-PREG-UNK", "unknown", BECAUSE_PREGNANT)]),
        option("ibuprofen", "blocked", reasons=[judged("NSAID-EGFR30", "yes", BECAUSE_EGFR)]),
        option("low_dose_naltrexone", "blocked"),
    ],
    "not_checked": ["local anesthetic: 4 rules"],
    "not_read": [{"where": "/entry/3", "what": "something", "why": "not understood"}],
}

EXPLAINED: dict[str, Any] = {
    "id": "NSAID-EGFR30",
    "title": "NSAID with severely reduced kidney function",
    "severity": "contraindicated",
    "when": "The latest eGFR is below the avoid limit.",
    "then": "Choose an analgesic that is not an NSAID.",
    "if_unknown": "Ask about kidney disease.",
    "status": "draft",
    "review": {"status": "draft"},
    "citations": [{"id": "kdigo-2024-ckd", "title": "KDIGO guideline", "year": 2024, "url": "https://kdigo.org/"}],
    "limits": [
        {
            "id": "egfr_nsaid_avoid",
            "unit": "mL/min/{1.73_m2}",
            "meaning": "eGFR below which an NSAID is avoided",
            "values": [{"from": dt.date(2024, 3, 1), "value": Decimal(30), "citation": "kdigo-2024-ckd"}],
        }
    ],
    "worked_cases": [{"story": "Woman of 71, eGFR 29.", "answer": "yes", "working": "29 < 30", "on": TODAY}],
}


class HandwrittenService:
    """Says what is written above, and keeps what it was asked."""

    def __init__(self, store: Any = None) -> None:
        self.store = store
        self.knowledge = load_knowledge()
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.kept: dict[str, dict[str, Any]] = {}
        self.review_result, self.screen_result = REVIEW, SCREEN

    @property
    def tools(self) -> Any:
        """The reader of records is the real one."""
        return tools(self.knowledge)

    def screen(self, record: Record, **arguments: Any) -> dict[str, Any]:
        self.asked.append(("screen", arguments))
        return copy.deepcopy(self.screen_result)

    def review(self, record: Record, **arguments: Any) -> dict[str, Any]:
        self.asked.append(("review", arguments))
        return copy.deepcopy(self.review_result)

    def handout(self, review: Mapping[str, Any], screen: Any = None, **arguments: Any) -> bytes:
        self.asked.append(("handout", arguments))
        sheet = f'<link rel="stylesheet" href="{arguments["stylesheet"]}">'
        return b"%PDF-1.4 made by hand" if arguments["kind"] == "pdf" else sheet.encode()

    def course(self, patient_ref: str) -> list[dict[str, Any]]:
        return [{"measure": "peg", "value": 5, "on": "2026-04-30"}]

    def letter(self, letter: str, review: Mapping[str, Any], screen: Any, **arguments: Any) -> bytes:
        self.asked.append(("letter", {"letter": letter, **arguments}))
        return b"%PDF-1.4 a letter"

    def save(self, kind: str, record: Record, arguments: Any, result: Any, **who: Any) -> str:
        assessment_id = f"kept{len(self.kept):018}"
        inputs = {"record": {}, "arguments": copy.deepcopy(dict(arguments))}
        self.kept[assessment_id] = {"kind": kind, "on": record.on, "inputs": inputs, "result": result, **who}
        return assessment_id

    def find(self, assessment_id: str) -> dict[str, Any]:
        if assessment_id not in self.kept:
            raise NotStoredError("No assessment has this id.")
        return self.kept[assessment_id]

    def explain(self, rule_id: str) -> dict[str, Any]:
        if rule_id != "NSAID-EGFR30":
            raise UnknownNameError("There is no such rule.")
        return EXPLAINED

    def last(self, verb: str) -> dict[str, Any]:
        """The arguments of the last call."""
        return next(arguments for name, arguments in reversed(self.asked) if name == verb)


NAME = "<b>Ada</b> & Söhne \u202e Lovelace"


def record_of(document: Mapping[str, Any], on: dt.date) -> Record:
    """A record with markup and marks of direction in its texts."""
    told = PartialDate.parse("2026-09-30")
    return Record(
        on=on,
        patient_id="p1",
        name=str(document.get("name", NAME)),
        birth=PartialDate.parse("1955-03-04"),
        sex="female",
        statements=(Statement("egfr", Decimal(29), told, "laboratory"),),
        problems=(Problem("<font color=red>ulcer</font>", Standing.CURRENT, None, "chart"),),
        allergies=(Allergy("codeine", Standing.CURRENT, ReactionKind.ALLERGY, None, "chart", reactions=("hives",)),),
        medicines=(Medicine(Prescription("lisinopril 10 mg daily"), Standing.CURRENT, None, None, "chart"),),
        reviewed={
            "medicines": Review(dt.date(2026, 11, 20), "chart"),
            "allergies": Review(dt.date(2020, 1, 1), "chart"),
        },
    )


@dataclass
class Person:
    """Somebody who is signed in."""

    id: str = "user-7"
    name: str = "Dr. Test"


class ReadPractice(MemoryPractice):
    """Practice software that reads its own records."""

    def find_record(self, patient_ref: str, on: dt.date) -> Record:  # type: ignore[override]  # a practice may read its own records
        return record_of(super().find_record(patient_ref, on), on)


class Host:
    """A host app with one mount; `granted` and `person` can be changed between requests."""

    def __init__(self, *, config: Mapping[str, Any] | None = None, store: bool = True, **more: Any) -> None:
        self.person: Person | None = Person()
        self.granted: Any = lambda actor, action, patient_ref: True
        self.app = Flask("a_host")
        self.app.config.update(SECRET_KEY="for tests", TESTING=True, **(config or {}))
        self.store = MemoryStore() if store else None
        self.service = HandwrittenService(self.store)
        self.practice = ReadPractice(
            {"ref-1": {}, "ref-2": {"name": "Bo Second"}},
            [
                ListedPatient("ref-2", "Bo Second", dt.time(14, 0), "Check"),
                ListedPatient("ref-1", NAME, dt.time(8, 30), "<i>Toothache</i>"),
            ],
        )
        self.extension = DentalPain()
        self.extension.init_app(
            self.app,
            **{
                "authorize": lambda actor, action, ref: self.granted(actor, action, ref),
                "current_user": lambda: self.person,
                "practice": self.practice,
                "clock": lambda: NOW,
                "service": self.service,
                **more,
            },
        )
        self.client = self.app.test_client()

    def token(self, prefix: str = "/pain") -> str:
        """The form token of this session."""
        self.client.get(f"{prefix}/")
        with self.client.session_transaction() as session:
            return str(session["_dentalpain_form"])

    def post(self, path: str, **data: Any) -> Any:
        """Send a form with its token."""
        return self.client.post(path, data={"csrf_token": self.token(), **data})

    def open(self, ref: str = "ref-1") -> str:
        """Open a patient; the address of the visit."""
        response = self.post("/pain/visits", patient=ref)
        assert response.status_code == 303, response.get_data(as_text=True)
        return str(response.headers["Location"]).split("#")[0]

    def audit(self) -> list[tuple[str, str, str | None]]:
        """What stands in the trail: action, result, patient."""
        return [(row["action"], row["result"], row["patient_ref"]) for row in self.store._audit]  # type: ignore[union-attr]  # these hosts have a store in memory
