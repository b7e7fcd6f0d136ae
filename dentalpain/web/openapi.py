"""The JSON API as OpenAPI 3.1: from the marshmallow schemas that read it and the JSON Schemas of the results."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import current_app

from . import answer_schemas
from .api_once import HEADER, LONGEST_KEY
from .api_pages import PATIENT

if TYPE_CHECKING:
    from .api_routes import Operation

Shape = dict[str, Any]
PROBLEM = "application/problem+json"
SECURITY = "host"
# Beyond those of an operation: what any operation may answer, and any that reads a body.
ANY, WITH_BODY = (400, 403, 500, 503), (413,)
ONCE = (409, 422)
WORDS = {
    200: "Done.",
    201: "Done and kept; Location leads to what was kept.",
    304: "Not changed since the entity tag in If-None-Match.",
    400: "The request cannot be used; `errors` names the places.",
    403: "The host does not grant this to this person.",
    404: "Nothing of this id.",
    406: "Not in a form that Accept allows.",
    409: "Another request under this Idempotency-Key is under way, or the knowledge has changed since.",
    412: "Changed since the entity tag in If-Match.",
    413: "The body is too large.",
    422: "This Idempotency-Key came with another request before.",
    500: "A fault of ours, with the number under which the log holds it.",
    503: "The store, or the practice software, cannot be reached or is not there.",
}


def document(operations: Iterable[Operation], results: Mapping[str, Shape], address: str) -> Shape:
    """The document of these operations under an address; `results` are JSON Schemas by name."""
    # Read by whoever asks for the document, and by nobody else.
    from apispec import APISpec
    from apispec.ext.marshmallow import MarshmallowPlugin

    from .. import __version__

    spec = APISpec(
        title="dentalpain",
        version=__version__,
        openapi_version="3.1.0",
        plugins=[MarshmallowPlugin()],
        info={"description": answer_schemas.ABOUT, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        servers=[{"url": address}],
        security=[{SECURITY: []}],
    )
    spec.components.security_scheme(SECURITY, _security())
    for name, schema in {**results, **answer_schemas.components()}.items():
        spec.components.schema(name, component=_without_dialect(schema))
    for one in operations:
        spec.path(path=_template(one.path), operations={one.method.lower(): _operation(one)})
    described: Shape = _without_null_defaults(spec.to_dict())
    return described


def _without_null_defaults(part: Any) -> Any:
    """A default of null says no more than that a member may be left out, and is no value of most types."""
    if isinstance(part, Mapping):
        kept = {key: value for key, value in part.items() if key != "default" or value is not None}
        return {key: _without_null_defaults(value) for key, value in kept.items()}
    return [_without_null_defaults(one) for one in part] if isinstance(part, list) else part


def _security() -> Shape:
    name = str(current_app.config["SESSION_COOKIE_NAME"])
    about = "Whatever the host signs people in with, its session cookie as a rule; dentalpain has no accounts of its own."
    return {"type": "apiKey", "in": "cookie", "name": name, "description": about}


def _without_dialect(schema: Mapping[str, Any]) -> Shape:
    return {name: value for name, value in schema.items() if name != "$schema"}


def _template(path: str) -> str:
    return re.sub(r"<([a-z_]+)>", r"{\1}", path)


def _operation(one: Operation) -> Shape:
    told = (one.view.__doc__ or "").partition(": ")[2].strip()
    described: Shape = {"operationId": one.name, "summary": told[:1].upper() + told[1:], "parameters": list(_parameters(one))}
    if one.body is not None:
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": one.body}}}
    described["responses"] = {str(status): _answer(one, status) for status in sorted(_statuses(one))}
    return described


def _parameters(one: Operation) -> Iterable[Shape]:
    for name in re.findall(r"<([a-z_]+)>", one.path):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    if one.query().fields:
        yield {"in": "query", "schema": one.query}
    if one.of_patient:
        about = "Your reference of the patient, percent-encoded; it stands in no address, and so in no log of addresses."
        yield _header(PATIENT, about, required=True, minLength=1)
    if one.method == "GET":
        yield _header("If-None-Match", "The entity tag of what you have: a 304 where it is still that.")
    if 412 in one.refusals:
        yield _header("If-Match", "The entity tag of the decisions that you saw: a 412 where there are others by now.")
    if one.writes:
        yield _header(HEADER, "One for each thing to be done, such as a uuid; kept for a day.", minLength=1, maxLength=LONGEST_KEY)


def _header(name: str, about: str, *, required: bool = False, **schema: Any) -> Shape:
    held = {"name": name, "in": "header", "description": about, "schema": {"type": "string", **schema}}
    return {**held, "required": True} if required else held


def _statuses(one: Operation) -> set[int]:
    found = {*one.answers, *ANY, *one.refusals}
    if one.method == "GET":
        found |= {304}
    if one.body is not None:
        found |= {*WITH_BODY}
    return found | {*ONCE} if one.writes else found


def _answer(one: Operation, status: int) -> Shape:
    if status == 304:
        return {"description": WORDS[status], "headers": {"ETag": _tag()}}
    if status not in one.answers:
        return {"description": WORDS[status], "content": {PROBLEM: {"schema": _ref("Problem")}}}
    headers = {"Cache-Control": {"schema": {"const": "no-store"}}}
    if one.method == "GET" or 412 in one.refusals:
        headers["ETag"] = _tag()
    if status == 201 and 412 not in one.refusals:
        headers["Location"] = {"schema": {"type": "string", "format": "uri-reference"}}
    if one.media:
        content: Shape = {kind: {"schema": {}} for kind in one.media}
    else:
        content = {"application/json": {"schema": _ref(one.answers[status])}}
    return {"description": WORDS[status], "headers": headers, "content": content}


def _tag() -> Shape:
    return {"description": "A strong entity tag.", "schema": {"type": "string"}}


def _ref(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}
