"""explain and replay: why an advice was given, and the same facts asked again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from ..errors import UnknownNameError
from .edge import fault
from .opening import json_option, open_service, store_option
from .outcomes import tell_outcomes
from .printing import Sheet, write_json
from .telling_knowledge import explained, screening_explained
from .telling_review import tell_review
from .telling_screen import tell_screen

if TYPE_CHECKING:
    from ..service import Service


class ReplayDiffers(Exception):
    """The same knowledge gave other advice for the same facts."""


@click.command()
@click.argument("item", metavar="ID")
@store_option
@json_option
def explain(item: str, store: str | None, as_json: bool) -> None:
    """Say why: of a rule when it answers and from which sources, of an assessment which facts it rests on.

    A rule needs no store; an assessment is found in the store.
    """
    service = open_service(store)
    try:
        found = service.explain(item)
    except UnknownNameError:
        if item in service.knowledge.rule_index:
            raise
        found = None
    if found is not None:
        if as_json:
            write_json(found)
        else:
            (screening_explained if "parts" in found else explained)(found, service).write()
        return
    if service.store is None:
        service = open_service(store, needed_for="This is no id of a rule; an assessment")
    held = service.find(item)
    if as_json:
        write_json({**held, "on": str(held["on"])})
    else:
        _tell_assessment(held, service)


def _tell_assessment(held: Mapping[str, Any], service: Service) -> None:
    sheet = Sheet()
    sheet.line(
        f"Assessment {held['assessment']}: {held['kind']} for {held['on']}, by version {held['package_version']}."
    )
    if held["digest"] != service.knowledge.digest:
        sheet.line("The knowledge has changed since; what follows is the advice as it was given.")
    arguments = held["inputs"]["arguments"]
    for name in ("prescribe", "indication", "consider", "facts", "state"):
        if arguments.get(name):
            sheet.line(f"{name}: {_argument(arguments[name])}", mark="-")
    sheet.gap()
    sheet.write()
    tell(held["kind"], held["result"], service)


def _argument(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}={inner}" for key, inner in value.items())
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def tell(kind: str, result: Mapping[str, Any], service: Service) -> None:
    """A kept result as a person reads it, whatever its kind."""
    alone: Mapping[str, Any] = {"screen": tell_screen, "review": tell_review, "outcomes": tell_outcomes}
    if kind in alone:
        alone[kind](result, service).write()
        return
    for part, teller in (("screen", tell_screen), ("review", tell_review)):
        teller(result[part], service).write()
        click.echo()


@click.command()
@click.argument("assessment", metavar="ID")
@store_option
@json_option
def replay(assessment: str, store: str | None, as_json: bool) -> None:
    """Run the stored facts of an assessment again, and compare: the advice then, the advice now."""
    service = open_service(store, needed_for="A replay")
    result = service.replay(assessment)
    if as_json:
        write_json(result)
    else:
        _tell_replay(result, service)
    if result["same_knowledge"] and not result["equal"]:
        fault(ReplayDiffers())


def _tell_replay(result: Mapping[str, Any], service: Service) -> None:
    sheet = Sheet()
    sheet.line(f"Assessment {result['assessment']}: {result['kind']} for {result['on']}.")
    if result["equal"]:
        knowledge = "the same knowledge" if result["same_knowledge"] else "today's knowledge, which has changed since,"
        sheet.line(f"The stored facts and {knowledge} give the same advice as then.", tone="good")
    elif result["same_knowledge"]:
        sheet.line("The same knowledge gives other advice. That must not be.", tone="bad")
    else:
        sheet.line("The knowledge has changed since, and the advice with it.", tone="care")
    if result["differing_rules"]:
        sheet.line(f"What differs: {', '.join(result['differing_rules'])}.")
    sheet.heading("The advice then")
    sheet.write()
    tell(result["kind"], result["then"], service)
    if not result["equal"]:
        heading = Sheet()
        heading.gap()
        heading.heading("The advice now")
        heading.write()
        tell(result["kind"], result["now"], service)
