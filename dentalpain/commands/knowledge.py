"""knowledge check, sheet, sign, overdue and digest: the knowledge base for those who answer for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import click

from ..errors import InputError
from .edge import Verbs, refuse
from .opening import Day, json_option, now, open_service, person, store_option, today, whole_text
from .printing import Sheet, write_json


@click.group(cls=Verbs)
def knowledge() -> None:
    """The knowledge base: check it, print it for review, sign it, see what is due."""


@knowledge.command()
@json_option
def check(as_json: bool) -> None:
    """Check every knowledge file: its form, and that every id in it leads somewhere."""
    from .checking import check_knowledge

    checked = check_knowledge()
    if as_json:
        write_json({"checked": checked.counts, "faults": checked.faults})
    else:
        sheet = Sheet()
        sheet.items((f"{what}: {number}" for what, number in checked.counts.items()), indent=0)
        sheet.line(f"{len(checked.faults) or 'no'} fault{'' if len(checked.faults) == 1 else 's'}")
        sheet.items(checked.faults, indent=0, mark="!")
        sheet.write()
    if checked.faults:
        refuse(checked.faults[0])


@knowledge.command()
@click.argument("item", metavar="ID")
@store_option
def sheet(item: str, store: str | None) -> None:
    """Print the review sheet of a rule or an option: what a clinician reads before signing."""
    from .telling_knowledge import option_sheet, rule_sheet

    service = open_service(store)
    if item.removeprefix("options/") in service.knowledge.options:
        option_sheet(item.removeprefix("options/"), service).write()
    else:
        rule_sheet(item, service).write()


@knowledge.command()
@click.argument("item", metavar="ID")
@click.option("--who", required=True, metavar="NAME", help="The clinician who signs.")
@click.option("--licence", required=True, metavar="NUMBER", help="The license, with its state.")
@click.option("--role", required=True, metavar="ROLE", help="Such as dentist, pharmacist or physician.")
@click.option("--day", type=Day(), metavar="DATE", help="The day of signing, today by default.")
@store_option
def sign(item: str, who: str, licence: str, role: str, day: dt.date | None, store: str | None) -> None:
    """Sign an item as it stands: the signature falls away when the item changes."""
    from ..signing import digest_of_item
    from ..storage.port import Signature

    texts = {"--who": who, "--licence": licence, "--role": role}
    name, number, post = (whole_text(text, option).strip() for option, text in texts.items())
    signed_on = day or today()
    if signed_on > today():
        raise InputError("The day has not come yet.", where="--day", mend="Write the day of signing.")
    service = open_service(store, needed_for="A signature")
    signed = signable(item, service.knowledge)
    digest = digest_of_item(service.knowledge, signed)
    service.store.sign(Signature(signed, digest, name, number, post, signed_on), now(), person())  # type: ignore[union-attr]
    told = Sheet()
    told.line(f"{signed} is signed as it stands ({digest[:12]}). The signature falls away when it changes.")
    told.write()


def signable(item: str, known: Any) -> str:
    """The name under which an item is signed: an option may be named without its folder."""
    return f"options/{item}" if item in known.options else item


@knowledge.command()
@click.option("--on", type=Day(), metavar="DATE", help="The day to judge, today by default.")
@store_option
@json_option
def overdue(on: dt.date | None, store: str | None, as_json: bool) -> None:
    """List what nobody of this practice has signed, and what is due for review."""
    service = open_service(store)
    day = on or today()
    signed = service.signatures()
    items = items_of(service.knowledge)
    reviews = {item: found for item in items if (found := _next_review(item, service.knowledge)) is not None}
    due = {item: found for item, found in reviews.items() if found < day}
    unsigned = [item for item in items if not signed.covers(item)]
    if as_json:
        listed = [{"item": item, "next_review": found} for item, found in due.items()]
        write_json({"on": day, "due_for_review": listed, "unsigned": unsigned})
        return
    told = Sheet()
    told.heading(f"Due for review on {day.isoformat()}: {len(due)}")
    told.items(f"{item}, since {found}" for item, found in due.items())
    told.heading(f"Not signed by this practice: {len(unsigned)} of {len(items)}")
    told.items(unsigned)
    told.write()


@knowledge.command()
@json_option
def digest(as_json: bool) -> None:
    """Print the digest of all knowledge, and that of each item that can be signed."""
    from ..signing import item_digests

    known = open_service(None).knowledge
    digests = item_digests(known)
    if as_json:
        write_json({"version": known.version, "digest": known.digest, "items": dict(digests)})
        return
    click.echo(f"{known.digest}  all of version {known.version}")
    for item, value in digests.items():
        click.echo(f"{value}  {item}")


def items_of(known: Any) -> list[str]:
    """Every item that can be signed."""
    from ..signing import item_digests

    return list(item_digests(known))


def _next_review(item: str, known: Any) -> dt.date | None:
    """The day on which an item is to be looked at again, where its file names one."""
    held: Mapping[str, Any] = {}
    if item in known.rules.by_id:
        held = known.rule(item).texts["review"]
    elif item.startswith("options/"):
        held = known.options[item.removeprefix("options/")]["review"]
    return held.get("next_review")
