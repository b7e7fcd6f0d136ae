"""What the clinician wrote of the complaint, as findings and readings: what is not there is unknown."""

from __future__ import annotations

from decimal import Decimal

from ..findings import Because, Finding, no, opposite, unknown, yes
from ..quantities import Reading
from .examination import Findings

COMPLAINT = "complaint"
UNITS = {"attack_seconds_max": 1, "attack_minutes_max": 60, "attack_hours_max": 3600}


class Told:
    """The complaint of one findings file, by the keys of the contract."""

    __slots__ = ("_found", "_held")

    def __init__(self, found: Findings) -> None:
        self._found, self._held = found, {**found.complaint, **found.differential}

    def has(self, key: str) -> Finding:
        """Does it hold? Nobody said so: unknown."""
        value = self._held.get(key)
        if not isinstance(value, bool):
            return unknown(Because(key, None, COMPLAINT, self._found.on))
        because = Because(key, value, COMPLAINT, self._found.on)
        return yes(because) if value else no(because)

    def lacks(self, key: str) -> Finding:
        """Does it certainly not hold?"""
        return opposite(self.has(key))

    def number(self, key: str) -> Reading:
        """The number that the name asks for."""
        value = self._held.get(key)
        if not isinstance(value, Decimal):
            return Reading.nothing(Because(key, None, COMPLAINT, self._found.on))
        return Reading.exactly(value, Because(key, value, COMPLAINT, self._found.on))

    def attack_seconds(self) -> Reading:
        """How long the longest attack lasts, in seconds, from whichever unit it was told in."""
        for key, seconds in UNITS.items():
            told = self.number(key)
            if told.value is not None:
                return Reading.exactly(told.value * seconds, *told.facts)
        return Reading.nothing(*(because for key in UNITS for because in self.number(key).facts))
