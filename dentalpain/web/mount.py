"""One attachment of dentalpain to one app: who may do what, where records come from, and what is written down."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, cast

from flask import Blueprint, current_app, g, url_for
from werkzeug.local import LocalProxy

from ..errors import AccessDenied, UnknownNameError
from ..settings import Settings
from ..signals import announce
from .slowing import Slowing


class Actor(Protocol):
    """The person at the screen, as the host knows them: an opaque id for the trail, a name for the page."""

    id: str
    name: str


Authorize = Callable[[Any, str, str | None], bool]
CurrentUser = Callable[[], Any]
Clock = Callable[[], dt.datetime]

# What `authorize` is asked about. `list` and `api` come with the patient reference None.
ACTIONS = {
    "list": "see who is expected today",
    "see": "look at this patient",
    "assess": "assess this patient",
    "hand": "hand questionnaires to this patient",
    "print": "print for this patient",
    "file": "file a document for this patient",
    "api": "use the JSON API",
    "why": "read why an advice is given",
}


class Trail(Protocol):
    """Where looks, prints and decisions against a flag are kept."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes of the reasons that a decision against a flag may carry."""

    def note(self, who: str, action: str, result: str, patient_ref: str | None, assessment: str | None) -> None:
        """Keep who did what."""

    def override(self, assessment: str, rule: str, who: str, code: str | None, text: str | None) -> None:
        """Keep a decision against a flag, and who made it."""

    def decisions(self, assessments: list[str]) -> list[tuple[str, str | None, str | None]]:
        """The decisions that were kept with these assessments: rule, code of the reason, words of the reason."""


class Mutes(Protocol):
    """The flags that are muted for a patient."""

    @property
    def last_day(self) -> dt.date:
        """The last day that a mute which is made today may have."""

    def marked(self, review: Mapping[str, Any], patient_ref: str | None) -> dict[str, Any]:
        """The review with a mark on each flag that is muted for this patient."""

    def mute(self, assessment_id: str, rule: str, until: dt.date, actor: str, code: str | None, text: str | None) -> str:
        """Mute a flag of a kept assessment; the id of the mute. Raises NotStoredError, InputError, NoStoreError."""

    def find(self, mute_id: str) -> Any:
        """The mute with this id. Raises NotStoredError, NoStoreError."""

    def lift(self, mute_id: str, actor: str) -> None:
        """End a mute. Raises NotStoredError, NoStoreError."""

    def listed(self, patient_ref: str) -> list[dict[str, Any]]:
        """All mutes of a patient, also those that have ended. Raises NoStoreError."""


class Forms(Protocol):
    """The questionnaires that were handed to patients; see `dentalpain.patient_forms.PatientForms`."""

    minutes: int

    def hand(self, patient_ref: str, instruments: Sequence[str], language: str, actor: str) -> tuple[Any, str]:
        """A new form, and the token of its address."""

    def opened(self, token: str) -> Any:
        """The form that waits for answers. Raises NotStoredError."""

    def answer(self, token: str, answers: Sequence[Mapping[str, Any]]) -> Any:
        """Keep the patient's answers, once. Raises NotStoredError."""

    def urgent(self, kept: Any) -> list[dict[str, Any]]:
        """The red flags that the answers raise by themselves."""

    def unread(self, kept: Any) -> list[str]:
        """The questionnaires whose answers fit them no longer."""

    def of_patient(self, patient_ref: str) -> tuple[Any, ...]:
        """The forms of a patient in the order of asking."""

    def of_today(self) -> tuple[Any, ...]:
        """The forms that were handed out today, or whose answers still wait."""

    def find(self, form_id: str) -> Any:
        """The form with this id. Raises NotStoredError."""

    def close(self, form_id: str, actor: str) -> None:
        """Let a form not be answered any more, or put its answers aside."""

    def take(self, form_id: str, assessment_id: str) -> None:
        """Note the assessment into which the answers were taken over."""

    def is_open(self, kept: Any) -> bool:
        """Whether a form can be answered at this moment."""


class Mount:
    """The state of one `init_app`. Everything clinical goes through `service`, which is made at first use."""

    def __init__(
        self,
        *,
        name: str,
        settings: Settings,
        authorize: Authorize,
        current_user: CurrentUser,
        practice: Any,
        documents: Any,
        base_template: str | None,
        clock: Clock,
        service: Callable[[], Any],
        read: Callable[[Any, dt.date], Any],
        trail: Trail,
        mutes: Mutes,
        forms: Forms,
        shapes: Callable[[], Mapping[str, Any]] = dict,
    ) -> None:
        self.name, self.settings, self.clock = name, settings, clock
        self.practice, self.documents = practice, documents
        self.base_template, self.trail, self.mutes = base_template, trail, mutes
        self.forms = forms
        self._authorize, self._current_user = authorize, current_user
        self._service, self._read, self.shapes = service, read, shapes
        self.slowing = Slowing()
        self.pages: Blueprint | None = None
        self.described: dict[str, Mapping[str, Any]] = {}  # the OpenAPI document, by the address that it names

    @property
    def service(self) -> Any:
        """The service; knowledge and store are opened by the first request that needs them."""
        return self._service()

    @property
    def knowledge(self) -> Any:
        """What we know: the texts of rules, facts, options and sources."""
        return self.service.knowledge

    def today(self) -> dt.date:
        """The day at the office."""
        return self.clock().date()

    def actor(self) -> Any:
        """The person at the screen, or None when nobody is signed in."""
        return self._current_user()

    def allow(self, action: str, patient_ref: str | None = None) -> Any:
        """The person at the screen, if the host grants this. Raises AccessDenied: what is not granted is denied."""
        actor = self.actor()
        if actor is None:
            raise AccessDenied("Sign in first.")
        if not self.granted(actor, action, patient_ref):
            self.trail.note(str(actor.id), action, "refused", patient_ref, None)
            raise AccessDenied(f"This office has not given you permission to {ACTIONS[action]}.")
        return actor

    def granted(self, actor: Any, action: str, patient_ref: str | None) -> bool:
        """Whether the host says True, and nothing else: an error in the host's own check denies as well."""
        try:
            return self._authorize(actor, action, patient_ref) is True
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            told = "dentalpain: authorize raised %s in %s line %s, which counts as a refusal of '%s'"
            current_app.logger.error(told, type(error).__name__, last.name, last.lineno, action)
            return False

    def note(self, actor: Any, action: str, patient_ref: str | None, assessment: str | None = None) -> None:
        """Write into the trail that something was done."""
        self.trail.note(str(actor.id), action, "done", patient_ref, assessment)

    def tell(
        self, signal: Any, actor: Any, patient_ref: str | None, assessment: str | None = None, rules: Iterable[str] = ()
    ) -> None:
        """Tell the host's receivers what was done; only after it was written into the trail or the store."""
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # current_app is typed as the app that it stands for
        who = actor if isinstance(actor, str) else str(actor.id)
        announce(signal, app, mount=self.name, actor=who, patient_ref=patient_ref, assessment=assessment, rules=rules)

    def url(self, view: str, **values: Any) -> str:
        """The address of one of our pages, from anywhere in the app and also inside a blueprint of the host."""
        name = next(name for name, held in current_app.blueprints.items() if held is self.pages)
        return url_for(f"{name}.{view}", **values)

    def record(self, patient_ref: str, on: dt.date | None = None) -> Any:
        """The patient's record on a day, today where no day is named. Raises UnknownNameError."""
        found = self.practice.find_record(patient_ref, on or self.today())
        if found is None:
            raise UnknownNameError("The practice software has no patient with this reference.")
        return self.read_record(found, on or self.today()) if isinstance(found, Mapping) else found

    def needs_patient_banner(self, patient_ref: str) -> bool:
        """Whether our page says who the patient is; only a practice software that says it does so itself spares it."""
        told = getattr(self.practice, "needs_patient_banner", None)
        return told is None or told(patient_ref) is not False

    def read_record(self, document: Any, on: dt.date) -> Any:
        """The record of a FHIR Bundle or a native record that was sent. Raises RecordError."""
        return self._read(document, on)


def _current() -> Mount:
    return cast(Mount, g._dentalpain)


mount: Mount = cast(Mount, LocalProxy(_current))
