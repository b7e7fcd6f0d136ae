"""The compact examination form: one choice for each place that is pressed, three answers for each question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict

SIDES = ("right", "left")
SITES = ("temporalis", "masseter", "tmj lateral pole", "tmj around pole")
STRUCTURES = ("temporalis", "masseter", "tmj")

# The choice for a place, and what it says about pain, familiar pain, spreading and referral (None: not said).
PALPATION: dict[str, tuple[str, tuple[bool, bool | None, bool | None, bool | None]]] = {
    "none": ("No pain", (False, False, False, False)),
    "pain": ("Pain, not familiar", (True, False, None, None)),
    "familiar": ("Familiar pain, stays there", (True, True, False, False)),
    "spreads": ("Familiar pain, spreads in the muscle", (True, True, True, False)),
    "refers": ("Familiar pain, felt elsewhere too", (True, True, None, True)),
}
HISTORY = {
    "pain_changed_by_jaw_use": "Chewing, opening, clenching or talking changes the pain",
    "temple_headache_last_30_days": "Headache in the temples in the last 30 days",
    "headache_changed_by_jaw_use": "Jaw use changes that headache",
}
PAIN_WORDS = ("none", "comes and goes", "always present")
LOCATED = {
    "pain_location_confirmed": "Where the patient feels the pain (you touched and named it)",
    "opening_familiar_pain": "Opening wide brings the familiar pain in",
    "excursion_familiar_pain": "Moving sideways or forward brings the familiar pain in",
}
MILLIMETERS = {"max_assisted_interincisal_mm": (0, 90), "vertical_overlap_mm": (-20, 20)}
WORDS_OF = {"yes": True, "no": False}


def slug(text: str) -> str:
    """A field name for a place."""
    return text.replace(" ", "-")


def read(form: MultiDict[str, str], errors: dict[str, str]) -> dict[str, Any] | None:
    """The findings file of this form, or None when nothing was asked or examined; what is left open stays out."""
    history = _history(form)
    examination = _examination(form, errors)
    if not history and not examination:
        return None
    findings: dict[str, Any] = {"history": history}
    if examination:
        findings["examination"] = {"performed": True, **examination}
    return findings


def _history(form: MultiDict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if form.get("pain_last_30_days") in PAIN_WORDS:
        found["pain_last_30_days"] = form["pain_last_30_days"]
    return found | _answers(form, HISTORY)


def _answers(form: MultiDict[str, str], names: Mapping[str, str] | tuple[str, ...]) -> dict[str, bool]:
    return {name: WORDS_OF[form[name]] for name in names if form.get(name) in WORDS_OF}


def _examination(form: MultiDict[str, str], errors: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in LOCATED:
        places = [place for place in form.getlist(name) if place in _places()]
        if places or form.get(f"{name}-asked"):
            found[name] = places
    palpation = [entry for side in SIDES for site in SITES if (entry := _palpation(form, side, site))]
    if palpation:
        found["palpation"] = palpation
    for name, (low, high) in MILLIMETERS.items():
        value = _millimeters(form.get(name, "").strip(), low, high)
        if isinstance(value, str):
            errors[name] = value
        elif value is not None:
            found[name] = value
    return found | _answers(form, ("other_pain_diagnosis_explains_better",))


def _places() -> list[str]:
    return [f"{side} {structure}" for side in SIDES for structure in STRUCTURES]


def _palpation(form: MultiDict[str, str], side: str, site: str) -> dict[str, Any] | None:
    place = f"{side} {site}"
    choice = PALPATION.get(form.get(f"press-{slug(place)}", ""))
    if choice is None:
        return None
    pain, familiar, spreads, refers = choice[1]
    entry = {"site": place, "pain": pain, "familiar_pain": familiar}
    entry |= {"spreads_within_muscle": spreads, "refers_beyond_muscle": refers}
    seconds = form.get("hold_seconds", "")
    return entry | ({"hold_seconds": int(seconds)} if seconds in ("2", "5") else {})


def _millimeters(text: str, low: int, high: int) -> Decimal | str | None:
    """A length; a sentence when it is not one."""
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,3}([.][0-9])?", text) or not low <= Decimal(text) <= high:
        return f"Write millimeters from {low} to {high}, such as {max(low, 4)}."
    return Decimal(text)


def fields_of(findings: Mapping[str, Any] | None) -> dict[str, str]:
    """The form fields that show these findings."""
    if not findings:
        return {}
    history, examination = findings.get("history") or {}, findings.get("examination") or {}
    fields = {name: _shown(value) for name, value in (history | examination).items() if not isinstance(value, list)}
    for name in LOCATED:
        if examination.get(name) is not None:
            fields[f"{name}-asked"] = "1"
            fields |= {f"{name}={place}": "1" for place in examination[name]}
    for entry in examination.get("palpation") or ():
        fields[f"press-{slug(entry['site'])}"] = _choice(entry)
        fields["hold_seconds"] = str(entry.get("hold_seconds", ""))
    return fields


def _choice(entry: Mapping[str, Any]) -> str:
    if not entry["pain"]:
        return "none"
    if not entry["familiar_pain"]:
        return "pain"
    return "refers" if entry["refers_beyond_muscle"] else "spreads" if entry["spreads_within_muscle"] else "familiar"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
