"""Where assessments, signatures, overrides and the audit trail of one office are kept.

Importing this package loads the standard library alone. `sql_store.SQLStore` and `migrate` need SQLAlchemy and
Alembic and are imported by whoever opens a database.
"""

from __future__ import annotations

from .chain import Seal, Tip
from .guest import keep_our_tables
from .memory_store import MemoryStore
from .mute import KeptMute, Mute
from .patient_form import KeptForm, PatientForm
from .port import (
    KINDS,
    OVERRIDE_REASONS,
    RETENTION_YEARS,
    AssessmentStore,
    AuditEntry,
    DecisionCount,
    FiledAssessment,
    KeptAnswer,
    LinkedEntry,
    Override,
    ShownCount,
    Signature,
    StoredAssessment,
)

__all__ = [
    "KINDS",
    "OVERRIDE_REASONS",
    "RETENTION_YEARS",
    "AssessmentStore",
    "AuditEntry",
    "DecisionCount",
    "FiledAssessment",
    "KeptAnswer",
    "KeptForm",
    "KeptMute",
    "LinkedEntry",
    "MemoryStore",
    "Mute",
    "Override",
    "PatientForm",
    "Seal",
    "ShownCount",
    "Signature",
    "StoredAssessment",
    "Tip",
    "keep_our_tables",
]
