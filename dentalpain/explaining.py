"""A rule, a red flag, a diagnosis, a condition, a questionnaire and a source as a clinician reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .clinical.screening.tables import ARTERITIS, ScreeningKnowledge
from .errors import UnknownNameError
from .knowledge.files import FOLDER, read_toml
from .knowledge.grading import load_grading
from .shapes import Shape

if TYPE_CHECKING:
    from .knowledge.bench import Tools
    from .knowledge.load import Knowledge
    from .signing import Signatures

GRADING = "AX2-NOCI"
ARTERITIS_FLAG = "RF-01"  # nothing else decides whether giant cell arteritis comes into view
# The questionnaires and diagnoses that the ids of the second axis, of the screener and of the codes speak of.
SPEAKS_OF = {
    **dict.fromkeys(("SCR-1", "SCR-2", "SCR-4"), ("tmd-pain-screener",)),
    "SCR-3": ("tmd-pain-screener-short",),
    "AX2-GCPS": ("gcps-1-month", "gcps-6-month"),
    "AX2-PEG": ("peg",),
    "AX2-JFLS": ("jfls-8", "jfls-20"),
    "AX2-OBC": ("obc",),
    "AX2-PHQ4": ("phq-4",),
    "AX2-PHQ9": ("phq-9",),
    "AX2-GAD7": ("gad-7",),
    "AX2-PHQ15": ("phq-15",),
    "AX2-PAIN": ("pain-drawing",),
    "AX2-FM": ("fm-2016",),
    "AX2-CSI": ("csi",),
    "ICD-1": ("myalgia", "local-myalgia", "myofascial-pain", "myofascial-pain-with-referral"),
    "ICD-2": ("arthralgia",),
    "ICD-3": (
        *("disc-displacement-with-reduction", "disc-displacement-with-reduction-intermittent-locking"),
        "disc-displacement-without-reduction-limited-opening",
        "disc-displacement-without-reduction-without-limited-opening",
    ),
    "ICD-4": ("headache-attributed-to-tmd",),
    "ICD-5": ("degenerative-joint-disease",),
    "ICD-6": ("subluxation",),
}
GIVEN = ("facts", "complaint", "history", "examination", "items")


def rule(rule_id: str, knowledge: Knowledge, signatures: Signatures) -> Shape:
    """When, then, if unknown, limits with dates, sources, worked cases; raises UnknownNameError."""
    held = knowledge.rule(rule_id)
    texts = held.texts
    return {
        "id": held.id,
        "title": texts["title"],
        "severity": held.severity.word,
        "scope": sorted(held.scope),
        "when": texts["when"],
        "then": texts["then"],
        "if_unknown": texts["if_unknown"],
        "function": f"{held.function.__module__}.{held.function.__name__}",
        "file": texts["path"],
        "status": signatures.status(held.id),
        "review": texts["review"],
        "citations": [citation(c, knowledge) for c in texts["citations"]],
        "limits": [_limit(name, knowledge) for name in held.limits],
        "worked_cases": knowledge.worked_cases(rule_id),
    }


def item(name: str, knowledge: Knowledge, signatures: Signatures, tools: Tools) -> Shape:
    """A rule by its id, else what screening knows under it; raises UnknownNameError."""
    is_rule = name in knowledge.rule_index or name in knowledge.rules.by_id
    found = None if is_rule else screening(name, tools.screening, knowledge)
    return rule(name, knowledge, signatures) if found is None else found


def screening(name: str, known: ScreeningKnowledge, knowledge: Knowledge) -> Shape | None:
    """A red flag, diagnosis, condition or questionnaire by its id, or what a step such as AX1-M2 decides.

    The keys of the first part stand at the top as well; `parts` holds all, for several forms of one id. None for any
    other id.
    """
    parts = [_part(kind, texts, knowledge) for kind, texts in _named(name, known)]
    return {**parts[0], "id": name, "parts": parts} if parts else None


def _named(name: str, known: ScreeningKnowledge) -> Iterable[tuple[str, Mapping[str, Any]]]:
    tables: list[tuple[str, Mapping[str, Any]]] = [
        ("red flag", known.red_flags),
        ("diagnosis", known.diagnoses),
        ("questionnaire", known.instruments),
    ]
    for kind, table in tables:
        if name in table:
            yield kind, table[name].texts
    yield from (("condition", held.texts) for held in known.conditions if held.id == name)
    yield from (("diagnosis", d.texts) for d in known.diagnoses.values() if name in d.texts["rules"])
    for held in SPEAKS_OF.get(name, ()):
        yield from _named(held, known)
    if name == ARTERITIS:
        yield "red flag", known.red_flags[ARTERITIS_FLAG].texts
    if name == GRADING:
        yield "grading", load_grading()


def _part(kind: str, texts: Mapping[str, Any], knowledge: Knowledge) -> Shape:
    whole = read_toml(FOLDER.parent / texts["path"])
    shown = ("title", "readme", "when", "beside", "criteria", "then", "if_unknown", "advice", "accuracy", "licence", "rules")
    return {
        "id": texts["id"],
        "kind": kind,
        **{name: texts[name] for name in shown if name in texts},
        "icd10cm": texts.get("icd10cm", []),
        "file": texts["path"],
        "status": texts["review"]["status"],
        "review": texts["review"],
        "citations": [citation(name, knowledge) for name in texts["citations"]],
        "limits": [_limit(name, knowledge) for name in texts["limits"]],
        "worked_cases": [_case(case) for case in whole["worked_case"]],
    }


def _case(case: Mapping[str, Any]) -> Shape:
    """A worked case: what was known, what comes of it, and how that was worked out."""
    told = {name: value for kind in GIVEN for name, value in case.get(kind, {}).items()}
    if case.get("born"):
        told = {"born": case["born"], **told}
    result = [case.get(name) for name in ("answer", "urgency", "side", "status", "score", "band")]
    words = [str(word).replace("_", " ") for word in result if word is not None]
    return {**case, "result": ", ".join(words), "given": told}


def citation(citation_id: str, knowledge: Knowledge) -> Shape:
    """A source by its id; raises UnknownNameError."""
    held = knowledge.citations.get(citation_id)
    if held is None:
        raise UnknownNameError(f"There is no source '{citation_id}'.", mend="See knowledge/citations.toml.")
    return {"id": citation_id, "url": "", "doi": "", **held}


def _limit(name: str, knowledge: Knowledge) -> Shape:
    limit = knowledge.limits[name]
    values = [{"from": v.from_day, "value": v.value, "citation": v.citation} for v in limit.values]
    return {"id": name, "unit": limit.unit, "meaning": limit.meaning, "values": values}
