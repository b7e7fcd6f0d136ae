"""An assessment, a signature and an audit entry of a fictional office."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from dentalpain.storage import AssessmentStore, AuditEntry, Override, Signature, StoredAssessment

MOMENT = dt.datetime(2026, 11, 30, 14, 5, 6, 789, tzinfo=dt.UTC)

ASSESSMENT = StoredAssessment(
    kind="review",
    patient_ref="patient-1",
    on=dt.date(2026, 11, 30),
    saved_at=MOMENT,
    actor="dentist-7",
    inputs={
        "facts": [{"fact": "egfr", "value": Decimal("29.10"), "date": "2026-09-30"}, {"fact": "aki", "value": None}],
        "prescribe": ["ibuprofen 400 mg q6h #12"],
        "indication": "simple_extraction",
        "count": 12,
    },
    result={"verdict": "blocked", "presumed": False, "limit": Decimal("30"), "note": "π ≤ 4 \x00 “quoted”"},
    package_version="0.1.0",
    digest="ab" * 32,
)

SIGNATURE = Signature(
    item="rule:NSAID-EGFR30",
    digest="cd" * 32,
    who="clinician-3",
    licence="D-0001",
    role="dentist",
    day=dt.date(2026, 11, 30),
)

LOOK = AuditEntry(who="dentist-7", action="look", at=MOMENT, result="done", patient_ref="patient-1")


def fill(store: AssessmentStore) -> str:
    """A row in each table that an office writes."""
    saved = store.save(ASSESSMENT)
    store.sign(SIGNATURE, MOMENT)
    store.override(Override(saved, "NSAID-EGFR30", "dentist-7", MOMENT, reason_code="tolerated_before"))
    return saved
