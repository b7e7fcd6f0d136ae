"""Resources of another FHIR release, told by elements that R4 does not have: they read alike and differ, so refused.

A dose beside `doseAndRate`, where releases before R4 had it, says the same there and is read: many servers of R4 send it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..errors import RecordError
from .elements import Json

STU3, DSTU2, R5 = "STU3", "DSTU2", "R5"
Sign = tuple[Callable[[Json], bool], str]


def _has(name: str) -> Callable[[Json], bool]:
    return lambda resource: name in resource


def _is_text(name: str) -> Callable[[Json], bool]:
    return lambda resource: isinstance(resource.get(name), str)


def _is_object(name: str) -> Callable[[Json], bool]:
    return lambda resource: isinstance(resource.get(name), dict)


# The R4 pages of each resource list what changed since STU3; the R5 pages what changed since R4.
SIGNS: Mapping[str, tuple[Sign, ...]] = {
    "Condition": (
        (_is_text("clinicalStatus"), STU3),
        (_is_text("verificationStatus"), STU3),
        (_has("abatementBoolean"), DSTU2),
        (_has("dateRecorded"), DSTU2),
    ),
    "AllergyIntolerance": (
        (_is_text("clinicalStatus"), STU3),
        (_is_text("verificationStatus"), STU3),
        (_has("substance"), DSTU2),
        (_is_object("type"), R5),
    ),
    "MedicationRequest": (
        (_is_object("medication"), R5),
        (_is_object("context"), STU3),
    ),
    "MedicationStatement": (
        (_has("taken"), STU3),
        (_has("wasNotTaken"), DSTU2),
        (_is_object("medication"), R5),
    ),
    "MedicationDispense": (
        (_is_object("medication"), R5),
        (_has("notDone"), STU3),
    ),
    "Procedure": ((_has("notDone"), STU3), (_has("notPerformed"), DSTU2), (_has("occurrenceDateTime"), R5)),
    "Observation": ((_has("related"), STU3), (_is_text("comments"), DSTU2)),
    "MedicationOrder": ((lambda resource: True, DSTU2),),
    "ProcedureRequest": ((lambda resource: True, STU3),),
    "ReferralRequest": ((lambda resource: True, STU3),),
}


def release_of(resource: Json) -> str | None:
    """The release of FHIR other than R4 that a resource was written for; None where nothing in it tells of another."""
    kind: Any = resource.get("resourceType")
    return next((release for sign, release in SIGNS.get(kind, ()) if sign(resource)), None)


def check_release(resource: Json, where: str) -> None:
    """Raise RecordError for a resource that was written for another release of FHIR than R4."""
    release = release_of(resource)
    if release is not None:
        raise RecordError(
            f"This {resource['resourceType']} has the shape of FHIR {release}.",
            where=where,
            mend="Export the record as FHIR R4 (4.0.1).",
        )
