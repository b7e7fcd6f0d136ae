"""A handout fit for one patient: what it says, and what it must never say."""

from __future__ import annotations

import csv
import re
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dentalpain.errors import InputError, KnowledgeError, UnknownNameError
from dentalpain.handouts import building
from dentalpain.handouts.avoiding import names_of, naming
from dentalpain.handouts.content import Box, Document, MedicineTable, Times, block_texts, texts
from dentalpain.handouts.layout import to_pdf
from dentalpain.handouts.wording import load
from dentalpain.paths import knowledge_folder

from .reading_pdf import spaced
from .samples import JAW, KIDNEYS, dose, handout, option, review

WORDING = load("en")
MEDICINES = [name for name, table in WORDING.medicines.items() if isinstance(table, dict)]


def said(document: Document) -> str:
    return spaced(" ".join(texts(document)))


def table(document: Document) -> MedicineTable:
    return next(block for block in document.blocks if isinstance(block, MedicineTable))


def box(document: Document, kind: str) -> str:
    found = [block for block in document.blocks if isinstance(block, Box) and block.kind == kind]
    return spaced(" ".join(text for block in found for text in block_texts(block)))


# -- medicines ---------------------------------------------------------------------------------------------------


def test_a_medicine_is_named_only_if_it_is_given() -> None:
    shown = said(handout(give=["ibuprofen"]))
    assert "Ibuprofen" in shown
    assert "cetaminophen" not in shown


def test_a_blocked_medicine_cannot_be_given_and_the_error_names_the_rule() -> None:
    with pytest.raises(InputError, match="ibuprofen is blocked for this patient by NSAID-EGFR30"):
        handout(KIDNEYS, give=["ibuprofen"])


def test_a_medicine_that_the_guideline_alone_blocks_cannot_be_given() -> None:
    with pytest.raises(InputError, match="by the guideline"):
        handout(review(option("celecoxib", "blocked")), give=["celecoxib"])


def test_an_option_that_the_review_did_not_judge_is_unknown() -> None:
    with pytest.raises(UnknownNameError, match="did not judge the option naproxen"):
        handout(give=["naproxen"])
    with pytest.raises(UnknownNameError, match="an option is unknown"):
        handout(give=["<b>x</b>"])


@pytest.mark.parametrize("kind", ["medicine", "referral"])
def test_an_option_without_wording_is_an_error_and_not_a_silence(kind: str) -> None:
    with pytest.raises(UnknownNameError, match="no wording for the option an_option_to_come"):
        handout(review(option("an_option_to_come", kind=kind)), give=["an_option_to_come"])


def test_a_dose_is_said_as_take_wait_and_no_more_than() -> None:
    (row,) = table(handout(give=["ibuprofen"])).rows
    expected = "Take 400 mg if you hurt. Wait 6 hours before you take more. Take no more than 2,400 mg in 1 day."
    assert spaced(row.how) == expected
    # the handout is of November 24: the third day is November 26
    assert spaced(row.notes[0]) == "No more than 3 days in a row. If you start today, the last day is November 26, 2026."


def test_without_a_dose_the_patient_is_sent_to_the_office_and_no_number_is_printed() -> None:
    (row,) = table(handout(review(option("ibuprofen")), give=["ibuprofen"])).rows
    assert row.how == "Ask us for the dose before you take it."
    assert not re.search(r"\d", " ".join((row.how, *row.notes)))


def test_a_dose_once_a_day_stands_at_its_time() -> None:
    (row,) = table(handout(JAW, give=["low_dose_naltrexone"])).rows
    assert row.times == Times(bedtime="1.5\N{NO-BREAK SPACE}mg")


def test_two_pain_pills_that_go_together_are_said_to() -> None:
    together = "You may take your 2 pain pills at the same time."
    assert together in said(handout(give=["ibuprofen", "acetaminophen"]))
    assert together not in said(handout(give=["ibuprofen"]))


def test_a_dose_in_milligrams_says_to_ask_how_many_pills_and_one_in_tablets_does_not() -> None:
    ask = "how many pills make up a dose"
    assert ask in said(handout(give=["ibuprofen"]))
    counted = review(option("ibuprofen", box=dose(2, "tablet", 6, 8)))
    assert ask not in said(handout(counted, give=["ibuprofen"]))
    assert "Take 2 tablets if you hurt." in said(handout(counted, give=["ibuprofen"]))


def test_two_medicines_of_one_kind_are_not_handed_out_together() -> None:
    both = review(option("ibuprofen"), option("naproxen"))
    with pytest.raises(InputError, match="ibuprofen and naproxen are of one kind"):
        handout(both, give=["ibuprofen", "naproxen"])
    assert handout(both, give=["ibuprofen", "ibuprofen"])


def test_an_opioid_is_not_handed_out_beside_low_dose_naltrexone() -> None:
    both = review(option("oxycodone"), option("low_dose_naltrexone"), indication="chronic_tmd")
    with pytest.raises(InputError, match="oxycodone and naltrexone must not be taken together"):
        handout(both, give=["low_dose_naltrexone", "oxycodone"])


def test_medicines_stand_in_the_order_of_the_review() -> None:
    names = [row.name for row in table(handout(give=["acetaminophen", "ibuprofen"])).rows]
    assert names == ["Ibuprofen", "Acetaminophen"]


# -- what not to take --------------------------------------------------------------------------------------------


def test_weak_kidneys_are_the_reason_to_avoid_nsaids_by_their_kind() -> None:
    shown = box(handout(KIDNEYS, give=["acetaminophen"]), "avoid")
    assert "Do not take NSAIDs." in shown
    assert "Your kidneys are weak" in shown
    assert shown.count("kidneys are weak") == 1


def test_a_rule_that_is_not_decided_is_no_reason() -> None:
    undecided = review(
        option("ibuprofen", "blocked", rules=("NSAID-EGFR30",), unknown=("NSAID-PREG30",)), option("acetaminophen")
    )
    assert "pregnant" not in box(handout(undecided, give=["acetaminophen"]), "avoid")


def test_a_pill_blocked_for_a_reason_of_its_own_does_not_forbid_its_kind() -> None:
    shown = box(handout(review(option("celecoxib", "blocked", rules=("CELECOXIB-SULFA",)), option("ibuprofen")),
                        give=["ibuprofen"]), "avoid")  # fmt: skip
    assert "Some NSAIDs are not safe for you." in shown
    assert "Do not take NSAIDs" not in shown


def test_the_kind_of_a_pill_that_is_given_is_not_forbidden_as_a_whole() -> None:
    mixed = review(option("ibuprofen", "blocked", rules=("NSAID-DUP",)), option("naproxen"))
    shown = box(handout(mixed, give=["naproxen"]), "avoid")
    assert "Do not take other NSAIDs." in shown
    assert "Do not take NSAIDs." not in shown


def test_addiction_is_never_the_reason_that_is_printed() -> None:
    sober = review(option("oxycodone", "blocked", rules=("OPI-OUD",)), option("acetaminophen"))
    shown = said(handout(sober, give=["acetaminophen"]))
    assert "Some opioids are not safe for you." in shown and "Ask us why." in shown
    assert not re.search("addict|disorder|misuse", shown)


def test_low_dose_naltrexone_is_not_shown_for_pain_that_will_pass() -> None:
    assert "altrexone" not in said(handout(KIDNEYS, give=["acetaminophen"]))


def test_the_last_guard_stops_wording_that_names_a_blocked_medicine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "avoid_sentences", lambda *_: ["Take no Advil."])
    with pytest.raises(KnowledgeError, match="names a medicine that the review blocked"):
        handout(KIDNEYS, give=["acetaminophen"])


def test_a_note_that_names_a_blocked_medicine_is_left_out() -> None:
    liver = review(option("acetaminophen", "blocked", rules=("APAP-LIVER",)), option("hydrocodone", box=dose(5)))
    shown = said(handout(liver, give=["hydrocodone"]))
    assert "cetaminophen" not in shown
    assert "It can make you sleepy." in shown


def test_names_are_found_as_whole_words_in_any_case_and_with_any_space() -> None:
    pattern = naming({"t#3", "low dose naltrexone", "ibu"})
    assert pattern.search("take T#3 now") and pattern.search("Low-dose\N{NO-BREAK SPACE}naltrexone")
    assert not pattern.search("ibuprofen")
    assert not naming(set()).search("anything")


def test_the_names_of_a_medicine_include_its_brands_and_its_mixes() -> None:
    assert {"ibuprofen", "advil", "motrin", "vicoprofen"} <= names_of("ibuprofen")
    assert {"naltrexone", "ldn", "contrave", "vivitrol"} <= names_of("low_dose_naltrexone")
    assert "tylenol" not in names_of("ibuprofen")


with (knowledge_folder() / "drug_names.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = [(row["name"], f"{row['ingredients']}; {row['reads_as']}".lower()) for row in csv.DictReader(_file)]

RULES = [*WORDING.avoid["reason"], "ALLERGY-SAME-DRUG", "CELECOXIB-SULFA", "LDN-ACUTE", "OPI-OUD", "X-1"]
OTHERS = ["naloxone", "codeine", "tramadol", "aspirin", "meloxicam", "diazepam", "gabapentin", "tizanidine"]
VERDICTS = ["offer", "offer_with_care", "ask_first", "blocked", "blocked"]
ODD = st.one_of(st.none(), st.integers(1, 4000), st.floats(0.1, 500, allow_nan=False))


# What may stand on one handout: one NSAID, and either an opioid or low-dose naltrexone.
_KIND = {name: "nsaid" for name in WORDING.avoid["kind"]["nsaid"]["options"]}
_OPIOIDS = {name for name, table in WORDING.medicines.items() if isinstance(table, dict) and table.get("opioid")}
_KIND |= {
    name: "opioid or its antagonist"
    for name in {*WORDING.avoid["kind"]["opioid"]["options"], *_OPIOIDS, "low_dose_naltrexone"}
}


@st.composite
def visits(draw: st.DrawFn) -> tuple[dict[str, Any], list[str], list[str]]:
    """A random review, options to give that it did not block, and topics."""
    options = []
    for name in draw(st.lists(st.sampled_from([*MEDICINES, *OTHERS]), min_size=1, max_size=9, unique=True)):
        box = draw(st.one_of(st.none(), st.builds(
            dose, ODD, st.sampled_from(["mg", "tablet", "mL"]), st.sampled_from([None, 4, 6, 12, 24]), ODD,
            st.sampled_from([None, 1, 3]),
        )))  # fmt: skip
        rules = draw(st.lists(st.sampled_from(RULES), max_size=3, unique=True))
        unknown = draw(st.lists(st.sampled_from(RULES), max_size=2, unique=True))
        options.append(
            option(name, draw(st.sampled_from(VERDICTS)), box=box, rules=tuple(rules), unknown=tuple(unknown))
        )
    open_ones = [one["id"] for one in options if one["verdict"] != "blocked" and one["id"] in MEDICINES]
    give = draw(st.lists(st.sampled_from(open_ones), unique=True)) if open_ones else []
    if any(one["id"] == "clonazepam" and one["verdict"] == "blocked" for one in options):
        give = [name for name in give if name != "topical_clonazepam"]  # refused, as the test below holds
    give = [name for name in give if _KIND.get(name) not in {_KIND[n] for n in give[: give.index(name)] if n in _KIND}]
    indication = draw(st.sampled_from([None, "simple_extraction", "toothache_no_care", "chronic_tmd", "burning_mouth"]))
    topics = draw(st.lists(st.sampled_from(sorted(set(WORDING.topics))), max_size=3, unique=True))
    return review(*options, indication=indication), give, topics


@settings(max_examples=150, deadline=None)
@given(visits())
def test_no_handout_ever_names_a_medicine_that_the_review_blocked(
    visit: tuple[dict[str, Any], list[str], list[str]],
) -> None:
    judged, give, topics = visit
    stopped = {one["id"] for one in judged["alternatives"] if one["verdict"] == "blocked"}
    assume("low_dose_naltrexone" not in stopped or "low-dose-naltrexone" not in topics)
    shown = f" {spaced(' '.join(texts(handout(judged, give=give, topics=topics)))).lower()} "
    for name in stopped:
        generic = name.removeprefix("low_dose_").lower()
        brands = {brand.lower() for brand, holds in ROWS if re.search(rf"\b{generic}\b", holds)}
        for forbidden in {generic, *brands}:
            assert not re.search(rf"(?<!\w){re.escape(forbidden)}(?!\w)", shown), forbidden


@settings(max_examples=30, deadline=None)
@given(visits())
def test_every_medicine_that_is_given_is_named_and_printed(visit: tuple[dict[str, Any], list[str], list[str]]) -> None:
    judged, give, _ = visit
    document = handout(judged, give=give)
    assert to_pdf(document)
    shown = said(document)
    assert all(WORDING.medicines[name]["name"] in shown for name in give)


def test_a_form_of_a_blocked_medicine_that_bears_its_name_is_refused_with_the_reason() -> None:
    judged = review(option("clonazepam", "blocked"), option("topical_clonazepam", box=dose(1)), indication="burning_mouth")
    with pytest.raises(InputError, match="topical_clonazepam cannot be named, as the review blocked clonazepam"):
        handout(judged, give=["topical_clonazepam"])
