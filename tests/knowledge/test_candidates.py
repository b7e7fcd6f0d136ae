"""What each indication lists: every option of its guideline, in the guideline's order, and nothing graded that is not."""

from __future__ import annotations

import pytest

from dentalpain.clinical.case import ACUTE, INDICATIONS
from dentalpain.knowledge.bench import candidates
from dentalpain.knowledge.load import load_knowledge
from dentalpain.knowledge.naltrexone_course import DIRECTIONS, load_course, load_evidence

KNOWLEDGE = load_knowledge()
STRENGTHS = {"strong_for", "conditional_for", "conditional_against", "strong_against", "not_assessed"}
CERTAINTIES = {"high", "moderate", "low", "very_low", "not_graded"}
TRICYCLICS, GABAPENTINOIDS = {"amitriptyline", "nortriptyline"}, {"gabapentin", "pregabalin"}

# Line 1, 2 and 3 of each diagnosis.
EXPECTED = {
    # EAN 2019: first carbamazepine, oxcarbazepine and a scan for all; then the others, surgery if medicines fail.
    "trigeminal_neuralgia": (
        {"refer_neurology_mri", "carbamazepine", "oxcarbazepine"},
        {"lamotrigine", "baclofen", "phenytoin", "botulinum_toxin", "hospital_infusion", "refer_neurosurgery"} | GABAPENTINOIDS,
        set(),
    ),
    # NeuPSIG 2025: first tricyclic, SNRI, gabapentinoid; then capsaicin and lidocaine; then botulinum toxin, rTMS, opioid.
    "post_traumatic_neuropathic": (
        {"duloxetine"} | TRICYCLICS | GABAPENTINOIDS,
        {"capsaicin_8_percent_patch", "topical_capsaicin", "topical_lidocaine"},
        {"botulinum_toxin", "rtms", "tramadol"},
    ),
    # Tan 2022.
    "burning_mouth": (
        {"cbt", "topical_clonazepam", "topical_capsaicin", "low_level_laser"},
        {"clonazepam", "alpha_lipoic_acid"} | TRICYCLICS | GABAPENTINOIDS,
        set(),
    ),
    "persistent_idiopathic_facial": ({"pain_explanation", "cbt", "duloxetine"} | TRICYCLICS, {"pregabalin"}, set()),
    "persistent_idiopathic_dentoalveolar": ({"pain_explanation", "cbt", "duloxetine"} | TRICYCLICS, {"pregabalin"}, set()),
    "orofacial_migraine": (
        {"ibuprofen", "naproxen", "sumatriptan", "rizatriptan", "refer_neurology"},
        {"erenumab", "fremanezumab", "galcanezumab"},
        set(),
    ),
    "other_chronic_orofacial": (set(), set(), set()),
}


@pytest.mark.parametrize("indication", INDICATIONS)
def test_every_row_names_an_option_a_grade_and_sources_that_exist(indication: str) -> None:
    rows = KNOWLEDGE.candidates[indication]
    assert len({row["option"] for row in rows}) == len(rows)
    for row in rows:
        assert row["option"] in KNOWLEDGE.options
        assert row["strength"] in STRENGTHS and row["certainty"] in CERTAINTIES and row["line"] in {"", "1", "2", "3"}
        assert row["citations"] and set(row["citations"].split(";")) <= set(KNOWLEDGE.citations)
        assert row["basis"]


@pytest.mark.parametrize("indication", sorted(EXPECTED))
def test_the_lines_are_those_of_the_guideline(indication: str) -> None:
    rows = KNOWLEDGE.candidates[indication]
    lines = tuple({row["option"] for row in rows if row["line"] == str(number)} for number in (1, 2, 3))
    assert lines == EXPECTED[indication]


@pytest.mark.parametrize("indication", INDICATIONS)
def test_low_dose_naltrexone_stands_last_without_a_line_or_a_grade_it_does_not_have(indication: str) -> None:
    last = KNOWLEDGE.candidates[indication][-1]
    assert (last["option"], last["line"], last["strength"]) == ("low_dose_naltrexone", "", "not_assessed")
    assert last["certainty"] == "very_low"


@pytest.mark.parametrize("indication", sorted(set(INDICATIONS) - ACUTE - {"chronic_tmd"}))
def test_long_lasting_pain_leads_to_a_neurologist(indication: str) -> None:
    referral = "refer_neurology_mri" if indication == "trigeminal_neuralgia" else "refer_neurology"
    assert referral in {row["option"] for row in KNOWLEDGE.candidates[indication]}


def test_only_the_neuropathic_guideline_grades_its_lines() -> None:
    graded = {i for i in EXPECTED for row in KNOWLEDGE.candidates[i] if row["strength"] != "not_assessed"}
    assert graded == {"post_traumatic_neuropathic"}
    rows = [row for row in KNOWLEDGE.candidates["post_traumatic_neuropathic"] if row["line"]]
    assert {(row["line"], row["strength"]) for row in rows} == {
        ("1", "strong_for"), ("2", "conditional_for"), ("3", "conditional_for"),
    }  # fmt: skip


@pytest.mark.parametrize("indication", sorted(ACUTE))
def test_under_12_the_guideline_for_children_speaks(indication: str) -> None:
    # ADA 2023: ibuprofen or naproxen, alone or with acetaminophen; all conditional, certainty very low; no opioid step.
    # ADA 2024 begins at 12 years, so nothing of it may be credited to a younger child's medicine.
    listed = {one.option_id: one for one in candidates(KNOWLEDGE, indication, under_12=True)}
    assert list(listed) == [row["option"] for row in KNOWLEDGE.candidates[indication]]
    for name in ("ibuprofen", "naproxen", "acetaminophen"):
        one = listed[name]
        assert (one.line, one.strength, one.certainty, one.citations) == (1, "conditional_for", "very_low", ("ada-2023-children",))
    for name in ("hydrocodone", "oxycodone", "long_acting_local_anaesthetic"):
        assert (listed[name].line, listed[name].strength) == (None, "not_assessed")
        assert "ada-2024-acute-pain" not in listed[name].citations


@pytest.mark.parametrize("indication", ["persistent_idiopathic_facial", "persistent_idiopathic_dentoalveolar"])
def test_pain_that_the_neuropathic_guideline_left_out_is_not_credited_to_it(indication: str) -> None:
    assert not any("neupsig" in row["citations"] for row in KNOWLEDGE.candidates[indication])


def test_the_evidence_on_naltrexone_names_its_sources_and_shows_both_sides() -> None:
    rows = load_evidence()
    for row in rows:
        assert row["direction"] in DIRECTIONS and row["mark"] in {"V", "K"} and row["finding"]
        assert set(row["citation"].split(";")) <= set(KNOWLEDGE.citations)
    assert {row["direction"] for row in rows} == set(DIRECTIONS)


def test_the_words_about_naltrexone_give_the_figures_of_the_limits() -> None:
    texts = load_course()

    def limit(name: str) -> str:
        return str(KNOWLEDGE.limits[name].values[-1].value)

    assert f"At {limit('ldn_judge_weeks')} weeks" in texts["stop_rule"]
    assert f"{limit('ldn_stop_percent')} percent" in texts["stop_rule"]
    assert f"held {limit('ldn_hold_hours')} hours" in texts["surgery"]
    assert f"in the {limit('ldn_surgery_days')} days before" in texts["surgery"]
