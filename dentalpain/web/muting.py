"""Muting a flag for a patient from the page of a visit, and lifting that again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import redirect, request, url_for
from werkzeug.exceptions import BadRequest

from .mount import mount
from .visit import decision, opened


def mute(visit_id: str) -> Any:
    """Mute a flag of the visit for its patient, up to a day, with a reason."""
    actor, found = opened(visit_id, "assess")
    rule, code, text = decision(found)
    try:
        until = dt.date.fromisoformat(request.form.get("until", ""))
    except ValueError:
        raise BadRequest("Choose the last day on which the flag is muted.") from None
    mount.mutes.mute(visit_id, rule, until, str(actor.id), code, text)
    return redirect(url_for(".visit", visit_id=visit_id, _anchor="muted"), 303)


def lift(visit_id: str) -> Any:
    """End a mute of the patient of the visit: the flag speaks again."""
    actor, found = opened(visit_id, "assess")
    kept = mount.mutes.find(request.form.get("mute", ""))
    if kept.mute.patient_ref != found["patient_ref"]:
        raise BadRequest("This names no mute of the patient of this visit.")
    mount.mutes.lift(kept.id, str(actor.id))
    return redirect(url_for(".visit", visit_id=visit_id, _anchor=f"flag-{kept.mute.rule}"), 303)
