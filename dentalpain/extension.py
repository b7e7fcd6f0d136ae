"""The extension: `DentalPain().init_app(app, …)` checks the settings and mounts one blueprint."""

from __future__ import annotations

import datetime as dt
import inspect
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, current_app, render_template
from flask.sessions import SecureCookieSessionInterface
from markupsafe import Markup

from .errors import SettingsError, StoreError
from .mutes import Mutes
from .patient_forms import PatientForms
from .settings import Settings, read_settings
from .web.blueprint import make_blueprint
from .web.cds_hooks import make_cds_blueprint
from .web.mount import Authorize, Clock, CurrentUser, Mount
from .web.security import token_field

if TYPE_CHECKING:
    from .practice.port import PracticeSoftware
    from .storage.port import AssessmentStore

KEY = "dentalpain"


class DentalPain:
    """A guest in a Flask app. The object holds no app: one may serve many, and one app may mount it twice."""

    def init_app(
        self,
        app: Flask,
        *,
        authorize: Authorize | None = None,
        current_user: CurrentUser | None = None,
        practice: PracticeSoftware | None = None,
        store: AssessmentStore | str | None = None,
        documents: Any = None,
        base_template: str | None = None,
        url_prefix: str = "/pain",
        cds_prefix: str | None = None,
        parent: Blueprint | None = None,
        name: str = "dentalpain",
        clock: Clock | None = None,
        service: Any = None,
    ) -> None:
        """Mount dentalpain on an app.

        `authorize(actor, action, patient_ref)` answers True to grant one of `dentalpain.web.mount.ACTIONS`; anything
        else denies. `current_user()` gives somebody with `id` and `name`, or None. `practice` finds records
        (`dentalpain.practice.port.PracticeSoftware`). `store` is an AssessmentStore or a database URL; by default the
        setting DENTALPAIN_STORE, else an SQLite file in the instance folder. `documents` takes handouts for the chart
        in place of `practice`. `cds_prefix` is where `/cds-services` stands: under `url_prefix` by default, "" for the
        root of the app. `parent` is a blueprint of the host to stand in. `base_template` is the host's layout, with the
        blocks `title`, `head` and `content`. `clock()` gives the present time with its time zone; `service` replaces the
        one that is made at first use.

        Raises SettingsError, in a sentence that says what to write.
        """
        _refuse_gaps(authorize, current_user, practice, url_prefix)
        _refuse_misfits(authorize, practice, cds_prefix, clock)
        _refuse_second(app, name)
        _refuse_unsigned_sessions(app)
        given: dict[str, Any] = {"authorize": authorize, "current_user": current_user, "practice": practice}
        given |= {"documents": documents or practice, "base_template": base_template}
        _refuse_unsigned_offices(app, store)
        mount = _make_mount(app, name, store, service, _told(clock or _local_time), given)
        _register(app, parent, mount, url_prefix, url_prefix if cds_prefix is None else cds_prefix)
        app.extensions.setdefault(KEY, {})[name] = mount

    def open_button(self, patient_ref: str, *, label: str = "Pain and prescribing", name: str = "dentalpain") -> Markup:
        """A button for a page of the host that opens a patient here, without the reference in any address."""
        mount = current_app.extensions[KEY][name]
        fields = {"mount": mount, "token": token_field(), "patient_ref": patient_ref, "label": label}
        return Markup(render_template("dentalpain/open.html", **fields))


def _make_mount(app: Flask, name: str, store: Any, service: Any, clock: Clock, given: dict[str, Any]) -> Mount:
    settings = read_settings(app.config)
    opened = _Once(lambda: service or _open_service(app, store, settings))
    return Mount(
        name=name,
        settings=settings,
        clock=clock,
        service=opened,
        read=lambda document, on: _read_record(opened(), document, on),
        trail=_StoreTrail(opened, clock),
        mutes=Mutes(opened, clock, settings.mute_days_max),
        forms=PatientForms(opened, clock, settings.patient_link_minutes, lambda: app.secret_key),
        shapes=_shapes,
        **given,
    )


class _Once:
    """A value that is made by the first who asks, also when several ask at the same time."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make, self._lock = make, threading.Lock()
        self._value: Any = None

    def __call__(self) -> Any:
        if self._value is None:
            with self._lock:
                if self._value is None:
                    self._value = self._make()
        return self._value


class _StoreTrail:
    """The trail in the store of the service; a service without a store keeps none."""

    def __init__(self, service: Callable[[], Any], clock: Clock) -> None:
        self._service, self._clock = service, clock

    @property
    def reasons(self) -> tuple[str, ...]:
        from .storage.port import OVERRIDE_REASONS

        return OVERRIDE_REASONS

    def note(self, who: str, action: str, result: str, patient_ref: str | None, assessment: str | None) -> None:
        from .storage.port import AuditEntry

        store = self._service().store
        if store is not None:
            store.append(AuditEntry(who, action, self._clock(), result, patient_ref, assessment))

    def override(self, assessment: str, rule: str, who: str, code: str | None, text: str | None) -> None:
        from .storage.port import Override

        store = self._service().store
        if store is not None:
            store.override(Override(assessment, rule, who, self._clock(), code, text))

    def decisions(self, assessments: list[str]) -> list[tuple[str, str | None, str | None]]:
        store = self._service().store
        held = [one for name in assessments for one in store.overrides(name)] if store is not None else []
        return [(one.rule, one.reason_code, one.reason_text) for one in held]


def _read_record(service: Any, document: dict[str, Any], on: dt.date) -> Any:
    """The record in a document of the practice software or of a request. Raises RecordError."""
    from .practice.files import read_document

    tools, forms = service.tools, service.knowledge.official_forms
    return read_document(document, on=on, vocabulary=tools.vocabulary, names=tools.names, official_forms=forms)


def _shapes() -> dict[str, Any]:
    """The JSON Schemas of records, answers, findings and results, by the name under which the API describes them."""
    from .commands import input_schemas, result_schemas

    return {
        "Record": input_schemas.record_schema(),
        "Answers": input_schemas.answers_schema(),
        "Findings": input_schemas.findings_schema(),
        "Screen": result_schemas.screen_schema(),
        "Review": result_schemas.review_schema(),
        "Outcomes": result_schemas.outcomes_schema(),
    }


def _refuse_gaps(authorize: object, current_user: object, practice: object, url_prefix: str) -> None:
    if not callable(authorize):
        raise SettingsError(
            "Who may see which patient is for your app to say: "
            "pass authorize=lambda actor, action, patient_ref: … to init_app, and return True to grant."
        )
    if not callable(current_user):
        raise SettingsError(
            "Every look at a patient is kept with a name: "
            "pass current_user=lambda: … to init_app, giving somebody with .id and .name, or None."
        )
    if practice is None:
        raise SettingsError(
            "Records come from your practice software: "
            "pass practice=… to init_app, with the methods of dentalpain.practice.port.PracticeSoftware."
        )
    if not url_prefix.startswith("/") or len(url_prefix) < 2 or url_prefix.endswith("/"):
        raise SettingsError('Write url_prefix with a slash in front and none behind, such as "/pain".')


def _refuse_misfits(authorize: Any, practice: object, cds_prefix: str | None, clock: Any) -> None:
    """What would else be a fault at the first request, or a refusal that nobody can explain."""
    if not _takes(authorize, 3):
        raise SettingsError("authorize is asked with three arguments: write authorize=lambda actor, action, patient_ref: ….")
    if isinstance(practice, type):
        raise SettingsError("practice is a class: make an object of it, such as practice=MyAdapter().")
    if cds_prefix and (not cds_prefix.startswith("/") or cds_prefix.endswith("/")):
        raise SettingsError('Write cds_prefix with a slash in front and none behind, such as "/hooks", or "" for the root.')
    if clock is not None and not callable(clock):
        raise SettingsError("Write clock=lambda: datetime.now(timezone), a function that gives a time with its zone.")


def _takes(function: Any, count: int) -> bool:
    """Whether a function can be called with so many arguments; one that does not tell is taken to."""
    try:
        inspect.signature(function).bind(*range(count))
    except TypeError:
        return False
    except ValueError:
        return True
    return True


def _told(clock: Clock) -> Clock:
    """The clock; a time without its zone is one of this machine, and what is no time is told as such."""

    def tell() -> dt.datetime:
        moment = clock()
        if not isinstance(moment, dt.datetime):
            raise SettingsError("clock=… gives no time: return datetime.now().astimezone(), for example.")
        return moment if moment.tzinfo is not None else moment.astimezone()

    return tell


def _refuse_second(app: Flask, name: str) -> None:
    if name in app.extensions.get(KEY, {}) or name in app.blueprints:
        raise SettingsError(f"A blueprint named '{name}' is mounted already: give the second one another name=….")


def _register(app: Flask, parent: Blueprint | None, mount: Mount, url_prefix: str, cds_prefix: str) -> None:
    if parent is not None and any(held is parent for held in app.blueprints.values()):
        raise SettingsError("Call init_app before you register the blueprint that you pass as parent=….")
    mount.pages, services = make_blueprint(mount, app), make_cds_blueprint(app, mount)
    place: Flask | Blueprint = parent or app
    place.register_blueprint(mount.pages, url_prefix=url_prefix)
    place.register_blueprint(services, url_prefix=cds_prefix)


def _refuse_unsigned_sessions(app: Flask) -> None:
    if isinstance(app.session_interface, SecureCookieSessionInterface) and not app.secret_key:
        raise SettingsError("Forms are protected through the session: set SECRET_KEY before you call init_app.")


def _refuse_unsigned_offices(app: Flask, store: object) -> None:
    if getattr(store, "is_shared", False) and not app.secret_key:
        raise SettingsError("A patient's address names the office under a signature: set SECRET_KEY before you call init_app.")


def _local_time() -> dt.datetime:
    return dt.datetime.now().astimezone()


def _open_service(app: Flask, store: Any, settings: Settings) -> Any:
    from .handouts.fonts import use_folder
    from .knowledge.load import load_knowledge
    from .service import Service

    held = store if store is not None else settings.store
    if held is None or isinstance(held, str):
        named = "the store that init_app is given" if store is not None else "DENTALPAIN_STORE"
        held = _open_store(app, held, settings.tenant, named)
    if settings.fonts:
        use_folder(settings.fonts)
    packs = settings.packs or Path(app.instance_path) / "dentalpain-packs"
    service = Service(load_knowledge(packs), store=held)
    service.naltrexone_prescriber = settings.naltrexone_prescriber or service.naltrexone_prescriber
    return service


def _open_store(app: Flask, url: str | None, tenant: str, named: str) -> AssessmentStore:
    from .storage.sql_store import SQLStore

    if url is None:
        folder = Path(app.instance_path)
        folder.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{(folder / 'dentalpain.sqlite3').as_posix()}"
        return SQLStore(url, tenant, create=True)
    try:
        return SQLStore(url, tenant, create=url.startswith("sqlite"))
    except StoreError as error:
        raise type(error)(f"{named}: {error}") from None
