"""A FHIR R4 server as the practice software of a host."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ...errors import AccessDenied, NotAnsweredError, PracticeError, UnknownNameError
from ...fhir.elements import Json, mapping, objects, string
from ...fhir.searches import SEARCHES
from ...fhir.unread import SPARED, unread_entry
from ..port import Document, ListedPatient
from . import appointments, capability, filing
from .access import Access, FixedAccess
from .searching import Found, search
from .transport import AT_ONCE, Limits, Transport, not_answered

ID = re.compile(r"[A-Za-z0-9.-]{1,64}")  # FHIR R4, datatype id
PAGE = "_count=100"
# What makes an answer handier where the server knows it, and is left out where it does not.
REFINED = {
    "MedicationRequest": "_include=MedicationRequest:medication",
    "MedicationStatement": "_include=MedicationStatement:medication",
    "MedicationDispense": "_include=MedicationDispense:medication",
    "Observation": "_sort=-date",  # the newest first: where there are too many, the oldest are missing
    "QuestionnaireResponse": "_sort=-authored",
}
# What servers want to be asked for where they do not give all measurements at once (US Core: by patient and category).
CATEGORIES = ("laboratory", "vital-signs", "social-history", "survey")
ASKED = {**SEARCHES, "Observation": "", "QuestionnaireResponse": ""}
NOBODY = frozenset({400, 404, 410})
STRANGER = "dentalpain-check-of-nobody"  # an id that no server has


class FhirServer:
    """Reads charts from the FHIR R4 server at `base`; patients are named by the id of their Patient resource.

    `access` is a bearer token, or gives one for each question (`Access`). `zone` is the time zone of the office, that
    of the machine by default. `file_documents` switches filing on; `document_type` is the CodeableConcept of what is
    filed. `ca_file` holds the certificates of an authority of your own. Raises SettingsError and PracticeError.
    """

    def __init__(
        self,
        base: str,
        access: Access | str | None = None,
        *,
        limits: Limits | None = None,
        zone: dt.tzinfo | None = None,
        file_documents: bool = False,
        document_type: Mapping[str, Any] | None = None,
        ca_file: str | None = None,
        transport: Transport | None = None,
    ) -> None:
        held = FixedAccess(access) if isinstance(access, str) else access
        self._transport = transport or Transport(base, held, limits=limits, ca_file=ca_file)
        self._zone, self._files, self._type = zone, file_documents, document_type or {"text": "Handout"}

    def signed_in(self, access: Access) -> FhirServer:
        """The same server under another sign-in, over the same connections."""
        shared = self._transport.with_access(access)
        return FhirServer(
            shared.base, transport=shared, zone=self._zone, file_documents=self._files, document_type=self._type
        )

    def find_record(self, patient_ref: str, on: dt.date) -> Document:
        """The record as a FHIR Bundle; a search that failed stands in it as unread, and what it was for is unknown.

        Raises UnknownNameError for nobody, AccessDenied, SignInError, and PracticeError where not even the Patient came.
        """
        until = self._transport.until()
        patient = self.patient(patient_ref, until)

        def one(kind: str) -> Found:
            return search(self._transport, kind, _ways(kind, patient_ref), until)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            found = list(pool.map(one, ASKED))
        return _bundle(self._transport.base, patient, found)

    def patients_on(self, day: dt.date) -> list[ListedPatient]:
        """Who has an appointment on a day. Raises PracticeError: a list that did not come whole is not shown."""
        until = self._transport.until()
        found = search(self._transport, "Appointment", appointments.ways(day, self._zone, PAGE), until)
        if found.reasons:
            raise not_answered(found.reasons[0])
        return appointments.listed(found.entries, day, self._zone, self._transport.base)

    def file_document(self, patient_ref: str, name: str, data: bytes) -> None:
        """Put a PDF into the chart, as a Binary and the DocumentReference that names it.

        Raises UnknownNameError, and PracticeError where filing is off or the server refuses.
        """
        until = self._transport.until()
        self.patient(patient_ref, until)
        if not self._files:
            raise PracticeError("Filing in the chart is off. Pass file_documents=True to FhirServer to switch it on.")
        filing.file(self._transport, until, patient_ref, name, data, self._type)

    def check(self) -> str:
        """Whether the server answers, speaks R4 and accepts the token, in a sentence; nobody's record is asked for.

        Raises PracticeError.
        """
        told = capability.told_by(self._transport, ("Patient", *ASKED))
        if self._transport.has_token():
            try:
                self._transport.read(self._transport.address(f"Patient/{STRANGER}"), self._transport.until())
            except NotAnsweredError as error:
                if error.status not in NOBODY | {403}:  # 403: servers that do not say whether somebody is there
                    raise
            told += "; it accepts the token"
        return f"{told}; {'handouts are filed there' if self._files else 'filing is off'}"

    def patient(self, patient_ref: str, until: float | None = None) -> Json:
        """The Patient resource. Raises UnknownNameError for nobody and for a chart that was merged into another."""
        if not ID.fullmatch(patient_ref) or not patient_ref.strip("."):
            raise _nobody()
        address = self._transport.address(f"Patient/{patient_ref}")
        try:
            found = self._transport.read(address, until or self._transport.until())
        except NotAnsweredError as error:
            if error.status in NOBODY:
                raise _nobody() from None
            if error.status == 403:
                raise AccessDenied("The record system has not given you permission to see this patient.") from None
            raise
        if found.get("resourceType") != "Patient":
            raise not_answered("unreadable")
        if found.get("id") != patient_ref or any(link.get("type") == "replaced-by" for link in objects(found.get("link"))):
            raise _nobody()
        return found


def _ways(kind: str, patient_ref: str) -> list[list[str]]:
    plain = "&".join(filter(None, (f"patient={patient_ref}", ASKED[kind], PAGE)))
    found = [[f"{plain}&{REFINED[kind]}"], [plain]] if kind in REFINED else [[plain]]
    return [*found, [f"{plain}&category={each}" for each in CATEGORIES]] if kind == "Observation" else found


def _bundle(base: str, patient: Json, found: Iterable[Found]) -> Document:
    """One Bundle of the patient and of what was found, each resource once."""
    held: dict[tuple[str, str], Json] = {}
    reasons: dict[str, str] = {}
    for each in found:
        for entry in each.entries:
            resource = mapping(entry.get("resource"))
            kind, name = string(resource.get("resourceType")), string(resource.get("id"))
            if kind != "Patient":
                held.setdefault((kind, name or f"#{len(held)}"), _entry(base, resource, string(entry.get("fullUrl"))))
        if each.reasons:
            reasons[each.kind] = each.reasons[0]
    for kind in _withheld(held):
        if kind not in reasons or (kind, reasons[kind]) in SPARED:
            reasons[kind] = "withheld"
    unread = [unread_entry(kind, reason) for kind, reason in reasons.items()]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [_entry(base, patient), *held.values(), *unread],
    }


def _entry(base: str, resource: Json, url: str = "") -> Json:
    made = f"{base}/{string(resource.get('resourceType'))}/{string(resource.get('id'))}"
    return {"fullUrl": url or made, "resource": resource}


def _withheld(held: Mapping[tuple[str, str], Json]) -> Iterator[str]:
    """The types of what a List names and no search gave: the list proves nothing about what is not on it."""
    for (kind, _), entry in held.items():
        for item in objects(entry["resource"].get("entry")) if kind == "List" else ():
            written = string(mapping(item.get("item")).get("reference")).split("/_history/")[0]
            named = tuple(written.rsplit("/", 2)[-2:])
            if len(named) == 2 and item.get("deleted") is not True and named not in held:
                yield named[0]


def _nobody() -> UnknownNameError:
    return UnknownNameError(
        "The record system has no such patient, or the chart was merged into another.",
        mend="Open the patient from the list.",
    )
