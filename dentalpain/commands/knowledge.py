"""knowledge check, install, sheet, sign, overdue and digest: the knowledge base for those who answer for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import click

from ..errors import InputError
from .edge import Verbs, refuse
from .installing import install, named_packs, uninstall
from .opening import Day, json_option, now, open_service, packs_option, person, store_option, today, whole_text
from .printing import Sheet, write_json


@click.group(cls=Verbs)
def knowledge() -> None:
    """The knowledge base: check it, install official forms, print it for review, sign it, see what is due."""


knowledge.add_command(install)
knowledge.add_command(uninstall)


@knowledge.command()
@packs_option
@json_option
def check(packs: str | None, as_json: bool) -> None:
    """Check every knowledge file, the installed official forms with it: its form, and that every id leads somewhere."""
    from .checking import check_knowledge

    checked = check_knowledge(named_packs(packs))
    if as_json:
        write_json({"checked": checked.counts, "installed": checked.installed, "faults": checked.faults})
    else:
        sheet = Sheet()
        sheet.items((f"{what}: {number}" for what, number in checked.counts.items()), indent=0)
        sheet.items((_told_form(form) for form in checked.installed), indent=0)
        sheet.line(f"{len(checked.faults) or 'no'} fault{'' if len(checked.faults) == 1 else 's'}")
        sheet.items(checked.faults, indent=0, mark="!")
        sheet.write()
    if checked.faults:
        refuse(checked.faults[0])


def _told_form(form: Mapping[str, Any]) -> str:
    source = form["url"] or form["publisher"]
    return f"official form of {form['instrument']}: {form['title']}, version {form['version']}, from {source}"


@knowledge.command()
@click.argument("item", metavar="ID")
@click.option("-o", "output", metavar="FILE", help="Write it as a PDF to print and sign: .pdf, or .html for its twin.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), default="letter", help="The size of the paper.")
@click.option("--large-print", is_flag=True, help="Larger letters.")
@store_option
def sheet(item: str, output: str | None, paper: str, large_print: bool, store: str | None) -> None:
    """Print the review sheet of a rule or an option: what a clinician reads before signing."""
    from .sheet_print import write_sheet
    from .telling_knowledge import option_sheet, rule_sheet

    service = open_service(store)
    if item.removeprefix("options/") in service.knowledge.options:
        told = option_sheet(item.removeprefix("options/"), service)
    else:
        told = rule_sheet(item, service)
    if output is None:
        told.write()
    else:
        write_sheet(told, output, on=today(), version=service.knowledge.version, paper=paper, large_print=large_print)


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
    service.store.sign(Signature(signed, digest, name, number, post, signed_on), now(), person())  # type: ignore[union-attr]  # needed_for refused where there is none
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
