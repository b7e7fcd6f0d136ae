"""Where a command finds its service: that of the host it runs in, or one of its own over the named store."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ..errors import InputError, NoStoreError, SettingsError

if TYPE_CHECKING:
    from ..service import Service
    from ..storage.port import AssessmentStore

Command = Callable[..., Any]

store_option = click.option(
    "--store",
    metavar="URL",
    envvar="DENTALPAIN_STORE",
    help="The store, such as sqlite:///office.db; DENTALPAIN_STORE names it as well. In a host: that of the host.",
)
tenant_option = click.option(
    "--tenant", metavar="NAME", envvar="DENTALPAIN_TENANT", help="The office, where the store keeps more than one."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON and nothing else.")


packs_option = click.option(
    "--packs",
    metavar="FOLDER",
    envvar="DENTALPAIN_PACKS",
    help="The folder of the practice's official forms; DENTALPAIN_PACKS names it as well. In a host: that of the host.",
)


class Day(click.ParamType):  # type: ignore[type-arg]  # the oldest click that serves is not generic
    """A day as year-month-day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day; a word that is none is refused without being repeated."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value if len(value) == 10 else "")
        except ValueError:
            self.fail("This is not a day. Write it as 2026-11-30.", param, ctx)


def today() -> dt.date:
    """The day at this computer: the only place of the command line that asks."""
    return dt.datetime.now().astimezone().date()


def now() -> dt.datetime:
    """The present time with its time zone."""
    return dt.datetime.now().astimezone()


def person() -> str:
    """Who sits at this computer, for the trail."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError, ImportError):  # no login name, as in some containers and services
        return "cli:unknown"


def host_service() -> Service | None:
    """The service of the Flask app that this runs in; None outside of one. Raises SettingsError without our plugin."""
    mount = host_mount()
    return None if mount is None else mount.service


def host_mount() -> Any:
    """The attachment to the Flask app that this runs in; None outside of one."""
    if "flask" not in sys.modules:
        return None
    from flask import current_app

    if not current_app:
        return None
    mounts = current_app.extensions.get("dentalpain")
    if not mounts:
        raise SettingsError("dentalpain is not attached to this app: call DentalPain().init_app(app, …).")
    return next(iter(mounts.values()))


def host_store() -> str | None:
    """The store of the host's settings; None outside of a host and where the host passes a store of its own."""
    mount = host_mount()
    return None if mount is None else mount.settings.store


def host_tenant() -> str | None:
    """The office of the host's settings; None outside of a host."""
    mount = host_mount()
    return None if mount is None else mount.settings.tenant


def host_state() -> str | None:
    """The state that the host's settings name, or the environment outside of one. Whoever reads a state checks it."""
    mount = host_mount()
    return (os.environ.get("DENTALPAIN_STATE") or None) if mount is None else mount.settings.state


def host_prescriber() -> str | None:
    """Who prescribes low-dose naltrexone by the settings of the host; None outside of one."""
    mount = host_mount()
    return None if mount is None else mount.settings.naltrexone_prescriber


def checked_prescriber(said: str | None) -> str | None:
    """'dentist', 'physician' or None; raises SettingsError for any other word."""
    if said not in (None, "dentist", "physician"):
        raise SettingsError('DENTALPAIN_NALTREXONE_PRESCRIBER: write "dentist" or "physician", or leave it out.')
    return said


def open_service(store: str | None, *, tenant: str | None = None, needed_for: str = "") -> Service:
    """The service of the host, else one over `store`, else one that keeps nothing.

    `tenant`: the office, by default that of DENTALPAIN_TENANT. `needed_for`: what cannot be done without a store.
    Raises NoStoreError, StoreError.
    """
    office = tenant or os.environ.get("DENTALPAIN_TENANT")
    found = host_service()
    if found is None or store:
        from ..service import default_service

        packs = os.environ.get("DENTALPAIN_PACKS", "") if found is None else str(found.knowledge.packs or "")
        said = host_prescriber() if found is not None else os.environ.get("DENTALPAIN_NALTREXONE_PRESCRIBER") or None
        found = default_service(store, tenant=office or "default", packs=packs)
        found.naltrexone_prescriber = checked_prescriber(said) or found.naltrexone_prescriber
        _close_afterwards(found.store)
    elif office:
        found = _for_office(found, office)
    if needed_for and found.store is None:
        raise NoStoreError(
            f"{needed_for} needs a store, and none is named. Name one with --store URL or DENTALPAIN_STORE."
        )
    return found


def open_store(store: str | None, tenant: str | None, *, needed_for: str) -> AssessmentStore:
    """The store of the host, else the one named. Raises NoStoreError, StoreError."""
    found = open_service(store, tenant=tenant, needed_for=needed_for).store
    assert found is not None
    return found


def _for_office(service: Service, office: str) -> Service:
    """The service of a host for one of its offices, where the host says who is signed in and nobody is."""
    from ..service import Service

    of_tenant = getattr(service.store, "of_tenant", None)
    if of_tenant is None:
        return service
    narrowed = Service(service.knowledge, of_tenant(office))
    narrowed.naltrexone_prescriber = service.naltrexone_prescriber
    return narrowed


def _close_afterwards(store: object) -> None:
    """Give the connections back when the command ends; a store of the host stays open."""
    close = getattr(store, "close", None)
    if close is not None:
        click.get_current_context().call_on_close(close)


def whole_text(text: str, option: str) -> str:
    """The text of an argument; raises InputError for bytes that are no UTF-8 and for an empty one."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise InputError("The text is not UTF-8.", where=option, mend="Type it again.") from None
    if not text.strip():
        raise InputError("There is nothing in it.", where=option, mend="Write a text, or leave the option out.")
    return text
