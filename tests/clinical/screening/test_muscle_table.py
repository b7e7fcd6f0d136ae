"""The muscle table of the publication, gone through with every input, the unknown ones included.

Rows (history positive, place confirmed): nothing familiar → none; familiar on opening alone → myalgia; familiar on
palpation held for less than 5 s → myalgia without a subtype; held for 5 s → local, spreading, or referred, where
referral wins over spread.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from dentalpain.clinical.findings import Answer
from dentalpain.clinical.screening.criteria import Diagnosed
from dentalpain.clinical.screening.examination import Examination, Findings, History, Spot

from .samples import TODAY, knowledge

pytestmark = pytest.mark.search

MUSCLE = ["myalgia", "local-myalgia", "myofascial-pain", "myofascial-pain-with-referral"]
SUBTYPES = MUSCLE[1:]
MET, NOT_MET, OPEN = Answer.YES, Answer.NO, Answer.UNKNOWN
YES_NO_UNKNOWN = (True, False, None)
HOLDS = (Decimal(5), Decimal(2), None)
PLACE = frozenset({"right masseter"})
LISTS = (PLACE, frozenset[str](), None)

Row = tuple[object, ...]
Results = dict[str, Answer]


def published(history: bool, changed: bool, confirmed: bool, opening: bool, box: bool, *spots: Row) -> Results:
    """The table as it is printed, for answers that are all known; each spot is familiar, hold, spread, refer."""
    familiar = [spot for spot in spots if spot[0]]
    if box or not (history and changed and confirmed and (opening or familiar)):
        return dict.fromkeys(MUSCLE, NOT_MET)
    result = {"myalgia": MET, **dict.fromkeys(SUBTYPES, NOT_MET)}
    held = [spot for spot in familiar if spot[1] == Decimal(5)]
    if any(spot[3] for spot in held):
        return {**result, "myofascial-pain-with-referral": MET}
    if any(spot[2] for spot in held):
        return {**result, "myofascial-pain": MET}
    if familiar and held == familiar:
        return {**result, "local-myalgia": MET}
    return {**result, **dict.fromkeys(SUBTYPES, OPEN)} if familiar else result


def decided(
    history: bool | None, changed: bool | None, confirmed: Any, opening: Any, box: bool | None, *spots: Row
) -> Results:
    """What the software says."""
    pattern = {True: "comes and goes", False: "none", None: None}[history]
    found = Findings(
        TODAY,
        History(pain_last_30_days=pattern, pain_changed_by_jaw_use=changed),
        Examination(
            pain_location_confirmed=confirmed,
            opening_familiar_pain=opening,
            other_pain_diagnosis_explains_better=box,
            palpation=tuple(_spot(number, spot) for number, spot in enumerate(spots)),
        ),
    )
    limits = {"palpation_hold_for_subtype": Decimal(5)}
    asked = (knowledge().diagnoses[name] for name in MUSCLE)
    return {each.id: Diagnosed(each, "patient", each.function(found, "patient", limits)).answer for each in asked}


def _spot(number: int, row: Row) -> Spot:
    familiar, hold, spread, refer = row
    return Spot(
        "right masseter",
        ("body", "origin")[number],
        hold,
        True,
        familiar,
        None,
        spread,
        refer,
    )


def completions(values: tuple[object, ...], known: tuple[tuple[object, ...], ...]) -> Iterator[tuple[object, ...]]:
    """Every way to answer the unknown ones."""
    pairs = zip(values, known, strict=True)
    return itertools.product(*(possible if value is None else (value,) for value, possible in pairs))


def check(said: Results, truths: list[Results], exact: bool) -> None:
    """Met and not met only where every completion agrees; where all agree and nothing is open, it is said."""
    for name in MUSCLE:
        would = {truth[name] for truth in truths}
        if said[name] is not OPEN:
            assert would == {said[name]}, (name, said[name], would)
        elif exact:
            assert would != {MET} and would != {NOT_MET}, (name, would)


ONE_SPOT = [YES_NO_UNKNOWN, HOLDS, YES_NO_UNKNOWN, YES_NO_UNKNOWN]
KNOWN_SPOT = ((True, False), HOLDS[:2], (True, False), (True, False))


@pytest.mark.parametrize("history", YES_NO_UNKNOWN)
@pytest.mark.parametrize("box", YES_NO_UNKNOWN)
def test_one_place_of_one_muscle_gives_what_the_table_gives(history: bool | None, box: bool | None) -> None:
    known = ((True, False), (True, False), LISTS[:2], LISTS[:2], (True, False), *KNOWN_SPOT)
    for changed, confirmed, opening in itertools.product(YES_NO_UNKNOWN, LISTS, LISTS):
        for row in itertools.product(*ONE_SPOT):
            said = decided(history, changed, confirmed, opening, box, row)
            values = (history, changed, confirmed, opening, box, *row)
            truths = [
                published(bool(h), bool(c), bool(place), bool(wide), bool(b), tuple(rest))
                for h, c, place, wide, b, *rest in completions(values, known)
            ]
            check(said, truths, exact=confirmed is not None)


@pytest.mark.parametrize("first", list(itertools.product(*ONE_SPOT)))
def test_two_places_of_one_muscle_give_what_the_table_gives(first: Row) -> None:
    for second in itertools.product(*ONE_SPOT):
        said = decided(True, True, PLACE, frozenset(), False, first, second)
        truths = [
            published(True, True, True, False, False, tuple(all_rows[:4]), tuple(all_rows[4:]))
            for all_rows in completions((*first, *second), (*KNOWN_SPOT, *KNOWN_SPOT))
        ]
        check(said, truths, exact=True)


def test_the_printed_rows_stand_in_the_table_of_this_test() -> None:
    """Each row of the publication, written out by hand."""
    hold, short = Decimal(5), Decimal(2)
    rows: list[tuple[bool, Row, list[Answer]]] = [
        (False, (False, hold, False, False), [NOT_MET, NOT_MET, NOT_MET, NOT_MET]),
        (True, (False, hold, False, False), [MET, NOT_MET, NOT_MET, NOT_MET]),
        (False, (True, short, True, True), [MET, OPEN, OPEN, OPEN]),
        (False, (True, hold, False, False), [MET, MET, NOT_MET, NOT_MET]),
        (False, (True, hold, True, False), [MET, NOT_MET, MET, NOT_MET]),
        (False, (True, hold, True, True), [MET, NOT_MET, NOT_MET, MET]),
        (True, (True, hold, False, True), [MET, NOT_MET, NOT_MET, MET]),
    ]
    for opening, row, expected in rows:
        assert list(published(True, True, True, opening, False, row).values()) == expected
        said = decided(True, True, PLACE, PLACE if opening else frozenset(), False, row)
        assert list(said.values()) == expected
