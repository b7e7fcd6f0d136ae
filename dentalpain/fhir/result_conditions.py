"""What a screening found to be met, as FHIR R4 Conditions: one for each diagnosis, both sides in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..clinical.screening.criteria import Diagnosis
from ..clinical.screening.tables import ScreeningKnowledge
from . import systems
from .elements import Json

DECIDES = "The criteria are met by the findings that were entered; the clinician accepts or rejects the diagnosis."
PROVISIONAL = "Provisional: the accuracy of these criteria does not reach the target for a definitive diagnosis."
CONSIDERED = "Criteria are met; other diagnoses may be met beside it."
BOTH = "bilateral"
# Of the muscle diagnoses a patient has one: myalgia, or the subtype that contains it (combination rules, Schiffman 2014).
MYALGIA = "myalgia"
SUBTYPES = ("local-myalgia", "myofascial-pain", "myofascial-pain-with-referral")


@dataclass(frozen=True, slots=True)
class MetCondition:
    """One diagnosis that is met; `side` is patient, right, left or bilateral."""

    diagnosis: str
    side: str
    resource: Json


def met_conditions(
    screen: Mapping[str, Any], knowledge: ScreeningKnowledge, evidence: Sequence[str]
) -> Iterator[MetCondition]:
    """The DC/TMD diagnoses that are met; `evidence` are references to the answers behind them."""
    met: dict[str, list[Mapping[str, Any]]] = {}
    for diagnosed in screen.get("diagnoses", ()):
        if diagnosed["status"] == "met":
            met.setdefault(diagnosed["id"], []).append(diagnosed)
    if any(name in met for name in SUBTYPES):
        met.pop(MYALGIA, None)
    for name, sides in met.items():
        diagnosis = knowledge.diagnoses[name]
        side = sides[0]["side"] if len(sides) == 1 else BOTH
        codes = _codes(diagnosis, side, screen)
        yield MetCondition(name, side, _met(diagnosis, side, sides, codes, evidence, screen))


def _codes(diagnosis: Diagnosis, side: str, screen: Mapping[str, Any]) -> list[str]:
    """The code that the screening kept: where another joint has its family too, the one that stands for both sides."""
    kept = screen["icd10cm"]
    return [code for code in (diagnosis.codes[side], diagnosis.codes.get(BOTH, "")) if code in kept][:1]


def _met(
    diagnosis: Diagnosis,
    side: str,
    sides: Sequence[Mapping[str, Any]],
    codes: Sequence[str],
    evidence: Sequence[str],
    screen: Mapping[str, Any],
) -> Json:
    title = str(diagnosis.texts["title"])
    own = [{"system": systems.DIAGNOSIS, "code": diagnosis.id, "display": title}]
    if diagnosis.id in SUBTYPES:
        own.append({"system": systems.DIAGNOSIS, "code": MYALGIA})
    provisional = any(diagnosed["provisional"] for diagnosed in sides)
    notes = [DECIDES, *([PROVISIONAL] if provisional else []), *sides[0].get("cautions", ())]
    made = _condition("provisional" if provisional else "confirmed", own, codes, title, screen)
    made["evidence"] = [_evidence(diagnosis, sides, evidence)]
    made["note"] = [{"text": note} for note in notes]
    if side != "patient":
        made["bodySite"] = [{"text": f"{one['side']} temporomandibular joint"} for one in sides]
    return made


def _evidence(diagnosis: Diagnosis, sides: Sequence[Mapping[str, Any]], references: Sequence[str]) -> Json:
    letters = dict.fromkeys(criterion["letter"] for one in sides for criterion in one["criteria"])
    texts = [{"text": f"{letter}: {diagnosis.criteria[letter]}"} for letter in letters]
    detail = [{"reference": reference} for reference in references]
    return {"code": texts, **({"detail": detail} if detail else {})}


def differential_conditions(screen: Mapping[str, Any]) -> Iterator[tuple[str, Json]]:
    """The conditions beyond TMD whose criteria are met, each under its public id."""
    for one in screen.get("differential", ()):
        if one["status"] != "criteria_met":
            continue
        own = {"system": systems.DIAGNOSIS, "code": one["id"], "display": one["title"]}
        codes = one["icd10cm"]
        settled = len(codes) == 1 and not codes[0].endswith("-")  # with a hyphen at the end the coder completes it
        made = _condition("differential", [own], codes if settled else (), one["title"], screen)
        notes = [CONSIDERED, *([] if settled else [f"For the coder to choose: {', '.join(codes)}."])]
        yield one["id"], {**made, "note": [{"text": note} for note in notes]}


def _condition(verified: str, own: list[Json], codes: Sequence[str], title: str, screen: Mapping[str, Any]) -> Json:
    coding = [{"system": systems.ICD10_CM, "code": code} for code in codes]
    return {
        "clinicalStatus": _coded("condition-clinical", "active"),
        "verificationStatus": _coded("condition-ver-status", verified),
        "category": [_coded("condition-category", "encounter-diagnosis")],
        "code": {"coding": [*coding, *own], "text": title},
        "recordedDate": screen["on"],
    }


def _coded(system: str, code: str) -> Json:
    return {"coding": [{"system": f"{systems.TERMINOLOGY}{system}", "code": code}]}
