"""The prescription of a medication resource: its name and codes, its directions in words, and their structure."""

from __future__ import annotations

from dataclasses import replace

from ..clinical.coding import RXNORM
from ..clinical.prescribing.prescription import Prescription, Unread
from ..clinical.prescribing.texts.names import DrugNames
from ..clinical.prescribing.texts.parts import prescription_from_parts
from ..clinical.prescribing.texts.reading import read_prescription
from .dosages import dosages_of, instructions, rhythm_in_words, sig_of
from .elements import Json, codes_of, mapping, number, objects, short, string, text_of
from .gathering import Gathering

SOME_MEDICINE = "acetaminophen 325 mg"
NO_NAME = "medicine without a name"


def prescription_of(resource: Json, gathering: Gathering) -> Prescription:
    """Read a request, statement or dispense; where name and code differ, the riskier reading counts and both show."""
    written, rxcuis, others = medication_of(resource, gathering)
    name, doubts = _chosen_name(written, others, gathering)
    sig = sig_of(resource)
    text = f"{name} {sig}".strip()
    doubts += _not_understood_rhythms(resource, gathering.names)
    steps = dosages_of(resource, lambda words: _read_rhythm(words, gathering.names))
    read = prescription_from_parts(text, rxcuis, steps, gathering.names, others)
    return replace(read, unread=(*read.unread, *doubts))


def _read_rhythm(words: str, names: DrugNames) -> Prescription:
    """Words that say how often, read as those of any sig; the reader needs a medicine before them."""
    return read_prescription(f"{SOME_MEDICINE} {_one_line(words)}", names)


def _not_understood_rhythms(resource: Json, names: DrugNames) -> tuple[Unread, ...]:
    """What is not understood in such words; a dose is not among them, it stands elsewhere."""
    found = (_read_rhythm(words, names) for words in map(rhythm_in_words, instructions(resource)) if words)
    return tuple(one for read in found for one in read.unread if not one.what.startswith("dose"))


def medication_of(resource: Json, gathering: Gathering) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The name as written, RxNorm codes, and further names: displays, and ingredients of a compounded product."""
    concept = mapping(resource.get("medicationCodeableConcept"))
    ingredients: list[Json] = []
    if not concept:
        reference = resource.get("medicationReference")
        product = gathering.bundle.resolve(reference, resource) or {}
        concept = mapping(product.get("code")) or {"text": string(mapping(reference).get("display"))}
        ingredients = [_ingredient(item, gathering, resource) for item in objects(product.get("ingredient"))]
    codes = codes_of(concept)
    rxcuis = tuple(code.code for c in (concept, *ingredients) for code in codes_of(c) if code.system == RXNORM)
    whole = " / ".join(filter(None, map(text_of, ingredients)))
    names = [whole, *(text_of(c) for c in ingredients), *(code.display for code in codes)]
    return _one_line(text_of(concept)), rxcuis, tuple(dict.fromkeys(_one_line(name) for name in names if name))


def _ingredient(item: Json, gathering: Gathering, resource: Json) -> Json:
    held = mapping(item.get("itemCodeableConcept"))
    named = gathering.bundle.resolve(item.get("itemReference"), resource) or {}
    concept = held or mapping(named.get("code"))
    return {**concept, "text": f"{text_of(concept)} {_strength(mapping(item.get('strength')))}".strip()}


def _strength(ratio: Json) -> str:
    """The strength of an ingredient in words, such as '3 mg' or '5 mg/5 mL'; '' where it has no number."""
    amount, per = mapping(ratio.get("numerator")), mapping(ratio.get("denominator"))
    value, over = number(amount.get("value")), number(per.get("value"))
    unit, per_unit = (string(each.get("unit")) or string(each.get("code")) for each in (amount, per))
    if value is None or value <= 0 or not unit:
        return ""
    liquid = per_unit.casefold() in ("ml", "milliliter", "millilitre") and over is not None
    return f"{value:f} {unit}/{over:f} mL" if liquid else f"{value:f} {unit}"


def _one_line(text: str) -> str:
    return " ".join(text.replace(";", ",").split())


def _chosen_name(written: str, others: tuple[str, ...], gathering: Gathering) -> tuple[str, tuple[Unread, ...]]:
    """The name that tells most; of two strengths the higher, with a word about both."""
    best, best_read = written or (others[0] if others else NO_NAME), None
    for name in dict.fromkeys((best, *others)):
        read = read_prescription(name, gathering.names)
        if best_read is None or _telling(read) > _telling(best_read):
            best, best_read = name, read
        elif _stronger(read, best_read):
            why = f"the name and the code give different strengths: {short(best)}; the higher counts"
            return name, (Unread("strength", why),)
    return best, ()


def _telling(read: Prescription) -> tuple[bool, bool]:
    return read.recognised, bool(read.ingredients) and all(part.strength is not None for part in read.ingredients)


def _stronger(one: Prescription, other: Prescription) -> bool:
    """Whether two readings of the same ingredients differ in strength, and the first is the higher."""
    first = {part.name: (part.strength, part.unit) for part in one.ingredients}
    second = {part.name: (part.strength, part.unit) for part in other.ingredients}
    if first.keys() != second.keys() or not all(_telling(one)) or not all(_telling(other)):
        return False
    return any(first[n][1] == second[n][1] and (first[n][0] or 0) > (second[n][0] or 0) for n in first)
