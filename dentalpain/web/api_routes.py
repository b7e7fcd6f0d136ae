"""Every operation of the JSON API in one table: the routes, the 405s and the OpenAPI document are made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Flask, Response, request, url_for
from marshmallow import Schema
from werkzeug.exceptions import MethodNotAllowed, NotFound

from . import api, api_assessments, api_handouts, api_mutes, api_pages, api_requests, openapi, schemas
from .mount import mount

PREFIX = "/api/v1"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path. `answers`: the component of each good status; `media`: those that are no JSON."""

    name: str
    method: str
    path: str
    view: Callable[..., Any]
    answers: Mapping[int, str]
    body: type[Schema] | None = None
    query: type[Schema] = api_requests.NoQuery
    of_patient: bool = False
    media: tuple[str, ...] = ()
    refusals: tuple[int, ...] = field(default=())

    @property
    def writes(self) -> bool:
        """Whether something may be kept, once for each Idempotency-Key."""
        return self.method == "POST" and self.name != "letter"


def document() -> Response:
    """GET /api/v1/openapi.json: this API as OpenAPI 3.1; for whoever may use the API."""
    api_pages.read_query(api_requests.NoQuery())
    address = url_for(".api_openapi").removesuffix("/openapi.json")
    if address not in mount.described:
        mount.described[address] = openapi.document(OPERATIONS, mount.shapes(), address)
    return api_pages.tagged(mount.described[address])


OF_ONE = "/assessments/<assessment_id>"
OPERATIONS = (
    Operation("openapi", "GET", "/openapi.json", document, {200: "Document"}),
    Operation("review", "POST", "/review", api.review, {200: "Review", 201: "Review"}, schemas.ReviewRequest),
    Operation("screen", "POST", "/screen", api.screen, {200: "Screen", 201: "Screen"}, schemas.ScreenRequest),
    Operation("outcomes", "POST", "/outcomes", api.outcomes, {200: "Outcomes", 201: "Outcomes"}, schemas.OutcomesRequest),
    Operation(
        "handout",
        "POST",
        "/handout",
        api_handouts.handout,
        {200: "", 201: ""},
        api_requests.HandoutRequest,
        media=("application/pdf", "text/html"),
        refusals=(404, 406),
    ),
    Operation(
        "letter",
        "POST",
        "/letter",
        api.letter,
        {200: ""},
        schemas.LetterRequest,
        media=("application/pdf", "text/html", "application/fhir+json"),
    ),
    Operation(
        "assessments", "GET", "/assessments", api_assessments.listed, {200: "Page"}, query=api_requests.PageQuery, of_patient=True
    ),
    Operation(
        "handouts", "GET", "/handouts", api_assessments.handouts, {200: "Page"}, query=api_requests.SpanOfPage, of_patient=True
    ),
    Operation("assessment", "GET", OF_ONE, api_assessments.read, {200: "Assessment"}, refusals=(404,)),
    Operation("replay", "GET", f"{OF_ONE}/replay", api_assessments.replay, {200: "Replay"}, refusals=(404,)),
    Operation("explain", "GET", f"{OF_ONE}/explain", api_assessments.explain, {200: "Explanation"}, refusals=(404,)),
    Operation("overrides", "GET", f"{OF_ONE}/overrides", api_assessments.overrides, {200: "Decisions"}, refusals=(404,)),
    Operation(
        "override",
        "POST",
        f"{OF_ONE}/overrides",
        api_assessments.override,
        {201: "Decision"},
        api_requests.OverrideRequest,
        refusals=(404, 412),
    ),
    Operation("override_counts", "GET", "/overrides", api_assessments.counts, {200: "Report"}, query=api_requests.CountsQuery),
    Operation("mute", "POST", f"{OF_ONE}/mutes", api_mutes.mute, {201: "Mute"}, api_requests.MuteRequest, refusals=(404,)),
    Operation("mutes", "GET", "/mutes", api_mutes.listed, {200: "Mutes"}, of_patient=True),
    Operation("lift", "POST", "/mutes/<mute_id>/lift", api_mutes.lift, {200: "Mute"}, api_requests.LiftRequest, refusals=(404,)),
    Operation("rule", "GET", "/rules/<rule_id>", api_assessments.rule, {200: "Rule"}, refusals=(404,)),
)


def add_routes(blueprint: Blueprint, app: Flask) -> None:
    """Add every operation, and a last route that catches what is none."""
    for one in OPERATIONS:
        name = f"api_{one.name}"
        blueprint.add_url_rule(f"{PREFIX}{one.path}", name, one.view, methods=[one.method], provide_automatic_options=False)
    blueprint.add_url_rule(f"{PREFIX}/", "api_other", other, methods=METHODS, defaults={"path": ""})
    blueprint.add_url_rule(f"{PREFIX}/<path:path>", "api_other", other, methods=METHODS)
    host = app.extensions.get("csrf")
    if host is not None:
        # The API has a check of its own (security.check_api); programs have no form token to send.
        for view in (*(one.view for one in OPERATIONS), other):
            host.exempt(view)


def other(path: str) -> Response:
    """Everything else under /api/v1/: no such path, or a path that answers to another method."""
    allowed = sorted(one.method for one in OPERATIONS if re.fullmatch(_pattern(one.path), f"/{path}"))
    if not allowed or request.method in allowed:
        raise NotFound("There is no such path in this API.")
    if request.method == "OPTIONS":
        return Response(status=204, headers={"Allow": ", ".join([*allowed, "OPTIONS"])})
    raise MethodNotAllowed(allowed, f"Send {' or '.join(allowed)}.")


def _pattern(path: str) -> str:
    return re.sub(r"<[a-z_]+>", "[^/]+", path)
