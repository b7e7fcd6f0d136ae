"""A search that failed, as an entry of a Bundle: it voids the one list, and nothing else passes for it."""

from __future__ import annotations

from typing import Any

import pytest

from dentalpain.clinical.kidney import kidney_function
from dentalpain.fhir.bundle import is_complete
from dentalpain.fhir.unread import REASONS, SYSTEM, failed_search, unread_entry

from .conftest import ON, bundle, concept, facts, of_patient, read


def test_what_was_written_is_read() -> None:
    found = failed_search(unread_entry("Condition", "late")["resource"])
    assert found is not None and (found.kind, found.why, found.voids) == ("Condition", REASONS["late"], True)


def test_only_a_type_that_a_server_may_lack_leaves_the_list_of_medicines_standing() -> None:
    spared = {
        (kind, reason)
        for kind in ("MedicationRequest", "MedicationStatement", "MedicationDispense", "Condition", "AllergyIntolerance")
        for reason in REASONS
        if not failed_search(unread_entry(kind, reason)["resource"]).voids  # type: ignore[union-attr]  # None fails the test
    }
    assert spared == {("MedicationStatement", "absent"), ("MedicationDispense", "absent")}


def test_the_rest_of_a_bundle_with_such_an_entry_is_complete() -> None:
    assert is_complete({"type": "collection", "entry": [unread_entry("Condition", "late")]})


@pytest.mark.parametrize(
    "outcome",
    [
        {"resourceType": "OperationOutcome"},
        {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "details": {"text": "Condition"}}]},
        {"resourceType": "OperationOutcome", "issue": [{"details": {"coding": [{"system": SYSTEM, "code": "late"}]}}]},
        unread_entry("Condition", "never heard of")["resource"],
        unread_entry("a text of a server", "late")["resource"],
        {**unread_entry("Condition", "late")["resource"], "resourceType": "Basic"},
    ],
)
def test_no_other_outcome_passes_for_one(outcome: dict[str, Any]) -> None:
    assert failed_search(outcome) is None
    assert outcome["resourceType"] == "Basic" or not is_complete({"type": "collection", "entry": [{"resource": outcome}]})


@pytest.mark.parametrize(("entries", "never_measured"), [([], True), ([unread_entry("Observation", "late")], False)])
def test_a_kidney_value_that_could_not_be_read_is_not_one_that_was_never_measured(
    entries: list[dict[str, Any]], never_measured: bool
) -> None:
    """On reviewed lists without a hint at the kidneys a value that nobody recorded is not listed; a hidden one is open."""
    empty = {"status": "current", "date": str(ON), "emptyReason": concept(system="x", code="nilknown")}
    codes = (concept(system="http://loinc.org", code=code) for code in ("11450-4", "10160-0"))
    held = bundle(*(of_patient("List", code=code, **empty) for code in codes))
    held["entry"].extend(entries)
    assert kidney_function(facts(read(held))).not_listed is never_measured
