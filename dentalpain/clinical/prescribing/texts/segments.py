"""Cutting a text into its prescriptions: by line, ';' and 'and', never inside a combination product."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from .names import DrugNames, Found
from .sig_words import CAP_WORDS, FILLER, NEGATIONS, NUMBER_WORDS, RISKY, WORDS

LINES = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029;]+")
JOINED = re.compile(r"(?:[\s,;.(&+]|\b(?:and|plus|with|then|also)\b)+$", re.IGNORECASE)
ALIAS_MARKS = frozenset("([])")
AND_WORDS = frozenset({"and", "&", "+", "plus", "with"})
VASOCONSTRICTORS = frozenset({"epinephrine", "levonordefrin"})
CARTRIDGE_WORDS = AND_WORDS | {"/", "-", ",", "w", "%", ":"}
LOOK_BACK = 6
ALLERGY_WORDS = frozenset({"allergic", "allergies", "allergy"})
LIST_JOINERS = frozenset({",", "and", "or", "&", "/"})
_FORM_TOKENS = """
    tab tabs tablet tablets cap caps capsule capsules oral po er ir xr hcl mg mcg g ml hr hour per of actuat extended
    release immediate
"""
FORM_TOKENS = frozenset(_FORM_TOKENS.split())
NAME_LIKE = 5  # letters; the first word of a line that may be a misspelt name


@dataclass(slots=True)
class Segment:
    """One prescription: its tokens, the names in them (places from 0), and what the cutting has to say."""

    tokens: tuple[str, ...]
    found: tuple[Found, ...] = ()
    mentions: tuple[Found, ...] = ()
    negated: bool = False
    notes: tuple[str, ...] = field(default=())


def split_lines(text: str) -> list[tuple[int, int]]:
    """Start and end of the parts between line ends and semicolons that hold anything."""
    starts = [0, *(match.end() for match in LINES.finditer(text))]
    stops = [*(match.start() for match in LINES.finditer(text)), len(text)]
    return [(start, stop) for start, stop in zip(starts, stops, strict=True) if text[start:stop].strip()]


def starts_anew(tokens: Sequence[str], found: Sequence[Found], names: DrugNames) -> bool:
    """Whether a line begins another prescription: it holds a name, or its first word looks like one."""
    if any(not is_mention(tokens, hit.start) for hit in found):
        return True
    first = next((token for token in tokens if token.isalpha()), "")
    return len(first) >= NAME_LIKE and not is_sig_word(first) and (tokens[0] == first or bool(names.suggest(first, 1)))


def is_sig_word(word: str) -> bool:
    """Whether the grammar of sigs knows the word."""
    return word in WORDS or word in FILLER or word in RISKY or word in NUMBER_WORDS or word in CAP_WORDS


def is_mention(tokens: Sequence[str], at: int) -> bool:
    """Whether a name stands where it is not ordered: 'do not take with Tylenol', 'max 4 g acetaminophen'."""
    if _in_allergy_list(tokens, at):
        return True
    before: list[str] = []
    for token in reversed(tokens[max(0, at - LOOK_BACK) : at]):
        if token in {",", "."}:
            break
        before.append(token)
    return any(token in NEGATIONS or token in CAP_WORDS for token in before)


def _in_allergy_list(tokens: Sequence[str], at: int) -> bool:
    """'Allergies: penicillin, codeine': every name behind a comma up to the next stop or number."""
    if not at or tokens[at - 1] not in LIST_JOINERS:
        return False
    for token in reversed(tokens[:at]):
        if token in {".", "#"} or token[0].isdigit():
            return False
        if token in ALLERGY_WORDS:
            return True
    return False


def segments_of(tokens: tuple[str, ...], found: tuple[Found, ...], names: DrugNames) -> list[Segment]:
    """The prescriptions of one line."""
    groups: list[list[Found]] = []
    mentions: list[Found] = []
    for hit in found:
        last = groups[-1][-1] if groups else None
        if last is not None and _belongs(tokens, groups[-1], hit, names):
            groups[-1].append(hit)
        elif groups and (is_mention(tokens, hit.start) or tokens[hit.stop : hit.stop + 1] == ("clinic",)):
            mentions.append(hit)
        else:
            groups.append([hit])
    if len(groups) < 2:
        hits = tuple(groups[0]) if groups else ()
        negated = bool(hits) and is_mention(tokens, hits[0].start)
        return [Segment(tokens, hits, tuple(mentions), negated)]
    return _cut(tokens, groups, mentions)


def _cut(tokens: tuple[str, ...], groups: list[list[Found]], mentions: list[Found]) -> list[Segment]:
    segments: list[Segment] = []
    starts = [0, *(group[0].start for group in groups[1:]), len(tokens)]
    for group, start, stop in zip(groups, starts, starts[1:], strict=False):
        part = tokens[start:stop]
        while part and (part[-1] in AND_WORDS or part[-1] in {",", ".", "(", "then", "also"}):
            part = part[:-1]
        hits = _moved(group, start, stop)
        segments.append(Segment(part, hits, _moved(mentions, start, stop), is_mention(part, hits[0].start)))
    return _shared_sig(segments)


def _moved(hits: Sequence[Found], start: int, stop: int) -> tuple[Found, ...]:
    """The names between two places, counted from the first."""
    inside = (hit for hit in hits if start <= hit.start < stop)
    return tuple(replace(hit, start=hit.start - start, stop=hit.stop - start) for hit in inside)


def original_texts(text: str, segments: Sequence[Segment]) -> list[str]:
    """The text of each prescription as it was typed; its tokens where the place of a name cannot be found again."""
    starts = [0]
    for segment in segments[1:]:
        words = segment.tokens[segment.found[0].start : segment.found[0].stop]
        name = re.compile(r"\W*".join(map(re.escape, words)), re.IGNORECASE).search(text, starts[-1] + 1)
        if name is None:
            return [" ".join(segment.tokens) for segment in segments]
        starts.append(name.start())
    return [JOINED.sub("", text[start:stop]).strip() for start, stop in pairwise([*starts, len(text)])]


def _shared_sig(segments: list[Segment]) -> list[Segment]:
    """'ibuprofen 400 mg and acetaminophen 500 mg q6h': one sig for both."""
    for left, right in zip(segments[-2::-1], segments[:0:-1], strict=False):
        behind = left.tokens[left.found[-1].stop :]
        tail = right.tokens[right.found[-1].stop :]
        strength = _strength_length(tail)
        if _strength_length(behind) == len(behind) and len(tail) > strength:
            left.tokens += tail[strength:]
            left.notes = (f"the directions of {right.found[0].product.name} are read for this medicine too",)
    return segments


def _strength_length(tokens: Sequence[str]) -> int:
    """How many tokens at the start are a strength and its form."""
    length = 0
    for token in tokens:
        if not (token[0].isdigit() or token in FORM_TOKENS or token in {"/", "-", "."}):
            break
        length += 1
    while length and length < len(tokens) and tokens[length - 1] not in FORM_TOKENS:
        length -= 1  # the number belongs to what follows: 'acetaminophen 500 mg 1 tab'
    return length


def _belongs(tokens: tuple[str, ...], group: Sequence[Found], hit: Found, names: DrugNames) -> bool:
    """Whether a name is another word for, or the next part of, the medicine named before it."""
    gap = tokens[group[-1].stop : hit.start]
    joiners = [token for token in gap if not (token[0].isdigit() or token[0] == "." or token in FORM_TOKENS)]
    amounts = any(token[0].isdigit() for token in gap)
    held = frozenset[str]().union(*(one.product.key for one in group))
    if hit.product.key <= VASOCONSTRICTORS and _numbs(group) and set(joiners) <= CARTRIDGE_WORDS:
        return True  # 'lidocaine 2 % with epinephrine 1:100,000' is one cartridge
    if any(token in ALIAS_MARKS for token in joiners):
        return all(token in ALIAS_MARKS or token in {",", "/", "-"} for token in joiners)
    if not joiners:
        return not amounts or bool(held & hit.product.key)
    if set(joiners) <= {"/", "-"}:
        return True
    if joiners == [","]:
        return held == hit.product.key and not amounts
    if len(joiners) == 1 and joiners[0] in AND_WORDS and not held & hit.product.key:
        return names.is_combination(held | hit.product.key) and not amounts
    return False


def _numbs(group: Sequence[Found]) -> bool:
    return any("local_anaesthetic" in part.classes for found in group for part in found.product.ingredients)
