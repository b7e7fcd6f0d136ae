"""Flags that are muted for a patient, over the JSON API: muted, listed, lifted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, g, url_for

from . import api_pages, api_requests
from .api_once import answered_once
from .mount import mount


def listed() -> Response:
    """GET /api/v1/mutes: the flags that are or were muted for a patient, in the order of arrival."""
    api_pages.read_query(api_requests.NoQuery())
    ref = api_pages.named_patient()
    actor = mount.allow("see", ref)
    mount.note(actor, "see", ref)
    return api_pages.tagged({"items": mount.mutes.listed(ref)})


def mute(assessment_id: str) -> Response:
    """POST /api/v1/assessments/{id}/mutes: mutes a flag of a kept review for its patient, up to a day, with a reason."""
    given = api_pages.read_body(api_requests.MuteRequest())
    found = mount.service.find(assessment_id)
    mount.allow("assess", found["patient_ref"])
    return answered_once(lambda: _mute(assessment_id, found["patient_ref"], given), found["patient_ref"])


def _mute(assessment_id: str, patient_ref: str, given: Mapping[str, Any]) -> Response:
    who = str(g._dentalpain_actor.id)
    kept = mount.mutes.mute(assessment_id, given["rule"], given["until"], who, given["reason"], given["text"])
    response = api_pages.answered(_one(kept, patient_ref), 201)
    response.headers["Location"] = url_for(".api_mutes")
    return response


def lift(mute_id: str) -> Response:
    """POST /api/v1/mutes/{id}/lift: ends a mute, so that the flag speaks again; one that has ended stays as it is."""
    api_pages.read_body(api_requests.LiftRequest())
    ref = mount.mutes.find(mute_id).mute.patient_ref
    mount.allow("assess", ref)
    return answered_once(lambda: _lift(mute_id, ref), ref)


def _lift(mute_id: str, patient_ref: str) -> Response:
    mount.mutes.lift(mute_id, str(g._dentalpain_actor.id))
    return api_pages.answered(_one(mute_id, patient_ref))


def _one(mute_id: str, patient_ref: str) -> Mapping[str, Any]:
    return next(one for one in mount.mutes.listed(patient_ref) if one["id"] == mute_id)
