"""Allergy entries: to what, with which reaction, and whether a silent list means that there is none."""

from __future__ import annotations

from .case import Case
from .findings import NO, UNKNOWN, YES, Because, Finding, any_of, no, unknown, yes
from .record import Allergy, ReactionKind, Standing


def allergic_to(case: Case, fact: str, *tags: str) -> Finding:
    """Is an allergy recorded to one of these class tags or ingredients? The reason is shown under `fact`."""
    return any_of(*recorded_reactions(case, fact, frozenset(tags)), beyond_the_entries(case, fact))


def recorded_reactions(case: Case, fact: str, tags: frozenset[str]) -> tuple[Finding, ...]:
    """What the entries for these class tags or ingredients say, one finding for each that counts."""
    entries = (_entry(fact, allergy) for allergy in case.facts.record.allergies if allergy.tags & tags)
    return tuple(entry for entry in entries if entry is not None)


def _entry(fact: str, allergy: Allergy) -> Finding | None:
    """What one entry of the allergy list says; None for a refuted, resolved or merely unpleasant reaction."""
    if allergy.standing in (Standing.REFUTED, Standing.PAST) or allergy.kind is ReactionKind.INTOLERANCE:
        return None
    day = allergy.date.last if allergy.date else None
    if allergy.kind is ReactionKind.ITCH_ONLY:
        # A rash or hives must be excluded first; an itch from an opioid is its usual side effect.
        return None if "opioid" in allergy.tags else yes(Because(fact, None, allergy.source, day), presumed=True)
    if allergy.standing is Standing.ASK:
        return unknown(Because(fact, None, allergy.source, day))
    return yes(Because(fact, _reaction(allergy), allergy.source, day))


def _reaction(allergy: Allergy) -> str:
    reaction = ", ".join(allergy.reactions) or "reaction not recorded"
    return f"{allergy.text}: {reaction}"


def beyond_the_entries(case: Case, fact: str) -> Finding:
    """Codes and answers that name a whole class, an entry that nobody can read, or the silence of the list."""
    stated = case.facts.finding(fact)
    denied = case.facts.finding("no_known_drug_allergies")
    if stated.answer is UNKNOWN and not case.facts.stated(fact) and denied.answer is YES:
        stated = no(*denied.because)  # somebody stated that no drug allergy is known
    if _strangers(case) and stated.answer is NO and not case.facts.stated(fact):
        return _not_understood(fact)
    return stated


def silence_of_the_list(case: Case, fact: str) -> Finding:
    """What it means that no entry names a substance: no only on a reviewed list that was understood in full."""
    if _strangers(case):
        return _not_understood(fact)
    reviewed = case.facts.reviewed("allergies")
    return unknown(Because(fact, None)) if reviewed is None else no(reviewed.for_fact(fact))


def _strangers(case: Case) -> bool:
    return any(not a.recognised and a.standing is not Standing.REFUTED for a in case.facts.record.allergies)


def _not_understood(fact: str) -> Finding:
    return unknown(Because(fact, None, "an allergy entry that is not understood"))
