"""Letters to other clinicians: accessible, from the same assessment as the screens, honest about what is not known."""

from __future__ import annotations

import html
import re
from typing import Any

import page
import pytest

from dentalpain.errors import InputError, UnknownNameError
from dentalpain.handouts import blocks
from dentalpain.handouts.content import block_texts, texts
from dentalpain.handouts.grid import Grid
from dentalpain.handouts.html import to_html
from dentalpain.handouts.layout import to_pdf
from dentalpain.handouts.letters.assessment import Assessment
from dentalpain.handouts.letters.sections import Sections
from dentalpain.handouts.letters.words import KINDS, load_letter
from dentalpain.letters import LetterNames
from dentalpain.practice.chart_note import chart_note

from .assessments import ALARMED, CLEAR, LETTERS, OPIOID, PHYSICIAN, PLAIN, RED_FLAG, Assessed, carol, letter, service
from .hearing import expected
from .reading_pdf import reader, spoken

SIZES = [("letter", False), ("a4", True)]


def words(built: Any) -> str:
    return "\n".join(texts(built.document)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("paper", "large"), SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_passes_pdf_ua_1_and_pdf_a_2a_and_is_read_out_in_its_order(kind: str, paper: str, large: bool) -> None:
    document = LETTERS[kind].document
    data = to_pdf(document, paper=paper, large_print=large)
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(data, profile=profile)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]
    assert spoken(data) == expected(document, large=large)


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_says_every_text_of_the_letter(kind: str) -> None:
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", to_html(LETTERS[kind].document)))
    for text in texts(LETTERS[kind].document):
        assert " ".join(text.split()) in html.unescape(shown), text


@pytest.mark.parametrize("kind", KINDS)
def test_no_patient_stands_in_the_properties_of_the_file(kind: str) -> None:
    data = to_pdf(LETTERS[kind].document)
    pdf = reader(data)
    properties = f"{pdf.metadata} {pdf.trailer['/Root']['/Metadata'].get_data()!r} {[one['/Title'] for one in pdf.outline]}"
    assert "Jimenez" not in properties and "1981" not in properties
    assert "Patient: Carol Jimenez. Born: June 5, 1981. Age: 45 years." in words(LETTERS[kind])  # but on the paper


def test_nothing_about_the_patient_stays_in_memory_for_later_documents() -> None:
    chart = PLAIN.chart | {"patient": {"name": "Zebulon Quist"}, "problems": [{"text": "Quistitis", "status": "active"}]}
    built = letter("referral-orofacial-pain", PLAIN._replace(chart=chart))
    for large in (False, True):
        to_pdf(built.document, large_print=large)
    kept = [str(key) for memory in (blocks._MEMORY._kept, blocks._DRAWINGS._kept) for key in memory]
    assert kept and not [key for key in kept if "Quist" in key or "right masseter" in key]


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_says_that_its_rules_are_drafts_and_has_a_line_to_sign(kind: str) -> None:
    said = words(LETTERS[kind])
    assert f"Draft rules, not signed by a clinician: {PLAIN.review['knowledge']['unsigned']} items" in said
    assert "Signature\nSignature\nName and license\nDate" in said
    assert LETTERS[kind].document.watermark == "PREVIEW – not yet approved by this practice"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "chart-summary"])
def test_no_letter_asks_for_what_the_review_blocks(kind: str) -> None:
    found = ALARMED if kind == RED_FLAG else OPIOID
    with pytest.raises(InputError, match="is blocked for this patient"):
        letter(kind, found, give=["discectomy"])


def test_no_letter_recommends_what_the_guideline_advises_against() -> None:
    against = {one["name"] for one in PLAIN.review["alternatives"] if one["evidence"]["strength"].endswith("_against")}
    for kind in ("referral-orofacial-pain", "physiotherapy"):
        section = next(one for one in letter(kind).sections if one.key == "options")
        said = "\n".join(text for block in section.blocks for text in _texts(block))
        assert not [name for name in against if f"{name}:" in said]
        assert "Supervised jaw exercise and stretching: strong recommendation for it" in said


def _texts(block: Any) -> list[str]:
    return list(block_texts(block))


def test_what_nobody_recorded_is_called_not_recorded() -> None:
    said = words(letter("referral-orofacial-pain", Assessed(PLAIN.review, PLAIN.screen, {})))
    assert "Patient: not recorded. Born: not recorded. Age: 45 years. Sex on record: not recorded." in said
    assert "None on the list. Nobody has noted going through the list with the patient, so this is not a no." in said


def test_a_list_that_was_gone_through_says_when() -> None:
    said = words(letter("referral-orofacial-pain"))
    assert "None on the list; the list was gone through with the patient on November 24, 2026." in said  # allergies
    assert "levothyroxine 75 mcg daily\nNobody has noted going through this list with the patient" in said


def test_findings_stand_with_their_places_source_and_day() -> None:
    rows = [row for row in _rows(letter("referral-orofacial-pain")) if row[0] == "Familiar pain"]
    ((_, value, source, day),) = rows
    assert value.startswith("yes (right masseter, left masseter); no (right TMJ lateral pole")
    assert (source, day) == ("examination", "Nov 24, 2026")


def _rows(built: Any) -> list[tuple[str, ...]]:
    rows = [row for block in built.document.blocks if isinstance(block, Grid) for row in block.rows]
    return [tuple(cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row) for row in rows]


# -- low-dose naltrexone ---------------------------------------------------------------------------------------


def test_the_letter_on_naltrexone_says_what_conflicts_before_it_asks() -> None:
    said = words(letter(PHYSICIAN))
    assert "off-label and compounded, and its trials conflict" in said
    directions = {row[2] for row in _rows(letter(PHYSICIAN)) if len(row) == 3}
    assert {"for it", "against it", "neither way"} <= directions


def test_with_an_opioid_proposed_the_letter_gives_no_calendar_and_says_why() -> None:
    said = words(letter(PHYSICIAN, OPIOID))
    assert said.count("Our review does not let low-dose naltrexone through for this patient now.") == 1
    assert "Naltrexone while an opioid is taken or ordered: Do not give naltrexone" in said
    assert "No calendar is given while our review does not let it through." in said
    assert "1.5 mg" not in said and "4.5 mg\n" not in said


def test_where_nothing_stands_against_it_the_letter_gives_steps_visits_and_the_stop_rule() -> None:
    built = letter(PHYSICIAN, carol(facts=(*CLEAR.items(), ("planned_surgery_date", "2027-11-24"))))
    rows = _rows(built)
    # doses.toml: start 1.5 mg, up by 1.5 mg every 2 weeks, to 4.5 mg; a look at 4 and 8 weeks, judged at 12.
    assert [row[:2] for row in rows if row[1].endswith("mg")] == [("0", "1.5 mg"), ("2", "3 mg"), ("4", "4.5 mg")]
    assert [row[0] for row in rows if "quality of life" in row[-1] or "stop rule" in row[-1]] == ["4", "8", "12"]
    assert "stop if the pain has fallen by less than 30 percent" in words(built)


def test_each_check_says_found_open_or_clear_and_what_it_rests_on() -> None:
    rows = {row[0]: row for row in _rows(letter(PHYSICIAN, OPIOID)) if len(row) == 3}
    assert rows["Opioids now, from any source"][1].startswith("Stands against it: Naltrexone while an opioid is taken")
    assert "hydrocodone (proposed, November 24, 2026)" in rows["Opioids now, from any source"][2]
    assert rows["Operation ahead"][1] == "Not known: Naltrexone shortly before an operation."
    assert rows["Operation ahead"][2].startswith("Not recorded: ")


@pytest.mark.parametrize("indication", ["simple_extraction", ""])
def test_there_is_no_letter_on_naltrexone_for_acute_pain_or_without_an_indication(indication: str) -> None:
    found = carol(indication=indication) if indication else carol()
    review = dict(found.review)
    if not indication:
        review |= {"indication": None, "alternatives": []}
    with pytest.raises(InputError, match="it is for long-lasting pain"):
        letter(PHYSICIAN, found._replace(review=review))


def test_no_letter_for_acute_pain_names_naltrexone() -> None:
    acute = carol("ibuprofen 400 mg q6h #12", "simple_extraction")
    for kind in ("referral-orofacial-pain", "chart-summary", "medical-necessity"):
        said = words(letter(kind, acute)).replace("any opioid or low-dose naltrexone is started", "")
        assert "naltrexone" not in said.lower(), kind


# -- warning signs ---------------------------------------------------------------------------------------------


def test_a_warning_sign_is_told_with_urgency_day_facts_and_what_to_do() -> None:
    said = words(LETTERS[RED_FLAG])
    assert said.index("Jaw pain that may come from the heart") < said.index("Thoughts of suicide")  # the most urgent first
    assert "Emergency: call 911 or send the patient to the emergency department now." in said
    assert "By when: the same day: November 24, 2026." in said
    assert ("Chest feels pressed or painful", "yes", "dentist", "Nov 24, 2026") in _rows(LETTERS[RED_FLAG])


def test_two_weeks_are_counted_from_the_day_of_the_assessment() -> None:
    found = Assessment(PLAIN.review, PLAIN.screen, {}, LetterNames(service()))
    write = Sections(found, load_letter(RED_FLAG, "en"))
    # 2026-11-24 and 14 days is 2026-12-08.
    assert write.urgency({"urgency": "within_2_weeks"}) == "within 2 weeks: by December 8, 2026"
    assert write.urgency({"urgency": None}).startswith("how urgent is not settled")


def test_without_a_warning_sign_there_is_no_letter_about_one_and_the_open_ones_stay_open() -> None:
    with pytest.raises(InputError, match="found no warning sign"):
        letter(RED_FLAG)
    assert "A warning sign that nobody settled is not ruled out." in words(letter("referral-orofacial-pain"))


def test_thoughts_of_suicide_are_no_business_of_the_physiotherapist_or_the_plan() -> None:
    for kind in ("physiotherapy", "medical-necessity"):
        assert "suicid" not in words(letter(kind, ALARMED)).lower()
    assert "Please do not treat this patient before it is settled" in words(letter("physiotherapy", ALARMED))


# -- medical necessity -----------------------------------------------------------------------------------------


def test_the_evidence_that_is_missing_is_listed_and_what_is_there_is_not() -> None:
    said = words(letter("medical-necessity", give=["supervised_jaw_exercise_stretching"]))
    assert "how long the pain has lasted\n" in said and "joint sounds, present or absent" in said
    assert "the measured opening in millimeters" not in said and "a diagnosis whose criteria are met" not in said
    assert "the service that is asked for" not in said and "the procedure code\n" not in said
    told = carol(facts=(("pain_duration_days", "365"), ("first_line_care_tried", "yes")))
    said = words(letter("medical-necessity", told))
    assert "how long the pain has lasted\n" not in said and "Pain for 365 days (recorded by dentist" in said
    assert "which care was tried, with dates and results" not in said


def test_a_plan_gets_the_least_that_the_claim_needs() -> None:
    said = words(letter("medical-necessity", OPIOID))
    for word in ("levothyroxine", "hydrocodone", "Hypothyroidism", "Warning signs"):
        assert word not in said


def test_procedure_codes_come_from_the_office_as_numbers_alone() -> None:
    assert "Procedure codes from this office's list: D0000." in words(letter("medical-necessity"))
    assert "holds no procedure code" in words(letter("medical-necessity", office={"procedure_codes": []}))
    for bad in (["D0000 a description"], "D0000", [7880], ["D0000"] * 41):
        with pytest.raises(InputError, match="not a code number"):
            letter("medical-necessity", office={"procedure_codes": bad})


# -- chart summary ---------------------------------------------------------------------------------------------


def test_the_summary_holds_the_note_of_the_chart_word_for_word() -> None:
    note = chart_note(OPIOID.review, OPIOID.screen)
    assert " ".join(note.split()) in " ".join(words(LETTERS["chart-summary"]).split())


def test_the_summary_names_each_option_under_the_verdict_of_the_review() -> None:
    said = words(LETTERS["chart-summary"])
    lines = {line.partition(":")[0]: line for line in said.splitlines()}
    for verdict, title in (("offer", "Nothing found that stands against it"), ("blocked", "Not for this patient")):
        names = [one["name"] for one in OPIOID.review["alternatives"] if one["verdict"] == verdict]
        assert lines[title] == f"{title}: {'; '.join(names)}."


# -- refusals and hard texts -----------------------------------------------------------------------------------


def test_a_kind_or_language_without_letters_is_refused_by_name() -> None:
    with pytest.raises(UnknownNameError, match="Choose: referral-orofacial-pain"):
        load_letter("nope", "en")
    with pytest.raises(UnknownNameError):
        load_letter("chart-summary", "xx")


def test_the_text_of_a_record_is_never_read_as_markup_and_a_long_one_is_cut_with_a_sign() -> None:
    problems = [{"text": "pain <b 5 & <script>", "status": "active", "source": "s"}, {"text": "x" * 5000, "status": "active"}]
    chart = {"problems": problems}
    built = letter("referral-orofacial-pain", PLAIN._replace(chart=chart))
    assert "pain <b 5 & <script> (active, no date, s)" in words(built)
    heard = spoken(to_pdf(built.document))
    assert ("LBody", "pain <b 5 & <script> (active, no date, s)") in heard
    assert any(text.startswith("xxx") and "…" in text for _, text in heard)


def test_an_option_that_was_not_reviewed_cannot_be_asked_for() -> None:
    with pytest.raises(UnknownNameError):
        letter("medical-necessity", give=["moonlight"])


def test_the_same_assessment_gives_the_same_bytes() -> None:
    assert to_pdf(letter("physiotherapy").document) == to_pdf(letter("physiotherapy").document)


def test_short_values_and_sources_are_said_in_the_language_of_the_letter() -> None:
    document = letter("referral-orofacial-pain", language="es").document
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    said = {re.split(r"[ ;]", cell)[0] for grid in grids for row in grid.rows for cell in row[1:3]}
    assert {"sí", "exploración", "entrevista"} <= said
    assert not said & {"yes", "examination", "interview", "dentist"}
    assert any("Sexo registrado: femenino." in text for text in texts(document))  # Carol's record: female
