"""Old audit rows leave by one door, and a seal stands for them, so that the chain still holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from dentalpain.errors import StoreError
from dentalpain.storage import AssessmentStore, Seal, Tip
from dentalpain.storage.chain import sealing

from .samples import ASSESSMENT, LOOK

NOON = dt.time(12, 0, tzinfo=dt.UTC)


def looked_in(store: AssessmentStore, *years: int) -> None:
    """One look at noon of 10 May of each year."""
    for year in years:
        store.append(replace(LOOK, at=dt.datetime.combine(dt.date(year, 5, 10), NOON)))


TODAY = dt.datetime(2026, 11, 30, 9, 0, tzinfo=dt.UTC)
CUTOFF = dt.date(2020, 1, 1)


def test_old_rows_leave_and_the_chain_still_holds(place: Any) -> None:
    store = place.open()
    looked_in(store, 2017, 2018, 2019, 2020)
    before = store.trail()
    seal = store.prune(CUTOFF, "keeper-1", TODAY)
    assert seal == Seal(1, 3, before[0].row_hash, before[2].row_hash, 3, dt.date(2026, 11, 30))
    kept = store.trail()
    assert [(one.number, one.entry.action) for one in kept] == [(4, "look"), (5, "prune")]
    assert kept[0] == before[3]
    assert (kept[1].entry.who, kept[1].entry.at) == ("keeper-1", TODAY)
    assert store.verify() is None
    store.append(LOOK)
    assert (store.verify(), store.tip().number) == (None, 6)


def test_a_day_is_counted_in_utc_and_its_first_moment_stays(place: Any) -> None:
    store = place.open()
    # 19:30 on the last day of 2019 at UTC-5 is half past midnight of 2020 in UTC.
    there = dt.datetime(2019, 12, 31, 19, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    store.append(replace(LOOK, at=there))
    assert store.prune(CUTOFF, "keeper-1", TODAY) is None
    other = place.open("other")
    other.append(replace(LOOK, at=dt.datetime(2019, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC)))
    other.append(replace(LOOK, at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)))
    assert other.prune(CUTOFF, "keeper-1", TODAY).entries == 1


def test_nothing_old_leaves_no_trace(place: Any) -> None:
    store = place.open()
    looked_in(store, 2020)
    assert store.prune(CUTOFF, "keeper-1", TODAY) is None
    assert store.tip().number == 1


def test_an_old_row_behind_a_younger_one_waits_for_it(place: Any) -> None:
    store = place.open()
    looked_in(store, 2018, 2021, 2018)
    assert store.prune(CUTOFF, "keeper-1", TODAY).entries == 1
    assert [one.number for one in store.trail()] == [2, 3, 4]


def test_a_trail_that_is_old_as_a_whole_is_sealed_as_a_whole(place: Any) -> None:
    store = place.open()
    looked_in(store, 2017, 2018)
    assert store.prune(CUTOFF, "keeper-1", TODAY).last_number == 2
    assert [one.number for one in store.trail()] == [3]
    assert store.verify() is None


def test_a_second_pruning_seals_the_next_range(place: Any) -> None:
    store = place.open()
    looked_in(store, 2017, 2020)
    store.prune(CUTOFF, "keeper-1", TODAY)
    later = TODAY.replace(year=2033)
    seal = store.prune(dt.date(2027, 1, 1), "keeper-1", later)
    # The look of 2020 and the entry about the first pruning in 2026.
    assert (seal.first_number, seal.last_number, seal.entries) == (2, 3, 2)
    assert (store.verify(), store.tip().number) == (None, 4)


def test_entries_are_kept_six_years(place: Any) -> None:
    store = place.open()
    looked_in(store, 2017)
    # On 30 November 2026 what was written before 30 November 2020 may leave, and no day more.
    with pytest.raises(StoreError, match="6 years: only those before 2020-11-30"):
        store.prune(dt.date(2020, 12, 1), "keeper-1", TODAY)
    assert store.tip().number == 1
    assert store.prune(dt.date(2020, 11, 30), "keeper-1", TODAY) is not None


def test_an_office_may_keep_longer_or_shorter(place: Any) -> None:
    store = place.open()
    looked_in(store, 2017)
    with pytest.raises(StoreError, match="10 years"):
        store.prune(CUTOFF, "keeper-1", TODAY, keep_years=10)
    for nonsense in (0, 101):
        with pytest.raises(StoreError, match="1 to 100"):
            store.prune(CUTOFF, "keeper-1", TODAY, keep_years=nonsense)
    # 29 February 2028 has no counterpart in 2027; it has one in 2024.
    leap = dt.datetime(2028, 2, 29, 9, tzinfo=dt.UTC)
    for years, newest in ((1, "2027-03-01"), (4, "2024-02-29")):
        with pytest.raises(StoreError, match=f"before {newest}"):
            store.prune(dt.date(2028, 1, 1), "keeper-1", leap, keep_years=years)


@pytest.mark.parametrize("flaw", [{"before": TODAY}, {"at": TODAY.replace(tzinfo=None)}, {"who": ""}], ids=str)
def test_a_pruning_without_day_time_or_person_is_refused_and_removes_nothing(place: Any, flaw: dict[str, Any]) -> None:
    store = place.open()
    looked_in(store, 2017)
    with pytest.raises(StoreError):
        store.prune(**{"before": CUTOFF, "who": "keeper-1", "at": TODAY, **flaw})
    assert [one.number for one in store.trail()] == [1]
    assert store.verify() is None


def test_a_trail_that_is_not_whole_is_not_pruned(place: Any) -> None:
    store = place.open()
    looked_in(store, 2017, 2018, 2021)
    place.forge(2, who="somebody-else")
    with pytest.raises(StoreError, match="from entry 2 on"):
        store.prune(CUTOFF, "keeper-1", TODAY)
    assert [one.number for one in store.trail()] == [1, 2, 3]


def test_a_tip_that_was_kept_is_held_against_the_seal_where_it_can_be(place: Any) -> None:
    store = place.open()
    looked_in(store, 2017, 2018, 2021)
    links = [Tip(one.number, one.row_hash) for one in store.trail()]
    store.prune(CUTOFF, "keeper-1", TODAY)
    assert [store.verify(tip) for tip in links] == [None, None, None]
    assert store.verify(Tip(2, "1" * 64)) == 2
    assert store.verify(Tip(3, "1" * 64)) == 3
    # What stood inside of a sealed range can no longer be looked for.
    assert store.verify(Tip(1, "1" * 64)) is None


def test_the_trail_is_read_in_pages(place: Any) -> None:
    store = place.open()
    looked_in(store, 2017, 2018, 2019, 2020, 2021)
    first = store.trail(limit=2)
    second = store.trail(after=first[-1].number, limit=2)
    third = store.trail(after=second[-1].number, limit=2)
    assert [one.number for one in first + second + third] == [1, 2, 3, 4, 5]
    assert first[0].entry == replace(LOOK, at=dt.datetime(2017, 5, 10, 12, tzinfo=dt.UTC))
    assert Tip(third[0].number, third[0].row_hash) == store.tip()
    assert store.trail(after=5) == ()
    with pytest.raises(StoreError):
        store.trail(limit=0)


def test_the_result_of_a_pruning_is_sha_256_over_the_sorted_seals() -> None:
    import hashlib

    seal = Seal(1, 3, "ab", "cd", 3, dt.date(2026, 11, 30))
    assert sealing([seal]) == "sealed " + hashlib.sha256(b'[[1,3,"ab","cd",3,"2026-11-30"]]').hexdigest()


# -- the guards of a database ------------------------------------------------------------------------------------------


def test_a_seal_that_was_changed_behind_the_guards_is_found(database: Any) -> None:
    store = database.open()
    looked_in(store, 2017, 2018, 2021)
    store.prune(CUTOFF, "keeper-1", TODAY)
    if database.url().startswith("sqlite"):
        database.run("DROP TRIGGER dentalpain_audit_seals_no_update")
    else:
        database.run("ALTER TABLE dentalpain_audit_seals DISABLE TRIGGER USER")
    database.run("UPDATE dentalpain_audit_seals SET sealed_on = '2025-01-01'")
    assert store.verify() == 2


@pytest.mark.parametrize(
    "statement", ["UPDATE dentalpain_audit_seals SET entries = 9", "DELETE FROM dentalpain_audit_seals"]
)
def test_a_seal_is_neither_changed_nor_removed(database: Any, statement: str) -> None:
    store = database.open()
    looked_in(store, 2017)
    store.prune(CUTOFF, "keeper-1", TODAY)
    with pytest.raises(DBAPIError, match="only ever added"):
        database.run(statement)
    assert store.verify() is None


@pytest.mark.parametrize(
    "forged",
    [
        {"first": 2},
        {"last": 4},
        {"last": 9},
        {"entries": 2},
        {"first_hash": "'x'"},
        {"last_hash": "'x'"},
        {"tenant": "'elsewhere'"},
    ],
    ids=str,
)
def test_a_seal_that_is_not_what_the_trail_holds_is_refused(database: Any, forged: dict[str, Any]) -> None:
    store = database.open()
    looked_in(store, 2017, 2018, 2019, 2021)
    hashes = {f"'{one.row_hash}'": one.number for one in store.trail()}
    by_number = {number: text for text, number in hashes.items()}
    true = {
        "tenant": "'default'",
        "first": 1,
        "last": 3,
        "first_hash": by_number[1],
        "last_hash": by_number[3],
        "entries": 3,
    }
    values = {**true, **forged}
    wanted = ", ".join(str(values[name]) for name in ("tenant", "first", "last", "first_hash", "last_hash", "entries"))
    with pytest.raises(DBAPIError, match="not what the trail holds"):
        database.run(f"INSERT INTO dentalpain_audit_seals VALUES ({wanted}, '2026-11-30')")
    assert database.run("SELECT count(*) FROM dentalpain_audit_seals") == [(0,)]


def test_rows_that_no_seal_stands_for_stay_whatever_is_asked(database: Any) -> None:
    store = database.open()
    looked_in(store, 2017, 2018, 2021)
    store.prune(CUTOFF, "keeper-1", TODAY)
    with pytest.raises(DBAPIError, match="only ever added"):
        database.run("DELETE FROM dentalpain_audit WHERE number = 3")
    assert store.verify() is None


def test_a_sealing_without_its_entry_is_found(database: Any) -> None:
    # Whoever may write seals may let rows go, but the chain then lacks the entry that attests it.
    store = database.open()
    looked_in(store, 2017, 2018, 2021)
    first = store.trail()[0].row_hash
    database.run(
        f"INSERT INTO dentalpain_audit_seals VALUES ('default', 1, 1, '{first}', '{first}', 1, '2026-11-30')",
        "DELETE FROM dentalpain_audit WHERE number = 1",
    )
    assert store.verify() == 1


def test_a_row_put_back_into_a_sealed_range_is_found(database: Any) -> None:
    store = database.open()
    looked_in(store, 2017, 2021)
    store.prune(CUTOFF, "keeper-1", TODAY)
    columns = "who, action, patient_ref, assessment_id, at, result, previous_hash, row_hash"
    database.run(
        f"INSERT INTO dentalpain_audit (tenant, number, {columns}) "
        f"SELECT tenant, 1, {columns} FROM dentalpain_audit WHERE number = 2"
    )
    assert store.verify() == 1


def test_a_pruning_that_cannot_write_its_entry_removes_nothing(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    store = database.open()
    looked_in(store, 2017, 2021)

    def fail(*_: Any) -> None:
        raise StoreError("no room")

    monkeypatch.setattr("dentalpain.storage.audit_trail.append", fail)
    with pytest.raises(StoreError, match="no room"):
        store.prune(CUTOFF, "keeper-1", TODAY)
    assert [one.number for one in store.trail()] == [1, 2]
    assert store.verify() is None


def test_savings_go_on_while_a_trail_is_pruned(database: Any) -> None:
    import threading

    store = database.open()
    looked_in(store, *[2017] * 20)
    savings = [threading.Thread(target=lambda: [store.save(ASSESSMENT) for _ in range(5)]) for _ in range(2)]
    for thread in savings:
        thread.start()
    store.prune(CUTOFF, "keeper-1", TODAY)
    for thread in savings:
        thread.join()
    # Twenty looks, ten savings, one pruning.
    assert (store.tip().number, store.verify()) == (31, None)
