"""What an entry of the problem list says, hints at, denies, or leaves open."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dentalpain.clinical.coding import code_of
from dentalpain.clinical.quantities import PartialDate
from dentalpain.clinical.recognising import Hit, Recognised, Vocabulary
from dentalpain.knowledge.files import FOLDER, read_rows

ICD, SNOMED = "http://hl7.org/fhir/sid/icd-10-cm", "http://snomed.info/sct"


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return Vocabulary(read_rows(FOLDER / "facts.csv"), read_rows(FOLDER / "condition_names.csv"))


def sure(found: Recognised) -> set[str]:
    return {hit.fact for hit in found.hits if hit.certain and not hit.past}


def asked(found: Recognised) -> set[str]:
    return {hit.fact for hit in found.hits if not hit.certain}


# -- codes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "code", "facts"),
    [
        (ICD, "K25.0", {"gi_ulcer_active", "gi_bleed_active"}),
        (ICD, "k250", {"gi_ulcer_active", "gi_bleed_active"}),  # no dot, lower case
        ("urn:oid:2.16.840.1.113883.6.90", "I50.22", {"heart_failure"}),
        (ICD, "I25.2", {"mi_history", "coronary_disease"}),
        (ICD, "T40.2X1A", {"overdose_history"}),
        (SNOMED, "49436004", {"arrhythmia"}),
    ],
)
def test_a_code_sets_the_facts_it_belongs_to(words: Vocabulary, system: str, code: str, facts: set[str]) -> None:
    assert sure(words.of_code(code_of(system, code))) == facts


@pytest.mark.parametrize(
    ("system", "code"),
    [
        (ICD, "T40.2X5A"),  # an adverse effect is no overdose
        (ICD, "T40.2X6A"),  # nor is a dose too small
        (ICD, "D68.51"),  # thrombophilia clots, it does not bleed
        (ICD, "H40.1110"),  # open-angle glaucoma
        (ICD, "E66.3"),  # overweight is not obesity
        (ICD, "K58.0"),  # irritable bowel is not inflammatory bowel disease
        (ICD, "F17.210"),  # nicotine is no drug use disorder
        (ICD, "O90.81"),  # after childbirth
        (ICD, "O10.03"),  # hypertension in the puerperium
        ("http://hl7.org/fhir/sid/icd-10", "K25.0"),  # the WHO edition is another system
        ("http://hl7.org/fhir/sid/icd-9-cm", "K25.0"),
    ],
)
def test_a_code_that_only_looks_alike_sets_nothing(words: Vocabulary, system: str, code: str) -> None:
    assert words.of_code(code_of(system, code)).hits == ()


@pytest.mark.parametrize(
    ("code", "fact"), [("Z88.6", "nsaid_allergy"), ("Z92.3", "jaw_radiotherapy_history"), ("Z91.51", "suicidality")]
)
def test_a_code_wider_than_the_fact_only_asks(words: Vocabulary, code: str, fact: str) -> None:
    found = words.of_code(code_of(ICD, code))
    assert fact in asked(found) and fact not in sure(found)


def test_a_chart_code_for_a_complaint_prompts_the_question_and_never_answers_it(words: Vocabulary) -> None:
    assert asked(words.of_code(code_of(ICD, "R63.4"))) == {"weight_loss", "systemic_symptoms"}


@pytest.mark.parametrize(
    ("system", "code", "stage"),
    [
        (ICD, "N18.31", "3a"),
        (ICD, "N18.4", "4"),
        (ICD, "I12.0", "5"),
        (SNOMED, "700379002", "3b"),
    ],
)
def test_the_stage_of_kidney_disease_is_in_its_code(words: Vocabulary, system: str, code: str, stage: str) -> None:
    stages = [hit.value for hit in words.of_code(code_of(system, code)).hits if hit.fact == "ckd_stage"]
    assert stages == [stage]


def test_end_stage_kidney_disease_counts_as_dialysis(words: Vocabulary) -> None:
    assert "dialysis" in sure(words.of_code(code_of(ICD, "N18.6")))


def test_z3a_24_is_24_weeks_and_z3a_00_names_no_week(words: Vocabulary) -> None:
    week_24 = words.of_code(code_of(ICD, "Z3A.24"))
    assert Hit("gestational_age_weeks", value=Decimal(168)) in week_24.hits  # 24 x 7 days
    assert sure(words.of_code(code_of(ICD, "Z3A.00"))) == {"pregnant"}


def test_the_child_pugh_class_is_read_and_its_heading_is_not_a_class(words: Vocabulary) -> None:
    assert words.of_code(code_of(SNOMED, "710066005")).hits == (Hit("child_pugh_class", value="B"),)
    assert words.of_code(code_of(SNOMED, "3191000175106")).hits == ()


def test_the_reason_for_an_order_is_not_read_off_the_problem_list(words: Vocabulary) -> None:
    assert words.of_code(code_of(ICD, "G50.0")).hits == ()


# -- typed text ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("HTN", "hypertension"),
        ("  high  BLOOD pressure ", "hypertension"),
        ("Crohn’s", "ibd"),
        ("Ulcerative colitis", "ibd"),
        ("Chronic congestive heart failure (disorder)", "heart_failure"),
        ("Alzheimer's disease (disorder)", "dementia"),
        ("Gastric bypass", "bariatric_bypass"),
        ("Coumadin", "anticoagulant"),
        ("Methadone clinic", "moud"),
    ],
)
def test_a_name_of_the_table_is_recognised_however_it_is_typed(words: Vocabulary, text: str, fact: str) -> None:
    assert fact in sure(words.of_text(text, "problem"))


@pytest.mark.parametrize(
    "text", ["GERD", "IBS", "Hypothyroidism", "Kidney stones", "Open angle glaucoma", "Anemia (disorder)"]
)
def test_a_known_entry_that_no_rule_reads_sets_nothing_and_is_not_called_unknown(words: Vocabulary, text: str) -> None:
    assert words.of_text(text, "problem") == Recognised(known=True)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Kidney problems", {"renal_disease_unspecified"}),
        ("Bypass", {"coronary_disease", "bariatric_bypass"}),
        ("Heart attack", {"mi_history"}),
        ("Asthma?", {"asthma"}),
        ("Suspected congestive heart failure", {"heart_failure"}),
    ],
)
def test_an_entry_with_several_meanings_asks_and_sets_nothing(words: Vocabulary, text: str, facts: set[str]) -> None:
    found = words.of_text(text, "problem")
    assert asked(found) == facts and sure(found) == set()


@pytest.mark.parametrize(
    "text",
    ["Denies chest pain", "no history of stroke", "heart failure ruled out", "Mother had a heart attack", "FH: stroke"],
)
def test_denials_and_relatives_set_no_fact(words: Vocabulary, text: str) -> None:
    assert words.of_text(text, "problem") == Recognised(known=True)
    assert words.denies(text)


@pytest.mark.parametrize(
    ("text", "fact", "certain"),
    [
        ("gastric ulcer, active", "gi_ulcer_active", True),
        ("Acute duodenal ulcer with hemorrhage (disorder)", "gi_bleed_active", False),  # since when is asked
        ("Gastrointestinal hemorrhage (disorder)", "gi_bleed_active", False),
        ("acute myocardial infarction", "mi_history", False),  # its day is asked
        ("NSTEMI", "mi_history", False),
        ("Old myocardial infarction (disorder)", "mi_history", True),
        ("Cerebrovascular accident (disorder)", "stroke_or_tia_history", True),
        ("Chronic systolic heart failure (disorder)", "heart_failure", True),
        ("Aspirin exacerbated respiratory disease", "aerd", True),
        ("Chronic obstructive lung disease (disorder)", "copd_or_chronic_lung_disease", True),
        ("Cirrhosis of liver (disorder)", "cirrhosis", True),
        ("End-stage renal disease (disorder)", "dialysis", False),
        ("ESRD on HD", "dialysis", True),
        ("Acute renal failure", "aki", False),
        ("Pregnancy (finding)", "pregnant", False),
        ("Nursing mother", "breastfeeding", True),  # no relative of the patient
    ],
)
def test_names_of_charts_and_of_snomed_state_or_ask_their_fact(words: Vocabulary, text: str, fact: str, certain: bool) -> None:
    read = words.of_text(text, "problem")
    assert read.known
    assert certain in [hit.certain for hit in read.hits if hit.fact == fact]


@pytest.mark.parametrize(
    "text",
    ["no history of NSTEMI", "FHx acute MI", "denies active gastric ulcer", "MI ruled out", "father: end stage renal disease"],
)
def test_denied_or_in_the_family_such_a_name_sets_nothing(words: Vocabulary, text: str) -> None:
    assert words.of_text(text, "problem").hits == ()


@pytest.mark.parametrize("text", ["r/o acute MI", "rule out MI", "R/O: MI"])
def test_what_is_to_be_ruled_out_is_not_confirmed_and_not_denied_but_asked(words: Vocabulary, text: str) -> None:
    assert words.of_text(text, "problem").hits == (Hit("mi_history", certain=False),)


def test_a_denial_over_several_items_is_not_guessed_at(words: Vocabulary) -> None:
    assert words.of_text("No diabetes, asthma", "problem") == Recognised(known=False)


def test_no_nsaids_is_no_denial_but_a_warning(words: Vocabulary) -> None:
    assert "nsaid_allergy" in asked(words.of_text("No NSAIDs", "problem"))
    assert not words.denies("HTN")


def test_a_typed_history_is_kept_as_past(words: Vocabulary) -> None:
    assert words.of_text("h/o stroke", "problem").hits == (Hit("stroke_or_tia_history", past=True),)


def test_an_ulcer_on_a_list_may_be_of_now_and_one_of_history_is_not(words: Vocabulary) -> None:
    assert asked(words.of_text("Peptic ulcer", "problem")) == {"gi_ulcer_history", "gi_ulcer_active"}
    # The table of names: "Hx of stomach ulcer" sets the history, and history is not of now.
    assert words.of_text("history of peptic ulcer", "problem").hits == (Hit("gi_ulcer_history", past=True),)
    assert asked(words.of_text("Peptic ulcer?", "problem")) == {"gi_ulcer_history", "gi_ulcer_active"}


@pytest.mark.parametrize(
    ("code", "text", "hints", "known"),
    [
        ("K21.9", "Gastro-esophageal reflux disease without esophagitis", set(), True),
        ("F17.210", "Nicotine dependence, cigarettes", set(), True),  # nicotine is no drug use disorder
        ("T40.2X5A", "Adverse effect of other opioids", set(), True),  # an adverse effect is no overdose
        ("F11.90", "Opioid use, unspecified", {"opioid_use_disorder"}, True),
        ("F10.90", "Unspecified use, uncomplicated", {"substance_use_disorder_other", "alcohol_use_disorder"}, True),
        ("Z95.0", "Presence of a device", {"conduction_disorder"}, True),
        ("R69", "Illness, unspecified", set(), False),
        ("Z87.19", "Personal history of other diseases of the digestive system", set(), False),
        ("zorblax", "Zorblax fever", set(), False),
    ],
)
def test_an_icd_code_that_no_fact_holds_is_understood_where_it_names_a_problem(
    words: Vocabulary, code: str, text: str, hints: set[str], known: bool
) -> None:
    found = words.of_entry([code_of(ICD, code)], text, "problem")
    assert (asked(found), sure(found), found.known) == (hints, set(), known)


def test_a_code_of_another_system_or_list_is_not_understood_by_its_form(words: Vocabulary) -> None:
    assert not words.of_entry([code_of("http://hl7.org/fhir/sid/icd-10", "K21.9")], "Zorblax", "problem").known
    assert not words.of_entry([code_of(ICD, "Z88.9")], "unspecified drugs", "allergy").known
    assert words.of_entry([code_of(ICD, "K21.9")], "", "problem").known


def test_a_history_of_nothing_named_is_not_understood(words: Vocabulary) -> None:
    assert words.of_text("history of", "problem").hits == ()


def test_several_problems_in_one_line_are_each_read(words: Vocabulary) -> None:
    found = words.of_text("HTN, asthma; COPD", "problem")
    assert sure(found) == {"hypertension", "asthma", "copd_or_chronic_lung_disease"} and found.known
    assert not words.of_text("HTN, Zorblax fever", "problem").known


def test_the_stage_the_weeks_and_the_drinks_are_taken_from_the_text(words: Vocabulary) -> None:
    assert words.of_text("CKD stage 3b", "problem").hits == (Hit("ckd_stage", value="3b"),)
    assert Hit("gestational_age_weeks", value=Decimal(168)) in words.of_text("24 weeks pregnant", "problem").hits
    assert words.of_text("4 beers a day", "problem").hits == (Hit("alcohol_drinks_per_day", value=Decimal(4)),)
    assert words.of_text("No alcohol", "problem").hits == (Hit("alcohol_drinks_per_day", value=Decimal(0)),)


def test_a_due_date_needs_its_year(words: Vocabulary) -> None:
    due = Hit("gestational_age_weeks", value=PartialDate.parse("2027-01-15"))
    assert due in words.of_text("due date 1/15/2027", "problem").hits
    assert due in words.of_text("EDD 1/15/27", "problem").hits
    assert words.of_text("due date 1/15", "problem").facts == ("pregnant",)
    assert words.of_text("due date 2/30/2027", "problem").facts == ("pregnant",)


def test_not_pregnant_is_a_no(words: Vocabulary) -> None:
    assert words.of_text("Not pregnant", "problem").hits == (Hit("pregnant", value=False),)


def test_the_word_none_empties_a_problem_or_medicine_list_and_not_another(words: Vocabulary) -> None:
    assert words.of_text("None", "problem").list_is_empty
    assert words.of_text("No meds", "med").list_is_empty
    assert words.of_text("None", "med").list_is_empty
    assert words.of_text("None", "allergy").facts == ("no_known_drug_allergies",)


def test_an_allergy_that_is_denied_in_doubt_or_of_the_past_is_none_asked_or_past(words: Vocabulary) -> None:
    assert words.of_text("denies codeine", "allergy") == Recognised(known=True)
    assert words.of_text("Sulfa?", "allergy").hits == (Hit("sulfonamide_allergy", certain=False),)
    assert words.of_text("history of sulfa", "allergy").hits == (Hit("sulfonamide_allergy", past=True),)
    assert asked(words.of_text("lidocaine and codeine", "allergy")) == {"amide_local_anaesthetic_allergy", "opioid_allergy"}


def test_a_screening_for_a_disease_is_not_the_disease(words: Vocabulary) -> None:
    assert words.of_text("Depression screening", "problem").hits == ()


def test_text_counts_where_no_code_is_known_and_an_empty_entry_is_unknown(words: Vocabulary) -> None:
    foreign = code_of("http://example.org/codes", "123")
    assert words.of_entry([foreign], "Asthma", "problem").facts == ("asthma",)
    assert words.of_entry([code_of(SNOMED, "195967001")], "COPD", "problem").facts == ("asthma",)
    assert words.of_entry([], "  ", "problem") == Recognised()
