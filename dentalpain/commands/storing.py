"""store export, delete, move, backup and restore: what is kept about one patient, and the whole of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import InputError, NoStoreError, StoreError
from .edge import Verbs
from .opening import host_store, host_tenant, now, open_store, person, store_option, tenant_option, whole_text
from .writing import write_whole

if TYPE_CHECKING:
    from ..storage.sql_store import SQLStore

NEEDED = "This"


@click.group("store", cls=Verbs)
def storing() -> None:
    """What the store keeps: about one patient, and as a whole."""


@storing.command()
@click.argument("ref", metavar="REF")
@click.option("-o", "--out", required=True, metavar="FILE", help="The file to write, as JSON.")
@store_option
@tenant_option
def export(ref: str, out: str, store: str | None, tenant: str | None) -> None:
    """Write all that is stored about the patient with the reference REF: assessments, decisions, who looked."""
    from ..storage.exact_json import written

    kept = open_store(store, tenant, needed_for=NEEDED)
    held = kept.export_patient(whole_text(ref, "REF"), person(), now())
    write_whole(Path(out), (written(held) + "\n").encode("ascii"))
    click.echo(f"{out}: {len(held['assessments'])} assessments, {len(held['audit'])} entries of the trail.")


@storing.command()
@click.argument("ref", metavar="REF")
@store_option
@tenant_option
def delete(ref: str, store: str | None, tenant: str | None) -> None:
    """Remove the assessments of the patient REF and the decisions on them. The audit trail stays.

    A terminal is asked first; backups made before still hold what was removed.
    """
    kept = open_store(store, tenant, needed_for=NEEDED)
    if sys.stdin.isatty():
        click.confirm("What is removed cannot be brought back. Go on?", abort=True)
    click.echo(f"Removed: {kept.delete_patient(whole_text(ref, 'REF'), person(), now())} assessments.")


@storing.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@store_option
@tenant_option
def move(old: str, new: str, store: str | None, tenant: str | None) -> None:
    """Give what is stored about OLD to the patient NEW, after the practice software has merged the two."""
    kept = open_store(store, tenant, needed_for=NEEDED)
    moved = kept.move_patient(whole_text(old, "OLD"), whole_text(new, "NEW"), person(), now())
    click.echo(f"Moved: {moved} assessments.")


@storing.command()
@click.argument("file", metavar="FILE")
@store_option
@tenant_option
def backup(file: str, store: str | None, tenant: str | None) -> None:
    """Write the store into a new FILE while it is in use, and check the copy.

    Of a store in PostgreSQL the FILE holds the office of --tenant as lines of JSON; all offices at once are for pg_dump.
    """
    from ..storage.backup import back_up
    from ..storage.office_file import back_up_office
    from ..storage.port import AuditEntry

    kept = _in_a_database(open_store(store, tenant, needed_for=NEEDED))
    if kept.engine.dialect.name == "sqlite":
        back_up(kept.engine, kept.tenant, Path(file))
        told = "a checked copy of the store"
    else:
        told = f"{back_up_office(kept.engine, kept.tenant, Path(file), now())} rows of this office"
    kept.append(AuditEntry(person(), "backup", now(), "done"))
    click.echo(f"{file}: {told}.")


@storing.command()
@click.argument("file", metavar="FILE")
@click.option("--replace", is_flag=True, help="Put it in the place of a store that exists; that one is set aside.")
@store_option
@tenant_option
def restore(file: str, replace: bool, store: str | None, tenant: str | None) -> None:
    """Put the backup FILE in the place of the store, after it was checked; stop the app before.

    What the store held is kept in a file whose name says when: beside an SQLite store, and beside FILE for an office in
    PostgreSQL, where --store names the role that owns the tables.
    """
    from ..storage.backup import file_of, put_back
    from ..storage.engines import open_engine
    from ..storage.port import AuditEntry

    url = store or host_store()
    if not url:
        raise NoStoreError("No store is named. Name one with --store URL or DENTALPAIN_STORE.")
    engine = open_engine(url, create=True)
    if engine.dialect.name != "sqlite":
        engine.dispose()
        _restore_office(Path(file), store, tenant, replace)
        return
    try:
        target, moment = file_of(engine), now()
        if target.exists() and not replace:
            raise StoreError("The store exists. Say --replace to put the backup in its place.")
        if not Path(file).is_file():
            raise InputError("There is no such file.", where=file, mend="Name a file that store backup wrote.")
        aside = target.with_name(f"{target.stem}.before-restore-{moment:%Y%m%dT%H%M%S}{target.suffix}")
        restored = put_back(engine, tenant or host_tenant() or "default", Path(file), aside)
        restored.append(AuditEntry(person(), "restore", moment, "done"))
    finally:
        engine.dispose()
    kept = f" What stood there: {aside}." if aside.exists() else ""
    click.echo(f"{target}: {restored.tip().number} entries of the trail.{kept}")


def _restore_office(file: Path, store: str | None, tenant: str | None, replace: bool) -> None:
    from ..storage.office_file import back_up_office, check_office_file, is_empty, put_back_office
    from ..storage.port import AuditEntry

    kept, moment = _in_a_database(open_store(store, tenant, needed_for=NEEDED)), now()
    if not file.is_file():
        raise InputError("There is no such file.", where=str(file), mend="Name a file that store backup wrote.")
    check_office_file(file, kept.tenant)
    aside = file.with_name(f"{file.stem}.before-restore-{moment:%Y%m%dT%H%M%S}.jsonl")
    if not is_empty(kept.engine, kept.tenant):
        if not replace:
            raise StoreError("The store holds this office. Say --replace to put the backup in its place.")
        back_up_office(kept.engine, kept.tenant, aside, moment)
    try:
        count = put_back_office(kept.engine, kept.tenant, file)
    except StoreError:
        aside.unlink(missing_ok=True)  # the store is as it was: a copy that nobody asked for would be one more to guard
        raise
    kept.append(AuditEntry(person(), "restore", moment, "done"))
    told = f" What stood there: {aside}." if aside.exists() else ""
    click.echo(f"{count} rows of this office, {kept.tip().number} entries of the trail.{told}")


def _in_a_database(store: object) -> SQLStore:
    from ..storage.sql_store import SQLStore

    if not isinstance(store, SQLStore):
        raise StoreError("This store is not in a database of ours, and has a backup of its own.")
    return store
