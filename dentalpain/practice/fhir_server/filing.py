"""A document for the chart: its bytes as a Binary, and the DocumentReference that makes it findable."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urljoin

from ...errors import NotAnsweredError, PracticeError
from ...fhir.elements import Json, string
from .addresses import origin_of
from .transport import Answer, Transport, as_json

PDF = "application/pdf"


def file(
    transport: Transport, until: float, patient_ref: str, name: str, data: bytes, document_type: Mapping[str, Any]
) -> None:
    """File a PDF; where the second step fails the first is taken back. Raises PracticeError."""
    subject = {"reference": f"Patient/{patient_ref}"}
    content = base64.b64encode(data).decode()
    binary = {"resourceType": "Binary", "contentType": PDF, "securityContext": subject, "data": content}
    where = _create(transport, until, binary)
    attachment = {
        "contentType": PDF,
        "url": where,
        "size": len(data),
        "hash": base64.b64encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode(),  # FHIR R4 asks for SHA-1
        "title": name,
    }
    document = {
        "resourceType": "DocumentReference",
        "status": "current",
        "type": dict(document_type),
        "subject": subject,
        "date": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "description": name,
        "content": [{"attachment": attachment}],
    }
    try:
        _create(transport, until, document)
    except PracticeError:
        _take_back(transport, where)
        raise


def _create(transport: Transport, until: float, resource: Json) -> str:
    """Create a resource; its relative reference."""
    kind = string(resource["resourceType"])
    answer = transport.ask("POST", transport.address(kind), until, resource)
    if answer.status not in (200, 201):
        raise PracticeError("The record system did not take the document into the chart. Print it instead.")
    name = _id_of(answer, transport, kind)
    if not name:
        raise PracticeError("The record system does not say where it put the document. Look into the chart.")
    return f"{kind}/{name}"


def _id_of(answer: Answer, transport: Transport, kind: str) -> str:
    """The id in the Location of the answer, else in the resource that came back."""
    location = urljoin(f"{transport.base}/", answer.headers.get("location", "")).split("/_history/")[0]
    before, _, name = location.rpartition(f"/{kind}/")
    if before and name and "/" not in name and origin_of(location) == origin_of(transport.base):
        return name
    try:
        made = as_json(answer)
    except NotAnsweredError:
        return ""
    return string(made.get("id")) if made.get("resourceType") == kind else ""


def _take_back(transport: Transport, where: str) -> None:
    with suppress(PracticeError):  # the first failure is the one to tell
        transport.ask("DELETE", transport.address(where), transport.until())
