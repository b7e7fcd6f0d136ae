"""The question to a physician about low-dose naltrexone: what it is, trials for and against, checks, course, stop rule."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ...errors import InputError
from ..content import Block, Run, Ticks
from ..grid import Grid
from ..lines import Lines
from ..numbers import measure
from .assessment import NALTREXONE, Shape, each_once
from .sections import Section, Sections


def naltrexone_letter(write: Sections) -> tuple[str, tuple[Section, ...]]:
    """The letter; raises InputError where the review shows no low-dose naltrexone: acute pain, or no indication."""
    option = _judged(write)
    plan, blocked = option["plan"], option["verdict"] == "blocked"
    main = write.words.word("main_blocked" if blocked else "main", reason=write.reason())
    words = write.words
    return main, (
        write.about(),
        write.section("plan", write.bullets(map(words.said, words.own["asks"]))),
        *([_against(write, plan)] if blocked else []),
        _checks(write, option),
        write.medicines(),
        write.listed("problems"),
        write.listed("allergies"),
        write.diagnoses(),
        write.flags(),
        _what(write, plan),
        _evidence(write, plan),
        _waits(write, plan),
        _course(write, plan, blocked),
        write.section("monitoring", write.bullets(map(words.said, (plan["monitoring"], plan["stop_rule"], plan["morning"])))),
        write.section("surgery", [write.paragraph(words.said(plan["surgery_text"]))]),
        write.section("who", [write.paragraph(words.said(plan["who_prescribes"]))]),
        write.unknown("LDN-"),
        _answer(write),
        write.sources(_citations(option, plan)),
    )


def _judged(write: Sections) -> Shape:
    option = write.found.option(NALTREXONE)
    if option is None or option["plan"] is None:
        raise InputError(
            "low-dose naltrexone is not in this review: it is for long-lasting pain, and that has to be named.",
            where="letter",
            mend="Name the indication with --for; add --consider low_dose_naltrexone.",
        )
    return option


def _against(write: Sections, plan: Shape) -> Section:
    lines = [write.words.word("forward", because=one["because"], do=one["do"]) for one in plan["way_forward"]]
    return write.section("against", write.bullets(map(write.words.said, lines)))


def _what(write: Sections, plan: Shape) -> Section:
    lines = [*write.words.own["what"], plan["compounding"]]
    return write.section("what", write.bullets(map(write.words.said, lines)))


def _evidence(write: Sections, plan: Shape) -> Section:
    words = write.words
    rows = tuple(
        (words.said(row["source"]), words.said(row["finding"]), words.own["speaks"][row["direction"]])
        for row in plan["evidence"]
    )
    intro = write.paragraph(words.said(plan["reading"]))
    return write.section("evidence", [intro, Grid(words.heads("evidence"), rows, (0.34, 0.5, 0.16))])


def _checks(write: Sections, option: Shape) -> Section:
    """A row for each group of rules: what stands against it, what is not known, or that nothing recorded does."""
    words = write.words
    held = {one["rule"]: one for one in option["reasons"]}
    asked = set(write.names.rules_about("ldn")) - set(option["unbuilt_rules"])
    rows = []
    for group in words.own["groups"]:
        of_group = [held[rule] for rule in group["rules"] if rule in held]
        lines = [words.word("found" if one["answer"] == "yes" else "open", title=one["title"]) for one in of_group]
        if not of_group:
            lines = [words.word("clear" if set(group["rules"]) <= asked else "not_in_review")]
        facts = each_once(one for reason in of_group for one in reason["because"])
        rows.append((group["name"], words.said(" ".join(lines)), words.said(_rests_on(write, facts))))
    return write.section("checks", [Grid(words.heads("checks"), tuple(rows), (0.25, 0.35, 0.4))])


def _rests_on(write: Sections, facts: list[Shape]) -> str:
    """The facts that are recorded with source and day, then those that are not."""
    known = [_rests(write, one) for one in facts if one["value"] is not None]
    open_ = [write.names.fact(one["fact"]) for one in facts if one["value"] is None]
    said = f"{write.words.word('not_recorded')}: {'; '.join(open_)}" if open_ else ""
    return ". ".join(_capital(text) for text in ("; ".join(known), said) if text)


def _rests(write: Sections, one: Shape) -> str:
    name = write.names.fact(one["fact"])
    day = f", {write.words.date(one['date'])}" if one.get("date") else ""
    old = f", {write.words.word('stale')}" if one.get("stale") else ""
    return f"{name}: {write.names.value(one['fact'], one['value'])} ({one.get('source') or ''}{day}{old})"


def _waits(write: Sections, plan: Shape) -> Section:
    words = write.words
    kinds: dict[tuple[str, str], list[str]] = {}
    for one in plan["washout"]["by_kind"]:
        days = words.own["specialist"] if one["days"] is None else str(one["days"])
        over = words.date(one["over_on"]) if one["over_on"] else words.word("not_known")
        kinds.setdefault((days, over), []).append(words.own["kinds"][one["kind"]])
    rows = [(_listed(names), days, over) for (days, over), names in kinds.items()]
    text: list[Block] = [write.paragraph(words.own["waits_intro"]), Grid(words.heads("waits"), tuple(rows), (0.5, 0.25, 0.25))]
    return write.section("waits", [*text, write.paragraph(words.said(plan["washout_text"]))])


def _course(write: Sections, plan: Shape, blocked: bool) -> Section:
    """The steps and the visits where the review lets it through; else that no calendar is given, and why."""
    words = write.words
    blocks: list[Block] = []
    if blocked:
        blocks.append(write.paragraph(words.word("no_start_blocked")))
    else:
        if plan["start"] is None:
            facts = ", ".join(write.names.fact(fact) for fact in plan["start_missing"]) or ", ".join(plan["against"])
            blocks.append(write.paragraph(words.said(words.word("no_start", facts=facts))))
        blocks.append(write.paragraph(words.word("doses")))
        blocks.append(Grid(words.heads("steps"), tuple(_step(write, one) for one in plan["titration"]), (0.25, 0.3, 0.45)))
        blocks.append(Grid(words.heads("visits"), tuple(_visit(write, one) for one in plan["visits"]), (0.14, 0.3, 0.56)))
    first = write.bullets(map(words.said, plan["baseline"]))
    return write.section("course", [*blocks, write.paragraph(words.word("before_first")), *first])


def _step(write: Sections, one: Shape) -> tuple[str, str, str]:
    dates = [write.words.date(day) for day in (one["from"], one["to"]) if day]
    dose = measure(Decimal(str(one["mg"])), "mg", write.words.wording)
    return str(one["week"]), dose, " \N{EN DASH} ".join(dates) or write.words.word("no_date")


def _visit(write: Sections, one: Shape) -> tuple[str, str, str]:
    words = write.words
    return str(one["week"]), words.date(one["on"]), words.word("judged" if one["judged"] else "visit")


def _answer(write: Sections) -> Section:
    ticks = Ticks(tuple((Run(text),) for text in write.words.own["answers"]))
    return write.section("answer", [ticks, Lines(tuple(write.words.own["signature_of_answer"]))])


def _citations(option: Shape, plan: Any) -> list[str]:
    return [*option["evidence"]["citations"], *(cited for row in plan["evidence"] for cited in row["citation"])]


def _listed(names: list[str]) -> str:
    return _capital("; ".join(names))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
