"""Rows of Open Dental as FHIR resources, so that the reader of FHIR says what they mean and nothing is decided here.

What a row leaves out is left out. Text that no table knows is kept: the reader lists it for the dentist.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from . import cells
from .cells import Row

Json = dict[str, Any]

SNOMED = "http://snomed.info/sct"
ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
CDT = "http://www.ada.org/cdt"
PDMP_LOOKED_UP = "461621000124108"  # SNOMED CT, as the CDC's guide to FHIR names the procedure

GENDER = {0: "male", 1: "female", 2: "unknown", 3: "other"}
DECEASED = 5
PROBLEM = {0: "active", 1: "resolved", 2: "inactive"}
# allergydef.SnomedType; 0, 1, 6 and 9 say nothing of what kind of thing it is.
CATEGORY = {2: "medication", 3: "medication", 7: "medication", 4: "food", 5: "food", 8: "food"}
INTOLERANCE = {3, 5}
WRITTEN, PDMP_LOOKS = 0, {1, 2}  # rxpat.RxType
PROCEDURE = {1: "in-progress", 2: "completed"}
ORDER_IS_HISTORY_DAYS = 366  # design choice: an order that the office wrote earlier is not taken to be running


def patient(row: Row) -> Json:
    """Patient."""
    died = cells.day(row["DateTimeDeceased"])
    found: Json = {
        "resourceType": "Patient",
        "id": str(row["PatNum"]),
        "name": [{"text": " ".join(filter(None, (cells.words(row["FName"]), cells.words(row["LName"]))))}],
        "gender": GENDER.get(cells.number(row["Gender"]), "unknown"),
        **_dated("birthDate", cells.day(row["Birthdate"])),
        **_dated("deceasedDateTime", died),
    }
    if died is None and row["PatStatus"] == DECEASED:
        found["deceasedBoolean"] = True
    return found


def urgent_note(row: Row, on: dt.date) -> Iterator[Json]:
    """The medical note that Open Dental shows in red: free text, so that it only prompts questions."""
    note = cells.words(row["MedUrgNote"])
    if note:
        yield {
            "resourceType": "Condition",
            "code": _concept(note),
            "verificationStatus": _status("unconfirmed"),
            **_dated("recordedDate", cells.stamp(row["DateTStamp"], on)),
        }


def problems(row: Row, on: dt.date) -> Iterator[Json]:
    """Condition; a note beside the name is one more, since it may say more than the name or take it back."""
    name, note = cells.words(row["DiseaseName"]), cells.words(row["PatNote"])
    hidden = not name or cells.is_other(name)
    codes = [] if hidden else [*_codings(SNOMED, row["SnomedCode"]), *_codings(ICD10CM, row["Icd10Code"])]
    held = _problem(row, on)
    yield {**held, "code": _concept(_hidden_name(name, note) if hidden else name, codes)}
    if note and not hidden and note.casefold() != name.casefold():
        yield {**held, "code": _concept(f"{name}, {note}")}


def _problem(row: Row, on: dt.date) -> Json:
    start, stop = cells.day(row["DateStart"]), cells.day(row["DateStop"])
    status = PROBLEM.get(row["ProbStatus"], "")
    if status == "active" and stop is not None and stop <= on:
        status = ""  # ticked active and given an end: nobody can tell, so it is asked
    recorded = cells.stamp(row["DateTStamp"], on)
    doubted = status and start is None and recorded is None
    return {
        "resourceType": "Condition",
        **({"clinicalStatus": _status(status)} if status else {}),
        **({"verificationStatus": _status("unconfirmed")} if doubted else {}),
        **_dated("onsetDateTime", start),
        **_dated("recordedDate", recorded),
    }


def allergy(row: Row, on: dt.date) -> Json:
    """AllergyIntolerance; under 'Other' the free text is the substance, else it is the reaction."""
    name, said = cells.words(row["Description"]), cells.words(row["Reaction"])
    hidden = not name or cells.is_other(name)
    kind = cells.number(row["SnomedType"])
    recorded = cells.stamp(row["DateTStamp"], on)
    status = "active" if row["StatusIsActive"] else "inactive"
    return {
        "resourceType": "AllergyIntolerance",
        "type": "intolerance" if kind in INTOLERANCE else "allergy",
        "code": _concept(_hidden_name(name, said) if hidden else name, _rxnorm(row["RxCui"], row["MedName"])),
        **({"clinicalStatus": _status(status)} if recorded or status == "inactive" else {}),
        **({"category": [CATEGORY[kind]]} if kind in CATEGORY else {}),
        **({"reaction": [{"manifestation": [_concept(said)]}]} if said and not hidden else {}),
        **_dated("onsetDateTime", cells.day(row["DateAdverseReaction"])),
        **_dated("recordedDate", recorded),
    }


def medicine(row: Row, on: dt.date) -> Json:
    """MedicationStatement; a brand carries the name and code of its generic beside its own."""
    name, typed, note = (cells.words(row[column]) for column in ("MedName", "MedDescript", "PatNote"))
    hidden = not name or cells.is_other(name)
    written = _hidden_name(name, typed or note) if hidden else name
    start, stop, stated = cells.day(row["DateStart"]), cells.day(row["DateStop"]), cells.stamp(row["DateTStamp"], on)
    ended = stop is not None and stop < on
    taken = "active" if start or stated else "unknown"
    codes = [*_rxnorm(row["RxCui"] or row["MedRxCui"]), *_rxnorm(row["GenericRxCui"], row["GenericName"])]
    if row["GenericName"] and not row["GenericRxCui"]:
        codes.append(
            {"system": "urn:open-dental:medication", "code": "generic", "display": cells.words(row["GenericName"])}
        )
    period = {**_dated("start", start), **_dated("end", stop)}
    return {
        "resourceType": "MedicationStatement",
        "status": "completed" if ended else taken,
        "medicationCodeableConcept": _concept(written, codes),
        **({"effectivePeriod": period} if period else {}),
        **({"dosage": [{"text": note}]} if note and note != written else {}),
        **_dated("dateAsserted", stated),
    }


def without_older_looks(rows: Sequence[Row], on: dt.date) -> list[Row]:
    """Prescriptions, and of the look-ups at the monitoring program the newest alone."""
    looks = [row for row in rows if row["RxType"] in PDMP_LOOKS and (cells.day(row["RxDate"]) or dt.date.max) <= on]
    newest = max(looks, key=lambda row: row["RxDate"], default=None)
    return [row for row in rows if row["RxType"] not in PDMP_LOOKS or row is newest]


def prescription(row: Row, on: dt.date) -> Json:
    """MedicationRequest, or the Procedure of having looked at the prescription monitoring program."""
    written = cells.day(row["RxDate"])
    if row["RxType"] in PDMP_LOOKS:
        code = _concept("Prescription monitoring program looked at", _codings(SNOMED, PDMP_LOOKED_UP))
        return {
            "resourceType": "Procedure",
            "status": "completed",
            "code": code,
            **_dated("performedDateTime", written),
        }
    status = "active" if row["RxType"] == WRITTEN and written else "unknown"
    if written is not None and (on - written).days > ORDER_IS_HISTORY_DAYS:
        status = "completed"
    disp = cells.words(row["Disp"])
    count = cells.count_of(disp)
    sig = ", ".join(filter(None, (cells.words(row["Sig"]), "" if count else disp)))
    return {
        "resourceType": "MedicationRequest",
        "status": status,
        "intent": "order",
        "medicationCodeableConcept": _concept(cells.words(row["Drug"])),
        **({"dosageInstruction": [{"text": sig}]} if sig else {}),
        **_dated("authoredOn", written),
        "dispenseRequest": _supply(row, count),
    }


def _supply(row: Row, count: Any) -> Json:
    days, refills = cells.days_of_supply(row["DaysOfSupply"]), cells.refills_of(cells.words(row["Refills"]))
    return {
        **({"quantity": {"value": count}} if count else {}),
        **({"expectedSupplyDuration": {"value": days, "code": "d"}} if days else {}),
        **({"numberOfRepeatsAllowed": refills} if refills else {}),
    }


def procedure(row: Row, on: dt.date) -> Json:
    """Procedure of the day, by its code alone."""
    status = PROCEDURE.get(row["ProcStatus"], "unknown")
    code = {"coding": _codings(CDT, row["ProcCode"])}
    return {"resourceType": "Procedure", "status": status, "code": code, "performedDateTime": on.isoformat()}


def bundle(resources: list[Json], *, whole: bool) -> Json:
    """A Bundle of Open Dental; one that is not `whole` says so, and no list in it counts as reviewed."""
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "meta": {"tag": [{"system": "urn:dentalpain:origin", "code": "open-dental", "display": "Open Dental"}]},
        **({} if whole else {"link": [{"relation": "next", "url": "urn:open-dental:more"}]}),
        "entry": [{"resource": resource} for resource in resources],
    }


def _hidden_name(definition: str, free_text: str) -> str:
    """The name of what the office has no definition for; where nobody wrote one, words that no table knows."""
    return free_text or f"{definition or 'entry'} (nothing written)"


def _concept(text: str, codings: list[Json] | None = None) -> Json:
    return {**({"coding": codings} if codings else {}), **({"text": text} if text else {})}


def _codings(system: str, cell: Any) -> list[Json]:
    """The codes of a cell, which may hold several."""
    codes = cells.words(cell).replace(",", " ").replace(";", " ").split()
    return [{"system": system, "code": code} for code in codes]


def _rxnorm(cell: Any, display: Any = "") -> list[Json]:
    code = cells.number(cell)
    return [{"system": RXNORM, "code": str(code), "display": cells.words(display)}] if code else []


def _status(code: str) -> Json:
    return {"coding": [{"code": code}]}


def _dated(name: str, day: dt.date | None) -> Json:
    return {} if day is None else {name: day.isoformat()}
