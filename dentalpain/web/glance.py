"""The outcome of a visit in a few lines, each of which leads to its part of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from . import words
from .advice import SEVERITIES, URGENCIES

# The word before the names, where something is proposed and where nothing is; the shape.
CHOICES = {
    "offer": ("Instead", "Can be offered", "offer"),
    "offer_with_care": ("Instead, with care", "With care", "moderate"),
    "ask_first": ("Instead, ask first", "Ask first", "unknown"),
    "blocked": ("Not for this patient", "Not for this patient", "contraindicated"),
}


def glance(screen: Mapping[str, Any], review: Mapping[str, Any]) -> list[list[dict[str, str]]]:
    """What speaks against it and what is open, then what could be done instead; `screen` and `review` as the page reads them.

    A line has `word`, `text`, `shape`, `tone` and `to`, the id of a heading. A column without a line is left out.
    """
    against = [*_present(screen), *_flags(review), *_questions(review), *_not_ruled_out(screen)]
    return [column for column in (against, list(_alternatives(review))) if column]


def _line(word: str, text: str, shape: str, to: str, tone: str = "") -> dict[str, str]:
    return {"word": word, "text": text, "shape": shape, "to": to, "tone": tone or shape}


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _present(screen: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for urgency in URGENCIES:
        if titles := [flag["title"] for flag in screen["present"] if flag["urgency"] == urgency]:
            yield _line(words.URGENCY[urgency], "; ".join(titles), urgency, "warnings")
    if titles := [flag["title"] for flag in screen["present"] if flag["urgency"] is None]:
        yield _line("Warning sign", "; ".join(titles), "unknown", "warnings")


def _not_ruled_out(screen: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    if screen["open"]:
        text = _counted(len(screen["open"]), "group of warning signs", "groups of warning signs")
        yield _line("Not ruled out", text, "unknown", "warnings")


def _flags(review: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    every = [one for flag in review["flags"] for one in (flag, *flag["within"])]
    for severity in SEVERITIES:
        titles = [flag["title"] for flag in every if flag["severity"] == severity]
        if titles:
            text = titles[0] if len(titles) == 1 else f"{titles[0]}, and {len(titles) - 1} more"
            yield _line(words.SEVERITY[severity], text, severity, "flags")
    if review["open_flags"]:
        yield _line("Cannot be checked", _counted(len(review["open_flags"]), "rule", "rules"), "unknown", "flags")
    if review["muted"]:
        yield _line("Muted", _counted(len(review["muted"]), "flag", "flags"), "info", "muted")
    if not (every or review["open_flags"] or review["muted"]):
        word = "Against it" if review["prescriptions"] else "Against current medicines"
        yield _line(word, "nothing found in the rules that are built", "offer", "flags")


def _questions(review: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    if review["questions"]:
        yield _line("Questions", f"{len(review['questions'])}, the most decisive first", "unknown", "questions")


def _alternatives(review: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for group in review["groups"]:
        names = [option["name"] for option in group["options"]]
        text = ", ".join(names[:3]) + (f", and {len(names) - 3} more" if len(names) > 3 else "")
        instead, alone, shape = CHOICES[group["verdict"]]
        yield _line(instead if review["prescriptions"] else alone, text, shape, "alternatives", group["verdict"])
