"""A review as a dentist reads it at a terminal: what speaks against the prescription, then what could replace it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..web.words import (
    ACUTE,
    CERTAINTY,
    INDICATIONS,
    NOT_SHOWN_WHEN_ACUTE,
    SEVERITY,
    STRENGTH,
    VERDICTS,
    Words,
    day,
    number,
)
from .printing import Sheet
from .telling_naltrexone import tell_plan
from .telling_screen import left_open, some_of, why_lines

if TYPE_CHECKING:
    from ..service import Service

PRODUCTS = {
    "Acetaminophen": "acetaminophen_mg_per_day",
    "Ibuprofen": "ibuprofen_mg_per_day",
    "Naproxen base": "naproxen_base_mg_per_day",
    "Aspirin": "aspirin_mg_per_day",
}
AGAINST = ("conditional_against", "strong_against")
MOST_QUESTIONS = 12
HOW_TO_ANSWER = {
    "indication": "--for INDICATION",
    "unrecognised_medicine": "write the name anew",
    "proposed_directions": "write it anew with --prescribe",
    "current_directions": "complete the medicine list",
}
MOST_OPEN = 4
LONGEST_TEXT = 300
TONE = {"contraindicated": "bad", "major": "bad", "moderate": "care", "info": ""}
TONE_OF_VERDICT = {"offer": "good", "offer_with_care": "care", "ask_first": "care", "blocked": "bad"}


def tell_review(result: Mapping[str, Any], service: Service) -> Sheet:
    """The whole review."""
    sheet, names = Sheet(), Words(service.knowledge)
    sheet.line(f"Prescription review on {day(result['on'])}", tone="head")
    sheet.line(_who(result))
    _prescriptions(sheet, result)
    _flags(sheet, result["flags"], names)
    _questions(sheet, result)
    _undecided(sheet, result["flags"], names)
    _alternatives(sheet, result, names)
    left_open(sheet, result)
    return sheet


def _who(result: Mapping[str, Any]) -> str:
    age, weight = result["age_years"], result["weight_kg"]
    told = ["age not recorded" if age is None else f"{number(age)} years"]
    told.append("weight not recorded" if weight is None else f"{number(weight)} kg")
    indication = result["indication"]
    told.append("indication not named" if indication is None else f"for: {INDICATIONS[indication]}")
    return "; ".join(told)


# -- what is prescribed and taken ------------------------------------------------------------------------------


def _prescriptions(sheet: Sheet, result: Mapping[str, Any]) -> None:
    held = list(enumerate(result["prescriptions"], start=1))
    sheet.heading("Proposed")
    _listed(sheet, [(n, one) for n, one in held if not one["current"]], "Nothing is proposed.")
    sheet.heading("Taken now")
    _listed(sheet, [(n, one) for n, one in held if one["current"]], "No medicine is recorded.")
    sheet.gap()
    sheet.line(_morphine(result["mme_per_day"]))
    if "mme_per_day_legacy" in result:
        sheet.line(_legacy(result["mme_per_day_legacy"]))
    for name, key in PRODUCTS.items():
        if result[key] != 0:
            amount = "is among them, but how much a day cannot be told" if result[key] is None else None
            sheet.line(f"{name} {amount}." if amount else f"{name}: {number(result[key])} mg a day.")


def _listed(sheet: Sheet, held: list[tuple[int, Mapping[str, Any]]], nothing: str) -> None:
    for place, one in held:
        sheet.line(_shortened(one["text"]), mark=f"{place}.")
        understood = _understood(one)
        if understood:
            sheet.line(understood, indent=4)
        for part in one["unread"]:
            near = f" Did you mean: {', '.join(part['suggestions'])}?" if part["suggestions"] else ""
            what = f"“{part['what']}”: " if part["what"] else ""
            sheet.line(f"not read: {what}{part['why']}.{near}", indent=4, tone="care")
    if not held:
        sheet.line(nothing)


def _shortened(text: str) -> str:
    """A text that is no prescription any more is not printed over pages; --json holds it whole."""
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]} … ({len(text)} characters)"


def _understood(one: Mapping[str, Any]) -> str:
    parts = [f"{i['name']}{_strength(i)}" for i in one["ingredients"]]
    told = [" + ".join(parts)] if parts else []
    if one["units_per_day_max"] is not None:
        told.append(f"at most {number(one['units_per_day_max'])} a day")
    if one["quantity"] is not None:
        told.append(f"{number(one['quantity'])} in all")
    if one["days_supply"] is not None:
        days = number(one["days_supply"])
        told.append(f"{days} {'day' if days == '1' else 'days'}")
    if one["mme_per_day"]:
        told.append(f"{number(one['mme_per_day'])} MME a day")
    if one["not_counted"]:
        told.append(f"not counted in MME: {one['not_counted']}")
    return "; ".join(told)


def _strength(ingredient: Mapping[str, Any]) -> str:
    return (
        ""
        if ingredient["strength"] is None
        else f" {number(ingredient['strength'])} {ingredient['unit'] or ''}".rstrip()
    )


def _legacy(mme: Mapping[str, Any]) -> str:
    total = "cannot be counted" if mme["total"] is None else f"{number(mme['total'])} a day"
    return f"Legacy, by the factors of 2016, which no rule here reads: {total} ({'; '.join(mme['arithmetic'])})."


def _morphine(mme: Mapping[str, Any]) -> str:
    missing = "; ".join(f"{one['name']} ({one['reason']})" for one in mme["not_counted"])
    not_counted = f" Not counted: {missing}." if missing else ""
    if mme["total"] is None:
        return f"Morphine milligram equivalents: there are opioids, and none can be counted.{not_counted}"
    least = "at least " if mme["is_minimum"] else ""
    sums = f" ({'; '.join(mme['arithmetic'])})" if mme["arithmetic"] else ""
    return f"Morphine milligram equivalents: {least}{number(mme['total'])} a day{sums}.{not_counted}"


# -- flags and questions ---------------------------------------------------------------------------------------


def _flags(sheet: Sheet, flags: list[Mapping[str, Any]], names: Words) -> None:
    sheet.heading("What speaks against it")
    _flag_list(sheet, [flag for flag in flags if flag["answer"] == "yes" and not flag.get("muted")], names)
    if not any(flag["answer"] == "yes" for flag in flags):
        sheet.line("No rule that was asked answers yes.")
    muted = [flag for flag in flags if flag.get("muted")]
    if muted:
        sheet.heading(f"Muted for this patient: {len(muted)}")
        for flag in muted:
            mark = flag["muted"]
            sheet.line(f"{flag['title']} ({SEVERITY[flag['severity']].lower()}; {flag['rule']})", mark="-")
            sheet.line(f"up to and with {mark['until']}, by {mark['by']}; to lift it: dentalpain mutes lift {mark['id']}", indent=4)


def _undecided(sheet: Sheet, flags: list[Mapping[str, Any]], names: Words) -> None:
    """Each rule that nobody could answer, with what is missing; why it matters stands in `explain` and --json."""
    held = [flag for flag in flags if flag["answer"] == "unknown"]
    if not held:
        return
    sheet.heading("Could not be decided")
    sheet.line("None of these is ruled out. What each means: dentalpain explain RULE.")
    for flag in held:
        about = f"; about {', '.join(str(index + 1) for index in flag['about'])}" if len(flag["about"]) > 1 else ""
        sheet.line(f"{flag['title']} ({SEVERITY[flag['severity']].lower()}, if it holds; {flag['rule']}{about})", mark="?")
        absent = dict.fromkeys(one["fact"] for one in flag["because"] if one["value"] is None or one["stale"])
        if absent:
            sheet.line(f"not recorded: {some_of([f'{names.fact(f)} ({f})' for f in absent], MOST_OPEN)}", indent=4)


def _flag_list(sheet: Sheet, flags: Iterable[Mapping[str, Any]], names: Words) -> None:
    for flag in flags:
        about = ", ".join(str(index + 1) for index in flag["about"])
        place = f"; about {about}" if about else ""
        signed = "" if flag["status"] == "checked" else "; draft"
        sheet.line(
            f"{flag['title']} ({flag['rule']}{place}{signed})",
            mark=f"[{SEVERITY[flag['severity']].upper()}]",
            tone=TONE[flag["severity"]],
        )
        sheet.line(flag["message"], indent=4)
        if flag["presumed"]:
            sheet.line("Taken as so until somebody answers.", indent=4)
        for line in why_lines(flag["because"], names):
            sheet.line(line, indent=4)
        sheet.line(f"sources: {', '.join(flag['citations'])}", indent=4)


def _questions(sheet: Sheet, result: Mapping[str, Any]) -> None:
    questions = [one for one in result["questions"] if not _only_hidden(one, result)]
    if not questions:
        return
    sheet.heading("What to ask, the most decisive first")
    for place, one in enumerate(questions[:MOST_QUESTIONS], start=1):
        answer = HOW_TO_ANSWER.get(one["fact"], f"--fact {one['fact']}=…")
        count = len(one["would_settle"])
        settles = f"; settles {count} {'point' if count == 1 else 'points'}" if count else ""
        sheet.line(f"{one['ask']} ({answer}{settles})", mark=f"{place}.")
    if len(questions) > MOST_QUESTIONS:
        sheet.line(f"{len(questions) - MOST_QUESTIONS} more settle less; --json lists them all.")


def _only_hidden(question: Mapping[str, Any], result: Mapping[str, Any]) -> bool:
    """Whether it would settle nothing but an option that is not shown for acute pain."""
    hidden = [one for one in result["alternatives"] if _is_hidden(one, result)]
    points = {point for one in hidden for point in (one["id"], *one["unknown_rules"])}
    return bool(question["would_settle"]) and set(question["would_settle"]) <= points


# -- alternatives ----------------------------------------------------------------------------------------------


def _alternatives(sheet: Sheet, result: Mapping[str, Any], names: Words) -> None:
    listed = [one for one in result["alternatives"] if not _is_hidden(one, result)]
    advised_against = [one for one in listed if _is_advised_against(one)]
    shown = [one for one in listed if not _is_advised_against(one)]
    explained = {flag["rule"] for flag in result["flags"]}
    sheet.heading("What could be given instead")
    if result["indication"] is None and not listed:
        sheet.line("Nothing is listed before it is known what it is for: name it with --for.")
    for verdict, title, meaning in VERDICTS:
        options = [one for one in shown if one["verdict"] == verdict]
        if options:
            sheet.gap()
            sheet.line(f"{title}. {meaning}", tone=TONE_OF_VERDICT[verdict])
            for one in options:
                _alternative(sheet, one, names, explained)
    if advised_against:
        sheet.gap()
        sheet.line("The guideline advises against these; --json has the reasons.")
        sheet.line(
            "; ".join(f"{one.get('name') or one['id']} ({one['id']})" for one in advised_against), indent=2, mark="-"
        )


def _is_hidden(one: Mapping[str, Any], result: Mapping[str, Any]) -> bool:
    return one["id"] == NOT_SHOWN_WHEN_ACUTE and result["indication"] in dict(ACUTE)


def _is_advised_against(one: Mapping[str, Any]) -> bool:
    """Whether the guideline alone speaks against it: no rule found anything in this patient."""
    answers = {reason["answer"] for reason in one.get("reasons", ())}
    return one["evidence"]["strength"] in AGAINST and "yes" not in answers


def _alternative(sheet: Sheet, one: Mapping[str, Any], names: Words, explained: set[str]) -> None:
    """One option; the facts of a rule stand where the rule is named first."""
    name = one.get("name") or one["id"]
    sheet.line(f"{name[:1].upper()}{name[1:]} ({one['id']})", indent=2, mark="-")
    if one["dose"] is not None and one["verdict"] != "blocked":
        dose = one["dose"]
        worked = f" ({dose['calculation']})" if dose["calculation"] else ""
        sheet.line(f"dose: {dose['text']}{worked}", indent=4)
    sheet.line(one["why"], indent=4)
    evidence = one["evidence"]
    sheet.line(f"evidence: {STRENGTH[evidence['strength']].lower()}, {CERTAINTY[evidence['certainty']]}", indent=4)
    _reasons(sheet, one, names, explained)
    if one.get("plan"):
        tell_plan(sheet, one["plan"], names)


def _reasons(sheet: Sheet, one: Mapping[str, Any], names: Words, explained: set[str]) -> None:
    """What was found, with its facts where they did not stand above; then what could not be checked, in one line."""
    found = [reason for reason in one.get("reasons", ()) if reason["answer"] == "yes"]
    for reason in found:
        word = SEVERITY[reason["severity"]].lower()
        sheet.line(f"{reason['title']} ({reason['rule']}: {word})", indent=4, mark="*")
        if reason["rule"] not in explained:
            for line in why_lines(reason["because"], names):
                sheet.line(line, indent=6)
        explained.add(reason["rule"])
    open_rules = [f"{r['title']} ({r['rule']})" for r in one.get("reasons", ()) if r["answer"] == "unknown"]
    if open_rules and one["verdict"] == "blocked":
        sheet.line(f"{len(open_rules)} more cannot be checked; --json lists them.", indent=4, mark="*")
    elif open_rules:
        sheet.line(f"cannot be checked yet: {some_of(open_rules, MOST_OPEN)}", indent=4, mark="*")
