"""The patient as the office knows them: lists, statements and reviews, each with its source and date.

A record holds only what somebody wrote or said. What it does not hold is unknown; `facts.py` decides what that means.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum

from .prescribing.prescription import Ingredient, Prescription
from .quantities import PartialDate


class Standing(Enum):
    """Whether an entry of a list counts today."""

    CURRENT = "current"
    PAST = "past"  # resolved, stopped, completed
    ASK = "ask"  # unconfirmed, provisional, on hold, status missing
    REFUTED = "refuted"  # said not to be so


class ReactionKind(Enum):
    """What the recorded reaction to a substance makes of an allergy entry."""

    ALLERGY = "allergy"  # hives, swelling, wheeze, anaphylaxis, fainting, severe rash
    NOT_RECORDED = "not recorded"  # counts as an allergy, and is asked about
    ITCH_ONLY = "itch only"  # opioid: side effect; any other medicine: asked, blocked meanwhile
    INTOLERANCE = "intolerance"  # nausea, constipation, sedation


@dataclass(frozen=True, slots=True)
class Span:
    """A number known as a range; None is an open end, `below_high` leaves the upper end out."""

    low: Decimal | None
    high: Decimal | None
    below_high: bool = False


StatedValue = bool | Decimal | Span | str | PartialDate


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody's word on one fact: the value, the day it holds for, and who said so.

    `certain` False: the entry hints at the fact and prompts the question, but settles nothing.
    """

    fact: str
    value: StatedValue
    date: PartialDate | None
    source: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """An entry of the problem list or an operation, as written; `facts` are the facts it was recognised as."""

    text: str
    standing: Standing
    date: PartialDate | None
    source: str
    facts: tuple[str, ...] = ()
    recognised: bool = True  # False: no table knows the words, so that they may stand for any problem
    icd10cm: tuple[str, ...] = ()  # the ICD-10-CM codes that it was recorded with
    began: bool = True  # False: `date` is the day on which somebody wrote it down, since nobody said when it began


@dataclass(frozen=True, slots=True)
class Allergy:
    """An entry of the allergy list, resolved to ingredients where the name is known."""

    text: str
    standing: Standing
    kind: ReactionKind
    date: PartialDate | None
    source: str
    ingredients: tuple[Ingredient, ...] = ()
    reactions: tuple[str, ...] = ()
    recognised: bool = True  # False: no table knows the name, so that it may stand for any medicine

    @property
    def tags(self) -> frozenset[str]:
        """Class tags and names of the ingredients."""
        found: set[str] = set()
        for ingredient in self.ingredients:
            found |= ingredient.classes | {ingredient.name}
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine on the list: the prescription as read, whether it is taken now, and since and until when."""

    prescription: Prescription
    standing: Standing
    start: PartialDate | None
    end: PartialDate | None
    source: str


@dataclass(frozen=True, slots=True)
class Review:
    """The day on which somebody went through a list with the patient.

    `in_full`: the entries that we do not understand were shown and looked at as well.
    """

    date: dt.date
    source: str
    in_full: bool = False


@dataclass(frozen=True, slots=True)
class NotRead:
    """A part of the input that was not understood: where, what (60 characters at most), and why."""

    where: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Record:
    """All that is known of one patient on one day.

    `reviewed` has the keys 'problems', 'medicines' and 'allergies'. `proposed` are draft prescriptions found in the
    record. `name` is for the screen and the handout alone and is read by no rule. `answers` are questionnaires that were
    found in the record, as they came: the screening reads them.
    """

    on: dt.date
    patient_id: str = ""
    name: str = ""
    birth: PartialDate | None = None
    sex: str = ""
    deceased: bool = False
    statements: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()
    allergies: tuple[Allergy, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    reviewed: Mapping[str, Review] = field(default_factory=dict)
    proposed: tuple[Prescription, ...] = ()
    indication: str | None = None
    not_read: tuple[NotRead, ...] = ()
    answers: tuple[Mapping[str, object], ...] = ()

    def with_statements(self, *more: Statement) -> Record:
        """The same record with further statements, such as the dentist's answers to questions."""
        return replace(self, statements=self.statements + more)

    def current(self) -> tuple[Medicine, ...]:
        """The medicines taken now, those in doubt included."""
        return tuple(m for m in self.medicines if m.standing in (Standing.CURRENT, Standing.ASK))
