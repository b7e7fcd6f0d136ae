"""Answers under /fhir/: resources as application/fhir+json, and what went wrong as an OperationOutcome."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, request

from ..shapes import plain

CONTENT_TYPE = "application/fhir+json"
ENDPOINTS = "fhir_"
# FHIR R4, IssueType, by the HTTP status.
ISSUE_TYPES = {
    400: "invalid",
    401: "login",
    403: "forbidden",
    404: "not-found",
    405: "not-supported",
    413: "too-long",
    415: "not-supported",
    422: "processing",
    500: "exception",
    503: "transient",
}


def is_fhir_request() -> bool:
    """Whether this request came to a path under /fhir/."""
    return (request.endpoint or "").rpartition(".")[2].startswith(ENDPOINTS)


def also_read() -> tuple[str, ...]:
    """The content types that are read here besides application/json."""
    return (CONTENT_TYPE,) if is_fhir_request() else ()


def answered(resource: Any, status: int = 200) -> Response:
    """A resource as an answer."""
    written = json.dumps(resource, ensure_ascii=False, default=plain) + "\n"
    return Response(written, status, content_type=f"{CONTENT_TYPE}; charset=utf-8")


def outcome(issues: list[dict[str, Any]]) -> dict[str, Any]:
    """An OperationOutcome."""
    return {"resourceType": "OperationOutcome", "issue": issues}


def refused(status: int, detail: str) -> Response:
    """What went wrong; `detail` holds places and advice and no value of the input."""
    issue = {"severity": "error", "code": ISSUE_TYPES.get(status, "processing"), "diagnostics": detail}
    return answered(outcome([issue]), status)
