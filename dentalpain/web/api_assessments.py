"""Assessments that were kept: a patient's list, one by its id, why, again, and the decisions on its alerts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, g
from werkzeug.exceptions import BadRequest, NotFound

from ..errors import NoStoreError, NotStoredError
from ..signals import alert_overridden
from ..storage.decisions import report
from ..storage.port import AssessmentStore
from . import api_pages, api_requests
from .api_once import answered_once
from .mount import mount

RELEASED = "handout"


def listed() -> Response:
    """GET /api/v1/assessments: those of one patient, the last saved first."""
    asked = api_pages.read_query(api_requests.PageQuery())
    return _page(asked, asked["kind"])


def handouts() -> Response:
    """GET /api/v1/handouts: the handouts that a patient was given, the last first."""
    return _page(api_pages.read_query(api_requests.SpanOfPage()), RELEASED)


def _page(asked: Mapping[str, Any], kind: str | None) -> Response:
    store, ref = _store(), api_pages.named_patient()
    actor, behind, limit = mount.allow("see", ref), api_pages.after(asked["cursor"]), asked["limit"]
    try:
        found = store.for_patient(ref, limit + 1, behind, kind)
    except NotStoredError:
        raise api_pages.no_cursor() from None
    mount.note(actor, "see", ref)
    shown = api_pages.page(found, limit)
    if kind == RELEASED:
        held = {one.id: one.assessment.inputs["arguments"] for one in found}
        for entry in shown["items"]:
            entry["given"] = {name: held[entry["assessment"]].get("printed", {}).get(name) for name in api_requests.GIVEN}
    return api_pages.tagged(shown)


def read(assessment_id: str) -> Response:
    """GET /api/v1/assessments/{id}: the facts it read, and the advice as it was given."""
    return api_pages.tagged(_opened(assessment_id, "see"))


def replay(assessment_id: str) -> Response:
    """GET /api/v1/assessments/{id}/replay: the advice then, the advice now, and the rules that differ."""
    _opened(assessment_id, "see")
    result = mount.service.replay(assessment_id)
    if result["same_knowledge"] and not result["equal"]:
        current_app.logger.error("dentalpain fault: the replay of %s gives other advice", assessment_id)
    return api_pages.tagged(result)


def explain(assessment_id: str) -> Response:
    """GET /api/v1/assessments/{id}/explain: each rule that spoke, on what it rests, and its text today."""
    found = _opened(assessment_id, "see")
    whole = [found["result"], *(part for part in found["result"].values() if isinstance(part, Mapping))]
    flags = [flag for part in whole for name in ("red_flags", "flags") for flag in part.get(name, ())]
    rules = [
        {"rule": f["rule"], "answer": f["answer"], "because": f["because"], "text": _text(f["rule"])} for f in flags
    ]
    told = {"assessment": assessment_id, "kind": found["kind"], "on": found["on"], "rules": rules}
    return api_pages.tagged({**told, "same_knowledge": found["digest"] == mount.knowledge.digest})


def rule(rule_id: str) -> Response:
    """GET /api/v1/rules/{id}: when it answers, what then, its limits, sources and worked cases."""
    api_pages.read_query(api_requests.NoQuery())
    actor = mount.allow("why")
    text = _text(rule_id)
    if text is None:
        raise NotFound("There is no rule of this id.")
    mount.note(actor, "why", None)
    return api_pages.tagged(text)


def _text(rule_id: str) -> Mapping[str, Any] | None:
    """A rule of prescribing, or the file of a red flag, as it stands today."""
    if rule_id in mount.knowledge.rules.by_id:
        return dict(mount.service.explain(rule_id))
    flag = mount.service.tools.screening.red_flags.get(rule_id)
    return None if flag is None else {"id": rule_id, **flag.texts}


# -- decisions on alerts -----------------------------------------------------------------------------------------------


def overrides(assessment_id: str) -> Response:
    """GET /api/v1/assessments/{id}/overrides: the decisions on its alerts, in the order of arrival."""
    _opened(assessment_id, "see")
    return api_pages.tagged(_decisions(assessment_id))


def override(assessment_id: str) -> Response:
    """POST /api/v1/assessments/{id}/overrides: a decision against an alert, with its reason; it is added, never replaced."""
    given = api_pages.read_body(api_requests.OverrideRequest())
    found = _opened(assessment_id, "assess", look=False)
    if given["reason"] is None and given["text"] is None:
        raise BadRequest("A decision needs a reason: a code, or a sentence.")
    whole = [found["result"], *(part for part in found["result"].values() if isinstance(part, Mapping))]
    if given["rule"] not in {flag["rule"] for part in whole for flag in part.get("flags", ())}:
        raise api_pages.InvalidRequest([{"pointer": "/rule", "detail": "This assessment has no alert of this rule."}])
    return answered_once(lambda: _override(assessment_id, found["patient_ref"], given), found["patient_ref"])


def _override(assessment_id: str, patient_ref: str, given: Mapping[str, Any]) -> Response:
    api_pages.check_unchanged(_decisions(assessment_id))
    actor = g._dentalpain_actor
    mount.trail.override(assessment_id, given["rule"], str(actor.id), given["reason"], given["text"])
    mount.tell(alert_overridden, actor, patient_ref, assessment_id, [given["rule"]])
    now = _decisions(assessment_id)
    response = api_pages.answered(now["items"][-1], 201)
    response.set_etag(api_pages.tag_of(now))
    return response


def _decisions(assessment_id: str) -> dict[str, Any]:
    held = _store().overrides(assessment_id)
    items = [
        {"rule": one.rule, "reason": one.reason_code, "text": one.reason_text, "actor": one.actor, "at": one.at}
        for one in held
    ]
    return {"items": items}


def counts() -> Response:
    """GET /api/v1/overrides: how often alerts were decided on, by rule and reason, and how often shown, from day to day."""
    asked = api_pages.read_query(api_requests.CountsQuery())
    last = asked["until"] or mount.today()
    first = asked["since"] or api_requests.days_before(last)
    if first > last:
        raise BadRequest("The first day comes after the last.")
    mount.note(g._dentalpain_actor, "api", None)
    return api_pages.tagged(report(_store(), first, last, withhold_small=asked["small"] == "withheld"))


# -- opening -----------------------------------------------------------------------------------------------------------


def _opened(assessment_id: str, action: str, *, look: bool = True) -> dict[str, Any]:
    """A kept assessment, if the host lets this person do this with its patient. Raises NotStoredError, AccessDenied."""
    if look:
        api_pages.read_query(api_requests.NoQuery())
    found = dict(mount.service.find(assessment_id))
    actor = mount.allow(action, found["patient_ref"])
    if look:
        mount.note(actor, action, found["patient_ref"], assessment_id)
    return found


def _store() -> AssessmentStore:
    store: AssessmentStore | None = mount.service.store
    if store is None:
        raise NoStoreError("This office keeps nothing: DENTALPAIN_STORE names where.")
    return store
