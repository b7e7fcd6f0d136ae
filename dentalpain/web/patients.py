"""The day's list, and the opening of a patient."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from werkzeug.exceptions import BadRequest

from ..signals import chart_read
from . import handing, visit
from .forms import empty_arguments
from .mount import mount
from .pages import render


def today() -> str:
    """The patients of the day whom this person may see."""
    actor = mount.allow("list")
    listed = [one for one in mount.practice.patients_on(mount.today()) if mount.granted(actor, "see", one.ref)]
    mount.note(actor, "list", None)
    forms = handing.of_today(actor) if mount.settings.patient_link_minutes else {}
    elsewhere = [form for ref, held in forms.items() if ref not in {one.ref for one in listed} for form in held]
    may_hand = {one.ref for one in listed if mount.settings.patient_link_minutes and mount.granted(actor, "hand", one.ref)}
    return render("today.html", listed=listed, day=mount.today(), forms=forms, elsewhere=elsewhere, may_hand=may_hand)


def start() -> Any:
    """Open a patient: the chart is screened and reviewed as it stands, and kept under an opaque id."""
    patient_ref = request.form.get("patient", "")
    if not patient_ref:
        raise BadRequest("No patient was named. Open one from the list.")
    return redirect(url_for(".visit", visit_id=open_patient(patient_ref)), 303)


def open_patient(patient_ref: str) -> str:
    """The id of a new visit of a patient whom the person at the screen may see. Raises AccessDenied."""
    actor = mount.allow("see", patient_ref)
    record = mount.record(patient_ref)
    arguments = empty_arguments() | {"state": mount.settings.state}
    new = visit.assess(actor, patient_ref, record, arguments)
    mount.note(actor, "see", patient_ref, new)
    mount.tell(chart_read, actor, patient_ref, new)
    return new
