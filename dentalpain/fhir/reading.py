"""Reading a FHIR R4 Bundle into the record of one patient."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from ..clinical.cautions import cautions
from ..clinical.prescribing.texts.names import DrugNames
from ..clinical.quantities import PartialDate
from ..clinical.recognising import Vocabulary
from ..clinical.record import NotRead, Record, Review, Statement
from .allergies import read_allergies
from .bundle import OpenBundle, open_bundle
from .conditions import read_conditions, read_plans, read_procedures
from .elements import Json, day, extension, mapping, objects, string, strings
from .gathering import Gathering
from .lists import read_lists
from .medicines import read_drafts, read_medicines
from .observations import read_observations
from .origin import named_after_origin
from .record_responses import gather_responses

RACE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race"
BIRTH_SEX = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex"
ASIAN = "2028-9"  # CDC race and ethnicity codes
LIST_OF = {
    "Condition": "problems",
    "Procedure": "problems",
    "AllergyIntolerance": "allergies",
    **dict.fromkeys(("MedicationStatement", "MedicationRequest", "MedicationDispense", "Medication"), "medicines"),
}
SEXES = ("female", "male", "other", "unknown")


def read_bundle(
    data: Mapping[str, Any],
    *,
    on: dt.date,
    vocabulary: Vocabulary,
    names: DrugNames,
    patient: str | None = None,
    official_forms: Collection[str] = (),
) -> Record:
    """The record of one patient of a Bundle, as it stands on the day `on`.

    The Bundle is of type collection, transaction or searchset. `patient` is the id of the patient where there are
    several; `official_forms` the addresses of the installed questionnaires. What is dated after `on` is counted in
    `not_read` and not used. Raises RecordError for another type of Bundle, a bare resource, another release of FHIR,
    and for several patients without `patient`.
    """
    bundle = open_bundle(dict(data), patient)
    birth = day(bundle.patient.get("birthDate"))
    gathering = Gathering(bundle, on, vocabulary, names, birth)
    _read_patient(bundle, birth, gathering)
    read_conditions(gathering)
    read_procedures(gathering)
    read_plans(gathering)
    read_observations(gathering)
    read_allergies(gathering)
    read_medicines(gathering)
    read_lists(gathering)
    read_drafts(gathering)
    gather_responses(gathering, official_forms)
    return named_after_origin(_record(gathering), dict(data))


def _record(gathering: Gathering) -> Record:
    bundle = gathering.bundle
    said = set(gathering.indications)
    return Record(
        on=gathering.on,
        patient_id=string(bundle.patient.get("id")),
        name=_name(bundle.patient),
        birth=gathering.birth,
        sex=_sex(bundle.patient),
        deceased=_deceased(bundle.patient, gathering.on),
        statements=tuple(gathering.statements),
        problems=tuple(gathering.problems),
        allergies=tuple(gathering.allergies),
        medicines=tuple(gathering.medicines),
        reviewed=_reviewed(gathering),
        proposed=tuple(gathering.proposed),
        indication=said.pop() if len(said) == 1 else None,
        not_read=(*gathering.not_read, *bundle.not_read, *gathering.counted()),
        answers=tuple(gathering.answers),
    )


def _reviewed(gathering: Gathering) -> dict[str, Review]:
    """The reviewed lists; one of which a part was not sent or cannot be used proves nothing by its silence."""
    bundle = gathering.bundle
    if not bundle.complete:
        return {}
    broken = {LIST_OF[kind] for kind in bundle.unreadable if kind in LIST_OF}
    if "Observation" in bundle.unreadable:
        broken.add("problems")  # whose silence would say that a kidney value which did not come was never measured
    return {name: review for name, review in gathering.reviewed.items() if name not in broken}


def _read_patient(bundle: OpenBundle, birth: PartialDate | None, gathering: Gathering) -> None:
    patient = bundle.patient
    where = bundle.patient_where or "/entry"
    died = _deceased(patient, gathering.on)
    gathering.not_read.extend(cautions(patient=bool(patient), birth=birth, deceased=died, where=where))
    if birth is not None and birth.first > gathering.on:
        why = "nobody was born on such a day: the age is unknown, and every rule that reads it is open"
        gathering.not_read.append(NotRead(f"{where}/birthDate", "birth date", why))
    today = PartialDate(gathering.on, gathering.on)
    if _is_asian(patient):
        gathering.statements.append(Statement("ancestry_asian", True, today, "FHIR Patient, race"))


def _is_asian(patient: Json) -> bool:
    held = objects(extension(patient, RACE).get("extension"))
    return any(mapping(part.get("valueCoding")).get("code") == ASIAN for part in held)


def _sex(patient: Json) -> str:
    """The recorded sex; one recorded at birth is preferred, since it decides whether pregnancy is asked about."""
    at_birth = {"F": "female", "M": "male"}.get(string(extension(patient, BIRTH_SEX).get("valueCode")))
    gender = string(patient.get("gender"))
    return at_birth or (gender if gender in SEXES else "")


def _deceased(patient: Json, on: dt.date) -> bool:
    """Whether the patient had died by the day of the record."""
    died = day(patient.get("deceasedDateTime"))
    if died is not None:
        return died.first <= on
    return patient.get("deceasedBoolean") is True or "deceasedDateTime" in patient


def _name(patient: Json) -> str:
    held = objects(patient.get("name"))
    chosen = next((name for name in held if name.get("use") in ("official", "usual")), (held or [{}])[0])
    if string(chosen.get("text")).strip():
        return string(chosen["text"]).strip()
    return " ".join([*strings(chosen.get("given")), string(chosen.get("family"))]).strip()
