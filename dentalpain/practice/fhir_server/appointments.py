"""The list of a day from Appointment resources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from ...fhir.elements import Json, mapping, objects, string, strings, text_of
from ..port import ListedPatient

# FHIR R4, appointmentstatus: those of somebody who is expected, is here, or was here today.
EXPECTED = frozenset({"pending", "booked", "arrived", "fulfilled", "checked-in"})
NO_NAME = "Name not recorded"


def ways(day: dt.date, zone: dt.tzinfo | None, page: str) -> list[list[str]]:
    """The search for a day of the office, with the patients themselves, and the same without them."""
    ends = (f"{sign}{_midnight(each, zone)}" for sign, each in (("ge", day), ("lt", day + dt.timedelta(days=1))))
    plain = "&".join([*(f"date={quote(end, safe='')}" for end in ends), page])
    return [[f"{plain}&_include=Appointment:patient"], [plain]]


def _midnight(day: dt.date, zone: dt.tzinfo | None) -> str:
    start = dt.datetime.combine(day, dt.time())
    return (start.replace(tzinfo=zone) if zone else start.astimezone()).isoformat()


def listed(entries: list[Json], day: dt.date, zone: dt.tzinfo | None, base: str) -> list[ListedPatient]:
    """The patients of a day in the order of their appointments."""
    resources = [mapping(entry.get("resource")) for entry in entries]
    names = {string(one.get("id")): name_of(one) for one in resources if one.get("resourceType") == "Patient"}
    found = [
        line
        for one in resources
        if one.get("resourceType") == "Appointment" and str(one.get("status")) in EXPECTED
        for line in _lines(one, names, day, zone, base)
    ]
    return sorted(found, key=lambda line: (line.time is None, line.time or dt.time()))


def _lines(
    appointment: Json, names: Mapping[str, str], day: dt.date, zone: dt.tzinfo | None, base: str
) -> Iterator[ListedPatient]:
    start = _local(string(appointment.get("start")), zone)
    if start is not None and start.date() != day:
        return
    for each in objects(appointment.get("participant")):
        actor = mapping(each.get("actor"))
        kind, _, ref = string(actor.get("reference")).removeprefix(f"{base}/").split("/_history/")[0].partition("/")
        if kind == "Patient" and ref and "/" not in ref:
            name = names.get(ref) or string(actor.get("display")).strip() or NO_NAME
            time = start.time().replace(second=0, microsecond=0) if start else None
            yield ListedPatient(ref=ref, name=name, time=time, reason=_reason(appointment))


def _local(written: str, zone: dt.tzinfo | None) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(written).astimezone(zone)
    except (ValueError, OverflowError):
        return None


def _reason(appointment: Json) -> str:
    for concept in (*objects(appointment.get("serviceType")), mapping(appointment.get("appointmentType"))):
        if text_of(concept):
            return text_of(concept)
    return string(appointment.get("description")).strip()


def name_of(patient: Json) -> str:
    """The name for a list: family name first; '' where none is recorded."""
    held = objects(patient.get("name"))
    chosen = next((name for name in held if name.get("use") in ("official", "usual")), (held or [{}])[0])
    parts = (string(chosen.get("family")).strip(), " ".join(strings(chosen.get("given"))).strip())
    return ", ".join(filter(None, parts)) or string(chosen.get("text")).strip()
