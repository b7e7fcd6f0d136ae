"""What the keys of a complaint ask, in the groups in which a dentist goes through them: teeth first (order of triage)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SECONDS_OF = {"attack_seconds_max": "seconds", "attack_minutes_max": "minutes", "attack_hours_max": "hours"}
LONGEST = "longest_attack"  # one field on the page, told in one of the three units


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand together: those that are answered with yes or no, and those that take a number."""

    title: str
    answers: Mapping[str, str]
    numbers: Mapping[str, tuple[str, str]] = field(default_factory=dict)


GROUPS = (
    Group(
        "How it feels, and where",
        {
            "pain_unilateral": "On one side only",
            "pain_moderate": "Moderate",
            "pain_severe": "Severe",
            "pain_dull": "Dull or aching",
            "pain_electric_or_stabbing": "Electric, shooting or stabbing",
            "pain_burning": "Burning",
            "pain_pulsating": "Pulsating",
            "pain_poorly_localised": "Hard to say where it sits",
            "pain_superficial_in_mucosa": "On the surface of the lining of the mouth",
            "pain_in_trigeminal_division": "Within a division of the trigeminal nerve",
            "pain_beyond_division": "Also beyond that division",
            "better_explained": "Something else explains it better",
        },
        {"duration_months": ("It has lasted for", "months"), "hours_per_day": ("Of the day it is there for", "hours")},
    ),
    Group(
        "Teeth",
        {
            "single_tooth_site": "At one tooth, or at the place of one",
            "cold_no_response": "The tooth does not feel cold",
            "spontaneous_or_night_pain": "Comes by itself or at night",
            "percussion_or_bite_pain": "Hurts on tapping or biting",
            "pain_on_release": "Hurts when the bite is let go",
            "pus_or_swelling": "Pus or swelling at the tooth",
            "sinus_tract": "A sinus tract",
            "dental_cause_excluded": "A dental cause is excluded by examination and radiograph",
        },
        {"cold_lingers_seconds": ("After cold, the pain stays for", "seconds")},
    ),
    Group(
        "Sinus, gland, ear, neck and mouth",
        {
            "several_upper_molars": "Several upper molars hurt together",
            "congestion_or_discharge": "Blocked nose, discharge or less smell",
            "worse_bending": "Worse on bending forward",
            "swelling_at_meals": "Swelling when a meal begins",
            "pus_at_duct": "Pus at the duct of a gland",
            "otoscopy_normal": "The ear looks normal through the otoscope",
            "neck_provokes": "Moving the neck brings it on",
            "neck_range_reduced": "The neck moves less than it should",
            "mucosa_normal": "The lining of the mouth looks normal",
            "local_or_systemic_cause": "A local or general cause of burning was found",
        },
    ),
    Group(
        "Attacks and headache",
        {
            "attacks_recurrent": "It comes in attacks that return",
            "triggered_by_light_touch": "A light touch sets it off",
            "triggered_by_swallowing": "Swallowing, talking or coughing sets it off",
            "autonomic_signs": "Tearing, a red eye, a blocked or running nose, a drooping lid on that side",
            "restless": "Restless in an attack",
            "nausea": "Nausea or vomiting",
            "photophobia": "Light is hard to bear",
            "phonophobia": "Sound is hard to bear",
            "worse_with_activity": "Worse with ordinary activity",
            "indomethacin_helps": "Indomethacin takes it away",
        },
        {"attacks_per_day": ("Attacks a day", ""), "attacks_total": ("Attacks so far", "")},
    ),
    Group(
        "Nerves",
        {
            "nerve_injury": "A nerve was injured (surgery, injection, fracture)",
            "pain_in_injured_area": "The pain is in the area of that nerve",
            "sensory_signs": "Numb, tingling or oversensitive there on testing",
            "neurological_examination_normal": "The examination of the nerves is normal",
        },
        {
            "nerve_injury_to_onset_months": ("From the injury to the pain", "months"),
            "zoster_months_ago": ("Shingles of the face was", "months ago"),
        },
    ),
    Group(
        "Pain that the nervous system keeps up",
        {
            "pain_regional_or_widespread": "Of a whole region or widespread",
            "nociceptive_cause_sufficient": "An injury or a disease of tissue explains all of it",
            "neuropathic_cause_sufficient": "A damaged nerve explains all of it",
            "evoked_hypersensitivity": "Touch, pressure, warmth or cold there hurts too much on examination, or hurts after it",
            "hypersensitivity_history": "Touch, pressure, movement, warmth or cold there has hurt too much, as told",
            "comorbid_sensitivity": "Sound, light or smells are hard to bear",
            "comorbid_sleep": "Sleep is broken",
            "comorbid_fatigue": "Tired out",
            "comorbid_cognition": "Hard to keep the mind on things",
            "earlier_treatment_failed": "An earlier treatment of this pain has failed",
        },
    ),
)
LABELS: Mapping[str, str] = {
    **{key: label for group in GROUPS for key, label in group.answers.items()},
    **{key: f"{ask} ({unit})" if unit else ask for group in GROUPS for key, (ask, unit) in group.numbers.items()},
    **{key: f"the longest attack, in {unit}" for key, unit in SECONDS_OF.items()},
}


CERTAINTY = {
    "not_determinable": "not determinable yet",
    "no": "no: the criteria are not met",
    "possible": "possible",
    "probable": "probable",
}
FORMS = {"fm-2016": "the fibromyalgia criteria of 2016", "csi": "the Central Sensitization Inventory"}
GRADING = frozenset(
    {"pain_regional_or_widespread", "nociceptive_cause_sufficient", "neuropathic_cause_sufficient", "evoked_hypersensitivity"}
)
NALTREXONE = "Low-dose naltrexone is off-label and compounded, and its trials conflict."


def is_told_of(central: Mapping[str, Any]) -> bool:
    """Whether something of the view of central pain is known: a form was answered, or the grading was begun."""
    known = any(central[part] is not None for part in ("widespread", "fm_2016", "csi_band"))
    return known or central["nociplastic"] != "not_determinable" or bool(GRADING - {*central["missing"]})


def missing_in(central: Mapping[str, Any]) -> list[str]:
    """What is not known of it, in words."""
    return [FORMS.get(key) or label(key) for key in central["missing"]]


def label(key: str) -> str:
    """What a key asks, as it stands in the middle of a sentence."""
    text = LABELS.get(key, key.replace("_", " "))
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
