"""The handout of a visit, as a PDF or as a page, and its way into the chart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.exceptions import BadRequest, Forbidden

from ..handouts.choosing import topics_of_medicines
from ..handouts.wording import load
from . import advice, visit
from .mount import mount
from .security import POLICY

TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}
WITH_LOGO = POLICY.replace("img-src 'self'", "img-src 'self' data:")  # the office's logo stands in the page itself
FILE_NAME = "handout"  # a file name travels further than its content: no patient in it


def print_handout(visit_id: str) -> Response:
    """The handout that the clinician put together, for the printer."""
    actor, found = visit.opened(visit_id, "print")
    kind = "html" if request.form.get("kind") == "html" else "pdf"
    data = _make(found, kind)
    mount.note(actor, "print", found["patient_ref"], visit_id)
    response = Response(data, content_type=TYPES[kind])
    if kind == "html":
        response.headers["Content-Security-Policy"] = WITH_LOGO
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


def _make(found: Mapping[str, Any], kind: str) -> bytes:
    """The bytes of the handout; nothing is named on it that this visit's review did not let through.

    The topics are those that are ticked, and what a medicine on the handout must not go without (an opioid's dangers).
    """
    form, result = request.form, found["result"]
    offered = {one["id"] for one in result["review"]["alternatives"] if one["verdict"] != "blocked"}
    met = {one["id"] for one in result["screen"]["diagnoses"] if one["status"] == "met"}
    give, released, topics = form.getlist("give"), form.getlist("release"), form.getlist("topic")
    if not set(give) <= offered or not set(released) <= met or not set(topics) <= set(advice.TOPICS):
        raise BadRequest("The handout names something that this visit does not offer. Reload the page.")
    if not give and not released and not topics:
        raise BadRequest("Tick at least one thing to hand out, then print again.")
    language = mount.settings.language
    return bytes(
        mount.service.handout(
            result["review"],
            result["screen"],
            office={**mount.settings.office, "next_visit": form.get("next_visit", "")},
            give=tuple(give),
            topics=tuple(dict.fromkeys([*topics, *topics_of_medicines(give, load(language))])),
            released=tuple(released),
            language=language,
            large_print="large" in form.getlist("print"),
            paper="a4" if form.get("paper") == "a4" else "letter",
            kind=kind,
            stylesheet=url_for(".static", filename="handout.css"),
        )
    )
