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
from functools import cache
from typing import Any

import pytest

from dentalpain.clinical.findings import Answer
from dentalpain.clinical.screening.criteria import Diagnosed
from dentalpain.clinical.screening.examination import Examination, Findings, History, JointSounds

from .samples import TODAY, knowledge

pytestmark = pytest.mark.search

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
Answers = tuple[bool | None, ...]


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


@cache
def would_be(answers: Answers) -> frozenset[str]:
    """What the printed table gives for every way to answer what is unknown.

    A jaw that never locked did not come free.
    """
    if None in answers:
        place = answers.index(None)
        before, after = answers[:place], answers[place + 1 :]
        return would_be((*before, True, *after)) | would_be((*before, False, *after))
    case = {name: bool(value) for name, value in zip(NAMES, answers, strict=True)}
    return frozenset({truth(case)}) if case["ever"] or not case["released"] else frozenset()


def answered(criteria: tuple[Any, ...]) -> Answer:
    """All letters are needed."""
    answers = {criterion.finding.answer for criterion in criteria}
    return NOT_MET if NOT_MET in answers else OPEN if OPEN in answers else MET


def check(answers: Answers) -> None:
    """Met where every completion says so, not met where none can, open otherwise, and never two at once."""
    case = dict(zip(NAMES, answers, strict=True))
    found, would, diagnoses = findings(case), would_be(answers), knowledge().diagnoses
    said = {name: answered(diagnoses[name].function(found, "right", LIMITS)) for name in DISC}
    for name in DISC:
        open_row = CONFLICT in would and name == LIMITED  # the row that the clinician settles is asked about there
        expected = MET if would == {name} else OPEN if name in would or open_row else NOT_MET
        assert said[name] is expected, (case, name, would)
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


def either_way(answers: Answers) -> bool:
    """One of two orders of what counts alike: noise now or before, a click on opening or on closing."""
    rank = {True: 0, False: 1, None: 2}
    noise, noticed, opening, closing = (rank[value] for value in answers[:4])
    return noise <= noticed and opening <= closing


@pytest.mark.parametrize("ever", YES_NO_UNKNOWN, ids=["locked once", "never locked", "not asked about locks"])
@pytest.mark.parametrize("small", YES_NO_UNKNOWN, ids=["39 mm", "40 mm", "not measured"])
def test_every_combination_of_all_answers_gives_what_the_table_gives(ever: bool | None, small: bool | None) -> None:
    gone_through = 0
    for clicks in itertools.product(YES_NO_UNKNOWN, repeat=5):
        if not either_way(clicks):
            continue
        for eating, released, now in itertools.product(YES_NO_UNKNOWN, repeat=3):
            if ever is False and (released or now):
                continue  # such a file contradicts itself
            check((*clicks, ever, eating, released, now, small))
            gone_through += 1
    # 6 of 9 pairs of noises, 6 of 9 pairs of clicks, 3 of moving sideways; 27 answers about locks, 12 without a lock.
    assert gone_through == 6 * 6 * 3 * (12 if ever is False else 27)


def test_noises_and_clicks_that_count_alike_may_change_places() -> None:
    for values in itertools.product(YES_NO_UNKNOWN, repeat=5):
        noise, noticed, opening, closing, excursive = values
        for locks in FIXED_LOCKS:
            check((noticed, noise, closing, opening, excursive, *(locks[name] for name in NAMES[5:])))


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
