"""db upgrade, db grants and check: what a practice keeps its assessments in, and whether that can be relied upon."""

from __future__ import annotations

import os
import platform

import click

from ..errors import InputError, NoStoreError
from .edge import Verbs
from .opening import host_mount, host_store, json_option, open_service, store_option, tenant_option
from .printing import Sheet, write_json


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

    url = store or host_store()
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


@db.command()
@click.argument("role", metavar="ROLE")
def grants(role: str) -> None:
    """Print what a PostgreSQL role needs to serve many offices and no more: for psql, as the owner of the tables.

    With it an app can save, sign, decide and read. Deleting, moving and pruning stay with the owner.
    """
    from ..storage.roles import grants as statements

    for statement in statements(role):
        click.echo(statement)


@click.command()
@store_option
@tenant_option
@json_option
def check(store: str | None, tenant: str | None, as_json: bool) -> None:
    """Check this installation: its files, its knowledge, its settings and, if one is named, its store.

    In a host, its practice software is asked as well, and whoever takes its documents. In PostgreSQL the role of the
    connection must be a narrow one, whom the row security binds.
    """
    from .. import __version__, paths

    missing = [str(folder) for folder in (paths.static_folder(), paths.knowledge_folder()) if not folder.is_dir()]
    if missing:
        raise InputError("A folder of the package is missing.", where=missing[0], mend="Install dentalpain again.")
    service = open_service(store, tenant=tenant)
    _check_role(service.store)
    told = {
        "dentalpain": __version__,
        "python": platform.python_version(),
        "knowledge": service.knowledge.version,
        "digest": service.knowledge.digest,
        "rules": len(service.knowledge.rules.rules),
        "unsigned": service.signatures().unsigned,
        "settings": _settings(),
        "practice": _asked("practice"),
        "documents": _asked("documents"),
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


def _check_role(store: object) -> None:
    """Raise StoreError where the store is a database whose role could see other offices."""
    engine = getattr(store, "engine", None)
    if engine is not None:
        from ..storage.roles import check_role

        check_role(engine)


def _asked(name: str) -> str | None:
    """What the practice software of the host says of itself; raises PracticeError where it does not answer."""
    mount = host_mount()
    held = getattr(mount, name, None)
    if held is None or (name == "documents" and held is mount.practice):
        return None
    check_itself = getattr(held, "check", None)
    told = check_itself() if callable(check_itself) else "it has no check of its own"
    return f"{type(held).__name__}: {told}"


def _settings() -> str:
    """Where the settings come from; those of a host were checked when dentalpain was attached to it."""
    if host_mount() is not None:
        return "those of the host, checked"
    named = sorted(name for name in os.environ if name.startswith("DENTALPAIN_"))
    return ", ".join(named) or "none in the environment"
