"""What is asked of a FHIR server about one patient: a search for each type of resource that is read."""

from __future__ import annotations

LISTS = "11450-4,48765-2,10160-0"  # LOINC: problem, allergy and medication list

# Type of resource: what its search asks for beside the patient.
SEARCHES = {
    "Condition": "",
    "AllergyIntolerance": "",
    "MedicationRequest": "",
    "MedicationStatement": "",
    "MedicationDispense": "",
    "Procedure": "",
    "List": f"code={LISTS}",
    "ServiceRequest": "status=active",
    "Appointment": "status=booked",
}
