"""The page of a visit: what it shows, in which order, and what it never says."""

from __future__ import annotations

import copy
import re
from html import unescape
from html.parser import HTMLParser

import pytest

from dentalpain.knowledge.bench import tools
from dentalpain.knowledge.cases import record_of
from dentalpain.knowledge.load import load_knowledge
from dentalpain.practice.memory import MemoryPractice
from dentalpain.practice.native import read_native
from dentalpain.reviews import Asked
from dentalpain.reviews import review as review_of
from dentalpain.signing import no_signatures
from dentalpain.web.patient import header
from dentalpain.web.words import Words

from .samples import NAME, REVIEW, SCREEN, TODAY, Host

TOOLS = tools(load_knowledge())


def text_of(page: str) -> str:
    """The visible words of a page, in order."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def page() -> str:
    host = Host()
    return str(host.client.get(host.open()).get_data(as_text=True))


def test_markup_and_marks_of_direction_in_a_name_stay_text(page: str) -> None:
    assert "<b>Ada" not in page and "&lt;b&gt;Ada&lt;/b&gt; &amp; Söhne" in page
    assert "<bdi>&lt;b&gt;Ada" in page
    assert "<font" not in page and "&lt;font color=red&gt;ulcer" in page


def test_what_is_recorded_and_reviewed_is_told_from_what_is_not(page: str) -> None:
    words = text_of(page)
    assert "Reviewed with the patient Nov 20, 2026" in words  # medicines: 4 days ago, within 90
    assert "Reviewed Jan 1, 2020, more than 365 days ago: what is not on it is unknown" in words  # allergies
    assert "No review recorded: what is not on it is unknown" in words  # problems
    assert "Weight: not recorded" in words
    assert "eGFR: 29 mL/min/1.73 m² Sep 30, 2026" in words


def test_a_problem_shows_when_it_began_and_else_when_it_was_recorded() -> None:
    typed = {
        "problems": [
            {"text": "asthma", "onset": "2009"},
            {"text": "gout", "onset": "2020-05-06", "recorded": "2026-11-23"},
            {"text": "hypertension", "recorded": "2026-11-23"},
            "migraine",
        ]
    }
    record = read_native(typed, on=TODAY, vocabulary=TOOLS.vocabulary, names=TOOLS.names)
    lists = header(record, {"age_years": None}, {}, Words(load_knowledge()))["lists"]
    shown = [(entry["text"], entry["more"]) for entry in lists[0]["entries"]]
    assert shown == [
        ("asthma", "2009"),
        ("gout", "May 6, 2020"),
        ("hypertension", "recorded Nov 23, 2026"),
        ("migraine", ""),
    ]


NKDA = "No known drug allergies, recorded on Nov 24, 2026"


@pytest.mark.parametrize(
    ("allergies", "reviewed_on", "shown", "never"),
    [
        (["NKDA"], None, NKDA, "Nothing recorded"),
        (["no known allergies"], None, NKDA, "Nothing recorded"),
        (["NKDA", "latex: rash"], None, NKDA, "the list says otherwise"),  # NKDA speaks of medicines
        (["NKDA", "codeine: nausea"], None, NKDA, "the list says otherwise"),  # a side effect is no allergy
        (["NKDA", "codeine: hives"], None, f"{NKDA}: the list says otherwise, and the list counts", "Nothing recorded"),
        ([], "2026-11-20", "Allergies None listed when it was reviewed. Reviewed with the patient Nov 20, 2026", "No known"),
        ([], None, "Allergies Nothing recorded. No review recorded: what is not on it is unknown", "No known"),
    ],
)
def test_an_explicit_none_is_told_from_a_list_in_which_nothing_stands(
    allergies: list[str], reviewed_on: str | None, shown: str, never: str
) -> None:
    typed = {"allergies": allergies, **({"reviewed_on": {"allergies": reviewed_on}} if reviewed_on else {})}
    host = Host(practice=MemoryPractice({"ref-1": {"patient": {"id": "p1", "birth_date": "1980-05-06"}, **typed}}))
    words = text_of(host.client.get(host.open()).get_data(as_text=True))
    assert shown in words and never not in words.split("Allergies ", 1)[1].split("Measured", 1)[0]


def test_the_prescription_is_shown_with_its_arithmetic_and_what_was_not_read(page: str) -> None:
    words = text_of(page)
    assert "hydrocodone 5 mg + acetaminophen 325 mg" in words
    assert "8 units (12 by the sig alone)" in words
    assert "at least 40 MME 5 mg × 8 × 1 = 40 CDC 2022 factors" in words
    assert "Not counted: buprenorphine (treatment)" in words
    assert "Ibuprofen cannot be counted" in words  # null is not 0
    assert "Naproxen base" not in words  # 0 is not worth a line
    assert "Not read: “zzz” , no word of a sig. Did you mean prn?" in words


def test_a_severity_is_told_by_word_and_shape_not_by_color_alone(page: str) -> None:
    flag = page.split('id="flag-OPI-BENZO"')[1].split("</article>")[0]
    assert "Serious" in flag and "<svg" in flag
    assert "M12 1.8 23 21.5H1z" in flag  # the triangle


def test_each_reason_shows_fact_value_source_date_and_age(page: str) -> None:
    flag = text_of(page.split('id="flag-OPI-BENZO"')[1].split("</article>")[0])
    assert "29 mL/min/1.73 m² laboratory Jan 2, 2024 too old to count" in flag
    assert "draft: not yet signed by this practice" in flag


def test_what_cannot_be_checked_is_said_and_nothing_is_called_safe(page: str) -> None:
    words = text_of(page)
    assert "Cannot be checked 1 rule Opioid use disorder (do not use if it holds)" in words
    assert "Nothing found that stands against it" in words
    assert "Cannot be checked: About NSAID-PREG-UNK" in words
    assert not re.search(r"\bsafe\b", words, re.IGNORECASE)


def test_low_dose_naltrexone_is_not_shown_for_acute_pain(page: str) -> None:
    assert "low dose naltrexone" not in page.lower() and "low-dose naltrexone" not in page.lower()


def test_fifty_mme_stand_inside_the_block_of_ninety_so_that_one_thought_is_said_once() -> None:
    host = Host()
    review = copy.deepcopy(REVIEW)
    first = review["flags"][0]
    both = (("OPI-MME50", "Fifty or more"), ("OPI-MME90", "Ninety or more"))
    review["flags"] = [{**first, "rule": rule, "title": title} for rule, title in both]
    host.service.review_result = review
    page = host.client.get(host.open()).get_data(as_text=True)
    blocks = re.findall(r"<article class=.dp-flag dp-major.*?</article>", page, re.DOTALL)
    assert len(blocks) == 1 and page.count('id="flag-OPI-MME50"') == 1
    assert text_of(blocks[0]).index("Ninety or more") < text_of(blocks[0]).index("Fifty or more")


def test_questions_about_low_dose_naltrexone_alone_are_not_asked_for_acute_pain() -> None:
    host = Host()
    review = copy.deepcopy(REVIEW)
    review["questions"] = [
        {"fact": "planned_surgery_date", "ask": "When is the operation?", "would_settle": ["LDN-SURGERY"]},
        {"fact": "pregnant", "ask": "Are you pregnant?", "would_settle": ["LDN-PREG", "ibuprofen"]},
    ]
    host.service.review_result = review
    acute = host.client.get(host.open()).get_data(as_text=True)
    assert "When is the operation?" not in acute and "Are you pregnant?" in acute
    host.service.review_result = {**review, "indication": "chronic_tmd"}
    assert "When is the operation?" in host.client.get(host.open()).get_data(as_text=True)


def test_low_dose_naltrexone_is_shown_for_chronic_pain_with_its_verdict() -> None:
    host = Host()
    host.service.review_result = {**copy.deepcopy(REVIEW), "indication": "chronic_tmd"}
    page = host.client.get(host.open()).get_data(as_text=True)
    blocked = page.split("Not for this patient")[1]
    assert "Low dose naltrexone" in blocked


def test_the_course_of_naltrexone_stands_on_the_page_with_its_evidence_on_both_sides() -> None:
    host = Host()
    record = record_of({"on": TODAY, "reviewed": ["problems", "medicines", "allergies"], "facts": {"age_years": 40}}, TOOLS.bench)
    real = review_of(record, Asked((), "chronic_tmd"), TOOLS, no_signatures(TOOLS.knowledge))
    plan = next(one["plan"] for one in real["alternatives"] if one["id"] == "low_dose_naltrexone")
    review = {**copy.deepcopy(REVIEW), "indication": "chronic_tmd"}
    for one in review["alternatives"]:
        one["plan"] = plan if one["id"] == "low_dose_naltrexone" else None
    host.service.review_result = review
    words = text_of(host.client.get(host.open()).get_data(as_text=True))
    assert "off-label, compounded" in words.lower() and "the direction conflicts" in words
    assert "Bruun 2024" in words and "Younger" in words and "Wallet card" in words


def test_a_dose_is_shown_for_what_may_be_offered_and_never_for_what_is_blocked() -> None:
    host = Host()
    review = copy.deepcopy(REVIEW)
    review["alternatives"][2]["dose"] = {"text": "400 mg every 6 hours", "calculation": None}
    host.service.review_result = review
    words = text_of(host.client.get(host.open()).get_data(as_text=True))
    assert "500 mg every 6 hours" in words and "400 mg every 6 hours" not in words


def test_parts_of_the_record_that_were_not_read_are_listed(page: str) -> None:
    words = text_of(page)
    assert "“something” not understood /entry/3" in words
    assert "local anesthetic: 4 rules" in words


def test_open_warning_signs_are_never_shown_as_absent(page: str) -> None:
    words = text_of(page)
    assert "Emergency now Heart pain felt in the jaw" in words
    assert "Not ruled out" in words and "Does the jaw ache as you chew?" in words


def test_warning_signs_that_are_all_answered_no_are_said_to_be() -> None:
    host = Host()
    host.service.screen_result = {**copy.deepcopy(SCREEN), "red_flags": []}
    page = host.client.get(host.open()).get_data(as_text=True)
    assert "All built warning signs were asked about and answered no." in page


def test_only_what_the_review_lets_through_can_be_ticked_for_the_handout(page: str) -> None:
    ticks = re.findall(r'name="give" value="([^"]+)"', page)
    assert ticks == ["acetaminophen", "naproxen"]
    before = text_of(page.split('value="naproxen"')[0])
    assert before.endswith("Tick one only if you have checked it yourself:") or "checked it yourself:" in before[-80:]


def test_only_findings_whose_criteria_are_met_can_be_released(page: str) -> None:
    assert re.findall(r'name="release" value="([^"]+)"', page) == ["myalgia"]
    assert not re.search(r'name="release"[^>]* checked', page)


class Ids(HTMLParser):
    """Ids, labels and fields of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.named: set[str] = set()
        self.fields: list[tuple[str, dict[str, str | None]]] = []
        self.depth = 0
        self.unlabeled: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if held.get("id"):
            self.ids.append(str(held["id"]))
        if tag == "label":
            self.depth += 1
            self.named.add(str(held.get("for")))
        if tag in ("input", "select", "textarea") and held.get("type") != "hidden":
            labeled = self.depth or held.get("aria-label") or held.get("id") in self.named
            if not labeled:
                self.unlabeled.append(held)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "label"


def test_every_field_has_a_label_and_every_id_stands_once(page: str) -> None:
    found = Ids()
    found.feed(page)
    assert not found.unlabeled
    assert len(found.ids) == len(set(found.ids))


def test_the_title_of_the_page_holds_no_name(page: str) -> None:
    assert re.search(r"<title>(.*?)</title>", page, re.S).group(1).strip() == "Visit"  # type: ignore[union-attr]  # None fails the test
    assert NAME not in page


def test_two_parts_of_one_place_that_were_not_read_are_both_listed() -> None:
    host = Host()
    parts = [{"where": "/entry/3", "what": what, "why": "not understood"} for what in ("first", "second")]
    host.service.review_result = {**copy.deepcopy(REVIEW), "not_read": parts}
    words = text_of(host.client.get(host.open()).get_data(as_text=True))
    assert "“first”" in words and "“second”" in words


def test_an_assessment_from_elsewhere_is_not_a_visit() -> None:
    host = Host()
    visit = host.open()
    for held in host.service.kept.values():
        held["kind"] = "review"
    assert host.client.get(visit).status_code == 404


def test_the_note_for_the_chart_is_ready_to_copy_and_names_nobody(page: str) -> None:
    note = re.search(r'<textarea id="dp-note"[^>]*>(.*?)</textarea>', page, re.S)
    assert note and note[1].startswith("Pain and prescribing review on 2026-11-24")
    assert "RF-02" in note[1] and "Lovelace" not in note[1] and "anded out" not in note[1]
