"""The handout of a visit, as a PDF or as a page, and its way into the chart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, request, url_for
from markupsafe import escape
from werkzeug.exceptions import BadRequest, Forbidden

from . import advice, visit
from .mount import mount

TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}
FILE_NAME = "handout"  # a file name travels further than its content: no patient in it


def print_handout(visit_id: str) -> Response:
    """The handout that the clinician put together, for the printer."""
    actor, found = visit.opened(visit_id, "print")
    kind = "html" if request.form.get("kind") == "html" else "pdf"
    data = _make(found, kind)
    if kind == "html":
        data = _with_stylesheet(data)
    mount.note(actor, "print", found["patient_ref"], visit_id)
    response = Response(data, content_type=TYPES[kind])
    response.headers["Content-Disposition"] = f'inline; filename="{FILE_NAME}.{kind}"'
    return response


def file_handout(visit_id: str) -> Any:
    """The same handout into the patient's chart, where the host has switched that on."""
    if not mount.settings.file_documents:
        raise Forbidden("Filing in the chart is switched off here: DENTALPAIN_FILE_DOCUMENTS decides.")
    actor, found = visit.opened(visit_id, "file")
    mount.documents.file_document(found["patient_ref"], f"{FILE_NAME}.pdf", _make(found, "pdf"))
    mount.note(actor, "file", found["patient_ref"], visit_id)
    return redirect(url_for(".visit", visit_id=visit_id, filed=1, _anchor="handout"), 303)


def _with_stylesheet(page: bytes) -> bytes:
    """The page with our sheet named in its head: the service knows no addresses."""
    link = f'<link rel="stylesheet" href="{escape(url_for(".static", filename="handout.css"))}">'
    return page.replace(b"</head>", link.encode() + b"</head>", 1)


def _make(found: Mapping[str, Any], kind: str) -> bytes:
    """The bytes of the handout; nothing is named on it that this visit's review did not let through."""
    form, result = request.form, found["result"]
    offered = {one["id"] for one in result["review"]["alternatives"] if one["verdict"] != "blocked"}
    met = {one["id"] for one in result["screen"]["diagnoses"] if one["status"] == "met"}
    give, released, topics = form.getlist("give"), form.getlist("release"), form.getlist("topic")
    if not set(give) <= offered or not set(released) <= met or not set(topics) <= set(advice.TOPICS):
        raise BadRequest("The handout names something that this visit does not offer. Reload the page.")
    if not give and not released and not topics:
        raise BadRequest("Tick at least one thing to hand out, then print again.")
    return bytes(
        mount.service.handout(
            result["review"],
            result["screen"],
            office=mount.settings.office,
            give=tuple(give),
            topics=tuple(topics),
            released=tuple(released),
            language=mount.settings.language,
            large_print="large" in form.getlist("print"),
            paper="a4" if form.get("paper") == "a4" else "letter",
            kind=kind,
        )
    )
