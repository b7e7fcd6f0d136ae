"""The knowledge that screening needs, as plain mappings: who loads it is not known here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..case import Limits
from ..facts import FactDefinition
from ..instruments.instrument import Instrument
from .criteria import Diagnosis
from .differential.condition import Condition
from .red_flags.urgency import RedFlag

# The public names of all that screening shall know one day; what has no function yet is named as not checked.
ALL_INSTRUMENTS = (
    *("tmd-pain-screener", "tmd-pain-screener-short", "dc-tmd-sq", "gcps-1-month", "gcps-6-month", "peg", "jfls-8"),
    *("jfls-20", "obc", "phq-4", "phq-9", "gad-7", "phq-15", "fm-2016", "csi", "ort-oud", "red-flags", "pain-drawing"),
)
ALL_DIAGNOSES = (
    *("myalgia", "local-myalgia", "myofascial-pain", "myofascial-pain-with-referral", "arthralgia"),
    *("headache-attributed-to-tmd", "disc-displacement-with-reduction"),
    "disc-displacement-with-reduction-intermittent-locking",
    "disc-displacement-without-reduction-limited-opening",
    "disc-displacement-without-reduction-without-limited-opening",
    *("degenerative-joint-disease", "subluxation"),
)
ALL_RED_FLAGS = tuple(f"RF-{number:02}" for number in range(1, 21))
# In the order of triage: teeth first, then by the time pattern of the pain.
ALL_CONDITIONS = (
    *("DDX-PULP", "DDX-CRACK", "DDX-SINUS", "DDX-SALIV", "DDX-TN", "DDX-GPN", "DDX-SUNCT", "DDX-CLUSTER", "DDX-PH"),
    *("DDX-MIG", "DDX-TTH", "DDX-HC", "DDX-BMS", "DDX-PTTN", "DDX-PHN", "DDX-PIDAP", "DDX-PIFP", "DDX-CERV"),
    *("DDX-EAR", "DDX-GCA"),
)

ARTERITIS = "DDX-GCA"  # decided by its red flag


@dataclass(frozen=True, slots=True)
class ScreeningKnowledge:
    """Instruments, diagnoses and red flags by their public names, with the facts, questions and steps beside them.

    `red_flag_facts`: what a complaint and the red-flag form may state. `steps` has for each next step the texts 'do'
    and 'why'. `limits_on` gives every limit of a day.
    """

    instruments: Mapping[str, Instrument]
    diagnoses: Mapping[str, Diagnosis]
    red_flags: Mapping[str, RedFlag]
    conditions: tuple[Condition, ...]
    red_flag_facts: Mapping[str, FactDefinition]
    questions: Mapping[str, str]
    steps: Mapping[str, Mapping[str, str]]
    limits_on: Callable[[dt.date], Limits]

    def not_checked(self) -> tuple[str, ...]:
        """The public names of all that is not built."""
        conditions = {condition.id for condition in self.conditions}
        built = {*self.instruments, "red-flags", *self.diagnoses, *self.red_flags, *conditions, ARTERITIS}
        known = (*ALL_INSTRUMENTS, *ALL_DIAGNOSES, *ALL_RED_FLAGS, *ALL_CONDITIONS)
        return tuple(name for name in known if name not in built)
