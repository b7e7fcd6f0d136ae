"""The PatNum in a reference to a patient."""

from __future__ import annotations

from ...errors import UnknownNameError

LARGEST_KEY = 2**63 - 1  # of a bigint column


def patient_number(patient_ref: str) -> int:
    """The PatNum; a reference of another form is nobody's and raises UnknownNameError."""
    plain = patient_ref.isascii() and patient_ref.isdigit() and len(patient_ref) <= 19 and patient_ref[0] != "0"
    if not plain or int(patient_ref) > LARGEST_KEY:
        raise nobody()
    return int(patient_ref)


def nobody() -> UnknownNameError:
    """The error for a patient who is not there, which names nobody."""
    return UnknownNameError(
        "Open Dental has no such patient, or the chart is archived, merged or deleted.",
        mend="Open the patient from the list.",
    )
