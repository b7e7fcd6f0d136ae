"""overrides: how often flags were decided against, by rule and reason, over a span of days; no patient in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from ..errors import InputError
from ..web.words import OVERRIDE_REASONS
from .opening import Day, json_option, open_store, store_option, tenant_option, today
from .printing import Sheet, write_json

SPAN = dt.timedelta(days=30)
WORDS = {**OVERRIDE_REASONS, "in_words": "a reason in words"}


@click.command()
@click.option("--from", "since", type=Day(), metavar="DATE", help="The first day, 30 days before the last by default.")
@click.option("--to", "until", type=Day(), metavar="DATE", help="The last day, today by default.")
@click.option("--withhold-small", is_flag=True, help="Withhold counts from 1 to 10, for a report beyond the office.")
@store_option
@tenant_option
@json_option
def overrides(
    since: dt.date | None, until: dt.date | None, withhold_small: bool, store: str | None, tenant: str | None, as_json: bool
) -> None:
    """Count the decisions on alerts by rule and reason: on our pages, over the API, and as feedback on cards.

    With them for how many patients and days each rule spoke in kept assessments, and in which share it was decided against. Days
    are those of UTC. No patient, clinician or free text is in it.
    """
    last = until or today()
    first = since or last - SPAN
    if first > last:
        raise InputError("The first day comes after the last.", where="--from", mend="Correct one of the two.")
    from ..storage.decisions import report

    found = report(open_store(store, tenant, needed_for="A count of overrides"), first, last, withhold_small=withhold_small)
    if as_json:
        write_json(found)
        return
    sheet = Sheet()
    sheet.line(f"Decisions on alerts from {first.isoformat()} to {last.isoformat()}", tone="head")
    if not found["decisions"]:
        sheet.line("There are none.")
    sheet.items(_line(one) for one in found["decisions"])
    if found["shown"]:
        sheet.heading("How often rules spoke, by patient and day")
        sheet.items(_shown(one) for one in found["shown"])
    if found["withheld"]:
        sheet.line("Withheld: counts from 1 to 10, and those from which they could be worked out.")
    sheet.write()


def _line(one: dict[str, Any]) -> str:
    reason = "" if one["outcome"] == "accepted" else f" ({WORDS.get(one['reason'], one['reason'] or 'no reason')})"
    return f"{one['rule']}: {one['outcome']}{reason}: {_count(one['count'])}"


def _shown(one: dict[str, Any]) -> str:
    share = "" if one["rate"] is None else f" ({one['rate']:.1%})"
    return f"{one['rule']}: shown {_count(one['shown'])}, decided against {_count(one['overridden'])}{share}"


def _count(count: int | None) -> str:
    return "withheld" if count is None else str(count)
