"""The patient's handout over the JSON API: a PDF or a page, of an assessment that was kept or of a record that is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, g, request, url_for
from werkzeug.exceptions import BadRequest, Conflict, NotAcceptable

from ..handouts.choosing import topics_of_medicines
from ..handouts.course import TOPIC as COURSE
from ..handouts.wording import load
from ..signals import handout_made
from . import api, api_pages, api_requests
from .api_once import answered_once
from .mount import mount

KINDS = {"application/pdf": "pdf", "text/html": "html"}
CONTENT = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}
# The page holds its own style and pictures, so that it can be kept as a file; it runs nothing and asks for nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; sandbox"
UNASKED: Mapping[str, Any] = {
    "answers": (),
    "findings": None,
    "facts": {},
    "prescribe": (),
    "indication": None,
    "consider": (),
    "state": None,
    "legacy_mme": False,
}


def handout() -> Response:
    """POST /api/v1/handout: as PDF, or as a page where Accept prefers text/html. A medicine is named only if given."""
    given = api_pages.read_body(api_requests.HandoutRequest())
    kind = _kind()
    if (given["assessment"] is None) == (given["record"] is None):
        raise BadRequest("Send either the id of an assessment or a record.")
    if given["assessment"] is not None:
        return _of_assessment(given, kind)
    patient_ref = api.may_keep(given)
    return answered_once(lambda: _printed(given, kind, api.record_of(given), api.asked_of(given), patient_ref), patient_ref)


def _kind() -> str:
    if not request.accept_mimetypes:
        return "pdf"
    best = request.accept_mimetypes.best_match(list(KINDS))
    if best is None:
        raise NotAcceptable(f"A handout comes as {' or '.join(KINDS)}.")
    return KINDS[best]


def _of_assessment(given: Mapping[str, Any], kind: str) -> Response:
    """The stored facts are asked again: a handout is of today's knowledge, and never says other than the assessment."""
    found = mount.service.find(given["assessment"])
    mount.allow("print", found["patient_ref"])
    if found["kind"] not in ("review", "visit", "handout"):
        raise BadRequest("This assessment holds no review to make a handout of.")
    return answered_once(lambda: _again(given, kind, found), found["patient_ref"])


def _again(given: Mapping[str, Any], kind: str, found: Mapping[str, Any]) -> Response:
    if found["digest"] != mount.knowledge.digest and not mount.service.replay(given["assessment"])["equal"]:
        raise Conflict("The knowledge has changed, and the advice with it. Assess the patient again before you print.")
    record = mount.read_record(found["inputs"]["record"], found["on"])
    return _printed(given, kind, record, found["inputs"]["arguments"], found["patient_ref"])


def _printed(
    given: Mapping[str, Any], kind: str, record: Any, asked: Mapping[str, Any], patient_ref: str | None
) -> Response:
    arguments = {**UNASKED, **asked, "printed": {name: given[name] for name in api_requests.GIVEN}}
    shared = {name: arguments[name] for name in ("answers", "findings", "facts")}
    rest = {name: arguments[name] for name in ("prescribe", "indication", "consider", "state", "legacy_mme")}
    result = {"screen": mount.service.screen(record, **shared), "review": mount.service.review(record, **rest, **shared)}
    data = _made(given, kind, result, patient_ref)
    kept = None if patient_ref is None else api.keep("handout", record, arguments, result, patient_ref)
    return _answer(data, kind, patient_ref, kept)


def _made(given: Mapping[str, Any], kind: str, result: Mapping[str, Any], patient_ref: str | None) -> bytes:
    language, give, topics = given["language"] or mount.settings.language, given["give"], given["topics"]
    told = None if topics is None else tuple(dict.fromkeys([*topics, *topics_of_medicines(give, load(language))]))
    data = mount.service.handout(
        result["review"],
        result.get("screen"),
        office=mount.settings.office,
        give=tuple(give),
        topics=told,
        released=tuple(given["release"]),
        course=mount.service.course(patient_ref) if patient_ref and COURSE in (told or ()) else (),
        language=language,
        large_print=given["large_print"] if given["large_print"] is not None else mount.settings.large_print,
        paper=given["paper"] or mount.settings.paper,
        kind=kind,
        stylesheet=None,
    )
    return bytes(data)


def _answer(data: bytes, kind: str, patient_ref: str | None, kept: str | None) -> Response:
    actor = g._dentalpain_actor
    mount.note(actor, "print", patient_ref, kept)
    mount.tell(handout_made, actor, patient_ref, kept)
    response = Response(data, 200 if kept is None else 201, content_type=CONTENT[kind])
    response.headers["Content-Disposition"] = f'inline; filename="handout.{kind}"'
    response.headers["Content-Security-Policy"] = POLICY
    if kept is not None:
        response.headers["Location"] = url_for(".api_assessment", assessment_id=kept)
    return response
