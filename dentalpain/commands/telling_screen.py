"""A screening as a dentist reads it at a terminal: warning signs first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..web.complaint_words import CERTAINTY, NALTREXONE, is_told_of, label, missing_in
from ..web.words import INDICATIONS, URGENCY, Words, day, number, readable
from .printing import Sheet

if TYPE_CHECKING:
    from ..service import Service

URGENCIES = tuple(URGENCY)
STATUS = {"met": "criteria met", "not_met": "not met", "not_determinable": "cannot be determined yet"}
MOST_MISSING = 5
ANSWERS = {"yes": "yes", "no": "no", "unknown": "not known"}


def tell_screen(result: Mapping[str, Any], service: Service) -> Sheet:
    """The whole screening."""
    sheet, names = Sheet(), Words(service.knowledge)
    sheet.line(f"Screening on {day(result['on'])}", tone="head")
    _red_flags(sheet, result["red_flags"], names)
    screening = service.tools.screening
    _scores(sheet, result["scores"], screening.instruments)
    _diagnoses(sheet, result["diagnoses"], names, screening.diagnoses)
    _others(sheet, result["differential"])
    _central(sheet, result["central_pain"], names)
    if result.get("corrected_opening_mm") is not None:
        sheet.line(f"Jaw opening with the overlap of the teeth: {number(result['corrected_opening_mm'])} mm.")
    if result["icd10cm"]:
        sheet.line(f"ICD-10-CM: {', '.join(result['icd10cm'])}.")
    _next(sheet, result["next"])
    _open_flags(sheet, [flag for flag in result["red_flags"] if flag["answer"] != "yes"], names)
    left_open(sheet, result)
    return sheet


def why_lines(because: Iterable[Mapping[str, Any]], names: Words) -> list[str]:
    """Each fact once, with its value, source and day; a missing one says so."""
    return list(dict.fromkeys(_why(reason, names) for reason in because))


def missing_line(missing: list[str]) -> str:
    """Some of the facts that nobody has recorded, and how many more there are."""
    return f"not recorded: {some_of(missing, MOST_MISSING)}"


def some_of(texts: list[str], most: int) -> str:
    """The first of a list, and how many more there are."""
    more = f"; and {len(texts) - most} more, which --json lists" if len(texts) > most else ""
    return "; ".join(texts[:most]) + more


def _is_missing(reason: Mapping[str, Any]) -> bool:
    return reason["value"] is None and not reason.get("stale")


def _why(reason: Mapping[str, Any], names: Words) -> str:
    fact = names.fact(reason["fact"])
    if _is_missing(reason):
        return f"why: {fact}: not recorded ({reason['fact']})"
    value = INDICATIONS.get(str(reason["value"])) or names.value(reason["fact"], reason["value"])
    source = ", ".join(filter(None, (reason.get("source") or "", day(reason.get("date")))))
    old = "; too old to count" if reason.get("stale") else ""
    return f"why: {fact}: {value}" + (f" ({source}{old})" if source or old else "")


def _red_flags(sheet: Sheet, flags: list[Mapping[str, Any]], names: Words) -> None:
    present = [flag for flag in flags if flag["answer"] == "yes"]
    sheet.heading("Warning signs")
    for flag in sorted(present, key=lambda one: URGENCIES.index(one["urgency"] or URGENCIES[-1])):
        title = flag.get("title") or flag["rule"]
        sheet.line(
            f"{title} ({flag['rule']})", mark=f"[{URGENCY[flag['urgency'] or URGENCIES[-1]].upper()}]", tone="bad"
        )
        sheet.line(flag["action"], indent=4)
        for line in why_lines(flag["because"], names):
            sheet.line(line, indent=4)
        sheet.items(flag.get("cautions", ()), indent=4)
    if not present:
        sheet.line("None was found in what is recorded.")
    if still_open := len(flags) - len(present):
        sheet.line(f"{still_open} cannot be ruled out: each stands at the end, with what nobody has said yet.", tone="care")


def _open_flags(sheet: Sheet, flags: list[Mapping[str, Any]], names: Words) -> None:
    """The signs that nobody has settled, below what was found: a long list must not hide it."""
    if not flags:
        return
    sheet.heading("Warning signs not ruled out")
    for flag in flags:
        sheet.line(f"{flag.get('title') or flag['rule']} ({flag['rule']})", indent=2, mark="-")
        missing = [f"{names.fact(fact)} ({fact})" for fact in flag["missing"]]
        if missing:
            sheet.line(missing_line(missing), indent=4)


def _title(name: str, known: Mapping[str, Any]) -> str:
    """The title in the knowledge; an id of an older knowledge as words."""
    return str(known[name].texts["title"]) if name in known else readable(name)


def _scores(sheet: Sheet, scores: list[Mapping[str, Any]], known: Mapping[str, Any]) -> None:
    sheet.heading("Questionnaires")
    for score in scores:
        sheet.line(f"{_title(score['instrument'], known)}: {_score(score)}", mark="-")
        sheet.items(score["cautions"], indent=2)
    if not scores:
        sheet.line("None was filled in: see --answers.")


def _score(score: Mapping[str, Any]) -> str:
    if score["status"] == "not_scorable":
        missing = ", ".join(str(item) for item in score["missing"])
        partial = (
            "" if score["partial_sum"] is None else f"; the answered ones add up to {number(score['partial_sum'])}"
        )
        return f"no score, since items are blank ({missing}){partial}."
    if score["score"] is None:
        return "filled in; it has no score."
    told = number(score["score"])
    if score["band"]:
        told += f", {score['band']}"
    if score["positive"] is not None:
        told += ", positive" if score["positive"] else ", negative"
    return f"{told} ({score['status']})."


def _diagnoses(sheet: Sheet, diagnoses: list[Mapping[str, Any]], names: Words, known: Mapping[str, Any]) -> None:
    """What is met, what is open and what is not met; what holds for all of them is said once."""
    sheet.heading("Diagnoses by the DC/TMD")
    order = ("met", "not_determinable", "not_met")
    said = [list(one.get("cautions", ())) for one in diagnoses]
    for_all = [text for text in said[0] if all(text in other for other in said)] if said else []
    for text in for_all:
        sheet.line(text, tone="care")
    for one, side in _sides_joined(sorted(diagnoses, key=lambda held: order.index(held["status"]))):
        provisional = ", provisional" if one.get("provisional") else ""
        tone = "care" if one["status"] == "met" else ""
        sheet.line(f"{_title(one['id'], known)}{side}: {STATUS[one['status']]}{provisional}", mark="-", tone=tone)
        if one["status"] == "met":
            for criterion in one["criteria"]:
                sheet.line(
                    f"{criterion['letter']}: {criterion['text'].rstrip('.')}: {ANSWERS[criterion['answer']]}", indent=4
                )
        elif one["status"] == "not_determinable" and one["missing"]:
            sheet.line(f"missing: {', '.join(names.fact(fact) for fact in one['missing'])}", indent=4)
        sheet.items([text for text in one.get("cautions", ()) if text not in for_all], indent=4)


def _sides_joined(diagnoses: list[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], str]]:
    """Each diagnosis with its side in words; both joints in one line where the lines would be the same."""
    held: dict[tuple[str, ...], tuple[Mapping[str, Any], list[str]]] = {}
    for one in diagnoses:
        criteria = [(each["letter"], each["answer"]) for each in one["criteria"] if one["status"] == "met"]
        told = (one["id"], one["status"], str(one["missing"]), str(criteria), str(one.get("cautions")))
        held.setdefault(told, (one, []))[1].append(one["side"])
    return [(one, "" if sides == ["patient"] else f", {' and '.join(sides)}") for one, sides in held.values()]


def _others(sheet: Sheet, considered: list[Mapping[str, Any]]) -> None:
    """Pain beyond the jaw, where the complaint tells of it."""
    if not considered:
        return
    sheet.heading("Other pain than of the jaw")
    for one in considered:
        met = one["status"] == "criteria_met"
        codes = f"; {', '.join(one['icd10cm'])}" if one["icd10cm"] else ""
        told = f"criteria met{codes}" if met else "consider, one criterion short"
        sheet.line(f"{one['title']} ({one['id']}): {told}", mark="-", tone="care" if met else "")
        if one["missing"]:
            sheet.line(f"short of: {'; '.join(label(key) for key in one['missing'])}", indent=4)


def _central(sheet: Sheet, central: Mapping[str, Any], names: Words) -> None:
    """Pain that the nervous system keeps up, where something of it was asked."""
    if not is_told_of(central):
        return
    known = {None: "not known", True: "yes", False: "no"}
    sheet.heading("Pain that the nervous system keeps up")
    sheet.line(f"Widespread pain: {known[central['widespread']]}.", mark="-")
    sheet.line(f"Fibromyalgia criteria of 2016: {known[central['fm_2016']]}.", mark="-")
    sheet.line(f"Central Sensitization Inventory, a burden of symptoms: {central['csi_band'] or 'not known'}.", mark="-")
    sheet.line(f"Nociplastic pain by the grading of the IASP, 2021: {CERTAINTY[central['nociplastic']]}.", mark="-")
    if central["missing"]:
        sheet.line(f"not known: {'; '.join(missing_in(central))}", indent=4)
    if central["options_in_view"]:
        told = "; ".join(names.option(option) for option in central["options_in_view"])
        sheet.line(f"What acts on the nervous system comes into view: {told}. Review it for this patient with --for.")
        if "low_dose_naltrexone" in central["options_in_view"]:
            sheet.line(NALTREXONE, indent=4)


def _next(sheet: Sheet, steps: list[Mapping[str, Any]]) -> None:
    if steps:
        sheet.heading("What to do next")
        for number_of, step in enumerate(steps, start=1):
            sheet.line(f"{step['do']} {step['why']}", mark=f"{number_of}.")


def left_open(sheet: Sheet, result: Mapping[str, Any]) -> None:
    """What was not checked, what was not read, and which knowledge gave the advice."""
    if result.get("not_checked"):
        sheet.heading("Not checked")
        sentences = [line for line in result["not_checked"] if line.endswith(".")]
        names = [line for line in result["not_checked"] if line not in sentences]
        sheet.items([*sentences, *([f"Not built yet: {', '.join(names)}."] if names else [])])
    if result["not_read"]:
        sheet.heading("Not read")
        sheet.items(f"{part['where']}: {part['what']}: {part['why']}" for part in result["not_read"])
    knowledge = result["knowledge"]
    sheet.gap()
    sheet.line(
        f"Knowledge {knowledge['version']}, {knowledge['digest'][:12]}; {knowledge['unsigned']} of its items are not "
        "signed by a clinician of this practice. This is support for a licensed clinician, who decides."
    )
    if result.get("assessment"):
        sheet.line(f"Kept as {result['assessment']}.")
