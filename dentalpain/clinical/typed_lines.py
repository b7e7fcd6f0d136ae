"""A typed line of the problem list: its problems one by one, each with its day, and how far a denial reaches.

Order within one problem: the exact name; denial, family, doubt and history; the name without what stands around it and
the patterns; its parts; then names that stand inside a longer text, which only prompt the question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from .recognised import UNKNOWN_ENTRY, Hit, Recognised, together
from .typed_days import TypedDay, peeled, tidy
from .typed_names import NO_MENTION, Guard, TypedNames
from .typed_words import HARD, SOFT, listed, says_nothing, trimmed

SEPARATORS = re.compile(r"\s*[;,&+]\s*|\s+and\s+|\s+with\s+")
DASH = re.compile(r"\s-+\s")
STATEMENT_ENDS = ";|"
# A bleeding or an ulcer that is called history, or of a day long past, is history. Source: notes of the table of facts.
NOW = ("gi_ulcer_active", "gi_bleed_active")


class TypedLines:
    """Reads typed lines of the problem list with the table of names; `history_of`: what each fact becomes in time."""

    def __init__(self, names: TypedNames, history_of: Mapping[str, str]) -> None:
        self._names, self._history_of = names, history_of

    def read(self, words: str) -> Recognised:
        """What one line means."""
        whole = self._named(words)
        return replace(self._line(listed(words)) if whole is None else whole, events=())

    def _named(self, part: str) -> Recognised | None:
        """A part that is a name as it stands."""
        found = self._names.exact(part, "problem")
        bare, day = peeled(part)
        return None if found is None else self._told(replace(found, events=self._names.events((bare,))), day)

    def _line(self, words: str) -> Recognised:
        guard = self._names.guard(words)
        if guard is not None and guard.match.start() == 0 and len(HARD.split(words)) > 1:
            if guard.denies:  # "No diabetes, asthma": nobody can tell how far it reaches
                ends = SEPARATORS.search(words) or (DASH.search(words) and not guard.family)
                return Recognised(known=not ends)
            return self._under(guard, self._line(tidy(guard.rest)))
        return self._parts(HARD.split(words))

    def _parts(self, pieces: list[str]) -> Recognised:
        """The problems of one line; what follows a denial on the same breath may be denied as well."""
        parts = _joined(pieces)
        alone = self._alone(parts[-1][1]) if len(parts) > 1 else None
        if alone is not None:  # "CHF - denies", "MI (father)": it speaks of what stands before it
            return self._closed(alone, parts[:-1])
        found, in_doubt = [], False
        for between, part in parts:
            in_doubt = in_doubt and between not in STATEMENT_ENDS
            closes = self._closes(part)
            read = self._segment(part)
            found.append(replace(read.in_doubt(), known=False) if in_doubt and not closes else read)
            in_doubt = in_doubt or closes
        if any(between == "or" for between, _ in parts):  # one of them, and nobody says which
            found = [read.in_doubt() for read in found]
        return found[0] if len(found) == 1 else together(found)

    def _closed(self, alone: Guard, parts: list[tuple[str, str]]) -> Recognised:
        if len(parts) == 1:
            return Recognised(known=True) if alone.denies else self._under(alone, self._segment(parts[0][1]))
        before = together(self._segment(part) for _, part in parts)
        return replace(before.in_doubt(), known=before.known and not alone.denies)

    def _alone(self, part: str) -> Guard | None:
        """A part that is nothing but a denial, a relative, a doubt or a history."""
        guard = self._names.guard(peeled(part)[0])
        return guard if guard is not None and not tidy(guard.rest) else None

    def _closes(self, part: str) -> bool:
        guard = self._names.guard(part)
        denied = guard is not None and guard.denies and self._names.exact(part, "problem") is None
        return denied or NO_MENTION.search(part) is not None

    # -- one problem ---------------------------------------------------------------------------------------------

    def _segment(self, part: str) -> Recognised:
        """One problem, and what stands beside it."""
        named = self._named(part)
        if named is not None:
            return named
        bare, day = peeled(part)
        found = self._guarded(part, bare) or self._single(bare) or self._names.pattern(bare, "problem", of_all=True)
        if found is not None:
            return self._told(found, day)
        pieces = [] if NO_MENTION.search(part) else SOFT.split(part)
        beside = self._parts(pieces) if len(pieces) > 1 else UNKNOWN_ENTRY
        if beside.known:
            return beside
        within = self._names.pattern(bare, "problem") or self._names.mentioned(bare)
        return together((beside, replace(within, known=False)))

    def _guarded(self, part: str, bare: str) -> Recognised | None:
        guard = self._names.guard(bare)
        if guard is None:
            return None
        if guard.denies:
            return Recognised(known=SEPARATORS.search(bare) is None)
        dated = self._names.guard(part)
        rest = tidy((dated if dated is not None and dated.name is guard.name else guard).rest)
        return self._under(guard, self._segment(rest) if rest else UNKNOWN_ENTRY)

    def _single(self, bare: str) -> Recognised | None:
        """One name, with nothing around it that changes a fact."""
        forms = (bare, *trimmed(bare))
        events = self._names.events(forms)
        found = next((read for form in forms if (read := self._names.exact(form, "problem")) is not None), None)
        if found is None and SOFT.search(bare) is None:
            found = self._names.pattern(bare, "problem")
        if found is None and events:
            found = Recognised(tuple(Hit(fact, certain=False) for fact in events), known=True)
        return None if found is None else replace(found, events=events)

    def _under(self, guard: Guard, found: Recognised) -> Recognised:
        """What is in doubt is asked; what is called history is past, and what it leaves behind holds."""
        if guard.doubt:
            return found.in_doubt()
        left = {fact: self._history_of[fact] for fact in found.events if fact in NOW}
        gone = {*left, *left.values(), *NOW[:1]}
        kept = [hit for hit in found.hits if hit.certain or hit.fact not in gone]
        told = [replace(hit, certain=True) if hit.of_day and hit.fact.endswith("_history") else hit for hit in kept]
        hits = (*told, *(Hit(fact) for fact in dict.fromkeys(left.values())))
        return replace(found, hits=tuple(dict.fromkeys(replace(hit, past=True) for hit in hits)))

    def _told(self, found: Recognised, day: TypedDay | None) -> Recognised:
        """With its day, what happened on a day is certain, and what is long past is history."""
        if day is None:
            return found
        happened = (Hit(fact, certain=False, of_day=True) for fact in found.events if fact not in NOW)
        left = (Hit(self._history_of[fact]) for fact in found.events if fact in NOW)
        hits = (replace(hit, day=day) for hit in (*found.hits, *happened, *left))
        return replace(found, hits=tuple(dict.fromkeys(hits)))


def _joined(pieces: list[str]) -> list[tuple[str, str]]:
    """Each part with what stands before it; a part that holds only a day goes to the one before it."""
    parts: list[tuple[str, str]] = []
    for between, piece in zip(("", *pieces[1::2]), pieces[::2], strict=True):
        part = tidy(piece)
        if parts and part and not peeled(part)[0]:
            parts[-1] = (parts[-1][0], f"{parts[-1][1]} {part}")
        elif part and not (parts and says_nothing(part)):
            parts.append((between.strip(), part))
    return parts or [("", "")]
