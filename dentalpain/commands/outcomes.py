"""outcomes: whether a treatment on trial is working, from answers and measures of several days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import click

from ..clinical.outcomes import ABOUT, MEASURES
from ..errors import AnswersError
from ..web.words import WORKING, day, number
from .advice import keep, opened, show
from .inputs import SHARED, naming_files, read, taken, with_options
from .opening import Day, whole_text
from .printing import Sheet

if TYPE_CHECKING:
    from ..service import Service

# Neither findings nor facts are read: what is followed is in the answers and the measures.
READ = tuple(option for number, option in enumerate(SHARED) if number not in (2, 3))
OPTIONS = {
    "trial/started": "--started",
    "trial/judged_after_weeks": "--weeks",
    "trial/stops_below_percent": "--stops-below",
    "trial/watched": "--watch",
}
TONES = {"yes": "good", "no": "bad", "unknown": "care"}


@click.command()
@with_options(*READ)
@click.option("--started", type=Day(), required=True, metavar="DATE", help="The day on which the treatment began.")
@click.option("--measure", multiple=True, metavar="ID=VALUE@DATE", help="A value of a day, such as pain_0_10=7@2026-11-24.")
@click.option("--weeks", type=int, metavar="WEEKS", help="After how many weeks it is judged, 12 by default.")
@click.option("--stops-below", type=float, metavar="PERCENT", help="By how much pain must have fallen, 30 by default.")
@click.option("--watch", multiple=True, type=click.Choice(ABOUT), help="What the trial follows; all of it by default.")
def outcomes(**options: Any) -> None:
    """Judge whether a treatment on trial is working for the patient of RECORD.

    --answers may be given twice for one questionnaire, with answers of two days: peg, jfls-8, jfls-20, gcps.
    """
    trial = {
        "started": options.pop("started").isoformat(),
        "judged_after_weeks": options.pop("weeks"),
        "stops_below_percent": options.pop("stops_below"),
        "watched": list(options.pop("watch")) or None,
    }
    measures = [measure_of(text, n) for n, text in enumerate(options.pop("measure"), start=1)]
    given = taken(options)
    service = opened(given)
    found = read(given, service)
    arguments: dict[str, Any] = {"trial": trial, "answers": found.answers, "measures": measures}
    with naming_files(given), _naming_options():
        result = service.outcomes(found.record, **arguments)
    keep(given, service, "outcomes", found, arguments, result)
    show(given, result, tell_outcomes, service)


@contextmanager
def _naming_options() -> Iterator[None]:
    try:
        yield
    except AnswersError as error:
        place = OPTIONS.get(error.where)
        if error.where.startswith("measures "):
            place = f"--measure {error.where.removeprefix('measures ').partition('/')[0]}"
        if place is None:
            raise
        raise AnswersError(error.what, where=place, mend=error.mend) from error


def measure_of(text: str, count: int) -> dict[str, Any]:
    """A measure typed as ID=VALUE@DATE; raises AnswersError, which never repeats the value."""
    name, equals, rest = whole_text(text, f"--measure {count}").partition("=")
    value, at, on = rest.partition("@")
    try:
        exact = Decimal(value.strip())
        moment = dt.date.fromisoformat(on.strip())
    except (InvalidOperation, ValueError):
        exact, at = Decimal("NaN"), ""
    if not equals or not at or not exact.is_finite() or name.strip() not in MEASURES:
        mend = f"Write pain_0_10=7@2026-11-24. The measures are {', '.join(MEASURES)}."
        raise AnswersError("This is no measure with a value and a day.", where=f"--measure {count}", mend=mend)
    return {"measure": name.strip(), "value": exact, "on": moment.isoformat()}


def tell_outcomes(result: Mapping[str, Any], _service: Service) -> Sheet:
    """The judgement, what decided, and each change."""
    sheet = Sheet()
    trial = result["trial"]
    sheet.line(f"Treatment since {day(trial['started'])}, asked on {day(result['on'])}", tone="head")
    sheet.line(f"{WORKING[result['working']]}: {'; '.join(result['because'])}.", tone=TONES[result["working"]])
    sheet.line(f"Judged from {day(trial['judged_on'])} on; pain must fall by {number(trial['stops_below_percent'])} %.")
    if result["changes"]:
        sheet.heading("Changes")
        sheet.items(_change(one) for one in result["changes"])
    if result["missing"]:
        sheet.line(f"Not measured at both ends: {', '.join(one.replace('_', ' ') for one in result['missing'])}.")
    for part in result["not_read"]:
        sheet.line(f"Not read: {part['where']}: {part['what']}: {part['why']}.")
    if result["assessment"]:
        sheet.line(f"Kept as {result['assessment']}.")
    return sheet


def _change(one: Mapping[str, Any]) -> str:
    ends = [f"{number(round(one[end]['value'], 2))} on {day(one[end]['on'])}" for end in ("first", "latest")]
    percent = one["better_percent"]
    if percent is None:
        said = "no percentage from 0"
    else:
        said = f"{number(round(abs(percent), 1))} % {'better' if percent > 0 else 'worse'}" if percent else "no change"
    return f"{one['measure']}: {ends[0]}, {ends[1]}: {said}"
