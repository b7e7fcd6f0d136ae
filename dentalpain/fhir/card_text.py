"""What a card says, in GitHub Flavored Markdown: the advice, its reasons, the arithmetic, and what else is possible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from .elements import Json

SUMMARY_LENGTH = 139  # the specification: fewer than 140 characters
# Marks of Markdown and HTML, and what GitHub's flavor turns into a link by itself; inside of a word many mean nothing.
MARKUP = re.compile(r"([\\`*\[\]<>|~]|^[#+-]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|(?<=\S)@(?=\S)|:(?=//)|(?<=www)\.)", re.I)
UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
MOST_ALTERNATIVES = 5
VERDICTS = {"offer": "nothing found against it", "offer_with_care": "with care"}
NEVER_WHEN_ACUTE = "low_dose_naltrexone"
TREATMENT = "treatment of addiction, which is not counted"


class Names(Protocol):
    """The words for ids, as the knowledge holds them."""

    def fact(self, fact: str) -> str:
        """What a fact means, in a few words."""

    def value(self, fact: str, value: object) -> str:
        """A value with its unit."""

    def citation(self, citation_id: str) -> Mapping[str, Any]:
        """Title and year of a source."""


def plain(text: object) -> str:
    """Text from outside as Markdown shows it: on one line, no mark of it counting as markup."""
    return MARKUP.sub(r"\\\1", " ".join(UNSEEN.sub(" ", str(text)).split()))


def short(text: str, most: int = SUMMARY_LENGTH) -> str:
    """A summary of fewer than 140 characters."""
    text = " ".join(UNSEEN.sub(" ", text).split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def listed(heading: str, lines: Iterable[str]) -> list[str]:
    """A heading with a list under it; nothing where there are no lines."""
    held = [f"- {line}" for line in dict.fromkeys(lines)]
    return [f"**{heading}**\n\n" + "\n".join(held)] if held else []


def reasons(flag: Json, names: Names) -> list[str]:
    """The facts that an answer rests on: value, source, date."""
    return [_reason(each, names) for each in flag["because"]]


def _reason(because: Json, names: Names) -> str:
    where = [str(because[key]) for key in ("source", "date") if because[key]]
    found = f"{plain(names.fact(because['fact']))}: {plain(names.value(because['fact'], because['value']))}"
    if where:
        found += f" ({plain(', '.join(where))})"
    return f"{found}; too old to count" if because["stale"] else found


def presumption(flag: Json) -> list[str]:
    """A sentence for a flag that stands until somebody answers."""
    return ["Held to be so until somebody answers what is missing."] if flag["presumed"] else []


def orders(review: Mapping[str, Any], about: Sequence[int]) -> list[str]:
    """The texts of the prescriptions that a flag is about, each with what it is."""
    held = review["prescriptions"]
    return [f"{plain(held[i]['text'])}{' (taken already)' if held[i]['current'] else ''}" for i in about if i < len(held)]


def sources(flags: Sequence[Json], names: Names) -> list[str]:
    """Titles and years of the sources."""
    found = (names.citation(one) for flag in flags for one in flag["citations"])
    return [plain(_dated(str(held["title"]), held.get("year"))) for held in found]


def _dated(title: str, year: object) -> str:
    return title if not year or title.endswith(str(year)) else f"{title}, {year}"


def unread(review: Mapping[str, Any]) -> list[str]:
    """What was not understood in the proposed prescriptions, with the names that may have been meant."""
    return [
        f"{plain(one['text'])}: {plain(gap['why'])}{_meant(gap['suggestions'])}"
        for one in review["prescriptions"]
        if not one["current"]
        for gap in one["unread"]
    ]


def _meant(suggestions: Sequence[str]) -> str:
    return f". Meant may be: {plain(', '.join(suggestions))}" if suggestions else ""


def alternatives(review: Mapping[str, Any]) -> list[str]:
    """What the review offers, in the order of the guideline, with its dose; at most MOST_ALTERNATIVES."""
    held = [
        f"{plain(one['dose']['text'] if one['dose'] else one['name'])}: {VERDICTS[one['verdict']]}"
        for one in review["alternatives"]
        if one["verdict"] in VERDICTS
        and one["line"] is not None
        and one["id"] != NEVER_WHEN_ACUTE
        and (one["kind"] != "medicine" or one["dose"])
    ]
    return held[:MOST_ALTERNATIVES]


# -- arithmetic ----------------------------------------------------------------------------------------------------


def arithmetic(review: Mapping[str, Any], about: Sequence[int]) -> list[str]:
    """The sums of a day for the opioids and the acetaminophen among these prescriptions, or why there is none."""
    held = review["prescriptions"]
    concerned = [held[i] for i in about if i < len(held)]
    lines: list[str] = []
    if any(_is_opioid(one) for one in concerned):
        lines += _morphine(review)
    if any(_share(one) for one in concerned):
        lines += _acetaminophen(review)
    return lines


def _is_opioid(prescription: Json) -> bool:
    return prescription["not_counted"] is not None or prescription["mme_per_day"] not in (None, 0)


def _morphine(review: Mapping[str, Any]) -> list[str]:
    total = review["mme_per_day"]
    missing = [f"{plain(one['name'])}: {plain(_why_not(one['reason']))}" for one in total["not_counted"]]
    if total["total"] is None:
        return [f"Morphine equivalents a day: cannot calculate, because of {'; '.join(missing) or 'what is not known'}"]
    sums = "; ".join(total["arithmetic"])
    least = "at least " if total["is_minimum"] else ""
    line = f"Morphine equivalents a day: {sums}; together {least}{_number(total['total'])} MME"
    return [line + (f"; not counted: {'; '.join(missing)}" if missing else "")]


def _why_not(reason: str) -> str:
    return TREATMENT if reason == "treatment" else reason


def _acetaminophen(review: Mapping[str, Any]) -> list[str]:
    total = review["acetaminophen_mg_per_day"]
    shares = [(one, part) for one in review["prescriptions"] for part in _share(one)]
    if total is None:
        why = [f"{plain(one['text'])}: {plain(_unread(one, part))}" for one, part in shares if not _counted(one, part)]
        return [f"Acetaminophen a day: cannot calculate, because of {'; '.join(why) or 'what is not known'}"]
    sums = [f"{_number(part['strength'])} mg × {_number(one['units_per_day_max'])}" for one, part in shares if _counted(one, part)]
    whole = f"{' + '.join(sums)} = " if sums else ""
    return [f"Acetaminophen a day: {whole}{_number(total)} mg"]


def _share(prescription: Json) -> list[Json]:
    return [part for part in prescription["ingredients"] if part["name"] == "acetaminophen"]


def _counted(prescription: Json, part: Json) -> bool:
    return part["strength"] is not None and prescription["units_per_day_max"] is not None


def _unread(prescription: Json, part: Json) -> str:
    if prescription["unread"]:
        return "; ".join(one["why"] for one in prescription["unread"])
    return "the strength is not written" if part["strength"] is None else "how many are taken in a day is not written"


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
