"""The JSON API: the same review and the same screening as on the command line."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from flask import Response, g, request
from marshmallow import Schema, ValidationError

from . import body, schemas
from .mount import mount

PLACES = {"review": "POST", "screen": "POST"}


def is_api_request() -> bool:
    """Whether this request is of a program, for the API or for CDS Hooks, also when no route of them matched."""
    rule = request.url_rule
    return rule is not None and (request.endpoint or "").rpartition(".")[2].startswith(("api_", "cds_"))


def review() -> Response:
    """POST /api/v1/review: contract of `dentalpain review --json`."""
    given = _read(schemas.ReviewRequest())
    record = _record(given)
    result = mount.service.review(
        record,
        prescribe=tuple(given["prescribe"]),
        indication=given["indication"],
        consider=tuple(given["consider"]),
        facts=given["facts"],
        answers=given["answers"],
        findings=given["findings"],
        state=given["state"] or mount.settings.state,
    )
    return _json(result)


def screen() -> Response:
    """POST /api/v1/screen: contract of `dentalpain screen --json`."""
    given = _read(schemas.ScreenRequest())
    record = _record(given)
    return _json(
        mount.service.screen(record, answers=given["answers"], findings=given["findings"], facts=given["facts"])
    )


def other(path: str) -> Response:
    """Everything else under /api/v1/: no such path, or a path that answers to another method."""
    from .errors import problem

    allowed = PLACES.get(path.rstrip("/"))
    if allowed and path == path.rstrip("/"):
        response = problem(405, f"Send {allowed}.")
        response.headers["Allow"] = allowed
        return response
    return problem(404, "There is no such path in this API.")


def _read(schema: Schema) -> dict[str, Any]:
    g._dentalpain_actor = mount.allow("api")
    given = body.read_object(mount.settings.max_body)
    try:
        return dict(schema.load(given))
    except ValidationError as error:
        members = frozenset(field.data_key or name for name, field in schema.fields.items())
        raise InvalidRequest(schemas.places(error.messages, members)) from None


class InvalidRequest(Exception):
    """Members of a request that cannot be used, each with its place."""

    def __init__(self, places: list[dict[str, str]]) -> None:
        super().__init__("A member of the request cannot be used.")
        self.places = places


def _record(given: dict[str, Any]) -> Any:
    return mount.read_record(given["record"], given["on"] or mount.today())


def _json(result: Any) -> Response:
    mount.note(g._dentalpain_actor, "api", None)
    return Response(json.dumps(result, ensure_ascii=False, default=plain) + "\n", content_type="application/json")


def plain(value: object) -> Any:
    """What JSON has no form of its own for: exact numbers and days."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
