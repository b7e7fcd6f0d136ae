"""The resources of a CDS Hooks request as one Bundle: the patient's record, and the orders under review as its drafts.

Everything is read by its `resourceType`, wherever it sits: the names of prefetch members are the sender's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import RecordError
from .bundle import is_complete
from .elements import Json, mapping, objects, string, strings
from .releases import check_release

MOST_ORDERS = 50
WITHDRAWN = frozenset({"cancelled", "entered-in-error", "stopped", "completed"})

INCOMPLETE = "A part of the record did not arrive in full; lists that look empty were not taken as empty."
NO_PATIENT = "The patient's own resource did not arrive: age and sex are not known."
STRANGER = "An order names another patient and was not reviewed."
NAMELESS = "An order names its patient in a form that FHIR does not know; it was reviewed as this patient's."
UNREADABLE = "An order carries an extension that may change its meaning and was not reviewed."
SEND_R4 = "Send resources of FHIR R4 (4.0.1)."
NO_ORDER = "A part of the orders did not arrive or could not be read, and was not reviewed."


@dataclass(frozen=True, slots=True)
class Order:
    """A MedicationRequest under review, and whether the person has just selected it."""

    resource: Json
    selected: bool


@dataclass
class HookBundle:
    """A Bundle to read, its orders in the order of its drafts, and sentences about what could not be used."""

    bundle: Json
    orders: tuple[Order, ...]
    has_patient: bool
    orders_left_out: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass
class _Gathered:
    """Resources as they are found, each with its fullUrl."""

    found: list[tuple[str, Json]] = field(default_factory=list)
    complete: bool = True

    def take(self, value: Any, where: str) -> None:
        """Take every resource in a value; raises RecordError for one of another release of FHIR."""
        if isinstance(value, list):
            for index, item in enumerate(value):
                self.take(item, f"{where}/{index}")
        elif isinstance(value, dict):
            self._take_object(value, where)
        elif value is not None:
            self.complete = False

    def _take_object(self, value: Json, where: str) -> None:
        kind = value.get("resourceType")
        if kind is None:
            for name, inner in value.items():
                if isinstance(inner, dict | list):
                    self.take(inner, f"{where}/{name if name in KNOWN_MEMBERS else '…'}")
        elif kind == "Bundle":
            self._take_bundle(value, where)
        elif kind == "OperationOutcome" or not isinstance(kind, str):
            self.complete = False
        else:
            check_release(value, where, SEND_R4)
            self.found.append(("", value))

    def _take_bundle(self, bundle: Json, where: str) -> None:
        self.complete = self.complete and is_complete(bundle) and isinstance(bundle.get("entry", []), list)
        for index, entry in enumerate(objects(bundle.get("entry"))):
            held = len(self.found)
            self.take(entry.get("resource"), f"{where}/entry/{index}/resource")
            if len(self.found) == held + 1:
                self.found[-1] = (string(entry.get("fullUrl")), self.found[-1][1])


KNOWN_MEMBERS = frozenset(
    {"patient", "conditions", "procedures", "observations", "allergies", "medicationRequests", "medicationStatements",
     "medicationDispenses", "lists", "plans", "appointments", "resource"}
)  # fmt: skip


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
    are selected. Raises RecordError for resources of another FHIR release and for more than MOST_ORDERS orders.
    """
    gathered = _Gathered()
    for name, value in record.items():
        gathered.take(value, f"/prefetch/{name if name in KNOWN_MEMBERS else '…'}")
    ordered = _Gathered()
    ordered.take(drafts, "/context/draftOrders")
    patient, known = _patient(gathered, patient_id)
    shorten = _Shortening(server, patient_id)
    orders, left_out, names = _orders(ordered, shorten, patient)
    if not (ordered.complete and _is_readable(drafts)):
        left_out = (*left_out, NO_ORDER)
    kept = [pair for pair in gathered.found if not _replaced(pair[1], names)]
    complete = gathered.complete and _lists_hold(kept)
    entries = [_entry(url, shorten(each)) for url, each in (*patient, *kept, *_products(ordered), *orders)]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    if not complete:
        bundle["link"] = [{"relation": "next"}]
    drafted = entries[len(entries) - len(orders) :]
    gaps = (*(() if known else (NO_PATIENT,)), *(() if complete else (INCOMPLETE,)))
    return HookBundle(bundle, _selected(drafted, selections), known, left_out, gaps)


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


# -- orders ------------------------------------------------------------------------------------------------------


def _orders(
    ordered: _Gathered, shorten: _Shortening, patient: list[tuple[str, Json]]
) -> tuple[list[tuple[str, Json]], tuple[str, ...], frozenset[str]]:
    """The orders as drafts of the patient, sentences about those left out, and the names of all."""
    requests = [pair for pair in ordered.found if pair[1].get("resourceType") == "MedicationRequest"]
    if len(requests) > MOST_ORDERS:
        raise RecordError(
            f"These are more than {MOST_ORDERS} orders.", where="/context/draftOrders", mend="Send fewer at a time."
        )
    me = f"Patient/{shorten.patient_id}"
    kept: list[tuple[str, Json]] = []
    left_out: list[str] = []
    for url, request in requests:
        if string(request.get("status")) in WITHDRAWN or request.get("doNotPerform") is True:
            continue
        subject = shorten.short(string(mapping(request.get("subject")).get("reference"))).split("/_history/")[0]
        if subject not in ("", me, patient[0][0]) and _is_reference(subject):
            left_out.append(STRANGER)
        elif request.get("modifierExtension") or request.get("implicitRules"):
            left_out.append(UNREADABLE)
        else:
            # An order that is being signed is of today, whatever day stands on it.
            if subject and not _is_reference(subject):
                left_out.append(NAMELESS)
            draft = {key: value for key, value in request.items() if key != "authoredOn"}
            kept.append((url, {**draft, "status": "draft", "subject": {"reference": me}}))
    names = frozenset(string(each.get("id")) for _, each in requests) - {""}
    return kept, tuple(dict.fromkeys(left_out)), names


def _is_reference(subject: str) -> bool:
    """Whether it can name somebody: a relative or absolute reference, or a urn; a bare word names nobody."""
    return "/" in subject or ":" in subject or subject.startswith("#")


def _is_readable(drafts: Any) -> bool:
    """Whether each entry of the drafts holds a resource: one that cannot be read could be any order."""
    held = drafts.get("entry", []) if isinstance(drafts, dict) else []
    resources = [entry.get("resource") if isinstance(entry, dict) else None for entry in held]
    return all(isinstance(each, dict) and isinstance(each.get("resourceType"), str) for each in resources)


def _products(ordered: _Gathered) -> list[tuple[str, Json]]:
    return [pair for pair in ordered.found if pair[1].get("resourceType") == "Medication"]


def _replaced(resource: Json, names: frozenset[str]) -> bool:
    """Whether a resource of the record is a draft, or one of the orders under review in its stored form."""
    if resource.get("resourceType") != "MedicationRequest":
        return False
    return resource.get("status") == "draft" or string(resource.get("id")) in names


def _selected(entries: list[Json], selections: tuple[str, ...] | None) -> tuple[Order, ...]:
    """The orders, marked by the selections; a selection that names no order here makes all of them selected."""
    wanted = {name for name in map(_medicine_named, selections or ()) if name}
    names = [_names_of(entry) for entry in entries]
    everything = not selections or not wanted <= {name for held in names for name in held}
    return tuple(
        Order(entry["resource"], everything or bool(held & wanted)) for entry, held in zip(entries, names, strict=True)
    )


def _medicine_named(selection: str) -> str:
    """The id in a selection that may be a medicine; '' for an order of another type."""
    kind, _, name = selection.rpartition("/")
    return name.removeprefix("urn:uuid:") if kind.rpartition("/")[2] in ("", "MedicationRequest") else ""


def _names_of(entry: Json) -> set[str]:
    url = string(entry.get("fullUrl")).rsplit("/", 1)[-1].removeprefix("urn:uuid:")
    return {string(entry["resource"].get("id")), url} - {""}


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
