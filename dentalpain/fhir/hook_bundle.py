"""The resources of a CDS Hooks request as one Bundle: the patient's record, and the orders under review as its drafts.

Everything is read by its `resourceType`, wherever it sits: the names of prefetch members are the sender's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .bundle import is_complete
from .elements import Json, mapping, objects, string, strings
from .hook_orders import ORDERS, Order, is_readable, is_reference, is_replaced, orders_of, selected
from .releases import release_of

INCOMPLETE = "A part of the record did not arrive in full; lists that look empty were not taken as empty."
NAMELESS_PART = "A part of the record names its patient in a form that FHIR does not know; it was read as this patient's."
NO_PATIENT = "The patient's own resource did not arrive: age and sex are not known."
OTHER_ORDER = "{} came as FHIR {} and was not reviewed; only orders of FHIR R4 (4.0.1) are read."
OTHER_RELEASE = "{} × {} came as FHIR {}: nothing in it was used; only FHIR R4 (4.0.1) is read."
NO_ORDER = "A part of the orders did not arrive or could not be read, and was not reviewed."


@dataclass
class HookBundle:
    """A Bundle to read, its orders in the order of its drafts, and sentences about what could not be used.

    `others` tells of resources of another release of FHIR, `gaps` of what is missing.
    """

    bundle: Json
    orders: tuple[Order, ...]
    has_patient: bool
    orders_left_out: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass
class _Gathered:
    """Resources as they are found, each with its fullUrl; those of another release of FHIR are counted alone."""

    found: list[tuple[str, Json]] = field(default_factory=list)
    others: Counter[tuple[str, str]] = field(default_factory=Counter)
    complete: bool = True

    def take(self, value: Any) -> None:
        """Take every resource in a value."""
        if isinstance(value, list):
            for item in value:
                self.take(item)
        elif isinstance(value, dict):
            self._take_object(value)
        elif value is not None:
            self.complete = False

    def _take_object(self, value: Json) -> None:
        kind = value.get("resourceType")
        if kind is None:
            for inner in value.values():
                if isinstance(inner, dict | list):
                    self.take(inner)
        elif kind == "Bundle":
            self._take_bundle(value)
        elif kind == "OperationOutcome" or not isinstance(kind, str):
            self.complete = False
        else:
            self._take_resource(kind, _without_context(value))

    def _take_resource(self, kind: str, value: Json) -> None:
        release = release_of(value)
        if release is None:
            self.found.append(("", value))
        else:
            self.others[kind, release] += 1

    def _take_bundle(self, bundle: Json) -> None:
        self.complete = self.complete and is_complete(bundle) and isinstance(bundle.get("entry", []), list)
        for entry in objects(bundle.get("entry")):
            held = len(self.found)
            self.take(entry.get("resource"))
            if len(self.found) == held + 1:
                self.found[-1] = (string(entry.get("fullUrl")), self.found[-1][1])


def _without_context(resource: Json) -> Json:
    """An order without the encounter of STU3, `context`: no rule reads it, and what we read stands where R4 has it."""
    if resource["resourceType"] != "MedicationRequest" or "context" not in resource:
        return resource
    return {key: value for key, value in resource.items() if key != "context"}


def make_bundle(
    patient_id: str,
    record: Mapping[str, Any],
    drafts: Any = None,
    *,
    selections: tuple[str, ...] | None = None,
    server: str = "",
) -> HookBundle:
    """One Bundle of what was sent or fetched (`record`) and of the orders (`drafts`).

    Only MedicationRequests of `drafts` are under review; drafts elsewhere are left out. `selections` None: all orders
    are selected. Nothing is used of a resource of another FHIR release, which is named instead. Raises RecordError for
    more than MOST_ORDERS orders.
    """
    gathered, ordered = _Gathered(), _Gathered()
    for value in record.values():
        gathered.take(value)
    ordered.take(drafts)
    patient, known = _patient(gathered, patient_id)
    shorten = _Shortening(server, patient_id)
    orders, left_out, drafted = orders_of(ordered.found, shorten.short, patient[0])
    if not (ordered.complete and is_readable(drafts)):
        left_out = (*left_out, NO_ORDER)
    left_out += tuple(OTHER_ORDER.format(*other) for other in ordered.others if other[0] in ORDERS)
    others = tuple(OTHER_RELEASE.format(count, *other) for other, count in gathered.others.items())
    kept = [pair for pair in gathered.found if not is_replaced(pair[1], drafted)]
    kept, nameless = _of_this_patient(kept, patient_id)
    complete = gathered.complete and not others and not nameless and _lists_hold(kept)
    entries = [_entry(url, shorten(each)) for url, each in (*patient, *kept, *_products(ordered), *orders)]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    if not complete:
        bundle["link"] = [{"relation": "next"}]
    reviewed = entries[len(entries) - len(orders) :]
    gaps = tuple(
        sentence
        for sentence, holds in ((NO_PATIENT, not known), (INCOMPLETE, not complete), (NAMELESS_PART, nameless))
        if holds
    )
    return HookBundle(bundle, selected(reviewed, selections), known, left_out, others, gaps)


def _of_this_patient(found: list[tuple[str, Json]], patient_id: str) -> tuple[list[tuple[str, Json]], bool]:
    """The resources, and whether one names its patient by a bare word: it names nobody, and a clinician is told."""
    me = {"reference": f"Patient/{patient_id}"}
    read = [(url, {**each, name: me} if (name := _names_nobody(each)) else each) for url, each in found]
    return read, read != found


def _names_nobody(resource: Json) -> str:
    """The element that names whom a resource is about by a bare word; '' for one that names somebody, or nobody at all."""
    name = "subject" if resource.get("subject") else "patient"
    who = string(mapping(resource.get(name)).get("reference"))
    return name if who and not is_reference(who) else ""


def _entry(url: str, resource: Json) -> Json:
    return {"fullUrl": url, "resource": resource} if url else {"resource": resource}


@dataclass(frozen=True, slots=True)
class _Shortening:
    """References to the sender's own server without its address; where it is not named, those to the patient."""

    server: str
    patient_id: str

    def __call__(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self(item) for item in value]
        if not isinstance(value, dict):
            return value
        return {
            key: self.short(inner) if key == "reference" and isinstance(inner, str) else self(inner)
            for key, inner in value.items()
        }

    def short(self, reference: str) -> str:
        """One reference."""
        if self.server:
            return reference.removeprefix(f"{self.server.rstrip('/')}/")
        mine = f"Patient/{self.patient_id}"
        whole = reference.split("/_history/")[0]
        return mine if "://" in whole and whole.endswith(f"/{mine}") else reference


def _patient(gathered: _Gathered, patient_id: str) -> tuple[list[tuple[str, Json]], bool]:
    """The Patient of the context, one without an id counting as such; all others are left out."""
    patients = [pair for pair in gathered.found if pair[1].get("resourceType") == "Patient"]
    gathered.found = [pair for pair in gathered.found if pair[1].get("resourceType") != "Patient"]
    for url, each in patients:
        if each.get("id") == patient_id or (len(patients) == 1 and "id" not in each):
            return [(url, {**each, "id": patient_id})], True
    return [("", {"resourceType": "Patient", "id": patient_id})], False


def _products(ordered: _Gathered) -> list[tuple[str, Json]]:
    return [pair for pair in ordered.found if pair[1].get("resourceType") == "Medication"]


# -- lists -------------------------------------------------------------------------------------------------------


def _lists_hold(found: list[tuple[str, Json]]) -> bool:
    """Whether every List came with the resources that it names: what did not come cannot be told from what is not."""
    known = {f"{string(each.get('resourceType'))}/{string(each.get('id'))}" for _, each in found}
    known |= {url for url, _ in found if url}
    return all(
        name in known or "/".join(name.split("/_history/")[0].rsplit("/", 2)[-2:]) in known
        for _, each in found
        if each.get("resourceType") == "List"
        for name in _named(each)
    )


def _named(resource: Json) -> Iterator[str]:
    for entry in objects(resource.get("entry")):
        yield from strings([mapping(entry.get("item")).get("reference")])
