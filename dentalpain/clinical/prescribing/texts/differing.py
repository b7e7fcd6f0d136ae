"""Code and text of one medicine: what the codes name beside the text, and which of two readings is the riskier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..prescription import Ingredient, Prescription, Unread
from .names import DrugNames
from .reading import read_prescription

PER_ML_UNIT = "/mL"


def coded_ingredients(rxcuis: Sequence[str], displays: Sequence[str], names: DrugNames) -> dict[str, Ingredient]:
    """The ingredients that the codes stand for, each with the highest strength that a display gives it."""
    found = {part.name: part for part in map(names.ingredient, rxcuis) if part is not None}
    for display in displays:
        for part in read_prescription(display, names).ingredients:
            known = found.get(part.name)
            if known is None or known.strength is None or (part.unit == known.unit and _higher(part, known)):
                found[part.name] = part
    return found


def _higher(one: Ingredient, other: Ingredient) -> bool:
    return one.strength is not None and other.strength is not None and one.strength > other.strength


def with_higher_strengths(read: Prescription, coded: Mapping[str, Ingredient]) -> Prescription:
    """Of two strengths of one ingredient, in the same unit, the higher counts and both are shown."""
    parts, unread = list(read.ingredients), list(read.unread)
    for place, part in enumerate(parts):
        other = coded.get(part.name)
        if other is not None and other.unit == part.unit and _higher(other, part):
            both = f"the code says {other.strength} {other.unit}, the text {part.strength} {part.unit}; the higher counts"
            unread.append(Unread(f"strength of {part.name}"[:60], both))
            parts[place] = replace(part, strength=other.strength)
    return replace(read, ingredients=tuple(parts), unread=tuple(unread))


def with_codes(read: Prescription, coded: Mapping[str, Ingredient]) -> Prescription:
    """Add the ingredients of the codes that the text does not name; both stand, and the difference is shown.

    Where code and text name different opioids, one of them is taken: the sums count the one that weighs most.
    """
    extra = [part for part in coded.values() if read.strength_of(part.name) is None]
    if not extra:
        return read
    listed = ", ".join(part.name for part in extra)
    if read.ingredients:
        shown_text = ", ".join(part.name for part in read.ingredients)
        unread = (*read.unread, Unread(listed[:60], f"the code says {listed}, the text says {shown_text}"))
    else:
        unread = (*read.unread, Unread(listed[:60], f"the name in the text is not known; the code says {listed}"))
    liquid = any(part.unit.endswith(PER_ML_UNIT) for part in read.ingredients)
    fitting = (part if part.unit.endswith(PER_ML_UNIT) == liquid else replace(part, strength=None, unit="") for part in extra)
    whole = (*read.ingredients, *(fitting if read.ingredients else extra))
    either = _either(read.ingredients, extra)
    return replace(read, ingredients=whole, recognised_no_rule=False, unread=unread, either=either)


def _either(written: Sequence[Ingredient], coded: Sequence[Ingredient]) -> tuple[str, ...]:
    """The opioids of text and code, if each names one that the other does not."""
    text, code = ([part.name for part in parts if "opioid" in part.classes] for parts in (written, coded))
    return (*text, *code) if text and code else ()
