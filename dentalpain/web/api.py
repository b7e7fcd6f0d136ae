"""The JSON API: the same review and the same screening as on the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, g, request, url_for

from ..errors import NoStoreError
from ..signals import handout_made
from . import schemas
from .api_once import answered_once
from .api_pages import InvalidRequest, answered, read_body
from .mount import mount

__all__ = ["InvalidRequest", "is_api_request", "keep", "letter", "outcomes", "review", "screen"]


def is_api_request() -> bool:
    """Whether this request is of a program: for the API, CDS Hooks or FHIR, also when no route of them matched."""
    rule = request.url_rule
    return rule is not None and (request.endpoint or "").rpartition(".")[2].startswith(("api_", "cds_", "fhir_"))


def review() -> Response:
    """POST /api/v1/review: contract of `dentalpain review --json`."""
    given = read_body(schemas.ReviewRequest())
    return _assessed("review", given, asked_of(given), lambda record, asked: _reviewed(record, asked, given["patient"]))


def _reviewed(record: Any, asked: Mapping[str, Any], patient_ref: str | None) -> dict[str, Any]:
    """The review, with a mark on each flag that is muted for the patient who is named."""
    return mount.mutes.marked(mount.service.review(record, **asked), patient_ref)


def screen() -> Response:
    """POST /api/v1/screen: contract of `dentalpain screen --json`."""
    given = read_body(schemas.ScreenRequest())
    asked = {name: given[name] for name in ("answers", "findings", "facts")}
    return _assessed("screen", given, asked, lambda record, asked: mount.service.screen(record, **asked))


def outcomes() -> Response:
    """POST /api/v1/outcomes: contract of `dentalpain outcomes --json`."""
    given = read_body(schemas.OutcomesRequest())
    asked = {name: given[name] for name in ("trial", "answers", "measures")}
    return _assessed("outcomes", given, asked, lambda record, asked: mount.service.outcomes(record, **asked))


def asked_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a review."""
    asked = {name: given[name] for name in ("indication", "facts", "answers", "findings")}
    asked |= {name: tuple(given[name]) for name in ("prescribe", "consider")}
    return {**asked, "state": given["state"] or mount.settings.state, "legacy_mme": given["legacy_mme"]}


def record_of(given: Mapping[str, Any]) -> Any:
    """The record that was sent, on the day that is judged."""
    return mount.read_record(given["record"], given["on"] or mount.today())


def may_keep(given: Mapping[str, Any]) -> str | None:
    """The patient under whom this is kept, if the host grants it; None: nothing is kept. Raises AccessDenied, NoStoreError."""
    ref: str | None = given["patient"]
    if ref is not None:
        mount.allow("assess", ref)
        if mount.service.store is None:
            raise NoStoreError("This office keeps nothing: leave `patient` out, or name a store in DENTALPAIN_STORE.")
    return ref


def keep(kind: str, record: Any, asked: Mapping[str, Any], result: Mapping[str, Any], patient_ref: str) -> str:
    """Keep an assessment under a patient; its id."""
    told = {"patient_ref": patient_ref, "actor": str(g._dentalpain_actor.id), "at": mount.clock()}
    return str(mount.service.save(kind, record, asked, result, **told))


def _assessed(
    kind: str, given: Mapping[str, Any], asked: Mapping[str, Any], run: Callable[[Any, Mapping[str, Any]], dict[str, Any]]
) -> Response:
    """The result, kept where the request names a patient."""
    patient_ref = may_keep(given)

    def answer() -> Response:
        record = record_of(given)
        result = run(record, asked)
        if patient_ref is None:
            mount.note(g._dentalpain_actor, "api", None)
            return answered(result)
        kept = keep(kind, record, asked, result, patient_ref)
        mount.note(g._dentalpain_actor, "api", patient_ref, kept)
        response = answered({**result, "assessment": kept}, 201)
        response.headers["Location"] = url_for(".api_assessment", assessment_id=kept)
        return response

    return answered_once(answer, patient_ref)


def letter() -> Response:
    """POST /api/v1/letter: what `dentalpain handout --letter` writes, as a PDF, a page or, a referral, in FHIR."""
    from .handout import TYPES

    given = read_body(schemas.LetterRequest())
    patient_ref = given["patient"]
    if patient_ref is not None:
        mount.allow("print", patient_ref)
    record = record_of(given)
    shared = {name: given[name] for name in ("answers", "findings", "facts")}
    asked = {name: tuple(given[name]) for name in ("prescribe", "consider")}
    state = given["state"] or mount.settings.state
    reviewed = mount.service.review(record, indication=given["indication"], state=state, **asked, **shared)
    data = mount.service.letter(
        given["letter"],
        reviewed,
        mount.service.screen(record, **shared),
        record=record,
        facts=given["facts"],
        office=mount.settings.office,
        give=tuple(given["give"]),
        large_print=given["large_print"],
        paper=given["paper"],
        kind=given["form"],
    )
    mount.note(g._dentalpain_actor, "print", patient_ref)
    mount.tell(handout_made, g._dentalpain_actor, patient_ref, None)
    return Response(data, content_type=TYPES[given["form"]])
