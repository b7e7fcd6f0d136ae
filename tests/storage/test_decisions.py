"""A signature and a decision against a flag stand in the audit trail, or nowhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from dentalpain.errors import NotStoredError, StoreError
from dentalpain.storage import AuditEntry, DecisionCount, Override, ShownCount
from dentalpain.storage.decisions import report

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


def counted(decided: list[tuple[str, str | None, int]], shown: list[tuple[str, int, int]], **more: Any) -> dict[str, Any]:
    """A report over a store that answers with these counts."""

    class Counts:
        def decision_counts(self, *span: dt.date) -> list[DecisionCount]:
            return [DecisionCount(rule, "overridden", reason, count) for rule, reason, count in decided]

        def shown_counts(self, *span: dt.date) -> list[ShownCount]:
            return [ShownCount(*one) for one in shown]

    return report(Counts(), dt.date(2026, 1, 1), dt.date(2026, 12, 31), **more)


def test_a_report_says_how_often_a_rule_spoke_and_the_share_that_was_decided_against() -> None:
    # 30 of 120 are a quarter.
    found = counted([("OPI-CNS", "tolerated_before", 4), ("OPI-CNS", "will_be_monitored", 26)], [("OPI-CNS", 120, 30)])
    assert found["shown"] == [{"rule": "OPI-CNS", "shown": 120, "overridden": 30, "rate": 0.25}]
    assert [one["count"] for one in found["decisions"]] == [4, 26] and found["withheld"] == 0


@pytest.mark.parametrize(
    ("decided", "shown", "told"),
    [
        # 11 is the smallest count that the cell size policy shows; none at all is not small.
        ([("A", "tolerated_before", 11)], ("A", 120, 11), ([11], 120, 11)),
        ([], ("A", 120, 0), ([], 120, 0)),
        ([("A", "tolerated_before", 10)], ("A", 120, 10), ([None], 120, None)),
        # 4 could be worked out as 30 - 26, so the 30 is withheld as well.
        ([("A", "tolerated_before", 4), ("A", "will_be_monitored", 26)], ("A", 120, 30), ([None, 26], 120, None)),
        # 5 were not decided against: 120 - 115.
        ([("A", "tolerated_before", 115)], ("A", 120, 115), ([115], 120, None)),
        ([], ("A", 7, 0), ([], None, None)),
    ],
)
def test_counts_from_one_to_ten_are_withheld_and_what_they_could_be_worked_out_from(
    decided: list[tuple[str, str | None, int]], shown: tuple[str, int, int], told: tuple[list[int | None], int | None, int | None]
) -> None:
    found = counted(decided, [shown], withhold_small=True)
    [rate] = found["shown"]
    assert ([one["count"] for one in found["decisions"]], rate["shown"], rate["overridden"]) == told
    assert (rate["rate"] is None) is (rate["overridden"] is None)
    assert found["withheld"] == [*told[0], *told[1:]].count(None)
