"""A signature and a decision against a flag stand in the audit trail, or nowhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dentalpain.errors import NotStoredError, StoreError
from dentalpain.storage import AuditEntry, Override

from .samples import ASSESSMENT, MOMENT, SIGNATURE

REASON = {"reason_code": "tolerated_before"}


def test_a_decision_writes_who_against_whose_assessment_and_when_into_the_trail(place: Any) -> None:
    store = place.open()
    saved = store.save(ASSESSMENT)
    store.override(Override(saved, "NSAID-EGFR30", "dentist-8", MOMENT, **REASON))
    assert store.trail()[-1].entry == AuditEntry("dentist-8", "override", MOMENT, "done", "patient-1", saved)
    assert store.tip().number == 2


def test_a_signature_writes_what_was_signed_and_by_whose_hand_into_the_trail(place: Any) -> None:
    store = place.open()
    store.sign(SIGNATURE, MOMENT)
    store.sign(SIGNATURE, MOMENT, "clerk-2")
    first, second = (one.entry for one in store.trail())
    assert first == AuditEntry("clinician-3", "sign rule:NSAID-EGFR30", MOMENT, "done")
    assert second == replace(first, who="clerk-2")


def test_a_refused_decision_or_signature_leaves_no_entry(place: Any) -> None:
    store = place.open()
    with pytest.raises(NotStoredError):
        store.override(Override("A" * 22, "APAP-MAX", "dentist-7", MOMENT, **REASON))
    with pytest.raises(StoreError):
        store.sign(replace(SIGNATURE, role=""), MOMENT)
    assert store.tip().number == 0


@pytest.mark.parametrize("flaw", [{"at": MOMENT.replace(tzinfo=None)}, {"actor": ""}], ids=["no-zone", "nobody"])
def test_a_signature_whose_entry_cannot_be_written_is_not_kept(place: Any, flaw: dict[str, Any]) -> None:
    store = place.open()
    with pytest.raises(StoreError):
        store.sign(SIGNATURE, **{"at": MOMENT, **flaw})
    assert store.signatures() == ()
    assert store.tip().number == 0


def test_where_the_trail_cannot_be_written_neither_decision_nor_signature_is_kept(database: Any) -> None:
    store = database.open()
    saved = store.save(ASSESSMENT)
    database.run("ALTER TABLE dentalpain_audit RENAME TO elsewhere")
    with pytest.raises(StoreError):
        store.override(Override(saved, "APAP-MAX", "dentist-7", MOMENT, **REASON))
    with pytest.raises(StoreError):
        store.sign(SIGNATURE, MOMENT)
    assert store.overrides(saved) == ()
    assert store.signatures() == ()
