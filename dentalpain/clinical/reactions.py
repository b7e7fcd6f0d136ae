"""Entries of an allergy list: to which ingredients, what the reaction makes of them, and which facts they state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .coding import CDT, ICD10CM, LOINC, RXNORM, SNOMED, Code
from .prescribing.prescription import Ingredient
from .prescribing.texts.names import DrugNames
from .quantities import PartialDate
from .recognising import UNKNOWN_ENTRY, Recognised, Vocabulary, plain_words
from .record import Allergy, ReactionKind, Standing, Statement

# What happened decides, whatever the entry is called: the type 'allergy' or 'intolerance' is often a default.
ALLERGIC = re.compile(
    r"\b(hives?|urticaria\w*|angio-?o?edema|swell\w*|swollen|oedema|edema|wheez\w*|bronchospasm\w*|anaphyla\w+|syncope|"
    r"faint\w*|throat|breath\w*|dyspn\w+|asthma\w*|rash\w*|eruption|blister\w*|stevens\S*|necrolysis|dress|shock|"
    r"hypotension|collapse\w*)\b",
    re.I,
)
BREATHING = re.compile(r"\b(wheez\w*|bronchospasm\w*|asthma\w*|breath\w*|dyspn\w+)\b", re.I)
ITCH = re.compile(r"\b(itch\w*|prurit\w+)\b", re.I)
UNPLEASANT = re.compile(
    r"\b(nausea\w*|nauseous|vomit\w*|constipat\w*|sedat(ion|ed)|drows\w*|sleep(y|iness)|upset stomach|stomach upset|"
    r"upsets stomach|hurts stomach|gi upset|dyspepsia|heartburn)\b",
    re.I,
)
AROUND_THE_NAME = re.compile(
    r"\b(allergic to|allergy to|allerg(y|ies|ic)|intolerance( to)?|reaction( to)?|antibiotics?)\b"
)
AFTER_THE_NAME = re.compile(r"\s+[-–—]+\s+|\s*[:(;]\s*")

NO_DRUG_ALLERGY = "no_known_drug_allergies"
# SNOMED CT: no known food, latex and environmental allergy; they say nothing about medicines.
NO_OTHER_ALLERGY = frozenset({"429625007", "716184000", "428607008"})


@dataclass(frozen=True, slots=True)
class AllergyEntry:
    """An entry as it stands in a list: `reactions` as written, `not_a_medicine` when it is filed under food or dust."""

    text: str
    codes: tuple[Code, ...] = ()
    reactions: tuple[str, ...] = ()
    standing: Standing = Standing.CURRENT
    date: PartialDate | None = None
    source: str = ""
    not_a_medicine: bool = False


@dataclass(frozen=True, slots=True)
class AllergyRead:
    """What was made of an entry: the allergy (None for 'no known allergies'), statements, and an empty-list marker."""

    allergy: Allergy | None = None
    statements: tuple[Statement, ...] = ()
    list_is_empty: bool = False
    facts: tuple[str, ...] = field(default=())


def reaction_kind(reactions: Iterable[str]) -> ReactionKind:
    """What the reactions make of an entry; one that no table knows counts as not recorded, and is asked about."""
    written = [text for text in reactions if text.strip()]
    if any(ALLERGIC.search(text) for text in written):
        return ReactionKind.ALLERGY
    if not written or not all(ITCH.search(text) or UNPLEASANT.search(text) for text in written):
        return ReactionKind.NOT_RECORDED
    return ReactionKind.ITCH_ONLY if any(ITCH.search(text) for text in written) else ReactionKind.INTOLERANCE


def read_allergy(entry: AllergyEntry, vocabulary: Vocabulary, names: DrugNames) -> AllergyRead:
    """Resolve an entry to ingredients and facts; nothing is dropped: what no table knows stays, marked as such."""
    if any(code.code in NO_OTHER_ALLERGY for code in entry.codes):
        return AllergyRead()
    recognised = _recognise(entry, vocabulary)
    if NO_DRUG_ALLERGY in recognised.facts:
        return _nothing_known(entry)
    substance, reactions = _split(entry)
    kind = reaction_kind(reactions)
    parts = _ingredients(entry, substance, names)
    known = bool(parts) or recognised.known or entry.not_a_medicine
    allergy = Allergy(
        entry.text, entry.standing, kind, entry.date, entry.source, parts, entry.reactions,
        recognised=known and "unrecognised_medicine" not in recognised.facts,
    )  # fmt: skip
    found = dict.fromkeys((*_facts_by_class(parts, vocabulary), *_facts_by_name(recognised, vocabulary)))
    stated = (s for fact in found for s in _state(fact, allergy, recognised, vocabulary))
    return AllergyRead(allergy, tuple(stated), facts=tuple(found))


def _nothing_known(entry: AllergyEntry) -> AllergyRead:
    if entry.standing is not Standing.CURRENT:
        return AllergyRead()
    stated = Statement(NO_DRUG_ALLERGY, True, entry.date, entry.source)
    return AllergyRead(None, (stated,), list_is_empty=True, facts=(NO_DRUG_ALLERGY,))


def _recognise(entry: AllergyEntry, vocabulary: Vocabulary) -> Recognised:
    codes = [code for code in entry.codes if code.system in (SNOMED, ICD10CM)]
    coded = vocabulary.of_entry(codes, "", "allergy")
    if coded.known:
        return coded
    bare = AROUND_THE_NAME.sub(" ", AFTER_THE_NAME.split(plain_words(entry.text), maxsplit=1)[0])
    for written in (entry.text, bare):
        found = vocabulary.of_text(written, "allergy") if written.strip() else UNKNOWN_ENTRY
        if found.known:
            return found
    return UNKNOWN_ENTRY


def _split(entry: AllergyEntry) -> tuple[str, tuple[str, ...]]:
    """The substance, and the reactions; 'Codeine - nausea' and 'Vicodin itching' hold both in one text."""
    if entry.reactions:
        return entry.text, entry.reactions
    parts = AFTER_THE_NAME.split(entry.text, maxsplit=1)
    words = (ALLERGIC, ITCH, UNPLEASANT)
    rest = parts[1:] if len(parts) > 1 else [entry.text]
    return parts[0], tuple(text for text in rest if any(pattern.search(text) for pattern in words))


def _ingredients(entry: AllergyEntry, substance: str, names: DrugNames) -> tuple[Ingredient, ...]:
    coded = (names.ingredient(code.code) for code in entry.codes if code.system == RXNORM)
    displays = (code.display for code in entry.codes if code.system not in (LOINC, CDT))
    found = [part for part in coded if part is not None]
    for text in (substance, *displays):
        found.extend(names.ingredients_in(text))
    return tuple({part.name: part for part in found}.values())


# -- facts -----------------------------------------------------------------------------------------------------------


def _allergy_rows(vocabulary: Vocabulary) -> Iterator[tuple[str, frozenset[str]]]:
    """Each allergy fact with the ingredient names or, where none is named, the class tags that it covers."""
    for fact, row in vocabulary.rows.items():
        if row["kind"] == "allergy" and not fact.endswith("_intolerance"):
            named = frozenset(cell.strip().lstrip("0123456789 ") for cell in row["rxnorm_ingredients"].split(";"))
            yield fact, (named - {""}) or frozenset(filter(None, row["rxnorm_classes"].split(";")))


def _facts_by_class(parts: Sequence[Ingredient], vocabulary: Vocabulary) -> Iterator[str]:
    for fact, tags in _allergy_rows(vocabulary):
        if any(part.name in tags or part.classes & tags for part in parts):
            yield fact


def _facts_by_name(recognised: Recognised, vocabulary: Vocabulary) -> Iterator[str]:
    """Facts that the name of the entry states; a medicine class asked about in an allergy list is no allergy."""
    for fact in recognised.facts:
        if vocabulary.rows[fact]["kind"] in ("allergy", "condition", "procedure") and fact != "any_drug_allergy":
            yield fact


def _state(fact: str, allergy: Allergy, recognised: Recognised, vocabulary: Vocabulary) -> Iterator[Statement]:
    if allergy.standing is Standing.PAST:
        return
    if allergy.standing is Standing.REFUTED:
        yield Statement(fact, False, allergy.date, allergy.source)
        return
    gentle = fact.removesuffix("_allergy") + "_intolerance"
    side_effect = allergy.kind is ReactionKind.INTOLERANCE
    side_effect |= allergy.kind is ReactionKind.ITCH_ONLY and fact == "opioid_allergy"
    if side_effect and fact.endswith("_allergy"):
        if gentle in vocabulary.rows:
            yield Statement(gentle, True, allergy.date, allergy.source)
        return
    yield Statement(fact, True, allergy.date, allergy.source, certain=_certain(fact, allergy, recognised))


def _certain(fact: str, allergy: Allergy, recognised: Recognised) -> bool:
    """A named allergic reaction settles it; without one, an entry counts unless its name is known to need asking."""
    if allergy.standing is Standing.ASK or allergy.kind is ReactionKind.ITCH_ONLY:
        return False
    asked = any(hit.fact == fact and not hit.certain for hit in recognised.hits)
    return (allergy.kind is ReactionKind.ALLERGY and fact.endswith("_allergy")) or not asked


def aspirin_asthma(allergies: Iterable[Allergy], statements: Iterable[Statement]) -> Iterator[Statement]:
    """Asthma on the record and an NSAID that took the breath: aspirin-exacerbated disease until somebody clears it."""
    if not any(s.fact == "asthma" and s.value is True and s.certain for s in statements):
        return
    for allergy in allergies:
        reaction = " ".join((allergy.text, *allergy.reactions))
        counted = allergy.standing in (Standing.CURRENT, Standing.ASK)
        if counted and allergy.tags & {"nsaid", "nsaid_salicylate"} and BREATHING.search(reaction):
            yield Statement("aerd", True, allergy.date, f"{allergy.source}, with asthma")
