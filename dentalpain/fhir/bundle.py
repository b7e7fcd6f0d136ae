"""A Bundle opened: its release and type checked, its patient found, its references resolved, strangers set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ..clinical.record import NotRead
from ..errors import RecordError
from .elements import Json, mapping, objects, short, string
from .releases import check_release
from .unread import failed_search

STRANGERS = "they name another patient and were left out"
TYPES = ("collection", "transaction", "searchset")

# Read into the record, or looked into while another resource is read.
READ = frozenset({
    "Patient", "Condition", "Procedure", "Observation", "AllergyIntolerance", "MedicationRequest",
    "MedicationStatement", "MedicationDispense", "Medication", "List", "ServiceRequest", "Appointment",
    "QuestionnaireResponse",
})  # fmt: skip
# Of the office, the money or the way the data came: nothing in them is a clinical fact of the patient.
ADMINISTRATIVE = frozenset({
    "Organization", "Practitioner", "PractitionerRole", "Location", "Encounter", "EpisodeOfCare", "Claim",
    "ClaimResponse", "ExplanationOfBenefit", "Coverage", "Account", "Provenance", "AuditEvent", "RelatedPerson",
    "CareTeam", "HealthcareService", "Endpoint", "Schedule", "Slot", "Immunization", "ImagingStudy", "Goal", "Consent",
    "Binary", "MessageHeader", "SupplyDelivery", "Device", "Group",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A resource and where it stands in the Bundle."""

    resource: Json
    where: str


@dataclass
class OpenBundle:
    """The resources of one patient. `complete` is false when the Bundle says that there is more than it holds."""

    patient: Json
    patient_where: str
    complete: bool
    not_read: list[NotRead] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)  # types of which a resource could not be used
    _by_type: dict[str, list[Found]] = field(default_factory=dict)
    _by_reference: dict[str, Json] = field(default_factory=dict)

    def of_type(self, *names: str) -> Iterator[Found]:
        """The patient's resources of these types, in the order of the Bundle."""
        for name in names:
            yield from self._by_type.get(name, ())

    def resolve(self, reference: Any, inside: Json) -> Json | None:
        """The resource that a Reference names: contained ('#id'), urn:uuid, relative or absolute; None if not sent."""
        written = string(mapping(reference).get("reference"))
        if written.startswith("#"):
            held = objects(inside.get("contained"))
            return next((c for c in held if c.get("id") == written[1:]), None)
        return self._by_reference.get(_without_version(written))


def open_bundle(data: Json, patient: str | None) -> OpenBundle:
    """Check a Bundle and sort what it holds for one patient; raises RecordError when it cannot be used."""
    _check_bundle(data)
    found = list(_entries(data))
    for each in found:
        check_release(each.resource, each.where)
    references = _references(data)
    chosen = _choose_patient(found, references, patient)
    opened = OpenBundle(
        chosen.resource if chosen else {}, chosen.where if chosen else "", is_complete(data), _by_reference=references
    )
    _sort(opened, found, _subject_test(opened, found))
    if not opened.complete:
        opened.not_read.append(NotRead("/link", "further pages", "the answer of the server was not sent in full"))
    return opened


def _check_bundle(data: Json) -> None:
    kind = data.get("resourceType")
    if kind != "Bundle":
        said = f"a single {kind}" if isinstance(kind, str) and kind in READ else "no FHIR resource that is read"
        raise RecordError(f"This is {said}, not a Bundle.", where="/resourceType", mend="Send a FHIR R4 Bundle.")
    if data.get("type") not in TYPES:
        raise RecordError(
            "This type of Bundle is not read.",
            where="/type",
            mend=f"Send one of type {', '.join(TYPES[:2])} or {TYPES[2]}.",
        )
    if not isinstance(data.get("entry", []), list):
        raise RecordError("The entries of the Bundle are no list.", where="/entry", mend="Send a FHIR R4 Bundle.")


def _entries(data: Json) -> Iterator[Found]:
    for index, entry in enumerate(data.get("entry", [])):
        resource = mapping(mapping(entry).get("resource"))
        if string(resource.get("resourceType")) and _method(entry) != "DELETE":
            yield Found(resource, f"/entry/{index}/resource")


def _method(entry: Any) -> str:
    return string(mapping(mapping(entry).get("request")).get("method"))


def is_complete(data: Json) -> bool:
    """Whether all that was found was sent; an outcome of the server among the entries says that something failed.

    An outcome that names the one search that failed (`unread.failed_search`) leaves the rest complete.
    """
    entries = objects(data.get("entry"))
    if any(link.get("relation") == "next" for link in objects(data.get("link"))):
        return False
    if any(_is_outcome(entry) for entry in entries):
        return False
    matches = [e for e in entries if mapping(e.get("search")).get("mode") in (None, "match")]
    total = data.get("total")
    return not (data.get("type") == "searchset" and isinstance(total, int) and total > len(matches))


def _is_outcome(entry: Json) -> bool:
    kind = mapping(entry.get("resource")).get("resourceType")
    if failed_search(mapping(entry.get("resource"))) is not None:
        return False
    return mapping(entry.get("search")).get("mode") == "outcome" or kind == "OperationOutcome"


# -- references and subjects -----------------------------------------------------------------------------------------


def _without_version(reference: str) -> str:
    return reference.split("/_history/", 1)[0]


def _references(data: Json) -> dict[str, Json]:
    """Every resource by its fullUrl and, where no other server is named, by 'Type/id'."""
    found: dict[str, Json] = {}
    for entry in objects(data.get("entry")):
        resource = mapping(entry.get("resource"))
        relative = f"{string(resource.get('resourceType'))}/{string(resource.get('id'))}"
        found.setdefault(relative, resource)
        if string(entry.get("fullUrl")):
            found[_without_version(string(entry["fullUrl"]))] = resource
    return found


def _choose_patient(found: list[Found], references: dict[str, Json], wanted: str | None) -> Found | None:
    patients = [each for each in found if each.resource["resourceType"] == "Patient"]
    if wanted is not None:
        named = references.get(f"Patient/{wanted.removeprefix('Patient/')}") or references.get(wanted)
        patients = [each for each in patients if each.resource is named]
        if not patients:
            raise RecordError("The Bundle holds no patient of the id asked for.", mend="Check the id.")
    if len(patients) > 1:
        raise _several(len(patients))
    return patients[0] if patients else None


def _several(count: int) -> RecordError:
    return RecordError(
        f"The Bundle holds {count} patients.", where="/entry", mend="Say whose record to read: --patient ID."
    )


def _subjects_of(resource: Json) -> list[str]:
    """Whom a resource is about; an appointment names its people as participants, the staff among them."""
    named = [mapping(resource.get("subject") or resource.get("patient"))]
    named += [mapping(participant.get("actor")) for participant in objects(resource.get("participant"))]
    references = (_without_version(string(each.get("reference"))) for each in named)
    return [reference for reference in references if reference]


def _subject_test(opened: OpenBundle, found: list[Found]) -> Callable[[Json], bool]:
    """Whether a resource is of the patient; without a Patient, all resources must name the same subject."""
    if opened.patient:

        def is_of_patient(resource: Json) -> bool:
            subjects = _subjects_of(resource)
            return not subjects or any(opened._by_reference.get(subject) is opened.patient for subject in subjects)

        return is_of_patient
    kinds = READ - {"Appointment"}
    named = {s for each in found if each.resource["resourceType"] in kinds for s in _subjects_of(each.resource)[:1]}
    if len(named) > 1:
        raise _several(len(named))
    return lambda resource: True


def _sort(opened: OpenBundle, found: list[Found], is_of_patient: Callable[[Json], bool]) -> None:
    strangers: Counter[str] = Counter()
    others: Counter[str] = Counter()
    first: dict[str, str] = {}
    for each in found:
        kind = each.resource["resourceType"]
        if kind == "Patient" or kind in ADMINISTRATIVE:
            continue
        first.setdefault(kind, each.where)
        if (failed := failed_search(each.resource)) is not None:
            opened.unreadable |= {failed.kind} if failed.voids else set()
            opened.not_read.append(NotRead(each.where, short(failed.kind), failed.why))
        elif kind == "OperationOutcome" or kind not in READ:
            others[kind] += 1
        elif kind != "Medication" and not is_of_patient(each.resource):
            strangers[kind] += 1
        elif not _unreadable(opened, each):
            opened._by_type.setdefault(kind, []).append(each)
    for kind, count in strangers.items():
        opened.not_read.append(NotRead(first[kind], f"{count} × {kind}", STRANGERS))
    for kind, count in others.items():
        opened.not_read.append(NotRead(first[kind], short(f"{count} × {kind}"), "this type of resource is not read"))


def _unreadable(opened: OpenBundle, each: Found) -> bool:
    """An extension that may reverse the meaning, and is not known, makes the whole resource unreadable."""
    resource = each.resource
    if not (resource.get("modifierExtension") or resource.get("implicitRules")):
        return False
    what = f"{resource['resourceType']} with an extension that may change its meaning"
    opened.not_read.append(NotRead(each.where, short(what), "the extension is not known, so nothing in it is used"))
    opened.unreadable.add(resource["resourceType"])
    return True
