"""The findings file: history confirmed in the interview, the examination, and the complaint.

An absent key and null are unknown. A list names all that was found: an empty one, and false, say that somebody
asked or looked and found nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ..facts import FactDefinition
from ..given import Given
from ..record import StatedValue
from ..stated_fact import BOUNDS, stated_value
from .complaint import NUMBERS as COMPLAINT_NUMBERS
from .complaint import YES_NO as COMPLAINT_YES_NO

SIDES = ("right", "left")
UNCLEAR = "unclear"
STRUCTURES = ("temporalis", "masseter", "tmj", "other masticatory", "non-masticatory")
LOCATIONS = tuple(f"{side} {structure}" for side in SIDES for structure in STRUCTURES)
HEADACHE_LOCATIONS = tuple(f"{side} {place}" for side in SIDES for place in ("temple", "other"))
ZONES = {"temporalis": ("anterior", "middle", "posterior"), "masseter": ("origin", "body", "insertion")}
JOINT_SITES = ("tmj lateral pole", "tmj around pole")
SUPPLEMENTAL = ("posterior mandibular", "submandibular", "lateral pterygoid area", "temporalis tendon")
SITES = tuple(f"{side} {site}" for side in SIDES for site in (*ZONES, *JOINT_SITES, *SUPPLEMENTAL))
PAIN_PATTERNS = ("none", "comes and goes", "always present")
LOCKS = ("none", "reduced by patient", "reduced by examiner", "not reduced")

Sides = frozenset[str] | None
SidesOrAnswer = frozenset[str] | bool | None


@dataclass(frozen=True, slots=True)
class History:
    """What the patient reported and the clinician confirmed; the window is 30 days unless the name says otherwise."""

    pain_last_30_days: str | None = None
    pain_changed_by_jaw_use: bool | None = None
    temple_headache_last_30_days: bool | None = None
    headache_changed_by_jaw_use: bool | None = None
    joint_noise_last_30_days: Sides = None
    ever_locked_short_of_full_opening: Sides = None
    locked_then_released_last_30_days: Sides = None
    stuck_wide_open_last_30_days: Sides = None
    lock_interfered_with_eating: SidesOrAnswer = None
    locked_now: SidesOrAnswer = None
    needed_manoeuvre_to_close: SidesOrAnswer = None


@dataclass(frozen=True, slots=True)
class Spot:
    """One palpated place: a zone, or the whole muscle where `zone` is None; `hold_seconds` None is not recorded."""

    site: str
    zone: str | None = None
    hold_seconds: Decimal | None = None
    pain: bool | None = None
    familiar_pain: bool | None = None
    familiar_headache: bool | None = None
    spreads_within_muscle: bool | None = None
    refers_beyond_muscle: bool | None = None

    @property
    def place(self) -> str:
        """The site with its zone."""
        return f"{self.site}, {self.zone}" if self.zone else self.site


@dataclass(frozen=True, slots=True)
class JointSounds:
    """The sounds of one joint that the examiner felt, and whether the patient noticed one."""

    opening_click: bool | None = None
    closing_click: bool | None = None
    excursive_click: bool | None = None
    crepitus: bool | None = None
    patient_noticed: bool | None = None


@dataclass(frozen=True, slots=True)
class Examination:
    """What the examination found; millimeters between the incisors, overlap negative for an open bite.

    `palpation` None: nobody wrote anything down. A site without an entry was not examined; at a site with an entry,
    the entries name what was found there.
    """

    performed: bool | None = None
    pain_location_confirmed: frozenset[str] | None = None
    headache_location_confirmed: frozenset[str] | None = None
    opening_familiar_pain: frozenset[str] | None = None
    opening_familiar_headache: Sides = None
    excursion_familiar_pain: frozenset[str] | None = None
    excursion_familiar_headache: Sides = None
    palpation: tuple[Spot, ...] | None = None
    joint_sounds: Mapping[str, JointSounds] = field(default_factory=dict)
    max_assisted_interincisal_mm: Decimal | None = None
    vertical_overlap_mm: Decimal | None = None
    observed_lock: Mapping[str, str | None] = field(default_factory=dict)
    other_headache_diagnosis_explains_better: bool | None = None
    other_pain_diagnosis_explains_better: bool | None = None

    @property
    def corrected_opening_mm(self) -> Decimal | None:
        """Assisted opening plus overlap with its sign (AX1-E1); None unless both were measured."""
        if self.max_assisted_interincisal_mm is None or self.vertical_overlap_mm is None:
            return None
        return self.max_assisted_interincisal_mm + self.vertical_overlap_mm

    def spots_at(self, site: str) -> tuple[Spot, ...]:
        """The palpated places of a site, such as 'right masseter'."""
        return tuple(spot for spot in self.palpation or () if spot.site == site)


@dataclass(frozen=True, slots=True)
class Findings:
    """One findings file on its day. `complaint` holds fact ids; `differential` what tells other pains apart.

    `reported` holds what the patient wrote about a key of the history, in a word: it is shown and settles nothing.
    """

    on: dt.date
    history: History = History()
    examination: Examination = Examination()
    complaint: Mapping[str, StatedValue] = field(default_factory=dict)
    differential: Mapping[str, StatedValue] = field(default_factory=dict)
    reported: Mapping[str, str] = field(default_factory=dict)


def read_findings(
    raw: object, red_flag_facts: Mapping[str, FactDefinition], on: dt.date, where: str = "findings"
) -> Findings:
    """Read a findings file as the contract states it; raises AnswersError with the place of what is wrong."""
    given = Given(raw, where)
    history = _history(given.section("history"))
    examination = _examination(given.section("examination"))
    complaint = given.section("complaint")
    stated = {key: stated_value(complaint, key, held) for key, held in red_flag_facts.items()}
    differential: dict[str, StatedValue | None] = {key: complaint.yes_no(key) for key in COMPLAINT_YES_NO}
    differential |= {key: complaint.number(key, 0, highest) for key, highest in COMPLAINT_NUMBERS.items()}
    complaint.done()
    given.done()
    return Findings(on, history, examination, _said(stated), _said(differential))


def _said(values: Mapping[str, StatedValue | None]) -> dict[str, StatedValue]:
    return {key: value for key, value in values.items() if value is not None}


def _history(given: Given) -> History:
    history = History(
        pain_last_30_days=given.word("pain_last_30_days", PAIN_PATTERNS),
        pain_changed_by_jaw_use=given.yes_no("pain_changed_by_jaw_use"),
        temple_headache_last_30_days=given.yes_no("temple_headache_last_30_days"),
        headache_changed_by_jaw_use=given.yes_no("headache_changed_by_jaw_use"),
        joint_noise_last_30_days=given.words("joint_noise_last_30_days", (*SIDES, UNCLEAR)),
        ever_locked_short_of_full_opening=given.words("ever_locked_short_of_full_opening", (*SIDES, UNCLEAR)),
        locked_then_released_last_30_days=given.words("locked_then_released_last_30_days", (*SIDES, UNCLEAR)),
        stuck_wide_open_last_30_days=given.words("stuck_wide_open_last_30_days", (*SIDES, UNCLEAR)),
        lock_interfered_with_eating=_sides_or_answer(given, "lock_interfered_with_eating"),
        locked_now=_sides_or_answer(given, "locked_now"),
        needed_manoeuvre_to_close=_sides_or_answer(given, "needed_manoeuvre_to_close"),
    )
    given.done()
    return history


def _sides_or_answer(given: Given, key: str) -> SidesOrAnswer:
    value = given.value(key)
    return given.words(key, (*SIDES, UNCLEAR)) if isinstance(value, list) else given.yes_no(key)


def _examination(given: Given) -> Examination:
    sounds, locks = given.section("joint_sounds"), given.section("observed_lock")
    spots = given.sections("palpation")
    examination = Examination(
        performed=given.yes_no("performed"),
        pain_location_confirmed=given.words("pain_location_confirmed", LOCATIONS),
        headache_location_confirmed=given.words("headache_location_confirmed", HEADACHE_LOCATIONS),
        opening_familiar_pain=given.words("opening_familiar_pain", LOCATIONS),
        opening_familiar_headache=given.words("opening_familiar_headache", SIDES),
        excursion_familiar_pain=given.words("excursion_familiar_pain", LOCATIONS),
        excursion_familiar_headache=given.words("excursion_familiar_headache", SIDES),
        palpation=None if spots is None else tuple(_spot(spot) for spot in spots),
        joint_sounds={side: _sounds(sounds.section(side)) for side in SIDES},
        max_assisted_interincisal_mm=given.number("max_assisted_interincisal_mm", *BOUNDS["interincisal_opening_mm"]),
        vertical_overlap_mm=given.number("vertical_overlap_mm", *BOUNDS["vertical_overlap_mm"]),
        observed_lock={side: locks.word(side, LOCKS) for side in SIDES},
        other_headache_diagnosis_explains_better=given.yes_no("other_headache_diagnosis_explains_better"),
        other_pain_diagnosis_explains_better=given.yes_no("other_pain_diagnosis_explains_better"),
    )
    for section in (sounds, locks, given):
        section.done()
    return Examination(performed=False) if examination.performed is False else examination


def _sounds(given: Given) -> JointSounds:
    sounds = JointSounds(
        opening_click=given.yes_no("opening_click"),
        closing_click=given.yes_no("closing_click"),
        excursive_click=given.yes_no("excursive_click"),
        crepitus=given.yes_no("crepitus"),
        patient_noticed=given.yes_no("patient_noticed"),
    )
    given.done()
    return sounds


def _spot(given: Given) -> Spot:
    site = given.word("site", SITES)
    if site is None:
        raise given.wrong("site", "A palpated place needs its site.", f"Write one of: {', '.join(SITES)}.")
    pain = given.yes_no("pain")
    spot = Spot(
        site=site,
        zone=given.word("zone", ZONES.get(site.split(" ", 1)[1], ())),
        hold_seconds=given.number("hold_seconds", 0, 120),
        pain=pain,
        familiar_pain=_provoked(given, "familiar_pain", pain),
        familiar_headache=_provoked(given, "familiar_headache", pain),
        spreads_within_muscle=_provoked(given, "spreads_within_muscle", pain),
        refers_beyond_muscle=_provoked(given, "refers_beyond_muscle", pain),
    )
    given.done()
    return spot


def _provoked(given: Given, key: str, pain: bool | None) -> bool | None:
    """What is asked only of a pain that palpation provoked: without pain the answer is no."""
    value = given.yes_no(key)
    if pain is False and value is True:
        raise given.wrong(key, "This says yes where 'pain' says no.", "Correct one of the two.")
    return False if pain is False else value
