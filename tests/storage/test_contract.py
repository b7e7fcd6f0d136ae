"""What every store promises, whatever it is made of."""

from __future__ import annotations

import datetime as dt
import re
import threading
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from dentalpain.errors import NotStoredError, StoreError
from dentalpain.storage import AssessmentStore, MemoryStore, Override
from dentalpain.storage.chain import Tip

from .samples import ASSESSMENT, LOOK, MOMENT, SIGNATURE


def test_an_assessment_comes_back_as_it_was_saved(place: Any) -> None:
    store = place.open()
    assert store.find(store.save(ASSESSMENT)) == ASSESSMENT


def test_decimals_come_back_with_their_type_and_their_zeros(place: Any) -> None:
    store = place.open()
    found = store.find(store.save(ASSESSMENT))
    assert str(found.inputs["facts"][0]["value"]) == "29.10"
    assert isinstance(found.result["limit"], Decimal)
    assert str(found.result["limit"]) == "30"
    assert isinstance(found.inputs["count"], int)


def test_a_time_in_another_zone_comes_back_as_the_same_moment_in_utc(place: Any) -> None:
    store = place.open()
    # 09:05 at UTC-5 is 14:05 UTC.
    there = dt.datetime(2026, 11, 30, 9, 5, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    found = store.find(store.save(replace(ASSESSMENT, saved_at=there)))
    assert found.saved_at.isoformat() == "2026-11-30T14:05:00+00:00"


def test_an_id_is_22_characters_of_a_url_and_never_repeats(place: Any) -> None:
    store = place.open()
    ids = {store.save(ASSESSMENT) for _ in range(5)}
    assert len(ids) == 5
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", assessment_id) for assessment_id in ids)


def test_an_id_that_nobody_gave_out_is_not_stored(place: Any) -> None:
    with pytest.raises(NotStoredError):
        place.open().find("A" * 22)


@pytest.mark.parametrize(
    "flaw",
    [
        {"kind": "guess"},
        {"patient_ref": ""},
        {"patient_ref": "a\x00b"},
        {"actor": "\ud800"},
        {"on": MOMENT},
        {"saved_at": MOMENT.replace(tzinfo=None)},
        {"inputs": {"dose": 0.1}},
        {"inputs": {"dose": Decimal("NaN")}},
        {"inputs": {"date": dt.date(2026, 11, 30)}},
        {"result": {1: "one"}},
        {"result": []},
    ],
    ids=lambda flaw: "-".join(flaw),
)
def test_what_cannot_be_kept_exactly_is_refused_and_leaves_nothing_behind(place: Any, flaw: dict[str, Any]) -> None:
    store = place.open()
    with pytest.raises(StoreError):
        store.save(replace(ASSESSMENT, **flaw))
    assert store.latest("patient-1") is None
    assert store.tip().number == 0


def test_a_refusal_never_repeats_what_was_to_be_stored(place: Any) -> None:
    with pytest.raises(StoreError) as refusal:
        place.open().save(replace(ASSESSMENT, patient_ref="Jane\x00Roe"))
    assert "Jane" not in str(refusal.value)


def test_a_patients_assessments_are_listed_from_the_last_saved_in_pages(place: Any) -> None:
    store = place.open()
    ids = [store.save(replace(ASSESSMENT, digest=str(number))) for number in range(1, 6)]
    store.save(replace(ASSESSMENT, patient_ref="patient-2"))
    first = store.for_patient("patient-1", limit=2)
    second = store.for_patient("patient-1", limit=2, before=first[-1].id)
    third = store.for_patient("patient-1", limit=2, before=second[-1].id)
    assert [it.id for it in first + second + third] == ids[::-1]
    assert [it.assessment.digest for it in first] == ["5", "4"]
    assert store.for_patient("patient-3") == ()


def test_a_page_cannot_go_on_from_another_patients_assessment(place: Any) -> None:
    store = place.open()
    other = store.save(replace(ASSESSMENT, patient_ref="patient-2"))
    with pytest.raises(NotStoredError):
        store.for_patient("patient-1", before=other)


def test_a_list_of_no_length_is_refused(place: Any) -> None:
    with pytest.raises(StoreError):
        place.open().for_patient("patient-1", limit=0)


def test_the_latest_assessment_can_be_asked_for_by_kind(place: Any) -> None:
    store = place.open()
    screen = store.save(replace(ASSESSMENT, kind="screen"))
    review = store.save(ASSESSMENT)
    assert store.latest("patient-1").id == review
    assert store.latest("patient-1", kind="screen").id == screen
    assert store.latest("patient-1", kind="handout") is None
    assert store.latest("patient-2") is None


def test_two_tenants_never_see_each_other(place: Any) -> None:
    north, south = place.open("north"), place.open("south")
    assert (north.tenant, south.tenant) == ("north", "south")
    saved = north.save(ASSESSMENT)
    north.sign(SIGNATURE, MOMENT)
    north.override(Override(saved, "NSAID-EGFR30", "dentist-7", MOMENT, reason_code="tolerated_before"))
    with pytest.raises(NotStoredError):
        south.find(saved)
    with pytest.raises(NotStoredError):
        south.override(Override(saved, "NSAID-EGFR30", "dentist-7", MOMENT, reason_text="Seen in person."))
    assert south.for_patient("patient-1") == ()
    assert south.latest("patient-1") is None
    assert south.signatures() == ()
    assert south.overrides(saved) == ()
    assert south.tip().number == 0
    assert len(north.overrides(saved)) == 1
    south.append(LOOK)
    # The north wrote a saving, a signature and an override.
    assert (north.tip().number, south.tip().number) == (3, 1)
    assert (north.verify(), south.verify()) == (None, None)


def test_a_tenant_must_be_named() -> None:
    with pytest.raises(StoreError):
        MemoryStore("")


def test_a_second_signature_leaves_the_first_as_it_was(place: Any) -> None:
    store = place.open()
    later = replace(SIGNATURE, digest="ef" * 32, day=dt.date(2027, 1, 4))
    store.sign(SIGNATURE, MOMENT)
    store.sign(later, MOMENT)
    store.sign(SIGNATURE, MOMENT)
    assert store.signatures() == (SIGNATURE, later, SIGNATURE)


def test_a_signature_without_a_licence_is_refused(place: Any) -> None:
    with pytest.raises(StoreError):
        place.open().sign(replace(SIGNATURE, licence=""), MOMENT)


def test_overrides_of_one_assessment_come_back_in_order_with_their_reasons(place: Any) -> None:
    store = place.open()
    saved, other = store.save(ASSESSMENT), store.save(ASSESSMENT)
    coded = Override(saved, "NSAID-EGFR30", "dentist-7", MOMENT, reason_code="agreed_with_physician")
    written = Override(saved, "APAP-MAX", "dentist-7", MOMENT, reason_text="Dose lowered at the chair.")
    store.override(coded)
    store.override(Override(other, "APAP-MAX", "dentist-8", MOMENT, reason_code="will_be_monitored"))
    store.override(written)
    assert store.overrides(saved) == (coded, written)


@pytest.mark.parametrize(
    "reason", [{}, {"reason_text": "  "}, {"reason_code": "because"}], ids=["none", "blank", "code-not-on-the-list"]
)
def test_an_override_without_a_reason_is_refused(place: Any, reason: dict[str, str]) -> None:
    store = place.open()
    saved = store.save(ASSESSMENT)
    with pytest.raises(StoreError):
        store.override(Override(saved, "APAP-MAX", "dentist-7", MOMENT, **reason))
    assert store.overrides(saved) == ()


def test_an_override_of_an_assessment_that_is_not_stored_is_refused(place: Any) -> None:
    with pytest.raises(NotStoredError):
        place.open().override(Override("A" * 22, "APAP-MAX", "dentist-7", MOMENT, reason_code="tolerated_before"))


def test_each_saving_and_each_entry_lengthens_the_audit_trail_by_one(place: Any) -> None:
    store = place.open()
    assert store.tip() == Tip(0, "0" * 64)
    store.save(ASSESSMENT)
    first = store.tip()
    store.append(LOOK)
    second = store.tip()
    assert (first.number, second.number) == (1, 2)
    assert first.row_hash != second.row_hash
    assert store.verify() is None
    assert store.verify(first) is None
    assert store.verify(second) is None


def test_an_audit_entry_without_a_person_is_refused(place: Any) -> None:
    with pytest.raises(StoreError):
        place.open().append(replace(LOOK, who=""))


@pytest.mark.parametrize(
    "forged",
    [
        {"who": "somebody-else"},
        {"action": "print"},
        {"patient_ref": None},
        {"assessment_id": "A" * 22},
        {"at": "2020-01-01T00:00:00.000000+00:00"},
        {"result": "refused"},
        {"previous_hash": "1" * 64},
        {"row_hash": "1" * 64},
    ],
    ids=lambda forged: next(iter(forged)),
)
def test_a_forged_audit_row_is_found_and_named(place: Any, forged: dict[str, Any]) -> None:
    store = _with_five_looks(place)
    place.forge(3, **forged)
    assert store.verify() == 3


def test_a_missing_audit_row_is_found_at_the_row_after_it(place: Any) -> None:
    store = _with_five_looks(place)
    place.remove(2)
    assert store.verify() == 3


def test_a_trail_that_lost_its_end_is_found_by_the_tip_that_was_kept(place: Any) -> None:
    store = _with_five_looks(place)
    kept = store.tip()
    place.remove(5)
    assert store.verify() is None
    assert store.verify(kept) == 5


def test_a_trail_that_grew_again_after_losing_its_end_is_found_by_the_tip_that_was_kept(place: Any) -> None:
    store = _with_five_looks(place)
    kept = store.tip()
    place.remove(5)
    store.append(replace(LOOK, result="refused"))
    store.append(LOOK)
    assert store.verify() is None
    assert store.verify(kept) == 5


def test_threads_that_save_at_once_keep_the_chain_whole(place: Any) -> None:
    store = place.open()
    threads = [threading.Thread(target=_save_and_look_five_times, args=[store]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.for_patient("patient-1", limit=100)) == 20
    assert store.tip().number == 40
    assert store.verify() is None


def _save_and_look_five_times(store: AssessmentStore) -> None:
    for _ in range(5):
        store.save(ASSESSMENT)
        store.append(LOOK)


def _with_five_looks(place: Any) -> Any:
    store = place.open()
    for _ in range(5):
        store.append(LOOK)
    return store
