"""An NSAID in pregnancy, by completed weeks; when the weeks are open, the stricter reading holds until they are asked.

Source: FDA safety communication of 15 October 2020. Excepted: eye drops, and the daily low-dose aspirin on the list.
"""

from __future__ import annotations

from ...case import Case, Limits
from ...findings import YES, Finding, all_of, no, yes
from ...pregnancy import possibly_pregnant, pregnant, weeks_leave_open, weeks_of_gestation
from .nsaid_exceptions import is_an_eye_drop, is_once_daily_aspirin


def nsaid_late_pregnancy(case: Case, limits: Limits) -> Finding:
    """The pregnancy has reached 30 completed weeks."""
    weeks = weeks_of_gestation(case).at_least(limits["gestation_nsaid_contraindicated"])
    return all_of(_reaches_the_child(case, limits), pregnant(case), weeks)


def nsaid_mid_pregnancy(case: Case, limits: Limits) -> Finding:
    """The pregnancy is between 20 and 30 completed weeks."""
    avoid, contraindicated = limits["gestation_nsaid_avoid"], limits["gestation_nsaid_contraindicated"]
    weeks = weeks_of_gestation(case).from_to_below(avoid, contraindicated)
    return all_of(_reaches_the_child(case, limits), pregnant(case), weeks)


def nsaid_pregnancy_weeks_unknown(case: Case, limits: Limits) -> Finding:
    """The patient is or may be pregnant, and nobody knows on which side of 20 or of 30 weeks she is."""
    avoid, contraindicated = limits["gestation_nsaid_avoid"], limits["gestation_nsaid_contraindicated"]
    weeks = weeks_leave_open(case, avoid, contraindicated)
    return all_of(_reaches_the_child(case, limits), possibly_pregnant(case), weeks)


def nsaid_early_pregnancy(case: Case, limits: Limits) -> Finding:
    """The pregnancy is known to be under 20 completed weeks."""
    weeks = weeks_of_gestation(case).below(limits["gestation_nsaid_avoid"])
    return all_of(_reaches_the_child(case, limits), pregnant(case), weeks)


def _reaches_the_child(case: Case, limits: Limits) -> Finding:
    """Not so for eye drops, nor for the low-dose aspirin once a day that is on the list already."""
    aspirin = is_once_daily_aspirin(case.judged.prescription, limits["aspirin_pregnancy_mg"])
    listed_aspirin = aspirin is YES and not case.judged.proposed
    return no() if listed_aspirin or is_an_eye_drop(case.judged.prescription) else yes()
