"""audit verify, db upgrade and check: what a practice keeps, and whether it can be relied upon."""

from __future__ import annotations

import os
import platform
from typing import TYPE_CHECKING

import click

from ..errors import InputError, NoStoreError, StoreError
from .edge import Verbs
from .opening import host_mount, json_option, open_service, store_option
from .printing import Sheet, write_json

if TYPE_CHECKING:
    from ..storage.chain import Tip


@click.group(cls=Verbs)
def audit() -> None:
    """The trail of who did what."""


@audit.command()
@click.option(
    "--tip", metavar="NUMBER:HASH", help="An earlier last link, kept elsewhere: finds entries cut off the end."
)
@store_option
@json_option
def verify(tip: str | None, store: str | None, as_json: bool) -> None:
    """Check that no entry of the audit trail was changed, taken out or put in."""
    service = open_service(store, needed_for="The audit trail")
    assert service.store is not None
    earlier = _tip(tip)
    first, last = service.store.verify(earlier), service.store.tip()
    if as_json:
        write_json({"whole": first is None, "first_broken": first, "entries": last.number, "tip": last.row_hash})
    elif first is None:
        told = Sheet()
        told.line(f"The trail is whole: {last.number} entries.", tone="good")
        told.line(f"Keep its last link outside of the store: {last.number}:{last.row_hash}")
        told.write()
    if first is not None:
        raise StoreError(
            f"The audit trail is not as it was written, from entry {first} on. "
            "Keep this store as it is, and compare it with your newest backup."
        )


def _tip(written: str | None) -> Tip | None:
    from ..storage.chain import Tip

    if written is None:
        return None
    number, colon, row_hash = written.partition(":")
    if not colon or not number.isdecimal() or len(row_hash) != 64:
        raise InputError("This is no last link.", where="--tip", mend="Write NUMBER:HASH, as audit verify printed it.")
    return Tip(int(number), row_hash)


@click.group(cls=Verbs)
def db() -> None:
    """The tables of the store."""


@db.command()
@store_option
def upgrade(store: str | None) -> None:
    """Make the tables of the store, or bring them to the newest revision."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    from ..storage import migrate
    from ..storage.engines import open_engine

    url = store or _host_store()
    if not url:
        raise NoStoreError("No store is named. Name one with --store URL or DENTALPAIN_STORE.")
    try:
        shown = make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        shown = "the store"  # open_engine says what is wrong with the address
    engine = open_engine(url, create=True)
    try:
        before = migrate.current(engine)
        migrate.upgrade(engine)
        after = migrate.current(engine)
    finally:
        engine.dispose()
    click.echo(
        f"{shown}: tables at {after}" + (", as before." if before == after else f" (before: {before or 'none'}).")
    )


def _host_store() -> str | None:
    """The store of the host's settings; None outside of a host and where the host passes a store of its own."""
    mount = host_mount()
    return None if mount is None else mount.settings.store


@click.command()
@store_option
@json_option
def check(store: str | None, as_json: bool) -> None:
    """Check this installation: its files, its knowledge, its settings and, if one is named, its store."""
    from .. import __version__, paths

    missing = [str(folder) for folder in (paths.static_folder(), paths.knowledge_folder()) if not folder.is_dir()]
    if missing:
        raise InputError("A folder of the package is missing.", where=missing[0], mend="Install dentalpain again.")
    service = open_service(store)
    told = {
        "dentalpain": __version__,
        "python": platform.python_version(),
        "knowledge": service.knowledge.version,
        "digest": service.knowledge.digest,
        "rules": len(service.knowledge.rules.rules),
        "unsigned": service.signatures().unsigned,
        "settings": _settings(),
        "store": None if service.store is None else type(service.store).__name__,
        "audit_entries": None if service.store is None else service.store.tip().number,
    }
    if as_json:
        write_json(told)
        return
    sheet = Sheet()
    sheet.items(
        (f"{name.replace('_', ' ')}: {'none' if value is None else value}" for name, value in told.items()), indent=0
    )
    sheet.write()


def _settings() -> str:
    """Where the settings come from; those of a host were checked when dentalpain was attached to it."""
    if host_mount() is not None:
        return "those of the host, checked"
    named = sorted(name for name in os.environ if name.startswith("DENTALPAIN_"))
    return ", ".join(named) or "none in the environment"
