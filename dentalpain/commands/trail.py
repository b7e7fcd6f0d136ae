"""audit verify, list, tip and prune: the trail of who did what."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import click

from ..errors import InputError, StoreError
from .edge import Verbs
from .opening import Day, json_option, now, open_store, person, store_option, tenant_option
from .printing import Sheet, printable, write_json

if TYPE_CHECKING:
    from ..storage.chain import Tip
    from ..storage.port import LinkedEntry

NEEDED = "The audit trail"
PAGE = 500


@click.group(cls=Verbs)
def audit() -> None:
    """The trail of who did what."""


@audit.command()
@click.option(
    "--tip", metavar="NUMBER:HASH", help="An earlier last link, kept elsewhere: finds entries cut off the end."
)
@store_option
@tenant_option
@json_option
def verify(tip: str | None, store: str | None, tenant: str | None, as_json: bool) -> None:
    """Check that no entry of the audit trail was changed, taken out or put in."""
    earlier = _tip(tip)
    kept = open_store(store, tenant, needed_for=NEEDED)
    first, last = kept.verify(earlier), kept.tip()
    if as_json:
        write_json({"whole": first is None, "first_broken": first, "entries": last.number, "tip": last.row_hash})
    elif first is None:
        told = Sheet()
        told.line(f"The trail is whole: {last.number} entries.", tone="good")
        told.line(f"Keep its last link outside of the store: {last.number}:{last.row_hash}")
        told.write()
    if first is not None:
        ends_early = earlier is not None and earlier.number > last.number and kept.verify(None) is None
        mend = "Keep this store as it is, and compare it with your newest backup."
        if ends_early:
            what = f"The audit trail ends at entry {last.number}, before the link that was kept."
            raise StoreError(f"{what} It does so after an older backup was put back. If none was: {mend}")
        raise StoreError(f"The audit trail is not as it was written, from entry {first} on. {mend}")


@audit.command()
@store_option
@tenant_option
@json_option
def tip(store: str | None, tenant: str | None, as_json: bool) -> None:
    """Print the last link as NUMBER:HASH, to be kept where nobody who keeps the store can change it."""
    kept = open_store(store, tenant, needed_for=NEEDED)
    last = kept.tip()
    if as_json:
        write_json({"tenant": kept.tenant, "number": last.number, "hash": last.row_hash, "at": now().isoformat()})
    else:
        click.echo(f"{last.number}:{last.row_hash}")


@audit.command("list")
@click.option("--after", type=click.IntRange(min=0), default=0, metavar="NUMBER", help="Begin behind this entry.")
@click.option("--limit", type=click.IntRange(min=1), metavar="COUNT", help="At most so many; all by default.")
@store_option
@tenant_option
@json_option
def listing(after: int, limit: int | None, store: str | None, tenant: str | None, as_json: bool) -> None:
    """List the entries, the oldest first; as JSON, one entry on each line."""
    kept = open_store(store, tenant, needed_for=NEEDED)
    left = limit
    while left is None or left > 0:
        entries = kept.trail(after, PAGE if left is None else min(PAGE, left))
        for one in entries:
            shape = _shape(one)
            click.echo(json.dumps(shape) if as_json else _line(shape))
        if not entries:
            break
        after, left = entries[-1].number, None if left is None else left - len(entries)


@audit.command()
@click.option("--before", type=Day(), required=True, metavar="DATE", help="Entries before this day (UTC) leave.")
@click.option(
    "--keep-years",
    type=click.IntRange(1, 100),
    metavar="YEARS",
    help="How long entries are kept, six years by default: a DATE that is nearer is refused.",
)
@store_option
@tenant_option
@json_option
def prune(before: dt.date, keep_years: int | None, store: str | None, tenant: str | None, as_json: bool) -> None:
    """Replace old entries by one seal, which keeps the chain whole. What leaves is gone: export it first.

    In PostgreSQL this is for the role that owns the tables.
    """
    from ..storage.port import RETENTION_YEARS

    kept = open_store(store, tenant, needed_for=NEEDED)
    seal = kept.prune(before, person(), now(), RETENTION_YEARS if keep_years is None else keep_years)
    if as_json:
        held = None if seal is None else {name: getattr(seal, name) for name in type(seal).__slots__}
        write_json({"sealed": held})
    elif seal is None:
        click.echo("There is no entry before that day.")
    else:
        click.echo(
            f"Entries {seal.first_number} to {seal.last_number} ({seal.entries}) left the trail, and one seal stands "
            "for them."
        )


def _tip(written: str | None) -> Tip | None:
    from ..storage.chain import Tip

    if written is None:
        return None
    number, colon, row_hash = written.partition(":")
    if not colon or not number.isdecimal() or len(row_hash) != 64:
        raise InputError("This is no last link.", where="--tip", mend="Write NUMBER:HASH, as audit tip prints it.")
    return Tip(int(number), row_hash)


def _shape(one: LinkedEntry) -> dict[str, Any]:
    entry = one.entry
    return {
        "number": one.number,
        "at": entry.at.isoformat(),
        "who": entry.who,
        "action": entry.action,
        "result": entry.result,
        "patient_ref": entry.patient_ref,
        "assessment": entry.assessment,
        "hash": one.row_hash,
    }


def _line(shape: dict[str, Any]) -> str:
    told = ("number", "at", "who", "action", "result", "patient_ref", "assessment")
    return "  ".join(printable(str("-" if shape[name] is None else shape[name])) for name in told)
