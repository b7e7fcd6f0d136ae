"""The compact examination form: one choice for each place that is pressed, three answers for each question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict

from ..clinical.screening.examination import SUPPLEMENTAL
from ..clinical.screening.examination import ZONES as MUSCLE_ZONES
from . import complaint_form

SIDES = ("right", "left")
UNCLEAR = "unclear"
SITES = ("temporalis", "masseter", "tmj lateral pole", "tmj around pole")
# What the protocol tells apart where somebody writes it down: three zones of each muscle, and the supplemental places.
ZONES = tuple((site, zone) for site, zones in MUSCLE_ZONES.items() for zone in zones)
STRUCTURES = ("temporalis", "masseter", "tmj", "other masticatory", "non-masticatory")

# The choice for a place, and what it says about pain, familiar pain, spreading and referral (None: not said).
PALPATION: dict[str, tuple[str, tuple[bool, bool | None, bool | None, bool | None]]] = {
    "none": ("No pain", (False, False, False, False)),
    "pain": ("Pain, not familiar", (True, False, None, None)),
    "familiar": ("Familiar pain, stays there", (True, True, False, False)),
    "spreads": ("Familiar pain, spreads in the muscle", (True, True, True, False)),
    "refers": ("Familiar pain, felt elsewhere too", (True, True, None, True)),
}
PROVOKED = ("pain", "familiar_pain", "spreads_within_muscle", "refers_beyond_muscle")
# Of several entries for one place the form shows the choice that says most; not said stands below referral alone.
RANK = ("none", "pain", "familiar", "spreads", "", "refers")
SHORT = 2
HISTORY = {
    "pain_changed_by_jaw_use": "Chewing, opening, clenching or talking changes the pain",
    "temple_headache_last_30_days": "Headache in the temples in the last 30 days",
    "headache_changed_by_jaw_use": "Jaw use changes that headache",
}
# Answered by side in the interview: the form itself never asks the patient for a side (scoring manual of 2021).
JOINT_HISTORY = {
    "joint_noise_last_30_days": "Noise of the joint, last 30 days",
    "ever_locked_short_of_full_opening": "Ever locked or caught short of full opening",
    "lock_interfered_with_eating": "That lock hindered eating",
    "locked_then_released_last_30_days": "Locked short of full opening and came free, last 30 days",
    "locked_now": "Locked or limited right now",
    "stuck_wide_open_last_30_days": "Stuck wide open, last 30 days",
    "needed_manoeuvre_to_close": "Had to do something to close it",
}
# The list of sides to which a plain yes or no belongs.
SIDES_OF = {
    "lock_interfered_with_eating": "ever_locked_short_of_full_opening",
    "locked_now": "ever_locked_short_of_full_opening",
    "needed_manoeuvre_to_close": "stuck_wide_open_last_30_days",
}
# The choice of sides, and the list that it stands for.
BY_SIDE: dict[str, tuple[str, list[str]]] = {
    "none": ("No", []),
    "right": ("Right", ["right"]),
    "left": ("Left", ["left"]),
    "both": ("Both sides", ["right", "left"]),
    "unclear": ("Yes, side unclear", [UNCLEAR]),
}
HEADACHE_BY_SIDE = {
    "opening_familiar_headache": "Opening wide brings the familiar headache in the temple",
    "excursion_familiar_headache": "Moving sideways or forward brings it",
}
SOUNDS = {
    "opening_click": "Click on opening",
    "closing_click": "Click on closing",
    "excursive_click": "Click moving sideways or forward",
    "crepitus": "Crepitus in any movement",
    "patient_noticed": "The patient noticed a noise just now",
}
LOCKS = {
    "none": "No lock seen",
    "reduced by patient": "Locked, freed by the patient",
    "reduced by examiner": "Locked, freed by the examiner",
    "not reduced": "Locked, could not be freed",
}
HEADACHE_PLACES = ("right temple", "left temple", "right other", "left other")
BETTER_EXPLAINED = ("other_pain_diagnosis_explains_better", "other_headache_diagnosis_explains_better")
PAIN_WORDS = ("none", "comes and goes", "always present")
LOCATED = {
    "pain_location_confirmed": "Where the patient feels the pain (you touched and named it)",
    "opening_familiar_pain": "Opening wide brings the familiar pain in",
    "excursion_familiar_pain": "Moving sideways or forward brings the familiar pain in",
}
MILLIMETERS = {"max_assisted_interincisal_mm": (0, 90), "vertical_overlap_mm": (-20, 20)}
WORDS_OF = {"yes": True, "no": False}


def located() -> list[str]:
    """The places that a list of familiar pain can name, both sides of each beside one another."""
    return [f"{side} {structure}" for structure in STRUCTURES for side in SIDES]


def pressed() -> list[tuple[str, str]]:
    """The choices for a place that is pressed."""
    return [(value, choice[0]) for value, choice in PALPATION.items()]


def fine_places() -> list[tuple[str, str | None]]:
    """The places that are written down only by who presses by zone, or further muscles."""
    return [*ZONES, *((site, None) for site in SUPPLEMENTAL)]


def finer() -> list[str]:
    """The fields of these places."""
    return [press(side, site, zone) for site, zone in fine_places() for side in SIDES]


def slug(text: str) -> str:
    """A field name for a place."""
    return text.replace(" ", "-")


def read(form: MultiDict[str, str], errors: dict[str, str]) -> dict[str, Any] | None:
    """The findings file of this form, or None when nothing was asked or examined; what is left open stays out."""
    history = _history(form)
    examination = _examination(form, errors)
    complaint = complaint_form.read(form, errors)
    if not history and not examination and not complaint:
        return None
    findings: dict[str, Any] = {"history": history}
    if complaint:
        findings["complaint"] = complaint
    if examination:
        findings["examination"] = {"performed": True, **examination}
    return findings


def _history(form: MultiDict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if form.get("pain_last_30_days") in PAIN_WORDS:
        found["pain_last_30_days"] = form["pain_last_30_days"]
    return found | _answers(form, HISTORY) | _by_side(form, JOINT_HISTORY)


def _by_side(form: MultiDict[str, str], names: Mapping[str, str]) -> dict[str, list[str]]:
    """The sides that were chosen; what was not asked stays out."""
    return {name: list(BY_SIDE[form[name]][1]) for name in names if form.get(name) in BY_SIDE}


def _answers(form: MultiDict[str, str], names: Mapping[str, str] | tuple[str, ...]) -> dict[str, bool]:
    return {name: WORDS_OF[form[name]] for name in names if form.get(name) in WORDS_OF}


def _examination(form: MultiDict[str, str], errors: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in LOCATED:
        places = [place for place in form.getlist(name) if place in located()]
        if places or form.get(f"{name}-asked"):
            found[name] = places
    headache = [place for place in form.getlist("headache_location_confirmed") if place in HEADACHE_PLACES]
    if headache or form.get("headache_location_confirmed-asked"):
        found["headache_location_confirmed"] = headache
    found |= _by_side(form, HEADACHE_BY_SIDE) | _of_joints(form)
    pressed_at: list[tuple[str, str | None]] = [*((site, None) for site in SITES), *fine_places()]
    palpation = [entry for side in SIDES for site, zone in pressed_at if (entry := _palpation(form, side, site, zone))]
    if palpation:
        found["palpation"] = palpation
    for name, (low, high) in MILLIMETERS.items():
        value = _millimeters(form.get(name, "").strip(), low, high)
        if isinstance(value, str):
            errors[name] = value
        elif value is not None:
            found[name] = value
    return found | _answers(form, BETTER_EXPLAINED)


def _of_joints(form: MultiDict[str, str]) -> dict[str, Any]:
    """Sounds and observed locks by side; a sound that is not ticked is absent only where somebody listened to the joint."""
    sounds = {side: held for side in SIDES if (held := _sounds(form, side))}
    locks = {side: form[f"lock-{side}"] for side in SIDES if form.get(f"lock-{side}") in LOCKS}
    found: dict[str, Any] = {"joint_sounds": sounds} if sounds else {}
    return found | ({"observed_lock": locks} if locks else {})


def _sounds(form: MultiDict[str, str], side: str) -> dict[str, bool]:
    heard = {sound: True for sound in SOUNDS if sound in form.getlist(f"sound-{side}")}
    return dict.fromkeys(SOUNDS, False) | heard if form.get(f"sound-{side}-asked") else heard


def press(side: str, site: str, zone: str | None = None) -> str:
    """The name of the field of a place that is pressed."""
    return f"press-{slug(' '.join(filter(None, (side, site, zone))))}"


def _palpation(form: MultiDict[str, str], side: str, site: str, zone: str | None) -> dict[str, Any] | None:
    choice = PALPATION.get(form.get(press(side, site, zone), ""))
    if choice is None:
        return None
    pain, familiar, spreads, refers = choice[1]
    entry = {"site": f"{side} {site}", **({"zone": zone} if zone else {}), "pain": pain, "familiar_pain": familiar}
    entry |= {"spreads_within_muscle": spreads, "refers_beyond_muscle": refers}
    if pain and site == "temporalis":
        entry |= _answers_as("familiar_headache", form.get(f"headache-{side}", ""))
    seconds = form.get("hold_seconds", "")
    return entry | ({"hold_seconds": int(seconds)} if seconds in ("2", "5") else {})


def _answers_as(name: str, word: str) -> dict[str, bool]:
    return {name: WORDS_OF[word]} if word in WORDS_OF else {}


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
    told = {name: value for name, value in (history | examination).items() if value is not None}
    flat = {name: value for name, value in told.items() if not isinstance(value, list | Mapping)}
    fields = {name: _shown(value) for name, value in flat.items()} | _fields_by_side(told)
    fields |= complaint_form.fields_of(findings.get("complaint") or {})
    for name in (*LOCATED, "headache_location_confirmed"):
        if examination.get(name) is not None:
            fields[f"{name}-asked"] = "1"
            fields |= {f"{name}={place}": "1" for place in examination[name]}
    for entry in examination.get("palpation") or ():
        side, _, site = entry["site"].partition(" ")
        field = press(side, site, entry.get("zone"))
        fields[field] = max(_choice(entry), fields.get(field, "none"), key=RANK.index)
        fields["hold_seconds"] = str(entry.get("hold_seconds") or "")
        if entry.get("familiar_headache") is not None:
            fields[f"headache-{entry['site'].split(' ')[0]}"] = _shown(entry["familiar_headache"])
    return fields


def _fields_by_side(held: Mapping[str, Any]) -> dict[str, str]:
    """The choices of sides, the sounds and the locks of each joint."""
    fields = {name: _sides_chosen(name, held) for name in (*JOINT_HISTORY, *HEADACHE_BY_SIDE) if name in held}
    for side, sounds in (held.get("joint_sounds") or {}).items():
        known = {sound: heard for sound, heard in (sounds or {}).items() if heard is not None}
        fields |= {f"sound-{side}={sound}": "1" for sound, heard in known.items() if heard}
        if set(known) == set(SOUNDS):
            fields[f"sound-{side}-asked"] = "1"
    return fields | {f"lock-{side}": word for side, word in (held.get("observed_lock") or {}).items() if word}


def _sides_chosen(name: str, held: Mapping[str, Any]) -> str:
    """A plain yes is that of the sides of its list, or of both; a side that nobody can tell leaves both open."""
    sides = held[name]
    if isinstance(sides, bool):
        sides = (held.get(SIDES_OF.get(name, "")) or SIDES) if sides else ()
    if UNCLEAR in sides:
        return "unclear"
    return next(choice for choice, (_, listed) in BY_SIDE.items() if set(listed) == set(sides))


def _choice(entry: Mapping[str, Any]) -> str:
    """The choice that says what is held, or none: the form has no word for familiar pain whose spread nobody asked."""
    pain, familiar, spreads, refers = (entry.get(name) for name in PROVOKED)
    if pain is False:
        return "none"
    if not familiar:
        return "pain" if pain and familiar is False else ""
    if refers:
        return "refers"
    told = refers is False and spreads is not None
    return ("spreads" if spreads else "familiar") if told or _spread_is_not_read(entry) else ""


def _spread_is_not_read(entry: Mapping[str, Any]) -> bool:
    """Spread tells muscles apart, and only where they were pressed for longer than two seconds (AX1-M2)."""
    return entry.get("hold_seconds") == SHORT or " tmj " in entry["site"]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
