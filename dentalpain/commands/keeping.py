"""db upgrade, db grants and check: what a practice keeps its assessments in, and whether that can be relied upon."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any

import click

from ..errors import InputError, NoStoreError, SettingsError
from .edge import Verbs
from .opening import host_mount, host_store, json_option, open_service, store_option, tenant_option
from .printing import Sheet, write_json

NO_PACKS = "; the folder of DENTALPAIN_PACKS is not there: `knowledge install` makes it, and no official form is used until then"
UNPARTITIONED = "; SESSION_COOKIE_PARTITIONED is not set, and browsers that block third-party cookies refuse forms in frames"


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
        **_other_mounts(),
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
    if name == "practice" and held is not None:
        _check_methods(held)
    return None if held is None or (name == "documents" and held is mount.practice) else _word_of(held)


def _check_methods(practice: object) -> None:
    """Raise SettingsError for an adapter that cannot be asked what the pages ask; a host of the API alone never notices."""
    lacking = [name for name in ("find_record", "patients_on") if not callable(getattr(practice, name, None))]
    if lacking:
        what = f"practice ({type(practice).__name__}) has no {' and no '.join(lacking)}"
        raise SettingsError(f"{what}; its methods are those of dentalpain.practice.port.PracticeSoftware.")


def _word_of(held: object) -> str:
    check_itself = getattr(held, "check", None)
    told = check_itself() if callable(check_itself) else "it has no check of its own"
    return f"{type(held).__name__}: {told}"


def _other_mounts() -> dict[str, str]:
    """The further attachments of the app, each with its practice software and its store asked; nothing where there is one."""
    first = host_mount()
    if first is None:
        return {}
    from flask import current_app

    others = {name: mount for name, mount in current_app.extensions["dentalpain"].items() if mount is not first}
    if not others:
        return {}
    told = []
    for name, mount in others.items():
        store = mount.service.store
        _check_role(store)
        entries = "no store" if store is None else f"{type(store).__name__}, audit entries {store.tip().number}"
        told.append(f"{name}: {_word_of(mount.practice)}; {entries}")
    return {"checked_here": first.name, "also_mounted": " | ".join(told)}


def _check_endpoint(name: str | None) -> None:
    """Raise SettingsError for a sign-in page that the app does not have; at start its pages may still have been to come."""
    from flask import current_app

    if name is not None and name not in current_app.view_functions:
        what = "no page of this app has this endpoint; write that of your sign-in page, such as"
        raise SettingsError(f'DENTALPAIN_SIGN_IN_ENDPOINT: {what} "auth.login".')


def _check_layout(name: str | None) -> None:
    """Raise SettingsError where the host's own layout cannot be found."""
    from flask import current_app
    from jinja2 import TemplateNotFound

    try:
        if name is not None:
            current_app.jinja_env.get_template(name)
    except TemplateNotFound as error:
        raise SettingsError(f"base_template: the app has no template '{error.name}'; name it as render_template would.") from None


def _is_refused_in_frames(mount: Any) -> bool:
    from flask import current_app

    cookie = current_app.config
    crosses = str(cookie.get("SESSION_COOKIE_SAMESITE")).lower() == "none"
    return bool(mount.settings.frame_ancestors) and crosses and not cookie.get("SESSION_COOKIE_PARTITIONED")


def _settings() -> str:
    """Where the settings come from; those of a host were checked when dentalpain was attached to it."""
    mount = host_mount()
    if mount is not None:
        _check_endpoint(mount.settings.sign_in_endpoint)
        _check_layout(mount.base_template)
        packs = mount.settings.packs
        absent = NO_PACKS if packs and not Path(packs).is_dir() else ""
        return "those of the host, checked" + absent + (UNPARTITIONED if _is_refused_in_frames(mount) else "")
    named = sorted(name for name in os.environ if name.startswith("DENTALPAIN_"))
    return ", ".join(named) or "none in the environment"
