"""A record as it arrives, in a file or a request: a FHIR Bundle or a native record, told apart by what it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from ..clinical.prescribing.texts.names import DrugNames
from ..clinical.recognising import Vocabulary
from ..clinical.record import Record
from ..errors import RecordError
from ..fhir.json_input import load_json
from ..fhir.reading import read_bundle
from .native import read_native


def read_record(
    path: Path | str,
    *,
    on: dt.date,
    vocabulary: Vocabulary,
    names: DrugNames,
    patient: str | None = None,
    official_forms: Collection[str] = (),
) -> Record:
    """The record in a file; raises RecordError that names the file, the place in it and the mend."""
    name = Path(path).name
    data = load_json(Path(path))
    try:
        return read_document(
            data, on=on, vocabulary=vocabulary, names=names, patient=patient, official_forms=official_forms
        )
    except RecordError as error:
        raise RecordError(error.what, where=f"{name} {error.where}".strip(), mend=error.mend) from error


def read_document(
    data: Mapping[str, Any],
    *,
    on: dt.date,
    vocabulary: Vocabulary,
    names: DrugNames,
    patient: str | None = None,
    official_forms: Collection[str] = (),
) -> Record:
    """The record in a JSON object: with `resourceType` it is FHIR, without it a native record. Raises RecordError."""
    if not isinstance(data, Mapping):
        raise RecordError("A record is a JSON object.", where="/", mend="Send a FHIR R4 Bundle or a native record.")
    if "resourceType" in data:
        return read_bundle(data, on=on, vocabulary=vocabulary, names=names, patient=patient, official_forms=official_forms)
    record = read_native(data, on=on, vocabulary=vocabulary, names=names)
    if patient is not None and patient != record.patient_id:
        raise RecordError("The record is not of the patient asked for.", where="/patient/id", mend="Check the id.")
    return record
