"""What a draft is for, as far as its reason or today's procedure says it without doubt."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from ..clinical.coding import CDT, ICD10CM, SNOMED, Code, icd_form
from .conditions import onset_of
from .elements import Json, codes_of, mapping, objects, string, text_of, when
from .gathering import Gathering

# CDT numbers of the procedures.
BY_CDT = {
    "D7140": "simple_extraction",
    **dict.fromkeys(("D7210", "D7220", "D7230", "D7240", "D7241", "D7250", "D7251"), "surgical_extraction"),
}
# Codes that mean one indication and nothing else; toothache, jaw joint and migraine codes leave it open.
BY_ICD = {"K146": "burning_mouth", "G500": "trigeminal_neuralgia", "G501": "persistent_idiopathic_facial"}
BY_SNOMED = {"30731004": "burning_mouth"}
TMD_ICD, TMD_SNOMED = "M266", frozenset({"386207004", "91943004"})
CHRONIC_AFTER_DAYS = 90  # the guideline on chronic temporomandibular pain: 3 months or more

_THIRD_MOLAR, _OUT = r"\b(third molars?|wisdom (tooth|teeth))\b", r"\b(extract\w*|remov\w+|surgery)\b"
WORDS = tuple(
    (re.compile(pattern, re.I), indication)
    for pattern, indication in (
        (r"\b(simple|routine|non-?surgical) (tooth )?extraction", "simple_extraction"),
        (r"(?<!non-)\bsurgical (tooth )?(extraction|removal)", "surgical_extraction"),
        (rf"{_THIRD_MOLAR}.*{_OUT}|{_OUT}.*{_THIRD_MOLAR}", "surgical_extraction"),
        (r"\bno (dental )?care (is )?available\b|\buntil (dental )?treatment\b", "toothache_no_care"),
        (r"\btrigeminal neuralgia\b", "trigeminal_neuralgia"),
        (r"\bburning mouth\b", "burning_mouth"),
        (r"\bchronic (tmd|tmj|temporomandibular)\b", "chronic_tmd"),
        (r"\b(tmd|temporomandibular)\b.*(> ?3|more than 3|over 3|3 or more) months", "chronic_tmd"),
        (r"\bpost-?traumatic (trigeminal )?neuropath", "post_traumatic_neuropathic"),
    )
)


def indication_of(draft: Json, gathering: Gathering) -> str | None:
    """The indication of a draft: its reasonCode, then the Condition it names, then today's procedure; None in doubt."""
    concepts = objects(draft.get("reasonCode"))
    for found in (_of_concepts(concepts), _of_conditions(draft, gathering)):
        if len(found) > 1:
            return None
        if found:
            return found.pop()
    if concepts or objects(draft.get("reasonReference")):
        return None
    today = set(_of_procedures(gathering))
    return today.pop() if len(today) == 1 else None


def _of_concepts(concepts: Iterable[Json]) -> set[str]:
    return {named for concept in concepts for named in _of_concept(concept)}


def _of_concept(concept: Json) -> Iterator[str]:
    for code in codes_of(concept):
        named = _of_code(code)
        if named:
            yield named
    text = text_of(concept)
    yield from (named for pattern, named in WORDS if pattern.search(text))


def _of_code(code: Code) -> str | None:
    if code.system == CDT:
        return BY_CDT.get(code.code.upper())
    if code.system == SNOMED:
        return BY_SNOMED.get(code.code)
    plain = icd_form(code.code)
    return next((named for start, named in BY_ICD.items() if code.system == ICD10CM and plain.startswith(start)), None)


def _of_conditions(draft: Json, gathering: Gathering) -> set[str]:
    found: set[str] = set()
    for reference in objects(draft.get("reasonReference")):
        condition = gathering.bundle.resolve(reference, draft) or {}
        found.update(_of_concept(mapping(condition.get("code"))))
        if _is_tmd(condition) and _began_long_ago(condition, gathering):
            found.add("chronic_tmd")
    return found


def _is_tmd(condition: Json) -> bool:
    return any(
        (code.system == ICD10CM and icd_form(code.code).startswith(TMD_ICD))
        or (code.system == SNOMED and code.code in TMD_SNOMED)
        for code in codes_of(condition.get("code"))
    )


def _began_long_ago(condition: Json, gathering: Gathering) -> bool:
    onset = onset_of(condition, gathering.birth)
    return onset is not None and gathering.on - onset.last > dt.timedelta(days=CHRONIC_AFTER_DAYS)


def _of_procedures(gathering: Gathering) -> Iterator[str]:
    """Procedures of the day itself."""
    for found in gathering.bundle.of_type("Procedure"):
        performed = when(found.resource, "performed")
        done = string(found.resource.get("status")) in ("completed", "in-progress", "preparation")
        if done and performed is not None and performed.exact and performed.last == gathering.on:
            yield from _of_concept(mapping(found.resource.get("code")))
