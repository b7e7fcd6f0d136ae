"""What somebody handed in as JSON, read key by key: a wrong kind, a strange word or an unknown key is an error.

No message holds a value that was handed in: it may be a patient's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches

from ..errors import AnswersError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


class Given:
    """One JSON object and its place, such as 'findings/examination'.

    Every reading method takes a key and returns None where the key is absent or null. Raises AnswersError.
    """

    __slots__ = ("_asked", "_held", "where")

    def __init__(self, held: object, where: str) -> None:
        if not isinstance(held, Mapping):
            raise AnswersError("A JSON object is needed here.", where=where, mend="Write it in braces: { … }.")
        self._held: Mapping[object, object] = held
        self._asked: dict[str, None] = {}
        self.where = where

    def at(self, key: object) -> str:
        """The place of a key; a key that is no plain name is not repeated, it may hold anything."""
        shown = key if isinstance(key, str) and _NAME.fullmatch(key) else "(a key that is not a plain name)"
        return f"{self.where}/{shown}"

    def value(self, key: str) -> object:
        """What stands under a key, as it is; afterwards the key counts as asked for."""
        self._asked[key] = None
        return self._held.get(key)

    def wrong(self, key: str, what: str, mend: str) -> AnswersError:
        """The error for what stands under a key."""
        return AnswersError(what, where=self.at(key), mend=mend)

    def yes_no(self, key: str) -> bool | None:
        """True or false."""
        value = self.value(key)
        if value is None or isinstance(value, bool):
            return value
        raise self.wrong(key, "This is not a yes or a no.", "Write true, false or null.")

    def word(self, key: str, allowed: Iterable[str]) -> str | None:
        """One word of a closed list."""
        words, value = tuple(allowed), self.value(key)
        if value is None or (isinstance(value, str) and value in words):
            return value
        raise self.wrong(key, "This word is not on the list.", f"Write one of: {', '.join(words)}; or null.")

    def words(self, key: str, allowed: Iterable[str]) -> frozenset[str] | None:
        """A list of words of a closed list; an empty one is an answer."""
        words, value = tuple(allowed), self.value(key)
        if value is None:
            return None
        if not isinstance(value, list):
            raise self.wrong(key, "A list is needed here.", f"Write a list of: {', '.join(words)}; [] means none.")
        for number, entry in enumerate(value):
            if not isinstance(entry, str) or entry not in words:
                raise AnswersError(
                    "This word is not on the list.",
                    where=f"{self.at(key)}/{number}",
                    mend=f"Write one of: {', '.join(words)}.",
                )
        return frozenset(value)

    def number(self, key: str, lowest: int, highest: int) -> Decimal | None:
        """A number that can be: outside its bounds it is a slip of unit or of finger, and an error."""
        value = self.value(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise self.wrong(key, "This is not a number.", "Write a number without quotes, or null.")
        exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
        if not exact.is_finite() or not lowest <= exact <= highest:
            raise self.wrong(key, "This number cannot be.", f"Write a number from {lowest} to {highest}, or null.")
        return exact

    def day(self, key: str) -> dt.date | None:
        """A date written as 2026-11-30."""
        value = self.value(key)
        if value is None:
            return None
        try:
            return dt.date.fromisoformat(value if isinstance(value, str) and len(value) == 10 else "")
        except ValueError:
            raise self.wrong(key, "This is not a date.", "Write a date as 2026-11-30.") from None

    def section(self, key: str) -> Given:
        """The object under a key; an absent one is read as empty, so that all in it is unknown."""
        value = self.value(key)
        return Given({} if value is None else value, self.at(key))

    def sections(self, key: str) -> tuple[Given, ...] | None:
        """The objects of the list under a key."""
        value = self.value(key)
        if value is None:
            return None
        if not isinstance(value, list):
            raise self.wrong(key, "A list is needed here.", "Write it in brackets: [ … ].")
        return tuple(Given(entry, f"{self.at(key)}/{number}") for number, entry in enumerate(value))

    def done(self) -> None:
        """Refuse the keys that nobody asked for; raises AnswersError with the place of the first."""
        for key in self._held:
            if not isinstance(key, str) or key not in self._asked:
                near = get_close_matches(str(key), self._asked, n=1)
                mend = f"Did you mean '{near[0]}'?" if near else f"Known here: {', '.join(self._asked)}."
                raise AnswersError("This key is not known.", where=self.at(key), mend=mend)
