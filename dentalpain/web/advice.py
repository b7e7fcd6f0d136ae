"""The results of the service arranged for reading: worst first, grouped by verdict, with the words for each id."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from ..fhir.cards import grouped
from ..handouts.choosing import DIAGNOSIS_TOPICS, INDICATION_TOPICS
from . import complaint_words, words
from .forms import NOT_KNOWN
from .words import Words

SEVERITIES = ("contraindicated", "major", "moderate", "info")
URGENCIES = ("emergency_now", "same_day", "within_2_weeks", "routine")
TOPICS = {
    "tmj-self-care": "Jaw self-care and exercises",
    "muscle-pain": "Muscle pain of the jaw",
    "joint-pain": "Pain of the jaw joint",
    "clicking-locking": "Clicking and locking",
    "headache-with-tmd": "Headache with a jaw disorder",
    "burning-mouth": "Burning mouth",
    "trigeminal-neuralgia": "Trigeminal neuralgia",
    "nerve-pain-after-injury": "Nerve pain after an injury",
    "after-extraction": "After a tooth is removed",
    "toothache-until-treated": "Toothache until it is treated",
    "central-sensitization": "Why pain can stay after healing",
    "low-dose-naltrexone": "Low-dose naltrexone, with calendar and card",
    "opioid-if-prescribed": "If an opioid is prescribed",
    "pain-diary": "Pain diary to fill in",
    "my-course": "How the pain has gone, from stored scores",
    "medicine-pages": "A page on each medicine that is ticked",
}


def day_of(value: dt.date | str) -> dt.date:
    """The day that was judged, as the store gives it."""
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def reasons(because: Iterable[Mapping[str, Any]], names: Words) -> list[dict[str, Any]]:
    """Facts with value, source, day and whether they are too old, for a table."""
    return [
        {
            "fact": names.fact(one["fact"]),
            "value": names.value(one["fact"], one["value"]),
            "missing": one["value"] is None,
            "source": one.get("source") or "",
            "day": words.day(one.get("date")),
            "stale": bool(one.get("stale")),
        }
        for one in because
    ]


def sources(citations: Iterable[str], names: Words) -> list[Mapping[str, Any]]:
    """Title, year and address of each source."""
    return [names.citation(citation) for citation in citations]


# -- screening -------------------------------------------------------------------------------------------------


def screening(screen: Mapping[str, Any], names: Words) -> dict[str, Any]:
    """Warning signs first, then scores and diagnoses."""
    flags = [_red_flag(flag, names) for flag in screen["red_flags"]]
    present = [flag for flag in flags if flag["present"]]
    diagnoses = [_diagnosis(one, names) for one in screen["diagnoses"]]
    return {
        "present": sorted(present, key=lambda flag: URGENCIES.index(flag["urgency"] or "routine")),
        "open": [flag for flag in flags if not flag["present"]],
        "scores": screen["scores"],
        "met": [one for one in diagnoses if one["status"] == "met"],
        "undecided": [one for one in diagnoses if one["status"] == "not_determinable"],
        "not_met": [one for one in diagnoses if one["status"] == "not_met"],
        "opening": screen.get("corrected_opening_mm"),
        "others": [_considered(one) for one in screen.get("differential", ())],
        "central": _central(screen.get("central_pain"), names),
        "next": screen["next"],
        "codes": screen["icd10cm"],
        "not_checked": screen["not_checked"],
    }


def _considered(one: Mapping[str, Any]) -> dict[str, Any]:
    """A condition beyond the jaw whose criteria are met or lack one, with what is lacking."""
    return {**one, "met": one["status"] == "criteria_met", "missing": [complaint_words.label(key) for key in one["missing"]]}


def _central(central: Mapping[str, Any] | None, names: Words) -> dict[str, Any] | None:
    """Pain that the nervous system keeps up; None where nothing that tells of it was asked."""
    if central is None or not complaint_words.is_told_of(central):
        return None
    return {
        **central,
        "grading": complaint_words.CERTAINTY[central["nociplastic"]],
        "missing": complaint_words.missing_in(central),
        "options": [names.option(option) for option in central["options_in_view"]],
        "caution": complaint_words.NALTREXONE if "low_dose_naltrexone" in central["options_in_view"] else "",
    }


def _red_flag(flag: Mapping[str, Any], names: Words) -> dict[str, Any]:
    asks = {one["fact"]: one["ask"] for one in flag["questions"]}
    return {
        "rule": flag["rule"],
        "title": flag["title"],
        "present": flag["answer"] == "yes",
        "urgency": flag["urgency"],
        "word": words.URGENCY.get(flag["urgency"] or "", "Cannot be ruled out"),
        "action": flag["action"],
        "cautions": flag["cautions"],
        "because": reasons(flag["because"], names),
        "signs": [_question({"fact": f, "ask": asks.get(f) or names.ask(f)}, names) for f in flag["missing"]],
    }


def _diagnosis(one: Mapping[str, Any], names: Words) -> dict[str, Any]:
    side = "" if one["side"] == "patient" else f", {one['side']}"
    missing = [names.fact(fact) for fact in one["missing"]]
    return {**one, "title": words.readable(one["id"]) + side, "missing": missing}


# -- review ----------------------------------------------------------------------------------------------------


def review(result: Mapping[str, Any], arguments: Mapping[str, Any], names: Words) -> dict[str, Any]:
    """The review as the page reads it; `only` is what every flag is about that speaks of the one proposed text alone."""
    every = [_flag(flag, result, names) for flag in result["flags"]]
    flags = [flag for flag in every if not flag.get("muted")]
    later = {fact for fact, value in arguments["facts"].items() if value == NOT_KNOWN}
    acute = result["indication"] in dict(words.ACUTE)
    proposed = [p for p in result["prescriptions"] if not p["current"]]
    questions = [_question(one, names) for one in result["questions"] if not (acute and _about_what_is_not_shown(one))]
    return {
        "prescriptions": proposed,
        "only": [proposed[0]["text"]] if len(proposed) == 1 else None,
        "current": [p for p in result["prescriptions"] if p["current"]],
        "mme": result["mme_per_day"],
        "legacy": result.get("mme_per_day_legacy"),
        "totals": _totals(result),
        "flags": _one_thought_each([flag for flag in flags if flag["answer"] == "yes"], names),
        "muted": [_muted(flag) for flag in every if flag.get("muted")],
        "open_flags": [flag for flag in flags if flag["answer"] != "yes"],
        "questions": [one for one in questions if one["fact"] not in later and one["fact"] != "indication"],
        "later": [one for one in questions if one["fact"] in later],
        "groups": _groups(result, names),
        "indication": result["indication"],
        "not_checked": result["not_checked"],
        "knowledge": result["knowledge"],
        "on": words.day(result["on"]),
    }


def _flag(flag: Mapping[str, Any], result: Mapping[str, Any], names: Words) -> dict[str, Any]:
    about = [result["prescriptions"][index]["text"] for index in flag["about"]]
    return {
        **flag,
        "word": words.SEVERITY[flag["severity"]],
        "about": about,
        "because": reasons(flag["because"], names),
        "citations": sources(flag["citations"], names),
    }


def _muted(flag: Mapping[str, Any]) -> dict[str, Any]:
    """A muted flag with the words of its mute."""
    mark = flag["muted"]
    reason = words.OVERRIDE_REASONS.get(mark["reason_code"] or "", "a reason in words")
    return {**flag, "muted": {**mark, "until": words.day(mark["until"]), "reason": reason}}


def _one_thought_each(flags: list[dict[str, Any]], names: Words) -> list[dict[str, Any]]:
    """One block for each thought, as on the cards: a flag that a worse sibling says as well stands inside it."""
    groups = grouped(flags, names.merged_into())
    return [{**first, "within": others} for first, *others in groups]


def _totals(result: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Milligrams a day of what is sold under many names; None: it is there and cannot be counted."""
    products = {
        "Acetaminophen": "acetaminophen_mg_per_day",
        "Ibuprofen": "ibuprofen_mg_per_day",
        "Naproxen base": "naproxen_base_mg_per_day",
        "Aspirin": "aspirin_mg_per_day",
    }
    return [(name, result[key]) for name, key in products.items() if result[key] != 0]


def _question(one: Mapping[str, Any], names: Words) -> dict[str, Any]:
    fact = one["fact"]
    return {
        "fact": fact,
        "ask": one["ask"],
        "kind": names.kind(fact),
        "choices": [(choice, words.readable(choice)) for choice in names.choices(fact)],
        "unit": names.unit(fact) if names.kind(fact) == "number" else "",
        "settles": len(one.get("would_settle", ())),
    }


def _about_what_is_not_shown(one: Mapping[str, Any]) -> bool:
    """Whether a question settles nothing but low-dose naltrexone, which is not shown for acute pain."""
    settled = one["would_settle"]
    return bool(settled) and all(name == words.NOT_SHOWN_WHEN_ACUTE or name.startswith("LDN-") for name in settled)


def _groups(result: Mapping[str, Any], names: Words) -> list[dict[str, Any]]:
    """The alternatives by verdict; what is never offered for acute pain is not shown for acute pain."""
    acute = result["indication"] in dict(words.ACUTE)
    shown = [a for a in result["alternatives"] if not (acute and a["id"] == words.NOT_SHOWN_WHEN_ACUTE)]
    groups = []
    for verdict, title, meaning in words.VERDICTS:
        options = [_option(one, names) for one in shown if one["verdict"] == verdict]
        if options:
            groups.append({"verdict": verdict, "title": title, "meaning": meaning, "options": options})
    return groups


def _option(one: Mapping[str, Any], names: Words) -> dict[str, Any]:
    evidence = one["evidence"]
    rules = [_rule(rule, names) for rule in one["reasons"]]
    return {
        **one,
        "name": one["name"][:1].upper() + one["name"][1:],
        "strength": words.STRENGTH[evidence["strength"]],
        "certainty": words.CERTAINTY[evidence["certainty"]],
        "citations": sources(evidence["citations"], names),
        "rules": rules,
        "speaks_against": [rule["title"] for rule in rules if not rule["unknown"] and _decides(rule, one["verdict"])],
        "cannot_check": [rule["title"] for rule in rules if rule["unknown"] and one["verdict"] != "blocked"],
        "start_missing": [names.fact(fact) for fact in (one.get("plan") or {}).get("start_missing", ())],
        "not_built": len(one.get("unbuilt_rules", ())),
        "can_give": one["verdict"] != "blocked",
        "checked": one["verdict"] != "ask_first",
    }


def _decides(rule: Mapping[str, Any], verdict: str) -> bool:
    """Whether a rule that answers yes is the reason for the verdict, so that it is named without a click."""
    return rule["severity"] == "contraindicated" if verdict == "blocked" else rule["severity"] in ("major", "moderate")


def _rule(rule: Mapping[str, Any], names: Words) -> dict[str, Any]:
    unknown = rule["answer"] == "unknown"
    return {
        "id": rule["rule"],
        "title": rule["title"],
        "unknown": unknown,
        "severity": rule["severity"],
        "word": words.SEVERITY[rule["severity"]],
        "because": reasons(rule["because"], names),
    }


def unread(result: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What was not read in the record or in the answers, each part once."""
    parts = [*result["review"]["not_read"], *result["screen"]["not_read"]]
    return list({(part["where"], part["what"], part["why"]): part for part in parts}.values())


# -- what was answered, and what to hand out -------------------------------------------------------------------


def answered(arguments: Mapping[str, Any], names: Words) -> list[dict[str, str]]:
    """The answers given so far, each of which can be taken back."""
    return [
        {"fact": fact, "ask": names.ask(fact), "value": names.value(fact, value)}
        for fact, value in arguments["facts"].items()
        if value != NOT_KNOWN
    ]


def letters(result: Mapping[str, Any]) -> dict[str, str]:
    """The letters that can be written; none about low-dose naltrexone unless the pain is known to be chronic."""
    indication = result["review"]["indication"]
    chronic = indication is not None and indication not in dict(words.ACUTE)
    return {kind: title for kind, title in words.LETTERS.items() if chronic or kind != "physician-naltrexone"}


def topics(result: Mapping[str, Any], arguments: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What can be handed out; ticked is what the indication suggests, not what was found: that is for release."""
    suggested = set(INDICATION_TOPICS.get(arguments["indication"] or "", ()))
    met = {DIAGNOSIS_TOPICS.get(one["id"]) for one in result["screen"]["diagnoses"] if one["status"] == "met"}
    acute = result["review"]["indication"] in dict(words.ACUTE)
    return [
        {"id": key, "title": title, "ticked": key in suggested, "fits": key in met}
        for key, title in TOPICS.items()
        if not (acute and key == "low-dose-naltrexone")
    ]
