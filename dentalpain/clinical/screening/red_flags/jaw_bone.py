"""Jaw bone that dies, breaks or sits out of its joint (RF-08, RF-09, RF-10)."""

from __future__ import annotations

from decimal import Decimal

from ...case import Limits
from ...facts import Facts
from ...findings import UNKNOWN, YES, Finding, all_of, any_of, none_of
from ...quantities import Reading
from .signs import ever_took, takes, takes_or_took
from .urgency import Levels, Urgency, some_yes


def osteonecrosis(facts: Facts, limits: Limits) -> Levels:
    """Exposed jaw bone after a bone drug, a drug against new vessels or radiation; or signs before bone shows."""
    bone_drug, radiated = ever_took(facts, "antiresorptive"), facts.finding("jaw_radiotherapy_history")
    exposed = facts.finding("exposed_jaw_bone")
    at_risk = any_of(bone_drug, takes(facts, "romosozumab"), takes_or_took(facts, "antiangiogenic"), radiated)
    worse = some_yes(facts, "jaw_pus_or_spreading_infection", "mouth_numbness", "jaw_fracture_suspected")
    before_bone_shows = some_yes(facts, "mouth_numbness", "unexplained_loose_tooth", "jaw_pain_or_fistula_unexplained")
    defined = all_of(
        exposed,
        bone_drug,
        facts.reading("exposed_jaw_bone_weeks").above(limits["osteonecrosis_weeks"]),
        none_of(radiated, facts.finding("jaw_metastasis")),
    )
    return Levels(
        {
            Urgency.SAME_DAY: all_of(exposed, at_risk, worse),
            Urgency.WITHIN_2_WEEKS: any_of(all_of(exposed, at_risk), all_of(bone_drug, before_bone_shows)),
        },
        advice=("definition_met",) if defined.answer is YES else (),
    )


def fracture(facts: Facts, limits: Limits) -> Levels:
    """An injury of the last two weeks with a sign of brain, neck or airway, or of a broken jaw."""
    hurt = _injured_lately(facts, limits)
    return Levels(
        {
            Urgency.EMERGENCY_NOW: all_of(
                hurt,
                some_yes(
                    facts,
                    *("loss_of_consciousness", "confusion_or_drowsiness", "vomiting_repeated"),
                    *("clear_fluid_nose_or_ear", "neck_pain_or_neurology", "airway_bleeding"),
                ),
            ),
            Urgency.SAME_DAY: all_of(
                hurt,
                some_yes(
                    facts,
                    *("malocclusion_new_after_injury", "jaw_step_or_mobile_segment", "floor_of_mouth_haematoma"),
                    *("mouth_numbness", "chin_cut_preauricular_pain", "opening_deviation", "trismus_new"),
                    *("blood_in_ear_canal", "jaw_fracture_suspected"),
                ),
            ),
        }
    )


def luxation(facts: Facts, limits: Limits) -> Levels:
    """A mouth that is stuck open now; after an injury it is imaged first."""
    advice = ("after_injury",) if _injured_lately(facts, limits).answer is YES else ()
    return Levels({Urgency.SAME_DAY: facts.finding("jaw_locked_open_now")}, advice=advice)


def _injured_lately(facts: Facts, limits: Limits) -> Finding:
    """An injury of jaw, face or head within two weeks: by its date, else by what the patient says.

    A blow to the head within 90 days counts as long as nobody has told its date.
    """
    day, because = facts.day_of("jaw_injury_date")
    if day is not None:
        first, last = (Decimal((facts.on - end).days) for end in (day.last, day.first))
        return Reading(first, last, (because,)).at_most(limits["injury_days"])
    lately, head = facts.finding("jaw_injury_2_weeks"), facts.finding("head_injury_recent")
    return head if lately.answer is UNKNOWN and head.answer is YES else lately
