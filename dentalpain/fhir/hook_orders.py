"""The orders of a CDS Hooks request: which of them are under review, and what is said of the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import RecordError
from .elements import Json, mapping, objects, string

MOST_ORDERS = 50
ORDERS = frozenset({"MedicationRequest", "MedicationOrder"})  # of any release
WITHDRAWN = frozenset({"cancelled", "entered-in-error", "stopped", "completed"})

STRANGER = "An order names another patient and was not reviewed."
NAMELESS = "An order names its patient in a form that FHIR does not know; it was reviewed as this patient's."
UNREADABLE = "An order carries an extension that may change its meaning and was not reviewed."


@dataclass(frozen=True, slots=True)
class Order:
    """A MedicationRequest under review, and whether the person has just selected it."""

    resource: Json
    selected: bool


def orders_of(
    found: Sequence[tuple[str, Json]], short: Callable[[str], str], patient: tuple[str, Json]
) -> tuple[list[tuple[str, Json]], tuple[str, ...], Mapping[str, list[Json]]]:
    """The orders as drafts of the patient, sentences about those left out, and all of them by their id."""
    requests = [pair for pair in found if pair[1].get("resourceType") == "MedicationRequest"]
    if len(requests) > MOST_ORDERS:
        raise RecordError(
            f"These are more than {MOST_ORDERS} orders.", where="/context/draftOrders", mend="Send fewer at a time."
        )
    url_of_patient, me = patient[0], f"Patient/{patient[1]['id']}"
    kept: list[tuple[str, Json]] = []
    left_out: list[str] = []
    for url, request in requests:
        if string(request.get("status")) in WITHDRAWN or request.get("doNotPerform") is True:
            continue
        subject = short(string(mapping(request.get("subject")).get("reference"))).split("/_history/")[0]
        if subject not in ("", me, url_of_patient) and is_reference(subject):
            left_out.append(STRANGER)
        elif request.get("modifierExtension") or request.get("implicitRules"):
            left_out.append(UNREADABLE)
        else:
            # An order that is being signed is of today, whatever day stands on it.
            if subject and not is_reference(subject):
                left_out.append(NAMELESS)
            draft = {key: value for key, value in request.items() if key != "authoredOn"}
            kept.append((url, {**draft, "status": "draft", "subject": {"reference": me}}))
    drafted: dict[str, list[Json]] = {}
    for _, request in requests:
        drafted.setdefault(string(request.get("id")), []).append(request)
    drafted.pop("", None)
    return kept, tuple(dict.fromkeys(left_out)), drafted


def is_reference(subject: str) -> bool:
    """Whether it can name somebody: a relative or absolute reference, or a urn; a bare word names nobody."""
    return "/" in subject or ":" in subject or subject.startswith("#")


def is_readable(drafts: Any) -> bool:
    """Whether each entry of the drafts holds a resource: one that cannot be read could be any order."""
    held = drafts.get("entry", []) if isinstance(drafts, dict) else []
    resources = [entry.get("resource") if isinstance(entry, dict) else None for entry in held]
    return all(isinstance(each, dict) and isinstance(each.get("resourceType"), str) for each in resources)


def is_replaced(resource: Json, drafted: Mapping[str, list[Json]]) -> bool:
    """Whether a resource of the record is a draft, or one of the orders under review in its stored form.

    One with the id of an order and another medicine is no form of it: it stays in the record.
    """
    if resource.get("resourceType") != "MedicationRequest":
        return False
    same = drafted.get(string(resource.get("id")), ())
    return resource.get("status") == "draft" or any(not _differ(each, resource) for each in same)


def _differ(one: Json, other: Json) -> bool:
    """Whether two orders are certainly of different medicines: by their codes, or by words where both have nothing else."""
    (codes, words), (others, other_words) = _medicine_of(one), _medicine_of(other)
    if codes and others:
        return not codes & others
    return not codes and not others and "" not in (words, other_words) and words != other_words


def _medicine_of(request: Json) -> tuple[set[str], str]:
    concept = mapping(request.get("medicationCodeableConcept"))
    codes = {string(each.get("code")) for each in objects(concept.get("coding"))} - {""}
    written = string(concept.get("text")) or string(mapping(request.get("medicationReference")).get("reference"))
    return codes, written.strip().casefold()


def selected(entries: list[Json], selections: tuple[str, ...] | None) -> tuple[Order, ...]:
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
