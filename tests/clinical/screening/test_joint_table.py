"""The disc table of one joint, gone through with every input, the unknown ones included.

Printed rows (lock that hindered eating, lock that comes and goes, noise with clicks, opening): the first that fits.
A joint without a lock and without clicks has no disc diagnosis; with clicks it is displacement with reduction, and with a
lock that comes and goes the intermittent form. A lock that hindered eating and does not come and go is displacement
without reduction, split at 40 mm. A lock that comes and goes without clicks after one that hindered eating: at 40 mm and
above without limited opening, below 40 mm nobody can say and the clinician decides.
"""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

import pytest

from dentalpain.clinical.findings import Answer
from dentalpain.clinical.screening.criteria import Diagnosed
from dentalpain.clinical.screening.examination import Examination, Findings, History, JointSounds

from .samples import TODAY, knowledge

MET, NOT_MET, OPEN = Answer.YES, Answer.NO, Answer.UNKNOWN
WITH, LOCKING = "disc-displacement-with-reduction", "disc-displacement-with-reduction-intermittent-locking"
LIMITED = "disc-displacement-without-reduction-limited-opening"
WIDE = "disc-displacement-without-reduction-without-limited-opening"
DISC = (WITH, LOCKING, LIMITED, WIDE)
JOINT = (*DISC, "degenerative-joint-disease", "subluxation")
CONFLICT = "conflict"
LIMITS = {"disc_opening_mm": Decimal(40)}

# Each row: lock that hindered eating, lock that comes and goes, noise and clicks, opening below 40 mm; None is any.
PRINTED: list[tuple[bool, bool, bool | None, bool | None, str]] = [
    (False, False, False, None, "none"),
    (False, False, True, None, WITH),
    (False, True, True, None, LOCKING),
    (False, True, False, None, "none"),
    (True, False, None, True, LIMITED),
    (True, False, None, False, WIDE),
    (True, True, True, None, LOCKING),
    (True, True, False, False, WIDE),
    (True, True, False, True, CONFLICT),
]


def printed(lock: bool, comes_and_goes: bool, clicks: bool, small: bool) -> str:
    """The result of the row that fits; exactly one does."""
    rows = [row for row in PRINTED if (row[0], row[1]) == (lock, comes_and_goes)]
    fits = [row[4] for row in rows if row[2] in (None, clicks) and row[3] in (None, small)]
    assert len(fits) == 1
    return fits[0]


def decided(found: Findings, side: str = "right") -> dict[str, Answer]:
    """What the software says of one joint."""
    asked = (knowledge().diagnoses[name] for name in JOINT)
    return {each.id: Diagnosed(each, side, each.function(found, side, LIMITS)).answer for each in asked}


YES_NO_UNKNOWN = (True, False, None)
NAMES = ("noise", "noticed", "opening", "closing", "excursive", "ever", "eating", "released", "now", "small")
# Of the clicks, the noise and the lock each question is put with every answer; 3^10 cases are gone through in two halves.


def sides(value: bool | None) -> frozenset[str] | None:
    return None if value is None else frozenset({"right"} if value else ())


def findings(case: dict[str, bool | None]) -> Findings:
    small = case["small"]
    return Findings(
        TODAY,
        History(
            joint_noise_last_30_days=sides(case["noise"]),
            ever_locked_short_of_full_opening=sides(case["ever"]),
            lock_interfered_with_eating=case["eating"],
            locked_then_released_last_30_days=sides(case["released"]),
            locked_now=case["now"],
        ),
        Examination(
            joint_sounds={
                "right": JointSounds(case["opening"], case["closing"], case["excursive"], None, case["noticed"])
            },
            max_assisted_interincisal_mm=None if small is None else Decimal(36 if small else 37),
            vertical_overlap_mm=Decimal(3),  # 36 + 3 = 39 is below 40, 37 + 3 = 40 is not
        ),
    )


def truth(case: dict[str, bool]) -> str:
    """The printed table for answers that are all known."""
    noise = case["noise"] or case["noticed"]
    wide = case["opening"] or case["closing"]
    clicks = noise and ((case["opening"] and case["closing"]) or (wide and case["excursive"]))
    return printed(case["ever"] and case["eating"], case["released"] and not case["now"], clicks, case["small"])


def completions(case: dict[str, bool | None]) -> list[dict[str, bool]]:
    """Every way to answer what is unknown. A jaw that never locked did not come free and is not locked now."""
    held = []
    for values in itertools.product(*((True, False) if case[n] is None else (case[n],) for n in NAMES)):
        whole = dict(zip(NAMES, values, strict=True))
        if whole["ever"] or not (whole["released"] or (whole["now"] and case["now"] is None)):
            held.append(whole)
    return held


def check(case: dict[str, bool | None]) -> None:
    """Met where every completion says so, not met where none can, open otherwise, and never two at once."""
    if case["ever"] is False and (case["released"] or case["now"]):
        return  # such a file contradicts itself
    said = decided(findings(case))
    would = {truth(whole) for whole in completions(case)}
    for name in DISC:
        candidate = {LIMITED} if name == LIMITED else set()
        if would == {name}:
            assert said[name] is MET, (case, name)
        elif name not in would and not (CONFLICT in would and candidate):
            assert said[name] is NOT_MET, (case, name, would)
        else:
            assert said[name] is OPEN, (case, name, would)
    assert sum(said[name] is MET for name in DISC) <= 1


FIXED_CLICKS: list[dict[str, bool | None]] = [
    {"noise": True, "noticed": False, "opening": True, "closing": True, "excursive": False},
    {"noise": True, "noticed": None, "opening": True, "closing": False, "excursive": None},
    {"noise": False, "noticed": False, "opening": True, "closing": True, "excursive": True},
    {"noise": None, "noticed": None, "opening": None, "closing": None, "excursive": None},
]
FIXED_LOCKS: list[dict[str, bool | None]] = [
    {"ever": False, "eating": None, "released": None, "now": None, "small": None},
    {"ever": True, "eating": True, "released": True, "now": False, "small": False},
    {"ever": True, "eating": True, "released": True, "now": False, "small": True},
]


@pytest.mark.parametrize("clicks", FIXED_CLICKS, ids=["clicks", "one click", "no noise", "not examined"])
def test_every_answer_about_locks_and_opening_gives_what_the_table_gives(clicks: dict[str, bool | None]) -> None:
    for values in itertools.product(YES_NO_UNKNOWN, repeat=5):
        check({**clicks, **dict(zip(("ever", "eating", "released", "now", "small"), values, strict=True))})


@pytest.mark.parametrize("locks", FIXED_LOCKS, ids=["never locked", "comes free, wide", "comes free, limited"])
def test_every_answer_about_noise_and_clicks_gives_what_the_table_gives(locks: dict[str, bool | None]) -> None:
    for values in itertools.product(YES_NO_UNKNOWN, repeat=5):
        check({**locks, **dict(zip(NAMES[:5], values, strict=True))})


@pytest.mark.parametrize("seen", ["none", "reduced by patient", "reduced by examiner", None])
def test_a_lock_that_was_not_seen_or_came_free_changes_nothing(seen: str | None) -> None:
    case: dict[str, Any] = {**FIXED_CLICKS[0], **FIXED_LOCKS[2]}
    found = findings(case)
    held = Examination(
        joint_sounds=found.examination.joint_sounds,
        max_assisted_interincisal_mm=Decimal(36),
        vertical_overlap_mm=Decimal(3),
        observed_lock={"right": seen},
    )
    assert decided(Findings(TODAY, found.history, held))[LOCKING] is MET


def test_crepitus_and_noise_make_degenerative_disease_and_each_unknown_leaves_it_open() -> None:
    for noise, noticed, crepitus in itertools.product(YES_NO_UNKNOWN, repeat=3):
        found = Findings(
            TODAY,
            History(joint_noise_last_30_days=sides(noise)),
            Examination(joint_sounds={"right": JointSounds(crepitus=crepitus, patient_noticed=noticed)}),
        )
        said = decided(found)["degenerative-joint-disease"]
        heard = True if True in (noise, noticed) else None if None in (noise, noticed) else False
        expected = NOT_MET if False in (heard, crepitus) else OPEN if None in (heard, crepitus) else MET
        assert said is expected, (noise, noticed, crepitus)


def test_subluxation_needs_both_answers_of_the_interview_and_no_finding() -> None:
    for stuck, manoeuvre in itertools.product(YES_NO_UNKNOWN, repeat=2):
        history = History(stuck_wide_open_last_30_days=sides(stuck), needed_manoeuvre_to_close=manoeuvre)
        expected = NOT_MET if False in (stuck, manoeuvre) else OPEN if None in (stuck, manoeuvre) else MET
        assert decided(Findings(TODAY, history))["subluxation"] is expected
