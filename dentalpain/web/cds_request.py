"""The request of a CDS Hooks client, checked: what is missing or of the wrong kind is named by its place alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..errors import RecordError
from ..fhir.elements import Json
from ..fhir.hook_orders import ORDERS

LONGEST_ID = 256


@dataclass(frozen=True, slots=True)
class HookRequest:
    """One call of a service."""

    hook: str
    instance: str
    user: str
    patient_id: str
    prefetch: Json
    drafts: Json | None = None
    selections: tuple[str, ...] | None = None
    server: str = ""
    token: str = field(default="", repr=False)


def read_request(given: Json, hook: str) -> HookRequest:
    """The request in a body; raises RecordError that names the place and never a value."""
    if _text(given, "hook", "/hook") != hook:
        raise RecordError("This service answers to another hook.", where="/hook", mend="GET /cds-services names them.")
    context = _object(given, "context", "/context")
    return HookRequest(
        hook=hook,
        instance=_text(given, "hookInstance", "/hookInstance"),
        user=_text(context, "userId", "/context/userId") if "userId" in context else "",
        patient_id=_text(context, "patientId", "/context/patientId").removeprefix("Patient/"),
        prefetch=_optional_object(given, "prefetch", "/prefetch"),
        drafts=None if hook == "patient-view" else _drafts(context),
        selections=_selections(context) if hook == "order-select" else None,
        server=_text(given, "fhirServer", "/fhirServer").rstrip("/") if "fhirServer" in given else "",
        token=_token(given),
    )


def _drafts(context: Json) -> Json:
    """The Bundle of the orders; a resource in its place, or a list of them, as published requests have it, is put into one."""
    held = context.get("draftOrders")
    if isinstance(held, list) and held and all(isinstance(each, dict) and "resourceType" in each for each in held):
        return {"resourceType": "Bundle", "entry": [{"resource": each} for each in held]}
    drafts = _object(context, "draftOrders", "/context/draftOrders")
    if drafts.get("resourceType") in ORDERS:
        return {"resourceType": "Bundle", "entry": [{"resource": drafts}]}
    nameless = "resourceType" not in drafts and drafts.get("entry")  # guides leave the name of the type out
    if not (nameless or drafts.get("resourceType") == "Bundle") or not isinstance(drafts.get("entry", []), list):
        raise RecordError("This is no Bundle.", where="/context/draftOrders", mend="Send the orders as a FHIR R4 Bundle.")
    return drafts


def _selections(context: Json) -> tuple[str, ...]:
    held = context.get("selections")
    if not isinstance(held, list) or not all(isinstance(each, str) and each for each in held):
        raise RecordError("A list of order ids is needed.", where="/context/selections", mend="Send what was selected.")
    return tuple(held)


def _token(given: Json) -> str:
    if "fhirAuthorization" not in given:
        return ""
    held = _object(given, "fhirAuthorization", "/fhirAuthorization")
    token = _text(held, "access_token", "/fhirAuthorization/access_token", longest=16_384)
    if not token.isascii() or not token.isprintable():
        raise RecordError("This is no bearer token.", where="/fhirAuthorization/access_token", mend="Send it as issued.")
    return token


def _text(held: Json, name: str, where: str, longest: int = LONGEST_ID) -> str:
    value = held.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > longest or "\x00" in value:
        what = "This member is missing." if name not in held else "Short text is needed here."
        raise RecordError(what, where=where, mend="See the CDS Hooks specification.")
    return value.strip()


def _object(held: Json, name: str, where: str) -> Json:
    value = held.get(name)
    if not isinstance(value, dict):
        what = "This member is missing." if name not in held else "An object is needed here."
        raise RecordError(what, where=where, mend="See the CDS Hooks specification.")
    return value


def _optional_object(held: Json, name: str, where: str) -> Json:
    return {} if held.get(name) is None else _object(held, name, where)
