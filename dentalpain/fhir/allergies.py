"""AllergyIntolerance: the allergy list of the record."""

from __future__ import annotations

from collections.abc import Iterator

from ..clinical.reactions import AllergyEntry, aspirin_asthma, read_allergy
from ..clinical.record import Standing
from .bundle import Found
from .elements import Json, codes_of, day, first_code, objects, string, strings, text_of, texts, when
from .gathering import Gathering

SOURCE = "FHIR AllergyIntolerance"
NO_MEDICINE = frozenset({"food", "environment"})


def read_allergies(gathering: Gathering) -> None:
    """Read every AllergyIntolerance; one entry that names no substance is read by the substance of its reactions."""
    for found in gathering.bundle.of_type("AllergyIntolerance"):
        _read(found, gathering)
    gathering.statements.extend(aspirin_asthma(gathering.allergies, tuple(gathering.statements)))


def _read(found: Found, gathering: Gathering) -> None:
    resource = found.resource
    standing = _standing(resource)
    recorded = day(resource.get("recordedDate")) or when(resource, "onset")
    if standing is None or gathering.is_later(found, recorded):
        return
    entry = _entry(resource, standing)
    read = read_allergy(entry, gathering.vocabulary, gathering.names)
    gathering.statements.extend(read.statements)
    if read.list_is_empty:
        gathering.review("allergies", entry.date, SOURCE)
    if read.allergy is not None:
        gathering.allergies.append(read.allergy)
        if not read.allergy.recognised and standing is not Standing.PAST:
            gathering.miss(found, entry.text, "no table knows this substance", "code")


def _entry(resource: Json, standing: Standing) -> AllergyEntry:
    reactions = objects(resource.get("reaction"))
    substances = [r.get("substance") for r in reactions if text_of(r.get("substance"))]
    named = resource.get("code") if text_of(resource.get("code")) else (substances or [None])[0]
    categories = set(strings(resource.get("category")))
    return AllergyEntry(
        text=text_of(named) or "substance not named",
        codes=codes_of(named),
        reactions=tuple(dict.fromkeys(text for r in reactions for text in _manifestations(r))),
        standing=standing,
        date=day(resource.get("recordedDate")) or when(resource, "onset"),
        source=SOURCE,
        not_a_medicine=bool(categories) and categories <= NO_MEDICINE,
    )


def _manifestations(reaction: Json) -> Iterator[str]:
    yield from texts(reaction.get("manifestation"))
    if string(reaction.get("description")).strip():
        yield string(reaction["description"]).strip()


def _standing(resource: Json) -> Standing | None:
    verified = first_code(resource.get("verificationStatus"))
    if verified == "entered-in-error":
        return None
    if verified == "refuted":
        return Standing.REFUTED
    status = first_code(resource.get("clinicalStatus"))
    if status in ("resolved", "inactive"):
        return Standing.PAST
    return Standing.CURRENT if status == "active" else Standing.ASK
