"""Disc, degenerative joint disease and subluxation, decided for each joint on its own (AX1-D1 to D5, J1, S1).

The four disc diagnoses of one joint exclude each other. Whether a lock counts as present or past is decided by the
corrected opening, not by the wording of the answer.
"""

from __future__ import annotations

from ..case import Limits
from ..findings import NO, UNKNOWN, YES, Because, Finding, all_of, any_of, no, opposite, unknown
from ..quantities import Reading
from .criteria import EXAMINATION, INTERVIEW, Criterion, lettered, observed, side_named
from .examination import SIDES, Findings

NOT_REDUCED = "not reduced"


def disc_displacement_with_reduction(found: Findings, side: str, limits: Limits) -> tuple[Criterion, ...]:
    """A joint that clicks, and neither locks now and then nor ever locked so that eating was hard (AX1-D1)."""
    return lettered(
        A=noise_reported(found, side),
        B=click_felt(found, side),
        C=opposite(locks_now_and_then(found, side)),
        D=opposite(all_of(ever_locked(found, side), lock_hindered_eating(found, side))),
    )


def disc_displacement_with_reduction_intermittent_locking(
    found: Findings, side: str, limits: Limits
) -> tuple[Criterion, ...]:
    """A joint that clicks, and in the last 30 days locked and came free again (AX1-D2)."""
    return lettered(A=noise_reported(found, side), B=click_felt(found, side), C=locks_now_and_then(found, side))


def disc_displacement_without_reduction_limited_opening(
    found: Findings, side: str, limits: Limits
) -> tuple[Criterion, ...]:
    """A joint that locked so that eating was hard, and an opening below the limit (AX1-D3)."""
    return lettered(
        A=ever_locked(found, side),
        B=lock_hindered_eating(found, side),
        C=_still_locked(found, side),
        D=corrected_opening(found).below(limits["disc_opening_mm"]),
    )


def disc_displacement_without_reduction_without_limited_opening(
    found: Findings, side: str, limits: Limits
) -> tuple[Criterion, ...]:
    """A joint that once locked so that eating was hard, and an opening at the limit or above (AX1-D4)."""
    clicks_and_locks = all_of(noise_reported(found, side), click_felt(found, side), locks_now_and_then(found, side))
    return lettered(
        A=ever_locked(found, side),
        B=lock_hindered_eating(found, side),
        C=corrected_opening(found).at_least(limits["disc_opening_mm"]),
        D=opposite(clicks_and_locks),
    )


def degenerative_joint_disease(found: Findings, side: str, limits: Limits) -> tuple[Criterion, ...]:
    """A noise that the patient knows, and crepitus under the examiner's finger in any movement (AX1-J1)."""
    crepitus = found.examination.joint_sounds.get(side)
    felt = None if crepitus is None else crepitus.crepitus
    return lettered(A=noise_reported(found, side), B=observed(found, "crepitus", felt, f"{EXAMINATION}: {side}"))


def subluxation(found: Findings, side: str, limits: Limits) -> tuple[Criterion, ...]:
    """A jaw that got stuck wide open and needed something done to close; confirmed history is enough (AX1-S1)."""
    history = found.history
    return lettered(
        A=side_named(found, "stuck_wide_open_last_30_days", side, history.stuck_wide_open_last_30_days),
        B=side_named(found, "needed_manoeuvre_to_close", side, history.needed_manoeuvre_to_close),
    )


# -- the parts -------------------------------------------------------------------------------------------------


def noise_reported(found: Findings, side: str) -> Finding:
    """Noise of this joint: in the last 30 days, or noticed by the patient while the examiner listened (AX1-N1)."""
    sounds = found.examination.joint_sounds.get(side)
    noticed = None if sounds is None else sounds.patient_noticed
    return any_of(
        side_named(found, "joint_noise_last_30_days", side, found.history.joint_noise_last_30_days),
        observed(found, "patient_noticed", noticed, f"{EXAMINATION}: {side}"),
    )


def click_felt(found: Findings, side: str) -> Finding:
    """A click on opening and on closing, or on one of them and on moving sideways or forward (AX1-N1)."""
    opening, closing, excursive = (
        _click(found, side, name) for name in ("opening_click", "closing_click", "excursive_click")
    )
    return any_of(all_of(opening, closing), all_of(any_of(opening, closing), excursive))


def _click(found: Findings, side: str, name: str) -> Finding:
    sounds = found.examination.joint_sounds.get(side)
    felt: bool | None = None if sounds is None else getattr(sounds, name)
    return observed(found, name, felt, f"{EXAMINATION}: {side}")


def ever_locked(found: Findings, side: str) -> Finding:
    """The joint once locked short of full opening; one that locked within 30 days did."""
    history = found.history
    ever = side_named(found, "ever_locked_short_of_full_opening", side, history.ever_locked_short_of_full_opening)
    lately = side_named(found, "locked_then_released_last_30_days", side, history.locked_then_released_last_30_days)
    return lately if ever.answer is UNKNOWN and lately.answer is YES else ever


def lock_hindered_eating(found: Findings, side: str) -> Finding:
    """That lock limited the opening and interfered with eating."""
    return side_named(found, "lock_interfered_with_eating", side, found.history.lock_interfered_with_eating)


def locks_now_and_then(found: Findings, side: str) -> Finding:
    """Locked and released within 30 days, and not locked now (AX1-N1).

    A lock that the examiner saw and nobody could release is a lock now, whatever was said before (note of AX1-D5).
    """
    seen = found.examination.observed_lock.get(side)
    if seen == NOT_REDUCED:
        return no(Because("observed_lock", seen, f"{EXAMINATION}: {side}", found.on))
    history = found.history
    released = _asked_after_a_lock(
        found, side, "locked_then_released_last_30_days", history.locked_then_released_last_30_days
    )
    now = _asked_after_a_lock(found, side, "locked_now", history.locked_now)
    return all_of(released, opposite(now))


def _asked_after_a_lock(found: Findings, side: str, key: str, named: frozenset[str] | bool | None) -> Finding:
    """A question that is put only to somebody whose jaw ever locked: without a lock the answer is no (skip of SQ9).

    A plain yes holds for the sides that ever locked, and for no other.
    """
    said, ever = side_named(found, key, side, named), ever_locked(found, side)
    names_no_side = said.answer is UNKNOWN or isinstance(named, bool)
    return no(*ever.because) if names_no_side and ever.answer is NO else said


def corrected_opening(found: Findings) -> Reading:
    """Assisted opening plus the overlap of the front teeth with its sign, in millimeters (AX1-E1)."""
    held, corrected = found.examination, found.examination.corrected_opening_mm
    if corrected is not None:
        because = Because("corrected_opening_mm", corrected, f"{EXAMINATION}: opening and overlap", found.on)
        return Reading.exactly(corrected, because)
    measured = {
        "max_assisted_interincisal_mm": held.max_assisted_interincisal_mm,
        "vertical_overlap_mm": held.vertical_overlap_mm,
    }
    return Reading.nothing(
        *(Because(key, None, EXAMINATION, found.on) for key, value in measured.items() if value is None)
    )


# -- the row that nobody can decide from the table ---------------------------------------------------------------


def _still_locked(found: Findings, side: str) -> Finding:
    """Not a lock that comes and goes; one that came free, without a click, while opening is limited, is a question."""
    intermittent = locks_now_and_then(found, side)
    if intermittent.answer is not YES:
        return opposite(intermittent)
    clicks = all_of(noise_reported(found, side), click_felt(found, side))
    if clicks.answer is YES:
        return no(*intermittent.because)
    contradiction = "released within 30 days and not locked now, yet nothing clicks and opening may be limited"
    return unknown(Because("locked_now", None, f"{INTERVIEW}: {contradiction}", found.on), *clicks.because)


def lock_contradicts_opening(found: Findings, side: str, limits: Limits) -> Finding:
    """The row of the table that calls for the clinician: a lock that hindered eating came free, no click, small opening."""
    clicks = all_of(noise_reported(found, side), click_felt(found, side))
    return all_of(
        ever_locked(found, side),
        lock_hindered_eating(found, side),
        locks_now_and_then(found, side),
        opposite(clicks),
        corrected_opening(found).below(limits["disc_opening_mm"]),
    )


def limited_without_lock(found: Findings, limits: Limits) -> Finding:
    """Opening below the limit although neither joint ever locked so that eating was hard: its cause is to be found."""
    locks = (all_of(ever_locked(found, side), lock_hindered_eating(found, side)) for side in SIDES)
    unlocked = [opposite(lock) for lock in locks]
    small = corrected_opening(found).below(limits["disc_opening_mm"])
    return all_of(*unlocked, small)
