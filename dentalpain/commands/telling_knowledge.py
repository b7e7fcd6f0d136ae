"""A rule or an option as a clinician reads it: on the sheet for review, and as the answer to "why this advice?"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..web.words import SEVERITY, URGENCY, Words, day, number
from .printing import Sheet

if TYPE_CHECKING:
    from ..service import Service

LINE = "_" * 40
SCREENING_PARTS = (
    ("What it is", "readme"),
    ("When", "when"),
    ("Beside others", "beside"),
    ("Criteria", "criteria"),
    ("Then", "then"),
    ("If unknown", "if_unknown"),
)
CASE_LISTS = (
    ("proposed", "proposed"),
    ("taken now", "current"),
    ("allergies", "allergies"),
    ("lists gone through", "reviewed"),
)


def rule_sheet(rule_id: str, service: Service) -> Sheet:
    """The sheet of a rule, with lines to sign; raises UnknownNameError."""
    sheet = explained(service.explain(rule_id), service)
    _lines_to_sign(sheet, rule_id, service)
    return sheet


def explained(rule: Mapping[str, Any], service: Service) -> Sheet:
    """A rule line by line: when, then, if unknown, limits, sources, worked cases."""
    sheet = Sheet()
    sheet.line(f"{rule['id']}: {rule['title']}", tone="head")
    sheet.line(
        f"Severity: {rule['severity']} ({SEVERITY[rule['severity']].lower()}). Asked about: {', '.join(rule['scope'])}."
    )
    sheet.line(f"Status: {rule['status']}. Function: {rule['function']}. File: {rule['file']}.")
    for title, key in (("When", "when"), ("Then", "then"), ("If unknown", "if_unknown")):
        sheet.heading(title)
        sheet.line(rule[key])
    if rule["review"].get("unsettled"):
        sheet.heading("Unsettled")
        sheet.line(rule["review"]["unsettled"])
    _limits(sheet, rule["limits"])
    _sources(sheet, rule["citations"])
    names = Words(service.knowledge)
    sheet.heading("Worked cases")
    for place, case in enumerate(rule["worked_cases"], start=1):
        _case(sheet, place, case, names)
    return sheet


def screening_explained(found: Mapping[str, Any], service: Service) -> Sheet:
    """A red flag, a diagnosis, a condition or a questionnaire line by line, with its worked cases."""
    sheet = Sheet()
    names = Words(service.knowledge)
    for part in found["parts"]:
        named = part["id"] if part["id"] == found["id"] else f"{found['id']}, {part['id']}"
        sheet.line(f"{named}: {part['title']}", tone="head")
        sheet.line(f"Status: {part['status']}. File: {part['file']}.")
        for title, key in SCREENING_PARTS:
            if key in part:
                sheet.heading(title)
                lines = part[key].items() if isinstance(part[key], Mapping) else [("", part[key])]
                for name, line in lines:
                    sheet.line(f"{URGENCY.get(name, name)}: {line}" if name else line)
        _limits(sheet, part["limits"])
        _sources(sheet, part["citations"])
        sheet.heading("Worked cases")
        for place, case in enumerate(part["worked_cases"], start=1):
            _screening_case(sheet, place, case, names)
        sheet.gap()
    return sheet


def _screening_case(sheet: Sheet, place: int, case: Mapping[str, Any], names: Words) -> None:
    sheet.line(f"{case['story']} On {day(case['on'])}.", mark=f"{place}.")
    sheet.line(f"{case['result']}. {case['working']}", indent=4)
    for fact, given in case["given"].items():
        sheet.line(f"{names.fact(fact)}: {given_value(fact, given, names)}", indent=4, mark="·")


def given_value(fact: str, given: Any, names: Words) -> str:
    """A value of a worked case as a person reads it: dated ones with their day, lists one after the other."""
    if isinstance(given, Mapping) and "value" in given:
        when = f", {day(given['date'])}" if given.get("date") else ""
        return f"{names.value(fact, given['value'])}{when}"
    if isinstance(given, Mapping):
        return "; ".join(f"{key.replace('_', ' ')} {given_value(key, inner, names)}" for key, inner in given.items())
    if isinstance(given, list):
        return " | ".join(given_value(fact, inner, names) for inner in given) or "asked, none"
    return names.value(fact, given)


def _limits(sheet: Sheet, limits: list[Mapping[str, Any]]) -> None:
    sheet.heading("Limits")
    for limit in limits:
        sheet.line(f"{limit['id']} ({limit['unit'] or 'no unit'}): {limit['meaning']}", mark="-")
        for value in limit["values"]:
            sheet.line(f"{number(value['value'])} from {value['from']} ({value['citation']})", indent=4)
    if not limits:
        sheet.line("It reads no number.")


def _sources(sheet: Sheet, citations: list[Mapping[str, Any]]) -> None:
    sheet.heading("Sources")
    for source in citations:
        where = source["url"] or (f"doi:{source['doi']}" if source["doi"] else "")
        told = f"{source['title']}. {source['publisher']}, {source['year']}. {where}".strip()
        sheet.line(f"{told} (how far it was read: {source['read']}) [{source['id']}]", mark="-")


def _case(sheet: Sheet, place: int, case: Mapping[str, Any], names: Words) -> None:
    sheet.line(f"{case['story']} On {day(case['on'])}.", mark=f"{place}.")
    sheet.line(f"answer: {case['answer']}{' (presumed)' if case.get('presumed') else ''}. {case['working']}", indent=4)
    for fact, given in case.get("facts", {}).items():
        dated = given if isinstance(given, Mapping) else {"value": given}
        when = f", {day(dated['date'])}" if dated.get("date") else ""
        sheet.line(f"{names.fact(fact)}: {names.value(fact, dated['value'])}{when}", indent=4, mark="·")
    for title, key in CASE_LISTS:
        if case.get(key):
            sheet.line(f"{title}: {'; '.join(case[key])}", indent=4, mark="·")


def option_sheet(option_id: str, service: Service) -> Sheet:
    """The sheet of an option: what it is, where the guideline lists it, and the rules that are asked about it."""
    option = service.knowledge.options[option_id]
    sheet = Sheet()
    sheet.line(f"{option_id}: {option['name']}", tone="head")
    status = service.signatures().status(f"options/{option_id}")
    sheet.line(f"Kind: {option['kind']}. Called for patients: {option['plain_name']}. Status: {status}.")
    for title, key in (
        ("Why", "why"),
        ("Tell the patient", "tell_the_patient"),
        ("Availability", "availability"),
        ("Watch", "monitoring"),
        ("Evidence", "evidence_note"),
        ("Unsettled", "unsettled"),
    ):
        text = option.get(key) or option["review"].get(key)
        if text:
            sheet.heading(title)
            sheet.line(text)
    _listings(sheet, option_id, service)
    _asked_rules(sheet, option, service)
    _lines_to_sign(sheet, f"options/{option_id}", service)
    return sheet


def _listings(sheet: Sheet, option_id: str, service: Service) -> None:
    sheet.heading("Where the guidelines list it")
    for indication, rows in service.knowledge.candidates.items():
        for row in rows:
            if row["option"] == option_id:
                step = f"step {row['line']}" if row["line"] else "no step"
                told = (
                    f"{indication}: {step}, {row['strength']}, {row['certainty']}. {row['basis']} [{row['citations']}]"
                )
                sheet.line(told, mark="-")


def _asked_rules(sheet: Sheet, option: Mapping[str, Any], service: Service) -> None:
    sheet.heading("Rules that are asked about it")
    tags = {option["id"], *option.get("scopes", ()), *option.get("ingredients", ())}
    if option["kind"] == "medicine":
        tags.add("any_medicine")
    for rule in service.knowledge.rules.rules:
        if rule.scope & tags:
            sheet.line(f"{rule.id} ({rule.severity.word}): {rule.texts['title']}", mark="-")


def _lines_to_sign(sheet: Sheet, item: str, service: Service) -> None:
    from ..signing import digest_of_item

    sheet.heading("To sign")
    sheet.line(f"Digest of this item: {digest_of_item(service.knowledge, item)}")
    for title in ("Name", "License and state", "Role", "Day", "Signature"):
        sheet.gap()
        sheet.line(f"{title + ':':<20}{LINE}")
    sheet.gap()
    sheet.line(f"Enter it with: dentalpain knowledge sign {item} --who NAME --licence NUMBER --role ROLE --day DATE")
