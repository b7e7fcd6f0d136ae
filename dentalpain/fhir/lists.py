"""List resources: when somebody went through the problems, the medicines or the allergies."""

from __future__ import annotations

from .bundle import Found
from .elements import codes_of, day, first_code, objects, string
from .gathering import Gathering

# LOINC document sections, as the List resource uses them.
LISTS = {"11450-4": "problems", "48765-2": "allergies", "10160-0": "medicines"}


def read_lists(gathering: Gathering) -> None:
    """Note each reviewed list; a list that only changes another, or holds nothing without a reason, is none."""
    for found in gathering.bundle.of_type("List"):
        which = next((LISTS[c.code] for c in codes_of(found.resource.get("code")) if c.code in LISTS), None)
        date = day(found.resource.get("date"))
        if which is None or gathering.is_later(found, date) or not _counts(found):
            continue
        if date is None:
            gathering.miss(found, f"list of {which}", "it has no day, so nobody can tell when it was reviewed")
        gathering.review(which, date, "FHIR List")


def _counts(found: Found) -> bool:
    resource = found.resource
    if string(resource.get("status")) != "current" or resource.get("mode") == "changes":
        return False
    held = [entry for entry in objects(resource.get("entry")) if entry.get("deleted") is not True]
    return bool(held) or first_code(resource.get("emptyReason")) == "nilknown"
