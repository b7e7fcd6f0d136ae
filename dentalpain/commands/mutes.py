"""mutes add, list and lift: flags that one patient's dentist does not want to be told again for a while."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

import click

from ..errors import SettingsError
from ..mutes import DAYS_MAX, Mutes
from ..web.words import OVERRIDE_REASONS
from .edge import Verbs
from .opening import Day, host_mount, json_option, now, open_service, person, store_option, tenant_option, whole_text
from .printing import Sheet, printable, write_json

NEEDED = "Muting a flag"
LONGEST_DAYS = 3650


@click.group(cls=Verbs)
def mutes() -> None:
    """Flags that are muted for one patient, up to a day or until what they rest on changes."""


@mutes.command("add")
@click.argument("assessment", metavar="ASSESSMENT")
@click.argument("rule", metavar="RULE")
@click.option("--until", type=Day(), required=True, metavar="DATE", help="The last day on which it is muted.")
@click.option("--reason", type=click.Choice(list(OVERRIDE_REASONS)), help="A reason of the list.")
@click.option("--text", metavar="TEXT", help="The reason in words.")
@store_option
@tenant_option
@json_option
def add(
    assessment: str,
    rule: str,
    until: dt.date,
    reason: str | None,
    text: str | None,
    store: str | None,
    tenant: str | None,
    as_json: bool,
) -> None:
    """Mute the flag RULE of a kept ASSESSMENT for its patient; never one that is contraindicated or could not be checked."""
    held = _mutes(store, tenant)
    words = whole_text(text, "--text") if text is not None else None
    kept = held.mute(assessment, rule, until, person(), reason, words)
    if as_json:
        write_json({"id": kept})
    else:
        click.echo(f"Muted up to and with {until.isoformat()}. To lift it: dentalpain mutes lift {kept}")


@mutes.command("list")
@click.argument("ref", metavar="REF")
@store_option
@tenant_option
@json_option
def listing(ref: str, store: str | None, tenant: str | None, as_json: bool) -> None:
    """List what is or was muted for the patient with the reference REF.

    A standing one is silent only while its facts, its severity and its rule are as they were.
    """
    found = _mutes(store, tenant).listed(whole_text(ref, "REF"))
    if as_json:
        write_json({"items": found})
        return
    sheet = Sheet()
    sheet.items(_line(one) for one in found)
    if not found:
        sheet.line("Nothing was muted for this patient.")
    sheet.write()


@mutes.command()
@click.argument("mute", metavar="ID")
@store_option
@tenant_option
def lift(mute: str, store: str | None, tenant: str | None) -> None:
    """Lift the mute with this ID: its flag speaks again."""
    _mutes(store, tenant).lift(whole_text(mute, "ID"), person())
    click.echo("Lifted.")


def _mutes(store: str | None, tenant: str | None) -> Mutes:
    service = open_service(store, tenant=tenant, needed_for=NEEDED)
    return Mutes(lambda: service, now, _days_max())


def _days_max() -> int:
    """How many days a mute may last: as the host says, else the environment. Raises SettingsError."""
    mount = host_mount()
    if mount is not None:
        return int(mount.settings.mute_days_max)
    told = os.environ.get("DENTALPAIN_MUTE_DAYS_MAX", str(DAYS_MAX))
    if not (told.isascii() and told.isdecimal() and 1 <= int(told) <= LONGEST_DAYS):
        raise SettingsError(f"DENTALPAIN_MUTE_DAYS_MAX: write a number of days from 1 to {LONGEST_DAYS}.")
    return int(told)


def _line(one: dict[str, Any]) -> str:
    reason = OVERRIDE_REASONS.get(one["reason_code"] or "", "a reason in words")
    return f"{one['id']}  {one['rule']}: {one['state']}, up to and with {one['until']}, by {printable(one['by'])}: {reason}"
