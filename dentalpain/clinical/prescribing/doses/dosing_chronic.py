"""Doses for long-lasting pain, adults alone: where to start, how far to rise, and the steps by kidney function.

Sources: EAN 2019 (carbamazepine, oxcarbazepine), labels (gabapentin, pregabalin, cyclobenzaprine, duloxetine), usual low
doses of tricyclics, Tan 2022 (clonazepam held in the mouth), trials of low-dose naltrexone.
"""

from __future__ import annotations

from decimal import Decimal

from ...case import Limits
from ...facts import Facts
from ...findings import NO, YES
from ...kidney import kidney_function
from ...quantities import plain
from ..prescription import Prescription
from .dose import HOURS, Dose, Dosing, is_adult, rising

# Step of kidney function -> the limit from which it holds; the lowest step has no floor.
KIDNEY_STEPS = {
    "full": "kidney_step_mild_egfr",
    "moderate": "kidney_step_moderate_egfr",
    "severe": "kidney_step_severe_egfr",
}
FAILING = "failing"
# Doses a day at each step, as the labels divide the day.
GABAPENTIN_TIMES = {"full": 3, "moderate": 2, "severe": 1, FAILING: 1}
PREGABALIN_TIMES = {"full": 3, "moderate": 3, "severe": 1, FAILING: 1}


def kidney_step(facts: Facts, limits: Limits) -> str | None:
    """The step of kidney function that the whole of what is known falls into; None where it may be two or more."""
    kidneys = kidney_function(facts)
    for step, floor in KIDNEY_STEPS.items():
        below = kidneys.below(limits[floor])
        if below.answer is NO:
            return step
        if below.answer is not YES:
            return None
    return FAILING


def by_kidneys(name: str, times: dict[str, int]) -> Dosing:
    """An adult dose at the low end of the range that the label gives for this kidney function."""

    def dose(bare: Prescription, facts: Facts, limits: Limits) -> Dose | None:
        step = kidney_step(facts, limits)
        if is_adult(facts, limits).answer is not YES or step is None:
            return None
        low, high = limits[f"{name}_{step}_low_day_mg"], limits[f"{name}_{step}_day_mg"]
        count = times[step]
        each, every = low / count, int(HOURS / count)
        text = (
            f"{name} {plain(each)} mg every {every} hours to start; "
            f"with these kidneys {plain(low)} to {plain(high)} mg a day"
        )
        worked = f"{plain(each)} mg × {count} = {plain(low)} mg a day, the least of {plain(low)} to {plain(high)} mg"
        return rising(bare, each, every, high, None, worked, text)

    return dose


def twice_a_day(name: str) -> Dosing:
    """An adult dose that starts at the low end of the guideline's daily range, in two parts, as the label divides it."""

    def dose(bare: Prescription, facts: Facts, limits: Limits) -> Dose | None:
        if is_adult(facts, limits).answer is not YES:
            return None
        low, high = limits[f"{name}_low_day_mg"], limits[f"{name}_day_mg"]
        each = low / 2
        text = f"{name} {plain(each)} mg twice a day to start; rise slowly, at most {plain(high)} mg a day"
        worked = f"{plain(each)} mg × 2 = {plain(low)} mg a day, the least of {plain(low)} to {plain(high)} mg"
        return rising(bare, each, 12, high, None, worked, text)

    return dose


def once_a_day(name: str, start: str, most: str, when: str, days: str | None = None) -> Dosing:
    """An adult dose once a day that may rise; `start`, `most` and `days` name limits."""

    def dose(bare: Prescription, facts: Facts, limits: Limits) -> Dose | None:
        if is_adult(facts, limits).answer is not YES:
            return None
        low, high = limits[start], limits[most]
        lasting = None if days is None else int(limits[days])
        ending = "" if lasting is None else f", for {lasting} days at most"
        text = f"{name} {plain(low)} mg {when} to start; may rise to {plain(high)} mg {when}{ending}"
        worked = f"start at {plain(low)} mg, the least of {plain(low)} to {plain(high)} mg a day"
        return rising(bare, low, 24, high, lasting, worked, text)

    return dose


def topical_clonazepam(bare: Prescription, facts: Facts, limits: Limits) -> Dose | None:
    """Tan 2022, adults: 0.5 to 1 mg dissolved in the mouth for three minutes and spat out, up to three times a day."""
    if is_adult(facts, limits).answer is not YES:
        return None
    low, high, minutes = (limits[f"topical_clonazepam_{part}"] for part in ("mg", "high_mg", "minutes"))
    times = limits["topical_clonazepam_times"]
    most = high * times
    text = (
        f"clonazepam {plain(low)} to {plain(high)} mg: hold it in the mouth for {plain(minutes)} minutes while it "
        f"dissolves, then spit it out; up to {plain(times)} times a day"
    )
    worked = f"{plain(high)} mg × {plain(times)} = {plain(most)} mg a day at most, spat out"
    return rising(bare, low, int(HOURS / times), most, None, worked, text)


def low_dose_naltrexone(bare: Prescription, facts: Facts, limits: Limits) -> Dose | None:
    """Trials in adults: start low at bedtime and rise step by step to 4.5 mg; off-label and compounded."""
    if is_adult(facts, limits).answer is not YES:
        return None
    steps = naltrexone_steps(limits)
    weeks, step, top = limits["ldn_step_weeks"], limits["ldn_step_mg"], steps[-1]
    text = (
        f"naltrexone {plain(steps[0])} mg, compounded, at bedtime; rise by {plain(step)} mg every {plain(weeks)} weeks "
        f"to {plain(top)} mg (off-label)"
    )
    named = [f"{plain(amount)} mg" for amount in steps]
    worked = f"{', '.join(named[:-1])}, then {named[-1]}, {plain(weeks)} weeks at each step"
    return rising(bare, steps[0], 24, top, None, worked, text)


def naltrexone_steps(limits: Limits) -> tuple[Decimal, ...]:
    """The nightly amounts from the first to the target, in mg; the last rise is cut where it would pass the target."""
    amounts, top = [limits["ldn_start_mg"]], limits["ldn_top_mg"]
    while amounts[-1] < top:
        amounts.append(min(amounts[-1] + limits["ldn_step_mg"], top))
    return tuple(amounts)


CHRONIC_DOSES: dict[str, Dosing] = {
    "carbamazepine": twice_a_day("carbamazepine"),
    "oxcarbazepine": twice_a_day("oxcarbazepine"),
    "gabapentin": by_kidneys("gabapentin", GABAPENTIN_TIMES),
    "pregabalin": by_kidneys("pregabalin", PREGABALIN_TIMES),
    "amitriptyline": once_a_day("amitriptyline", "tricyclic_start_mg", "tricyclic_day_mg", "at bedtime"),
    "nortriptyline": once_a_day("nortriptyline", "tricyclic_start_mg", "tricyclic_day_mg", "at bedtime"),
    "duloxetine": once_a_day("duloxetine", "duloxetine_start_mg", "duloxetine_day_mg", "once a day"),
    "cyclobenzaprine": once_a_day(
        "cyclobenzaprine", "cyclobenzaprine_start_mg", "cyclobenzaprine_night_mg", "at bedtime", "cyclobenzaprine_days"
    ),
    "topical_clonazepam": topical_clonazepam,
    "low_dose_naltrexone": low_dose_naltrexone,
}
