"""A store that forgets everything when the process ends: for tests, examples and demonstrations."""

from __future__ import annotations

import threading

from ..errors import NotStoredError
from . import chain
from .chain import Tip
from .port import AuditEntry, FiledAssessment, Override, Signature, StoredAssessment
from .rows import (
    Row,
    assessment_of,
    assessment_row,
    audit_row,
    checked_limit,
    checked_text,
    filed,
    new_id,
    override_of,
    override_row,
    saving_entry,
    signature_of,
    signature_row,
)


class MemoryStore:
    """An AssessmentStore in memory; may be shared by threads. Keeps the same rows as the SQL store, as text."""

    def __init__(self, tenant: str = "default") -> None:
        self._tenant = checked_text("The tenant", tenant)
        self._lock = threading.RLock()
        self._assessments: dict[str, Row] = {}
        self._signatures: list[Row] = []
        self._overrides: list[Row] = []
        self._audit: list[Row] = []

    @property
    def tenant(self) -> str:
        """The office that this store belongs to."""
        return self._tenant

    def save(self, assessment: StoredAssessment) -> str:
        """Keep an assessment and its audit entry; see AssessmentStore.save."""
        assessment_id = new_id()
        row = {"id": assessment_id, **assessment_row(assessment)}
        with self._lock:
            self.append(saving_entry(assessment, assessment_id))
            self._assessments[assessment_id] = row
        return assessment_id

    def find(self, assessment_id: str) -> StoredAssessment:
        """The assessment with this id. Raises NotStoredError."""
        return assessment_of(self._row(assessment_id))

    def for_patient(self, patient_ref: str, limit: int = 20, before: str | None = None) -> tuple[FiledAssessment, ...]:
        """The patient's assessments, the last saved first; see AssessmentStore.for_patient."""
        rows = self._of_patient(patient_ref)
        if before is not None:
            ids = [row["id"] for row in rows]
            if before not in ids:
                raise NotStoredError("This patient has no assessment with the id from which the list should go on.")
            rows = rows[ids.index(before) + 1 :]
        return tuple(filed(row) for row in rows[: checked_limit(limit)])

    def latest(self, patient_ref: str, kind: str | None = None) -> FiledAssessment | None:
        """The patient's last saved assessment, or None; see AssessmentStore.latest."""
        rows = (row for row in self._of_patient(patient_ref) if kind in (None, row["kind"]))
        return next((filed(row) for row in rows), None)

    def sign(self, signature: Signature) -> None:
        """Add a signature."""
        self._signatures.append(signature_row(signature))

    def signatures(self) -> tuple[Signature, ...]:
        """All signatures in the order of signing."""
        return tuple(signature_of(row) for row in self._signatures)

    def override(self, override: Override) -> None:
        """Keep a decision against a flag. Raises NotStoredError."""
        row = override_row(override)
        self._row(override.assessment)
        self._overrides.append(row)

    def overrides(self, assessment_id: str) -> tuple[Override, ...]:
        """The decisions against flags of this assessment, in the order of arrival."""
        return tuple(override_of(row) for row in self._overrides if row["assessment_id"] == assessment_id)

    def append(self, entry: AuditEntry) -> None:
        """Add an entry to the end of the audit trail."""
        row = audit_row(entry, self._tenant)
        with self._lock:
            self._audit.append(chain.linked(row, self.tip()))

    def verify(self, tip: Tip | None = None) -> int | None:
        """The number of the first audit row that is not as it was written, or None."""
        return chain.first_broken(list(self._audit), tip)

    def tip(self) -> Tip:
        """The last link of the audit trail."""
        return Tip(self._audit[-1]["number"], self._audit[-1]["row_hash"]) if self._audit else chain.EMPTY

    def _row(self, assessment_id: str) -> Row:
        if assessment_id not in self._assessments:
            raise NotStoredError("No assessment with this id is stored for this office.")
        return self._assessments[assessment_id]

    def _of_patient(self, patient_ref: str) -> list[Row]:
        with self._lock:
            return [row for row in reversed(self._assessments.values()) if row["patient_ref"] == patient_ref]
