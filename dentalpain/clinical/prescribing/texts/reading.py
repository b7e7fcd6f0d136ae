"""Reading prescription texts: which medicine, how much of it at the most in a day, for how long, and what is unread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from ..prescription import Prescription, Unread
from .amounts import offered_strengths, single_strength
from .assembling import Parts, assemble
from .counts import bare_doses, bare_strength, counted_doses
from .leftovers import UNKNOWN_WORDS, read_leftovers
from .names import DrugNames, Found
from .plain_text import MAX_CHARACTERS, PlainText, plain_text
from .products import Product
from .regimen import THEN, Dose, Regimen, regimen_of
from .segments import LINES, Segment, is_sig_word, original_texts, segments_of, split_lines, starts_anew
from .sig import Directions, read_directions
from .sig_text import SigText
from .sig_words import UNITS
from .strengths import Strengths, combination_strengths

MOST_PRESCRIPTIONS = 50
BEHIND_A_NAME = re.compile(r"(?:[,;&+]|\b(?:and|plus)\b)\s*([a-z]{5,})", re.I)
ONE_UNIT_IMPLIED = "the dose is read as one unit of the written strength"
UNKNOWN_NAME = "no medicine of this name is known; nothing is assumed"
NOT_TAKEN = "the text speaks of not taking it"
SECOND = "a second medicine in one prescription; write it apart"
CUT_SHORT = "it stands behind another medicine in a long text; no number of it is read"
NAME_JOINERS = frozenset({"/", "-", "+", "&", "and", "with", "plus"})
SHORTEST_NAME = 5  # letters; shorter words are too often something else
SHOWN = 200  # characters of a text that is too long to be read


def read_prescriptions(text: str, names: DrugNames) -> tuple[Prescription, ...]:
    """Every prescription of a text, in its order; a text too long to be read gives one that says so."""
    if len(text) > MAX_CHARACTERS * 10:
        return (_too_long(text, f"{len(text)} characters"),)
    whole: list[tuple[int, int]] = []
    for start, stop in split_lines(text):
        plain = plain_text(text[start : min(stop, start + MAX_CHARACTERS)])
        found = names.find(plain.tokens)
        if whole and not starts_anew(plain.tokens, found, names):
            whole[-1] = (whole[-1][0], stop)
        else:
            whole.append((start, stop))
    if len(whole) > MOST_PRESCRIPTIONS:
        return (_too_long(text, f"{len(whole)} medicines"),)
    read = (one for start, stop in whole for one in _read_line(text[start:stop].strip(), names))
    return tuple(each for one in read for each in (one, *_strangers(one, names)))


def read_prescription(text: str, names: DrugNames) -> Prescription:
    """One prescription; further medicines in the text are named in `unread`, and their numbers are not read."""
    read = read_prescriptions(text, names)
    if not read:
        return Prescription(text[:SHOWN], unread=(Unread("the text", "nothing is written"),))
    if len(read) == 1:
        return read[0]
    others = tuple(Unread(one.text[:60], SECOND) for one in read[1:])
    return replace(read[0], text=text[:SHOWN], unread=read[0].unread + others)


def further_medicines(read: Prescription, names: DrugNames) -> tuple[Prescription, ...]:
    """The medicines that `read_prescription` named and left aside; of a text cut short their names and no number."""
    named = [one.what for one in read.unread if one.why == SECOND]
    found = read_prescriptions(read.text, names)[1:] if named and len(read.text) < SHOWN else ()
    if len(found) != len(named):
        found = tuple(Prescription(what, names.ingredients_in(what), unread=(Unread(what, CUT_SHORT),)) for what in named)
    held = {one.text for one in found}
    return (*found, *(one for one in _strangers(read, names) if one.text not in held))


def _strangers(read: Prescription, names: DrugNames) -> list[Prescription]:
    """'sertraline 50 mg, alprazolm 0.5 mg': a word that is spelled like a medicine behind a comma, 'and' or another name."""
    unknown = {word for one in read.unread if one.why == UNKNOWN_WORDS for word in one.what.split()}
    if not unknown or not read.recognised:
        return []
    behind = (match[1] for match in BEHIND_A_NAME.finditer(read.text))
    beside = (word for name, word in pairwise(read.text.split()) if names.ingredients_in(name))
    likely = {word.casefold(): word for word in (*beside, *behind) if word.casefold() in unknown}.values()
    near = ((word, names.suggest(word)) for word in likely if len(word) >= SHORTEST_NAME)
    return [Prescription(word, unread=(Unread(word, UNKNOWN_NAME, like),)) for word, like in near if like]


def each_medicine(read: Prescription, names: DrugNames) -> tuple[Prescription, ...]:
    """A prescription and the further medicines of its text, each a prescription of its own."""
    kept = tuple(one for one in read.unread if one.why != SECOND)
    return (replace(read, unread=kept), *further_medicines(read, names))


def _too_long(text: str, length: str) -> Prescription:
    why = f"the text is too long for a prescription ({length}); nothing of it was read"
    return Prescription(text[:SHOWN], unread=(Unread(text[:57] + "...", why),))


def _read_line(text: str, names: DrugNames) -> list[Prescription]:
    if len(text) > MAX_CHARACTERS:
        return [_too_long(text, f"{len(text)} characters")]
    plain = plain_text(LINES.sub(" , ", text))
    found = names.find(plain.tokens)
    segments = segments_of(plain.tokens, found, names)
    texts = original_texts(text, segments)
    return [read_segment(typed, plain, segment, names) for typed, segment in zip(texts, segments, strict=True)]


def read_segment(text: str, plain: PlainText, segment: Segment, names: DrugNames) -> Prescription:
    """One prescription from its tokens."""
    numbered = _numbered_name(segment, names)
    if numbered is not None:
        return Prescription(text, unread=(numbered,), notes=plain.notes)
    if not segment.found:
        return _unknown_medicine(text, segment, names, plain)
    stranger = _beside_a_name(segment, names)
    if stranger is not None:
        return Prescription(text, unread=(stranger,), notes=plain.notes)
    product = product_of(segment.found)
    notes = plain.notes
    combination = _combination_by_its_strength(product, segment, names)
    if combination is not None:
        notes = (*notes, f"{product.name} in this strength is read as {combination.name}")
        product = combination
    parts = Parts(text, product, segment, notes)
    sig = SigText(segment.tokens, segment.found, segment.mentions)
    parts.directions = read_directions(sig)
    _amounts(sig, parts, names)
    if plain.refusal:
        parts.refuse(Unread("the text", f"no number is read: {plain.refusal}"))
    if segment.negated:
        parts.refuse(Unread(product.name, NOT_TAKEN))
    left, refused = read_leftovers(sig, names, ONE_UNIT_IMPLIED in parts.notes)
    parts.unread += left
    parts.refused = parts.refused or refused
    return assemble(parts, names)


def _combination_by_its_strength(product: Product, segment: Segment, names: DrugNames) -> Product | None:
    """'hydrocodone 5/325' and 'oxycodone 5-325': offices leave acetaminophen out, the pair of amounts still names it."""
    if product.brand or len(product.ingredients) != 1 or len(segment.found) != 1:
        return None
    behind = segment.tokens[segment.found[0].stop :][:3]
    if len(behind) < 3 or behind[1] not in {"/", "-"} or not all(map(_is_amount, (behind[0], behind[2]))):
        return None
    pair = frozenset({Fraction(behind[0]), Fraction(behind[2])})
    return names.combination_sold_as(product.ingredients[0].name, pair)


def _is_amount(token: str) -> bool:
    return token.replace(".", "", 1).isdigit()


def _numbered_name(segment: Segment, names: DrugNames) -> Unread | None:
    """'Tylenol 3' may be Tylenol #3, with codeine, or a number of tablets: it is asked, not assumed."""
    for hit in segment.found:
        behind = (*segment.tokens[hit.stop : hit.stop + 2], "", "")
        other = names.products.get(f"{hit.product.name.casefold()} #{behind[0]}")
        if other is not None and behind[1] not in UNITS and behind[1] not in {"-", "/", "to", "or", "x", "times"}:
            what = f"{hit.product.name} {behind[0]}"
            return Unread(what, "it may be another medicine or a number of tablets", (other.name, hit.product.name))
    return None


def _beside_a_name(segment: Segment, names: DrugNames) -> Unread | None:
    """'hydrocodne/apap': a misspelt name beside one that is known; what the medicine holds is not known then."""
    known = {at for hit in segment.found for at in range(hit.start, hit.stop)}
    first = min(known)
    for hit in segment.found:
        before, after = hit.start - 1, hit.stop
        for at, step in ((before, -1), (after, 1)):
            joined = _token(segment, at) in NAME_JOINERS
            word = _token(segment, at + step if joined else at)
            place = at + step if joined else at
            if place in known or not word.isalpha() or len(word) < SHORTEST_NAME or is_sig_word(word):
                continue
            near = names.suggest(word)
            if near and (joined or place < first):
                what = " ".join((word, hit.product.name) if place < hit.start else (hit.product.name, word))
                return Unread(what[:60], UNKNOWN_NAME, near)
    return None


def _token(segment: Segment, at: int) -> str:
    return segment.tokens[at] if 0 <= at < len(segment.tokens) else ""


def _unknown_medicine(text: str, segment: Segment, names: DrugNames, plain: PlainText) -> Prescription:
    words = [token for token in segment.tokens if token.isalpha() and len(token) > 2 and not is_sig_word(token)]
    what = words[0] if words else " ".join(segment.tokens)[:60]
    suggestions = names.suggest(words[0]) if words else ()
    if len(words) > 1 and not suggestions:
        suggestions = names.suggest("".join(words[:2]))
    unread = [Unread(what[:60], UNKNOWN_NAME, suggestions)]
    if plain.refusal:
        unread.append(Unread("the text", f"no number is read: {plain.refusal}"))
    return Prescription(text, unread=tuple(unread), notes=plain.notes)


def product_of(found: Sequence[Found]) -> Product:
    """The one product that several names speak of: the name that holds all ingredients, else their combination."""
    key = frozenset[str]().union(*(hit.product.key for hit in found))
    whole = [hit.product for hit in found if hit.product.key == key]
    brands = [product for product in whole if product.brand]
    salts = {hit.product.ingredients[0].name: hit.salt for hit in found if hit.salt}
    chosen = (brands or whole or [_combined(found)])[0]
    if not salts:
        return chosen
    parts = tuple(replace(part, salt=salts.get(part.name, part.salt)) for part in chosen.ingredients)
    return replace(chosen, ingredients=parts)


def _combined(found: Sequence[Found]) -> Product:
    parts = {part.name: part for hit in found for part in hit.product.ingredients}
    products = [hit.product for hit in found]
    return Product(
        "/".join(product.name for product in products),
        tuple(parts.values()),
        form=next((product.form for product in products if product.form), ""),
        extended_release=any(product.extended_release for product in products),
        treatment=any(product.treatment for product in products),
        partial=any(product.partial for product in products),
    )


def _amounts(sig: SigText, parts: Parts, names: DrugNames) -> None:
    """The strength, the doses and from them the heaviest day."""
    product, directions = parts.product, parts.directions
    doses: list[Dose] = []
    if len(product.ingredients) > 1:
        strengths = combination_strengths(sig, parts.segment.found, product, names)
    else:
        then = THEN.search(sig.line)
        strengths, doses = single_strength(sig, product, names, then.start() if then else None)
    counted, parts.dose_unit = counted_doses(sig, strengths, parts.unread)
    if len(product.ingredients) == 1 and (strengths.from_table or not strengths.known):
        value, unclear = bare_strength(
            sig, names.amounts(product.ingredients[0].name), bool(counted or doses), parts.unread
        )
        parts.refused = parts.refused or unclear
        if value is not None:
            strengths = Strengths({product.ingredients[0].name: value}, _unit_of(product, names))
    if counted and doses and sorted(d.units for d in counted) != sorted(d.units for d in doses):
        parts.refuse(Unread("dose", "the dose in mg and the dose in tablets do not agree"))
    chosen = counted or doses
    if not (counted and doses):
        chosen = sorted(chosen + bare_doses(sig), key=lambda dose: dose.at)
    parts.strengths = strengths
    parts.regimen = _regimen(sig, parts, directions, chosen)
    if not strengths.known and not strengths.refused and len(product.ingredients) == 1:
        parts.strength_asked = offered_strengths(product)
    parts.refused = parts.refused or strengths.refused


def _unit_of(product: Product, names: DrugNames) -> str:
    """The unit of its tablets or patches; mg where the table has it in combinations alone."""
    held = names.strengths(product.key)
    return next((strength.unit for strength in held if strength.per_ml is None), "mg")


def _regimen(sig: SigText, parts: Parts, directions: Directions, doses: list[Dose]) -> Regimen:
    strengths = parts.strengths
    implied = strengths.known and not strengths.per and not strengths.from_table and not strengths.refused
    regimen = regimen_of(sig, doses, directions.frequencies, directions.day_spans)
    if doses or not implied or regimen.doses_per_day is None:
        return regimen
    parts.notes.append(ONE_UNIT_IMPLIED)
    return Regimen(Fraction(1), regimen.doses_per_day, regimen.doses_per_day)
