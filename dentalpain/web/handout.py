"""The handout of a visit, as a PDF or as a page, and its way into the chart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.exceptions import BadRequest, Forbidden

from ..errors import PracticeError
from ..handouts.choosing import topics_of_medicines
from ..handouts.course import TOPIC as COURSE
from ..handouts.wording import MEDICINE, languages, load
from ..signals import handout_made
from . import advice, visit, words
from .mount import mount
from .security import POLICY

TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8", "fhir": "application/fhir+json"}
ENDINGS = {"pdf": "pdf", "html": "html", "fhir": "json"}
WITH_LOGO = POLICY.replace("img-src 'self'", "img-src 'self' data:")  # the office's logo stands in the page itself
MEDICINE_PAGES = "medicine-pages"
FILE_NAME = "handout"  # a file name travels further than its content: no patient in it


def print_handout(visit_id: str) -> Response:
    """The handout that the clinician put together, for the printer."""
    actor, found = visit.opened(visit_id, "print")
    asked, _, kind = request.form.get("kind", "pdf").rpartition("-")
    kind = kind if kind in (TYPES if asked == "letter" else ("pdf", "html")) else "pdf"
    data = _letter(found, kind) if asked == "letter" else _make(found, kind)
    mount.note(actor, "print", found["patient_ref"], visit_id)
    mount.tell(handout_made, actor, found["patient_ref"], visit_id)
    response = Response(data, content_type=TYPES[kind])
    if kind == "html":
        response.headers["Content-Security-Policy"] = WITH_LOGO
    response.headers["Content-Disposition"] = f'inline; filename="{FILE_NAME}.{ENDINGS[kind]}"'
    return response


def file_handout(visit_id: str) -> Any:
    """The same handout into the patient's chart, where the host has switched that on."""
    if not mount.settings.file_documents:
        raise Forbidden("Filing in the chart is switched off here: DENTALPAIN_FILE_DOCUMENTS decides.")
    actor, found = visit.opened(visit_id, "file")
    data = _make(found, "pdf")
    try:
        mount.documents.file_document(found["patient_ref"], f"{FILE_NAME}.pdf", data)
    except PracticeError:  # it may have arrived all the same
        mount.trail.note(str(actor.id), "file", "failed", found["patient_ref"], visit_id)
        raise
    mount.note(actor, "file", found["patient_ref"], visit_id)
    mount.tell(handout_made, actor, found["patient_ref"], visit_id)
    return redirect(url_for(".visit", visit_id=visit_id, filed=1, _anchor="handout"), 303)


def _letter(found: Mapping[str, Any], kind: str) -> bytes:
    """The bytes of the letter that was chosen, from the kept visit and the record that it was made from."""
    form, result = request.form, found["result"]
    letter = form.get("letter", "")
    if letter not in words.LETTERS:
        raise BadRequest("Choose a letter, then print again.")
    offered = {one["id"] for one in result["review"]["alternatives"] if one["verdict"] != "blocked"}
    return bytes(
        mount.service.letter(
            letter,
            result["review"],
            result["screen"],
            kept=found,
            office=mount.settings.office,
            give=tuple(one for one in form.getlist("give") if one in offered),
            language=_language(),
            large_print="large" in form.getlist("print"),
            paper="a4" if form.get("paper") == "a4" else "letter",
            kind=kind,
            stylesheet=url_for(".static", filename="handout.css"),
        )
    )


def _language() -> str:
    """The language that was chosen, else that of the settings."""
    language = request.form.get("language") or mount.settings.language
    if language not in languages():
        raise BadRequest("There are no handouts in this language. Reload the page.")
    return language


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
    language = _language()
    named = [*topics, *topics_of_medicines(give, load(language))]
    if MEDICINE_PAGES in named:
        kinds = {one["id"]: one["kind"] for one in result["review"]["alternatives"]}
        pages = [f"{MEDICINE}{option}" for option in give if kinds[option] == "medicine"]
        named = [*(name for name in named if name != MEDICINE_PAGES), *pages]
    return bytes(
        mount.service.handout(
            result["review"],
            result["screen"],
            office={**mount.settings.office, "next_visit": form.get("next_visit", "")},
            give=tuple(give),
            topics=tuple(dict.fromkeys(named)),
            released=tuple(released),
            course=mount.service.course(found["patient_ref"]) if COURSE in named else (),
            language=language,
            large_print="large" in form.getlist("print"),
            paper="a4" if form.get("paper") == "a4" else "letter",
            kind=kind,
            stylesheet=url_for(".static", filename="handout.css"),
        )
    )
