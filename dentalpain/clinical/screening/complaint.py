"""The keys of a complaint beside the red-flag facts: for telling pains apart, and for the nociplastic grading.

They are read strictly from the first day, so that no file that the contract allows is refused.
"""

from __future__ import annotations

DIFFERENTIAL = (
    *("pain_unilateral", "pain_moderate", "pain_severe", "pain_in_trigeminal_division", "pain_beyond_division"),
    *("pain_electric_or_stabbing", "pain_dull", "pain_burning", "pain_pulsating", "pain_poorly_localised"),
    *("pain_superficial_in_mucosa", "attacks_recurrent", "triggered_by_light_touch", "triggered_by_swallowing"),
    *("nerve_injury", "pain_in_injured_area", "sensory_signs", "neurological_examination_normal"),
    *("dental_cause_excluded", "mucosa_normal", "local_or_systemic_cause", "single_tooth_site", "cold_no_response"),
    *("spontaneous_or_night_pain", "percussion_or_bite_pain", "pain_on_release", "pus_or_swelling", "sinus_tract"),
    *("several_upper_molars", "congestion_or_discharge", "worse_bending", "swelling_at_meals", "pus_at_duct"),
    *("nausea", "phonophobia", "worse_with_activity", "autonomic_signs", "restless", "indomethacin_helps"),
    *("neck_provokes", "neck_range_reduced", "otoscopy_normal", "better_explained"),
)
NOCIPLASTIC = (
    *("pain_regional_or_widespread", "nociceptive_cause_sufficient", "neuropathic_cause_sufficient"),
    *("hypersensitivity_history", "comorbid_sensitivity", "comorbid_sleep", "comorbid_fatigue"),
    *("comorbid_cognition", "evoked_hypersensitivity"),
)
STEPPING = ("earlier_treatment_failed",)  # asks for the long forms (stepped use, built on Schiffman 2014)
YES_NO = (*DIFFERENTIAL, *NOCIPLASTIC, *STEPPING)

# The number that each name asks for, in the unit of its name, with the most that can be.
NUMBERS = {
    "attack_seconds_max": 10_000_000,
    "attack_minutes_max": 1_000_000,
    "attack_hours_max": 100_000,
    "attacks_per_day": 10_000,
    "attacks_total": 1_000_000,
    "hours_per_day": 24,
    "duration_months": 1_500,
    "nerve_injury_to_onset_months": 1_500,
    "cold_lingers_seconds": 100_000,
    "zoster_months_ago": 1_500,
}
