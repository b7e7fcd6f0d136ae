"""What the answers of the JSON API share: exact JSON, strong entity tags, pages behind opaque cursors, and problems."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from flask import Response, g, request
from marshmallow import Schema, ValidationError
from werkzeug.exceptions import BadRequest, PreconditionFailed

from ..shapes import plain
from ..storage.port import FiledAssessment
from . import body, schemas
from .mount import mount

PATIENT = "Dentalpain-Patient"
LONGEST_REF = 200
BEHIND = "behind:"


class InvalidRequest(Exception):
    """Members of a request that cannot be used, each with its place."""

    def __init__(self, places: list[dict[str, str]]) -> None:
        super().__init__("A member of the request cannot be used.")
        self.places = places


def read_body(schema: Schema) -> dict[str, Any]:
    """The body of this request, if the host grants the API at all. Raises InvalidRequest, AccessDenied, RecordError."""
    g._dentalpain_actor = mount.allow("api")
    return _loaded(schema, body.read_object(mount.settings.max_body))


def read_query(schema: Schema) -> dict[str, Any]:
    """The parameters of this address, if the host grants the API at all. Raises InvalidRequest, AccessDenied."""
    g._dentalpain_actor = mount.allow("api")
    if any(len(values) > 1 for _, values in request.args.lists()):
        raise BadRequest("A parameter stands twice in the address.")
    return _loaded(schema, request.args.to_dict())


def _loaded(schema: Schema, given: dict[str, Any]) -> dict[str, Any]:
    try:
        return dict(schema.load(given))
    except ValidationError as error:
        members = frozenset(field.data_key or name for name, field in schema.fields.items())
        raise InvalidRequest(schemas.places(error.messages, members)) from None


def named_patient() -> str:
    """The patient of this request: in a header, so that the reference stands in no address and no log of addresses."""
    ref = unquote(request.headers.get(PATIENT, ""))
    if not ref.strip() or len(ref) > LONGEST_REF or not ref.isprintable():
        raise BadRequest(f"Name the patient in the header {PATIENT}, percent-encoded where it is not plain ASCII.")
    return ref


# -- answers -----------------------------------------------------------------------------------------------------------


def answered(result: Any, status: int = 200) -> Response:
    """A result as JSON."""
    written = json.dumps(result, ensure_ascii=False, default=plain) + "\n"
    return Response(written, status, content_type="application/json")


def tagged(result: Any) -> Response:
    """A result with its entity tag, or a 304 where the program has it already."""
    response = answered(result)
    response.set_etag(tag_of(result))
    response.make_conditional(request)
    return response


def tag_of(result: Any) -> str:
    """The strong entity tag of a result: equal for equal bytes alone."""
    return hashlib.sha256(json.dumps(result, sort_keys=True, default=plain).encode()).hexdigest()[:32]


def check_unchanged(present: Any) -> None:
    """Raise PreconditionFailed where If-Match names another state than the present one."""
    if request.if_match and not request.if_match.contains(tag_of(present)):
        raise PreconditionFailed("Somebody has added to this since. Read it again before you write.")


def page(found: Sequence[FiledAssessment], limit: int) -> dict[str, Any]:
    """One page of a list that was asked for one entry more than it shows."""
    shown = found[:limit]
    cursor = None
    if len(found) > limit:
        cursor = base64.urlsafe_b64encode(f"{BEHIND}{shown[-1].id}".encode()).decode().rstrip("=")
    return {"items": [_entry(one) for one in shown], "next": cursor}


def _entry(one: FiledAssessment) -> dict[str, Any]:
    held = one.assessment
    entry = {"assessment": one.id, "kind": held.kind, "on": held.on, "saved_at": held.saved_at, "actor": held.actor}
    return {**entry, "package_version": held.package_version, "digest": held.digest}


def after(cursor: str | None) -> str | None:
    """The entry behind which a page begins. Raises BadRequest for what is no cursor of ours."""
    if cursor is None:
        return None
    try:
        told = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        told = ""
    name = told.removeprefix(BEHIND)
    if not told.startswith(BEHIND) or not re.fullmatch(r"[A-Za-z0-9_-]{22}", name):
        raise no_cursor()
    return name


def no_cursor() -> BadRequest:
    """The error for a cursor that this list did not give."""
    return BadRequest("The cursor is none of this list. Begin without one.")
