"""What a FHIR server says of itself, for `dentalpain check`: whether it answers, and whether it is one that we can read."""

from __future__ import annotations

from collections.abc import Iterable

from ...errors import NotAnsweredError, PracticeError
from ...fhir.elements import Json, objects, string
from ...fhir.unread import REASONS
from .transport import Transport

RELEASE = "4.0."  # FHIR R4; 4.0.1 is the present correction of it


def told_by(transport: Transport, kinds: Iterable[str]) -> str:
    """A sentence from the CapabilityStatement, with the searches of `kinds` that are not offered.

    Raises PracticeError where nothing answers, where the answer is no CapabilityStatement, and for another FHIR version.
    """
    try:
        told = transport.read(transport.address("metadata"), transport.until())
    except NotAnsweredError as error:
        why = f"The FHIR server did not say what it can do (/metadata): {REASONS[error.reason]}."
        raise PracticeError(f"{why} Check its base address, and that it can be reached from here.") from None
    if told.get("resourceType") != "CapabilityStatement":
        raise PracticeError("What stands under /metadata is no CapabilityStatement. Check the base address of the FHIR server.")
    version = string(told.get("fhirVersion"))
    if not version.startswith(RELEASE):
        raise PracticeError("The FHIR server speaks another version than R4 (4.0). Name the base address of its R4 endpoint.")
    missing = sorted(set(kinds) - _offered(told))
    rest = f"it names no search for {', '.join(missing)}, which stays unknown" if missing else "it names every search that is made"
    return f"the server answers with FHIR R4; {rest}"


def _offered(told: Json) -> set[str]:
    """The types of resources that a client may search; a type without interactions is counted: servers leave them out."""
    found = set()
    for each in objects(told.get("rest")):
        for kind in objects(each.get("resource")) if each.get("mode") == "server" else ():
            named = [one.get("code") for one in objects(kind.get("interaction"))]
            found |= {string(kind.get("type"))} if not named or "search-type" in named else set()
    return found
