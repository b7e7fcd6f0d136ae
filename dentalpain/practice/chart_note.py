"""The note for the chart: one paragraph that a clinician copies into the practice software."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

SEVERITY = {"contraindicated": "do not use", "major": "serious", "moderate": "caution", "info": "note"}
DECIDE = ("contraindicated", "major")
LONGEST = 120


def chart_note(
    review: Mapping[str, Any], screen: Mapping[str, Any] | None = None, *, handed_out: Sequence[str] | None = ()
) -> str:
    """A review and a screening, in the shapes of `review --json` and `screen --json`, as one paragraph on one line.

    It says what was proposed and found, by the ids of the rules, what nobody could decide, MME, and what was handed
    out: the ids of options and topics that `handout` was given; None where that is not known yet, and nothing is said of it.
    Of red flags it names those that were found.
    """
    sentences = [
        _head(review),
        _proposed(review["prescriptions"]),
        _morphine(review["mme_per_day"]),
        _found(review["flags"]),
        _open(review["flags"]),
        *(_screened(screen) if screen else ()),
        _handed(handed_out),
        _foot(review),
    ]
    return " ".join(" ".join(sentence.split()) for sentence in sentences if sentence)


def _handed(handed_out: Sequence[str] | None) -> str:
    if handed_out is None:
        return ""
    return f"Handed out: {_joined(handed_out)}." if handed_out else "Nothing was handed out."


def _head(review: Mapping[str, Any]) -> str:
    what = (review["indication"] or "an indication that was not named").replace("_", " ").replace("tmd", "TMD")
    return f"Pain and prescribing review on {review['on']} for {what}."


def _proposed(prescriptions: Iterable[Mapping[str, Any]]) -> str:
    texts = [_short(one["text"]) for one in prescriptions if not one["current"]]
    return f"Proposed: {'; '.join(texts)}." if texts else "No medicine was proposed."


def _morphine(mme: Mapping[str, Any]) -> str:
    """The total where there is an opioid; one that cannot be counted is said to be there."""
    if mme["total"] is None:
        return "Opioids in all: MME cannot be counted."
    if not mme["total"] and not mme["is_minimum"]:
        return ""
    least = "at least " if mme["is_minimum"] else ""
    sums = f" ({'; '.join(mme['arithmetic'])})" if mme["arithmetic"] else ""
    return f"Opioids in all: {least}{mme['total']} MME a day{sums}."


def _found(flags: Iterable[Mapping[str, Any]]) -> str:
    held = [flag for flag in flags if flag["answer"] == "yes"]
    if not held:
        return "No rule that was asked answers yes."
    return f"Found: {'; '.join(_flag(flag) for flag in held)}."


def _flag(flag: Mapping[str, Any]) -> str:
    presumed = ", taken as so until answered" if flag["presumed"] else ""
    return f"{flag['title']} ({flag['rule']}, {SEVERITY[flag['severity']]}{presumed})"


def _open(flags: Iterable[Mapping[str, Any]]) -> str:
    ids = [flag["rule"] for flag in flags if flag["answer"] == "unknown" and flag["severity"] in DECIDE]
    return f"Not decided for want of facts: {_joined(ids)}." if ids else ""


def _screened(screen: Mapping[str, Any]) -> Iterable[str]:
    met = [f"{one['id']} ({one['side']})" for one in screen["diagnoses"] if one["status"] == "met"]
    raised = [one for one in screen["red_flags"] if one["answer"] == "yes"]
    if raised:
        told = (f"{one['rule']} ({(one['urgency'] or 'urgency not settled').replace('_', ' ')})" for one in raised)
        yield f"Red flags found: {_joined(told)}."
    if met:
        yield f"Diagnostic criteria met: {_joined(met)}."


def _foot(review: Mapping[str, Any]) -> str:
    knowledge = review["knowledge"]
    unsigned = f", {knowledge['unsigned']} items not signed by this practice" if knowledge["unsigned"] else ""
    kept = f" Assessment {review['assessment']}." if review["assessment"] else ""
    return f"Knowledge {knowledge['version']}, {knowledge['digest'][:12]}{unsigned}.{kept}"


def _joined(words: Iterable[str]) -> str:
    return ", ".join(words)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
