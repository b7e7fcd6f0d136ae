"""Every element of a record replaced by nonsense, one after the other: a record or a RecordError, never a fault."""

from __future__ import annotations

import copy
import datetime as dt
import itertools
import os
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from dentalpain.errors import RecordError

from .conftest import bundle, concept, of_patient, read

pytestmark = pytest.mark.search
NIGHT = os.environ.get("DENTALPAIN_NIGHTLY") == "1"

SNOMED, LOINC = "http://snomed.info/sct", "http://loinc.org"
ACTIVE = {"coding": [{"code": "active"}]}
WHOLE: dict[str, Any] = bundle(
    of_patient(
        "Condition",
        code=concept("MI", SNOMED, "22298006"),
        clinicalStatus=ACTIVE,
        verificationStatus=ACTIVE,
        category=[ACTIVE],
        onsetAge={"value": 50, "code": "a"},
        recordedDate="2026-01-01",
    ),
    of_patient("Condition", code=concept("24 weeks pregnant"), clinicalStatus=ACTIVE, onsetDateTime="2026-11"),
    of_patient(
        "Procedure", status="completed", code=concept("x", SNOMED, "232717009"), performedPeriod={"start": "2026-11-01"}
    ),
    of_patient(
        "ServiceRequest", status="active", category=[ACTIVE], code=concept("surgery"), occurrenceDateTime="2027-01-01"
    ),
    of_patient(
        "Observation",
        status="final",
        effectiveDateTime="2026-11-01",
        code=concept("eGFR", LOINC, "98979-8"),
        valueQuantity={"value": Decimal("59.5"), "unit": "mL/min", "comparator": ">"},
    ),
    of_patient(
        "Observation",
        status="final",
        effectiveDateTime="2026-11-01",
        code=concept("BP", LOINC, "85354-9"),
        component=[{"code": concept("", LOINC, "8480-6"), "valueQuantity": {"value": 161, "code": "mm[Hg]"}}],
    ),
    of_patient(
        "Observation",
        status="final",
        effectiveDateTime="2026-11-01",
        code=concept("ALT", LOINC, "1742-6"),
        valueQuantity={"value": 90, "unit": "U/L"},
        referenceRange=[{"high": {"value": 40}}],
    ),
    of_patient(
        "Observation",
        status="final",
        effectiveDateTime="2026-11-01",
        code=concept("", LOINC, "11778-8"),
        valueDateTime="2027-01-01",
    ),
    of_patient(
        "AllergyIntolerance",
        code=concept("codeine"),
        clinicalStatus=ACTIVE,
        category=["medication"],
        reaction=[{"substance": concept("codeine"), "manifestation": [concept("itching")], "description": "arms"}],
    ),
    of_patient(
        "MedicationRequest",
        status="draft",
        intent="order",
        authoredOn="2026-11-30",
        medicationReference={"reference": "#m"},
        contained=[
            {
                "resourceType": "Medication",
                "id": "m",
                "code": concept("Norco 5/325"),
                "ingredient": [{"itemCodeableConcept": concept("hydrocodone")}],
            }
        ],
        dosageInstruction=[
            {
                "sequence": 1,
                "text": "1-2 tabs q4-6h prn",
                "asNeededBoolean": True,
                "timing": {
                    "repeat": {
                        "frequency": 1,
                        "period": 4,
                        "periodUnit": "h",
                        "boundsDuration": {"value": 3, "code": "d"},
                    }
                },
                "doseAndRate": [{"doseRange": {"low": {"value": 1}, "high": {"value": 2, "unit": "tablet"}}}],
                "maxDosePerPeriod": {"numerator": {"value": 8}, "denominator": {"value": 1, "code": "d"}},
            }
        ],
        dispenseRequest={
            "quantity": {"value": 20},
            "numberOfRepeatsAllowed": 1,
            "expectedSupplyDuration": {"value": 3, "code": "d"},
            "validityPeriod": {"end": "2026-12-24"},
        },
        reasonCode=[concept("simple extraction")],
        reasonReference=[{"reference": "Condition/1"}],
    ),
    of_patient(
        "MedicationRequest",
        status="active",
        intent="order",
        authoredOn="2026-11-01",
        medicationCodeableConcept=concept("Ibuprofen 400 MG", "http://www.nlm.nih.gov/research/umls/rxnorm", "5640"),
        dispenseRequest={"expectedSupplyDuration": {"value": 30, "code": "d"}, "numberOfRepeatsAllowed": 1},
    ),
    of_patient(
        "MedicationStatement",
        status="active",
        medicationCodeableConcept=concept("warfarin"),
        effectivePeriod={"start": "2026", "end": "2027"},
    ),
    of_patient(
        "MedicationDispense",
        status="completed",
        medicationCodeableConcept=concept("warfarin 5 mg"),
        whenHandedOver="2026-11-01",
        daysSupply={"value": 30, "code": "d"},
    ),
    of_patient(
        "List",
        status="current",
        date="2026-11-01",
        code=concept("", LOINC, "11450-4"),
        entry=[{"item": {"reference": "x"}}],
    ),
    total=30,
    link=[{"relation": "self"}],
)

NONSENSE = (
    None,
    True,
    -1,
    Decimal("1e30"),
    "",
    "9999-99-99",
    [],
    {},
    [None, [7]],
    {"value": {"value": []}, "coding": 7},
)


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield (*path, key)
        yield from places(child, (*path, key))


def damaged(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The whole record with one place replaced; only what leads to the place is copied."""
    whole = copy.copy(WHOLE)
    node: Any = whole
    for step in path[:-1]:
        node[step] = copy.copy(node[step])
        node = node[step]
    node[path[-1]] = value
    return whole


@pytest.mark.parametrize("value", NONSENSE, ids=[repr(value) for value in NONSENSE])
def test_no_damage_to_one_element_is_a_fault(value: Any) -> None:
    # By day each kind of damage meets every third place, each another third; at night every place meets every kind.
    shift = NONSENSE.index(value) % 3
    for path in itertools.islice(places(WHOLE), *((0, None) if NIGHT else (shift, None, 3))):
        try:
            record = read(damaged(path, value), dt.date(2026, 11, 30))
        except RecordError as error:
            assert error.where and error.mend, path
        else:
            assert all(len(line.what) <= 60 for line in record.not_read), path


def test_the_record_is_sound_before_it_is_damaged() -> None:
    record = read(WHOLE)
    assert len(record.problems) == 3 and len(record.medicines) == 2 and len(record.proposed) == 1
    assert record.indication == "simple_extraction" and "problems" in record.reviewed
