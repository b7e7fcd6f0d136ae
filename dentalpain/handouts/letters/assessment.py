"""One assessment as letters read it: the screening, the review, and the lists of the record that both were made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

Shape = Mapping[str, Any]
URGENCIES = ("emergency_now", "same_day", "within_2_weeks", "routine")
NALTREXONE = "low_dose_naltrexone"


class Names(Protocol):
    """The words for ids, which the knowledge holds."""

    def fact(self, fact: str) -> str:
        """What a fact means, in a few words."""

    def value(self, fact: str, value: object) -> str:
        """A value with its unit."""

    def citation(self, citation: str) -> Mapping[str, Any]:
        """A source: title, publisher, year, url, doi."""

    def instrument(self, instrument: str) -> str:
        """The title of a questionnaire."""

    def rules_about(self, scope: str) -> Sequence[str]:
        """The ids of the rules whose scope is this one."""

    def indication(self, indication: str | None) -> str:
        """An indication in words; empty where none was named."""


@dataclass(frozen=True)
class Assessment:
    """What was found on one day. `chart` is the native record that it was made from; empty lists where there is none."""

    review: Shape
    screen: Shape
    chart: Shape
    names: Names
    note: str = ""
    give: Sequence[str] = ()

    @property
    def on(self) -> dt.date:
        """The day of the assessment."""
        return dt.date.fromisoformat(str(self.review["on"]))

    def diagnoses(self, status: str) -> list[Shape]:
        """The diagnoses of one standing; a myalgia whose subtype is met is left to the subtype."""
        found = [one for one in self.screen["diagnoses"] if one["status"] == status]
        subtypes = {"local-myalgia", "myofascial-pain", "myofascial-pain-with-referral"} & {one["id"] for one in found}
        return [one for one in found if not (status == "met" and subtypes and one["id"] == "myalgia")]

    def raised(self) -> list[Shape]:
        """The warning signs that were found, the most urgent first; one without an urgency stands before all."""
        found = [flag for flag in self.screen["red_flags"] if flag["answer"] == "yes"]
        return sorted(found, key=lambda flag: URGENCIES.index(flag["urgency"]) if flag["urgency"] else -1)

    def unsettled(self) -> list[Shape]:
        """The warning signs that could not be settled."""
        return [flag for flag in self.screen["red_flags"] if flag["answer"] == "unknown"]

    @property
    def acute(self) -> bool:
        """Whether the pain is acute: then low-dose naltrexone is blocked, and nothing shows it."""
        held = self.option(NALTREXONE)
        return held is not None and "LDN-ACUTE" in held["rules"] and "LDN-ACUTE" not in held["unknown_rules"]

    def options(self, verdict: str, *kinds: str) -> list[Shape]:
        """The options of one verdict. Low-dose naltrexone is not shown for acute pain, here as on the pages."""
        return [
            one
            for one in self.review["alternatives"]
            if one["verdict"] == verdict
            and (not kinds or one["kind"] in kinds)
            and not (one["id"] == NALTREXONE and self.acute)
        ]

    def option(self, option: str) -> Shape | None:
        """An option that was judged, by its id."""
        return next((one for one in self.review["alternatives"] if one["id"] == option), None)

    @cached_property
    def known(self) -> Mapping[str, Shape]:
        """The facts that the assessment read and that somebody had recorded, by id; the newest of each."""
        held: dict[str, Shape] = {}
        for one in self._read():
            assumed = str(one.get("source") or "").startswith("assumed")
            newer = str(one.get("date") or "") >= str(held.get(one["fact"], {}).get("date") or "")
            if one["value"] is not None and not assumed and newer:
                held[one["fact"]] = one
        return held

    def _read(self) -> Iterator[Shape]:
        for one in self.chart.get("statements", ()):
            if one["certain"] and not isinstance(one["value"], Mapping):
                yield one
        for flag in (*self.review["flags"], *self.screen["red_flags"]):
            yield from flag["because"]
        for diagnosis in self.screen["diagnoses"]:
            for criterion in diagnosis["criteria"]:
                yield from criterion["because"]
        for option in self.review["alternatives"]:
            for reason in option["reasons"]:
                yield from reason["because"]

    def reviewed_on(self, name: str) -> str | None:
        """The day on which a list was gone through with the patient, None where nobody noted it."""
        held = self.chart.get("reviewed_on", {}).get(name)
        return None if held is None else str(held["date"])


def each_once(facts: Iterable[Shape]) -> list[Shape]:
    """Facts without repetition, in their order."""
    seen: dict[tuple[str, ...], Shape] = {}
    for one in facts:
        seen.setdefault((one["fact"], str(one["value"]), str(one.get("source")), str(one.get("date"))), one)
    return list(seen.values())
