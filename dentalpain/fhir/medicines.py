"""Medication resources: what is taken, what was taken, and the drafts under review."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from ..clinical.coding import SNOMED
from ..clinical.exposures import apart, merged, standing_of, still_taken
from ..clinical.misplaced import unlisted
from ..clinical.prescribing.prescription import Prescription
from ..clinical.prescribing.texts.reading import each_medicine, further_medicines
from ..clinical.quantities import PartialDate
from ..clinical.record import Medicine, Standing
from .bundle import Found
from .dosages import days_of
from .elements import Json, codes_of, day, mapping, number, string, text_of, when
from .gathering import Gathering
from .indications import indication_of
from .prescribing import prescription_of

NO_MEDICINES = "787481004"  # SNOMED CT: no known medications

ORDERS = frozenset({"order", "original-order", "instance-order", "filler-order", "reflex-order"})
REQUEST = {
    "active": Standing.CURRENT, "on-hold": Standing.ASK, "unknown": Standing.ASK, "completed": Standing.PAST,
    "stopped": Standing.PAST,
}  # fmt: skip
STATEMENT = {
    "active": Standing.CURRENT, "intended": Standing.CURRENT, "unknown": Standing.ASK, "on-hold": Standing.ASK,
    "completed": Standing.PAST, "stopped": Standing.PAST, "not-taken": Standing.REFUTED,
}  # fmt: skip
MOST_DAYS = 3650  # a supply beyond ten years is a typing error
DISPENSED = frozenset({"completed", "in-progress", "on-hold"})


def read_medicines(gathering: Gathering) -> None:
    """Read requests, statements and dispenses; the same medicine in several of them is one exposure."""
    held: list[Medicine] = []
    for found in gathering.bundle.of_type("MedicationStatement", "MedicationRequest", "MedicationDispense"):
        medicine = READERS[str(found.resource["resourceType"])](found, gathering)
        if medicine is not None:
            held.append(medicine)
            _note_stranger(found, medicine, gathering)
    listed = merged(apart(held, gathering.names))
    gathering.medicines[:] = [*listed, *unlisted(gathering.medicines, listed)]


def _note_stranger(found: Found, medicine: Medicine, gathering: Gathering) -> None:
    if medicine.standing not in (Standing.CURRENT, Standing.ASK):
        return
    for one in each_medicine(medicine.prescription, gathering.names):
        if not one.recognised:
            gathering.miss(found, one.text, "no table knows this medicine")


def read_drafts(gathering: Gathering) -> None:
    """Read the drafts: the orders under review, with what they are for."""
    for found in gathering.bundle.of_type("MedicationRequest"):
        draft = found.resource
        if draft.get("status") != "draft" or gathering.is_later(found, day(draft.get("authoredOn"))):
            continue
        if draft.get("doNotPerform") is True:
            gathering.miss(found, "a draft not to give a medicine", "it proposes nothing that could be reviewed")
            continue
        gathering.proposed.append(replace(prescription_of(draft, gathering), place=found.where))
        # An order is one medicine; what else its words name is nowhere ordered, and is asked about.
        for other in further_medicines(gathering.proposed[-1], gathering.names):
            gathering.medicines.append(Medicine(other, Standing.ASK, None, None, "the words of another order"))
        gathering.indications.append(indication_of(draft, gathering))


def _from_request(found: Found, gathering: Gathering) -> Medicine | None:
    request = found.resource
    standing = REQUEST.get(string(request.get("status")))
    written = day(request.get("authoredOn"))
    if standing is None or string(request.get("intent")) not in ORDERS or request.get("doNotPerform") is True:
        return None
    if gathering.is_later(found, written):
        return None
    prescription = prescription_of(request, gathering)
    end = _supply_end(request, prescription, written)
    if standing is Standing.CURRENT:
        standing = still_taken(prescription, written, end, gathering.on)
    return Medicine(prescription, standing, written, end, "FHIR MedicationRequest")


def _supply_end(request: Json, prescription: Prescription, written: PartialDate | None) -> PartialDate | None:
    """The last day that the supply and its repeats can reach; None when nobody wrote how much there is."""
    dispense = mapping(request.get("dispenseRequest"))
    until = day(mapping(dispense.get("validityPeriod")).get("end"))
    supply = days_of(mapping(dispense.get("expectedSupplyDuration"))) or prescription.days_supply
    repeats = number(dispense.get("numberOfRepeatsAllowed")) or Decimal(0)
    whole = supply * (1 + repeats) if supply is not None else None
    if supply is None or whole is None or written is None or not 0 < whole <= MOST_DAYS or not 0 < supply <= whole:
        return None
    reach = _after(written, int(whole))
    # An order may be filled on the last day on which it is valid.
    return reach if until is None or repeats else max(reach, _after(until, int(supply)), key=lambda each: each.last)


def _after(start: PartialDate, days: int) -> PartialDate:
    return PartialDate(start.first + dt.timedelta(days=days), start.last + dt.timedelta(days=days))


def _from_statement(found: Found, gathering: Gathering) -> Medicine | None:
    statement = found.resource
    standing = STATEMENT.get(string(statement.get("status")))
    start, asserted = when(statement, "effective"), day(statement.get("dateAsserted"))
    if standing is None or gathering.is_later(found, start, asserted):
        return None
    if _says_none(mapping(statement.get("medicationCodeableConcept")), gathering):
        if standing is Standing.CURRENT:
            gathering.review("medicines", asserted or start, "FHIR MedicationStatement")
        return None
    end = day(mapping(statement.get("effectivePeriod")).get("end"))
    if standing is Standing.CURRENT and end is not None and end.last < gathering.on:
        standing = Standing.PAST
    read = prescription_of(statement, gathering)
    return Medicine(read, standing_of(standing, read), start or asserted, end, "FHIR MedicationStatement")


def _says_none(concept: Json, gathering: Gathering) -> bool:
    """Whether an entry says that there are no medicines, by its code or in words."""
    if any(code.system == SNOMED and code.code == NO_MEDICINES for code in codes_of(concept)):
        return True
    return gathering.vocabulary.of_text(text_of(concept), "med").list_is_empty


def _from_dispense(found: Found, gathering: Gathering) -> Medicine | None:
    dispense = found.resource
    given = day(dispense.get("whenHandedOver")) or day(dispense.get("whenPrepared"))
    if string(dispense.get("status")) not in DISPENSED or gathering.is_later(found, given):
        return None
    prescription = prescription_of(dispense, gathering)
    supply = days_of(mapping(dispense.get("daysSupply"))) or prescription.days_supply
    end = None
    if given is not None and supply is not None and 0 < supply <= MOST_DAYS:
        end = _after(given, int(supply))
    standing = Standing.ASK if end is None else still_taken(prescription, given, end, gathering.on)
    return Medicine(prescription, standing, given, end, "FHIR MedicationDispense")


READERS = {
    "MedicationRequest": _from_request,
    "MedicationStatement": _from_statement,
    "MedicationDispense": _from_dispense,
}
