"""Every red flag with a yes, a no and an open question, and on both sides of each age, day, hour and measure.

The amended wording of each flag counts. Everybody here is judged on 24 November 2026.
"""

from __future__ import annotations

from typing import Any

import pytest

from .samples import red_flag, screened

NOW, TODAY, SOON, ROUTINE = "emergency_now", "same_day", "within_2_weeks", "routine"
FIFTY, FORTY_NINE = "1976-11-24", "1976-11-25"
FORTY, THIRTY_NINE = "1986-11-24", "1986-11-25"


def no(*keys: str) -> dict[str, Any]:
    return dict.fromkeys(keys, False)


def yes(*keys: str) -> dict[str, Any]:
    return dict.fromkeys(keys, True)


ARTERY = no(
    *("jaw_claudication", "scalp_tenderness", "temporal_artery_abnormal", "headache_new", "girdle_morning_stiffness"),
    *("systemic_symptoms", "weight_loss", "visual_loss_or_diplopia", "giant_cell_arteritis_known"),
    "head_face_or_jaw_pain_new",
)
HEART = no(
    *("jaw_pain_exertional", "chest_discomfort", "arm_back_abdomen_pain", "breathlessness", "sweating", "faintness"),
    *("nausea_or_vomiting", "palpitations", "jaw_pain_ongoing_now", "exertional_pattern_changed", "relief_with_rest"),
    *("jaw_pain_at_rest_unexplained", "mi_history", "coronary_disease", "diabetes_uncontrolled"),
)
INFECTION = {
    **no("airway_signs", "floor_of_mouth_raised", "bilateral_submandibular_swelling", "eye_signs", "confusion_or_drowsiness"),
    **no("mottled_skin", "swelling_face_or_neck", "trismus_new", "dysphagia", "neck_or_periorbital_extension"),
    **no("swelling_growth_48h", "immunosuppression", "diabetes_uncontrolled", "rigors", "voice_change", "neck_stiffness"),
    **{"respiratory_rate": 14, "systolic_bp": 125, "temperature_c": 36.8, "heart_rate": 70, "interincisal_opening_mm": 45},
}
SWOLLEN = {**INFECTION, "swelling_face_or_neck": True}
MOUTH = {
    **no("mouth_ulcer_over_3_weeks", "neck_lump_persistent", "lip_or_mouth_lump", "red_or_red_white_patch"),
    **no("non_healing_socket", "unexplained_loose_tooth", "mouth_numbness", "opening_worsening", "lymphadenopathy"),
    **no("neuralgic_or_non_muscle_pain", "suspicious_oral_tissue", "weight_loss", "head_neck_cancer_history"),
    **no("facial_asymmetry_or_mass", "occlusal_change", "unilateral_nasal_symptoms", "unilateral_hearing_change"),
    **no("throat_or_ear_symptoms_over_3_weeks", "jaw_lock_history", "opening_not_improved_2_weeks"),
    **{"joint_click_history": True, "interincisal_opening_mm": 45},
}
NEVER_CLICKED = {**MOUTH, "joint_click_history": False}
NERVES = no(
    *("mouth_numbness", "facial_weakness", "slurred_speech", "focal_neuro_sign", "tongue_deviation"),
    *("unilateral_hearing_change", "unilateral_nasal_symptoms", "visual_loss_or_diplopia", "onset_under_24h"),
    *("deficit_still_changing", "deficit_gone_within_7_days", "explained_by_procedure_or_injury"),
)
NEURALGIA = {
    **no("tn_bilateral", "sensory_deficit_trigeminal", "tn_ophthalmic_only", "ear_problem_or_deafness", "multiple_sclerosis"),
    **no("family_history_ms", "perineural_lesion", "tn_cannot_eat_or_drink"),
    **{"tn_criteria_met": True, "tn_onset_age": 60},
}
HEAD = no(
    *("thunderclap_headache", "seizure_new", "papilloedema", "headache_present", "headache_new", "confusion_or_drowsiness"),
    *("focal_neuro_sign", "visual_loss_or_diplopia", "head_injury_recent", "headache_positional", "headache_cough_strain"),
    *("headache_progressive", "eye_red_painful", "cancer", "immunosuppression", "pregnant", "postpartum_6_weeks"),
)
BONE = no(
    *("exposed_jaw_bone", "antiresorptive", "romosozumab", "antiangiogenic", "jaw_radiotherapy_history", "mouth_numbness"),
    *("jaw_pus_or_spreading_infection", "jaw_fracture_suspected", "unexplained_loose_tooth", "jaw_metastasis"),
    "jaw_pain_or_fistula_unexplained",
)
BROKEN = no(
    *("loss_of_consciousness", "confusion_or_drowsiness", "vomiting_repeated", "clear_fluid_nose_or_ear", "trismus_new"),
    *("neck_pain_or_neurology", "airway_bleeding", "malocclusion_new_after_injury", "floor_of_mouth_haematoma"),
    *("mouth_numbness", "chin_cut_preauricular_pain", "opening_deviation", "blood_in_ear_canal", "jaw_fracture_suspected"),
    "jaw_step_or_mobile_segment",
)
MENINGES = {
    **no("headache_new", "neck_stiffness", "photophobia", "rash_non_blanching", "confusion_or_drowsiness"),
    **{**no("nausea_or_vomiting", "vomiting_repeated"), "temperature_c": 38.0, "headache_present": True},
}
JOINT = {
    **no("trismus_new", "acute_open_bite", "confusion_or_drowsiness", "mottled_skin"),
    **yes("tmj_joint_pain", "tmj_swelling_warmth_redness"),
    **{"temperature_c": 37.9, "respiratory_rate": 21, "systolic_bp": 120},
}
EYE = {
    **no("haloes_or_blurred_vision", "visual_loss_or_diplopia", "fixed_mid_dilated_pupil", "nausea_or_vomiting"),
    **{**no("vomiting_repeated", "headache_present", "headache_new"), "eye_red_painful": True},
}
PRESSURE = {
    **no("headache_present", "headache_new", "visual_loss_or_diplopia", "haloes_or_blurred_vision", "chest_discomfort"),
    **no("breathlessness", "focal_neuro_sign", "confusion_or_drowsiness", "slurred_speech", "facial_weakness"),
    **no("arm_back_abdomen_pain", "pregnant", "postpartum_6_weeks"),
}
JOINTS = {**no("open_bite_progressive", "several_swollen_joints", "morning_stiffness_60min"), "child_tmj_restriction": True}
NECK = {**no("horner_signs", "pulsatile_tinnitus", "neck_trauma"), "unilateral_neck_head_pain_new": True}
EAR = {**no("immunosuppression", "diabetes_uncontrolled"), "severe_ear_pain_or_discharge": True}


def bp(systolic: int, diastolic: int, *signs: str, **more: Any) -> dict[str, Any]:
    return {**PRESSURE, **yes(*signs), "systolic_bp": systolic, "diastolic_bp": diastolic, **more}


def weeks(number: int) -> dict[str, Any]:
    return {"pregnant": True, "gestational_age_weeks": number}


# Flag, complaint, day of birth, and the urgency; None: the answer is no and the flag is not there.
CASES: list[tuple[str, dict[str, Any], str, str | None]] = [
    ("RF-01", {**ARTERY, "jaw_claudication": True}, FIFTY, TODAY),
    ("RF-01", {**ARTERY, "jaw_claudication": True}, FORTY_NINE, None),
    ("RF-01", {**ARTERY, **yes("girdle_morning_stiffness", "weight_loss")}, FIFTY, TODAY),
    ("RF-01", {**ARTERY, **yes("systemic_symptoms", "weight_loss")}, FIFTY, None),  # fever or loss of weight: one weak feature
    ("RF-01", {**ARTERY, "headache_new": True}, FIFTY, SOON),
    ("RF-01", {**ARTERY, **yes("visual_loss_or_diplopia", "head_face_or_jaw_pain_new")}, FIFTY, NOW),
    ("RF-01", {**ARTERY, **yes("giant_cell_arteritis_known", "headache_new")}, FIFTY, TODAY),
    # Polymyalgia or an earlier inflamed artery, and any new sign at the head: double vision alone is one.
    ("RF-01", {**ARTERY, **yes("giant_cell_arteritis_known", "visual_loss_or_diplopia")}, FIFTY, TODAY),
    ("RF-01", ARTERY, FIFTY, None),
    *[("RF-02", {**HEART, "sweating": True, "jaw_pain_last_episode_hours": h}, FIFTY, u)
      for h, u in ((12, NOW), (13, TODAY), (72, TODAY), (73, SOON))],
    ("RF-02", {**HEART, **yes("nausea_or_vomiting", "jaw_pain_ongoing_now")}, FORTY, NOW),
    ("RF-02", {**HEART, **yes("nausea_or_vomiting", "jaw_pain_ongoing_now", "mi_history")}, THIRTY_NINE, NOW),
    ("RF-02", {**HEART, **yes("jaw_pain_exertional", "relief_with_rest"), "jaw_pain_last_episode_hours": 200}, FIFTY, TODAY),
    ("RF-02", HEART, FIFTY, None),
    ("RF-03", INFECTION, FIFTY, None),
    ("RF-03", {**INFECTION, "floor_of_mouth_raised": True}, FIFTY, NOW),
    *[("RF-03", {**INFECTION, "respiratory_rate": n}, FIFTY, u) for n, u in ((21, None), (22, NOW))],
    *[("RF-03", {**INFECTION, "systolic_bp": n}, FIFTY, u) for n, u in ((101, None), (100, NOW))],
    *[("RF-03", {**SWOLLEN, "temperature_c": n}, FIFTY, u) for n, u in ((37.9, None), (38.0, TODAY))],
    *[("RF-03", {**SWOLLEN, "interincisal_opening_mm": n}, FIFTY, u) for n, u in ((30, None), (29, TODAY))],
    *[("RF-03", {**SWOLLEN, "heart_rate": n}, FIFTY, u) for n, u in ((100, None), (101, TODAY))],
    ("RF-03", {**INFECTION, "temperature_c": 38.5, "dysphagia": True}, FIFTY, TODAY),  # two signs without swelling
    ("RF-03", {**INFECTION, "temperature_c": 38.5, "rigors": True}, FIFTY, None),  # fever or rigors: one sign
    *[("RF-03", {**INFECTION, **yes("trismus_new", "infection_source_or_recent_procedure"), "interincisal_opening_mm": n}, FIFTY, u)
      for n, u in ((15, None), (14, TODAY))],
    ("RF-04", MOUTH, FIFTY, None),
    ("RF-04", {**MOUTH, "mouth_ulcer_over_3_weeks": True}, FIFTY, SOON),
    *[("RF-04", {**MOUTH, "mouth_numbness": True, "mouth_numbness_weeks": n}, FIFTY, u) for n, u in ((3, None), (4, SOON))],
    *[("RF-04", {**MOUTH, "opening_worsening": True, "interincisal_opening_mm": n}, FIFTY, u) for n, u in ((35, None), (34, SOON))],
    *[("RF-04", {**MOUTH, "interincisal_opening_mm": n}, FIFTY, u) for n, u in ((15, None), (14, SOON))],
    *[("RF-04", {**NEVER_CLICKED, "interincisal_opening_mm": n}, FIFTY, u) for n, u in ((30, None), (29, SOON))],
    ("RF-04", {**NEVER_CLICKED, "interincisal_opening_mm": 33, "opening_not_improved_2_weeks": True}, FIFTY, SOON),
    ("RF-04", {**NEVER_CLICKED, "interincisal_opening_mm": 25, "limited_opening_explained_and_improving": True}, FIFTY, None),
    ("RF-05", NERVES, FIFTY, None),
    ("RF-05", {**NERVES, **yes("facial_weakness", "onset_under_24h"), "facial_weakness_days": 0}, FIFTY, NOW),
    *[("RF-05", {**NERVES, "facial_weakness": True, "facial_weakness_days": n}, FIFTY, u) for n, u in ((7, TODAY), (8, SOON))],
    ("RF-05", {**NERVES, **yes("slurred_speech", "deficit_gone_within_7_days")}, FIFTY, TODAY),
    ("RF-05", {**NERVES, "mouth_numbness": True}, FIFTY, SOON),
    ("RF-05", {**NERVES, **yes("mouth_numbness", "onset_under_24h", "explained_by_procedure_or_injury")}, FIFTY, None),
    *[("RF-06", {**NEURALGIA, "tn_onset_age": n}, FIFTY, u) for n, u in ((39, SOON), (40, None))],
    ("RF-06", {**NEURALGIA, "tn_cannot_eat_or_drink": True}, FIFTY, TODAY),
    ("RF-07", HEAD, FIFTY, None),
    ("RF-07", {**HEAD, "thunderclap_headache": True}, FIFTY, NOW),
    ("RF-07", {**HEAD, **yes("headache_present", "head_injury_recent", "anticoagulant")}, FIFTY, NOW),
    ("RF-07", {**HEAD, **yes("headache_new", "cancer")}, FIFTY, TODAY),
    ("RF-08", BONE, FIFTY, None),
    ("RF-08", {**BONE, **yes("exposed_jaw_bone", "antiresorptive"), "exposed_jaw_bone_weeks": 2}, FIFTY, SOON),
    ("RF-08", {**BONE, **yes("exposed_jaw_bone", "antiresorptive", "jaw_pus_or_spreading_infection")}, FIFTY, TODAY),
    ("RF-08", {**BONE, **yes("antiresorptive", "unexplained_loose_tooth")}, FIFTY, SOON),
    # An injury of November 10 is 14 days old and within two weeks, one of November 9 is not.
    *[("RF-09", {**BROKEN, "jaw_step_or_mobile_segment": True, "jaw_injury_date": f"2026-11-{d:02}"}, FIFTY, u)
      for d, u in ((9, None), (10, TODAY))],
    ("RF-09", {**BROKEN, "loss_of_consciousness": True, "jaw_injury_date": "2026-11-20"}, FIFTY, NOW),
    ("RF-10", yes("jaw_locked_open_now"), FIFTY, TODAY),
    ("RF-10", no("jaw_locked_open_now"), FIFTY, None),
    *[("RF-11", {**MENINGES, "photophobia": True, "temperature_c": n}, FIFTY, u) for n, u in ((37.9, None), (38.0, NOW))],
    ("RF-12", {**no("suicide_plan_or_intent"), "suicidality": True}, FIFTY, TODAY),
    ("RF-12", yes("suicidality", "suicide_plan_or_intent"), FIFTY, NOW),
    ("RF-12", no("suicidality", "suicide_plan_or_intent"), FIFTY, None),
    ("RF-13", JOINT, FIFTY, None),
    ("RF-13", {**JOINT, "temperature_c": 38.0}, FIFTY, TODAY),
    ("RF-13", {**JOINT, "acute_open_bite": True, "respiratory_rate": 22}, FIFTY, NOW),
    ("RF-14", {**NECK, "horner_signs": True}, FIFTY, NOW),
    ("RF-14", NECK, FIFTY, None),
    ("RF-15", yes("nerve_pain_after_procedure_36h"), FIFTY, TODAY),
    ("RF-15", no("nerve_pain_after_procedure_36h"), FIFTY, None),
    ("RF-16", {**no("zoster_rash_72h", "rash_forehead_nose_eye"), "zoster_ear_vesicles": True}, FIFTY, TODAY),
    ("RF-16", no("zoster_rash_72h", "rash_forehead_nose_eye", "zoster_ear_vesicles"), FIFTY, None),
    ("RF-17", EYE, FIFTY, TODAY),
    ("RF-17", {**EYE, "haloes_or_blurred_vision": True}, FIFTY, NOW),
    ("RF-17", {**EYE, "eye_red_painful": False}, FIFTY, None),
    ("RF-18", JOINTS, "2008-11-25", ROUTINE),  # 17 years: a child
    ("RF-18", JOINTS, "2008-11-24", None),
    ("RF-18", {**JOINTS, "morning_stiffness_60min": True}, FIFTY, ROUTINE),
    *[("RF-19", bp(*read), FIFTY, u) for read, u in (((179, 109), None), ((180, 90), TODAY), ((150, 110), TODAY))],
    *[("RF-19", bp(*read, "chest_discomfort"), FIFTY, u) for read, u in (((180, 90), NOW), ((150, 119), TODAY), ((150, 120), NOW))],
    *[("RF-19", bp(160, 80, **weeks(n)), "1996-01-01", u) for n, u in ((19, None), (20, NOW))],
    *[("RF-19", bp(*read, **weeks(20)), "1996-01-01", u) for read, u in (((159, 109), None), ((140, 110), NOW))],
    *[("RF-19", bp(*read, "headache_present", **weeks(20)), "1996-01-01", u) for read, u in (((139, 89), None), ((139, 90), NOW))],
    ("RF-20", {**EAR, "diabetes_uncontrolled": True}, FIFTY, TODAY),
    ("RF-20", {**EAR, "severe_ear_pain_or_discharge": False}, FIFTY, None),
]


@pytest.mark.parametrize(("rule", "complaint", "born", "urgency"), CASES)
def test_a_red_flag_answers_yes_or_no(rule: str, complaint: dict[str, Any], born: str, urgency: str | None) -> None:
    flag = red_flag(screened({"complaint": complaint}, born=born), rule)
    if urgency is None:
        assert flag is None
    else:
        assert flag is not None and (flag["answer"], flag["urgency"]) == ("yes", urgency)


OPEN: list[tuple[str, dict[str, Any], str]] = [
    ("RF-01", {**ARTERY, "headache_new": True}, "visual_loss_or_diplopia"),  # may be an emergency: within two weeks is no answer
    ("RF-02", HEART, "chest_discomfort"),
    ("RF-03", SWOLLEN, "temperature_c"),
    ("RF-04", {**MOUTH, "interincisal_opening_mm": 34}, "lymphadenopathy"),
    ("RF-05", {**NERVES, "mouth_numbness": True}, "explained_by_procedure_or_injury"),
    ("RF-06", NEURALGIA, "tn_onset_age"),
    ("RF-07", {**HEAD, **yes("headache_present", "head_injury_recent")}, "anticoagulant"),
    ("RF-08", {**BONE, "exposed_jaw_bone": True}, "antiresorptive"),
    ("RF-09", {**BROKEN, "jaw_step_or_mobile_segment": True}, "jaw_injury_2_weeks"),
    ("RF-10", {}, "jaw_locked_open_now"),
    ("RF-11", {**MENINGES, "photophobia": True}, "temperature_c"),
    ("RF-12", {}, "suicidality"),
    ("RF-13", JOINT, "temperature_c"),
    ("RF-14", NECK, "neck_trauma"),
    ("RF-15", {}, "nerve_pain_after_procedure_36h"),
    ("RF-16", {}, "zoster_rash_72h"),
    ("RF-17", {}, "eye_red_painful"),
    ("RF-18", {}, "several_swollen_joints"),
    ("RF-19", PRESSURE, "systolic_bp"),
    ("RF-20", EAR, "diabetes"),  # not badly controlled is not the same as none
]


@pytest.mark.parametrize(("rule", "complaint", "fact"), OPEN, ids=[rule for rule, _, _ in OPEN])
def test_a_question_that_nobody_asked_leaves_the_flag_open_and_is_asked(rule: str, complaint: dict[str, Any], fact: str) -> None:
    told = {key: value for key, value in complaint.items() if key != fact}
    flag = red_flag(screened({"complaint": told}, born=FIFTY), rule)
    assert flag is not None and (flag["answer"], flag["urgency"]) == ("unknown", None)
    assert any(one["fact"] == fact and one["ask"].endswith("?") for one in flag["questions"])


@pytest.mark.parametrize(("number", "defined"), [(8, False), (9, True)])
def test_bone_bare_for_more_than_eight_weeks_meets_the_definition(number: int, defined: bool) -> None:
    told = {**BONE, **yes("exposed_jaw_bone", "antiresorptive"), "exposed_jaw_bone_weeks": number}
    flag = red_flag(screened({"complaint": told}), "RF-08")
    assert flag is not None and flag["urgency"] == SOON and ("definition" in flag["action"].lower()) is defined


def test_nausea_alone_at_39_waits_for_the_question_about_diabetes() -> None:
    # Diabetes that is not badly controlled may still be there: the flag stays open, and neither raised nor dropped.
    told = {**HEART, **yes("nausea_or_vomiting", "jaw_pain_ongoing_now")}
    flag = red_flag(screened({"complaint": told}, born=THIRTY_NINE), "RF-02")
    assert flag is not None and flag["answer"] == "unknown" and "diabetes" in flag["missing"]
