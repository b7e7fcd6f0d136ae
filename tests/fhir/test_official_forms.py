"""An official questionnaire is taken only where every question and every point of it is ours as well."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

import pytest

from dentalpain.clinical.instruments.instrument import Instrument
from dentalpain.errors import RecordError
from dentalpain.fhir.official_forms import fitted, recognised
from dentalpain.fhir.questionnaires import questionnaire
from dentalpain.knowledge.screening_tables import load_screening

from .official import ANSWERS, LOINC, asked, form, option, phq_9, ratings, translated, yes_or_no


@lru_cache(maxsize=1)
def instruments() -> dict[str, Instrument]:
    return dict(load_screening().instruments)


def fit(resource: dict[str, Any], name: str, link_ids: dict[str, str] | None = None) -> dict[str, Any]:
    return fitted(resource, instruments()[name], link_ids)


def refused(resource: dict[str, Any], name: str, link_ids: dict[str, str] | None = None) -> RecordError:
    with pytest.raises(RecordError) as error:
        fit(resource, name, link_ids)
    assert error.value.where.startswith("/") and error.value.mend
    return error.value


def test_questions_are_told_by_their_loinc_codes_whatever_their_linkids_and_order() -> None:
    shuffled = phq_9()
    shuffled["item"][0]["item"].reverse()
    words = fit(shuffled, "phq-9")["items"]
    assert words["9"]["ask"] == "Official question 9" and words["9"]["loinc"] == "44260-8"
    assert words["1"]["translations"] == {"es": "Pregunta 1"}
    assert words["1"]["options"] == {"0": "Nunca", "1": "Varios", "2": "Más", "3": "Casi"}
    assert words["1"]["option_translations"]["3"] == {"es": "Casi (es)"}


def test_scores_stored_with_loinc_answers_are_not_relied_on_the_place_among_the_answers_counts() -> None:
    resource = phq_9()
    for item in resource["item"][0]["item"]:
        item["answerOption"] = [option(code, says, 7) for code, says in ANSWERS]
    assert fit(resource, "phq-9")["items"]["1"]["options"]["3"] == "Casi"


def test_the_official_numbering_gives_ratings_their_place() -> None:
    words = fit(ratings(3), "peg")["items"]
    assert [words[key]["ask"] for key in "123"] == ["Rating 1", "Rating 2", "Rating 3"]


def test_the_phq_4_is_never_read_by_position_since_published_versions_differ_in_their_order() -> None:
    four = form(*(asked(f"q{n}", f"Question {n}", answerOption=[option(*a) for a in ANSWERS]) for n in range(4)))
    assert "order" in refused(four, "phq-4").what


def test_a_file_can_say_which_question_is_which() -> None:
    points = [option(str(n), f"says {n}") for n in range(4)]
    four = form(*(asked(f"q{n}", f"Question {n}", answerOption=points) for n in range(4)))
    link_ids = {"nervous": "q2", "worry": "q3", "interest": "q0", "down": "q1"}
    words = fit(four, "phq-4", link_ids)["items"]
    assert (words["interest"]["ask"], words["nervous"]["ask"]) == ("Question 0", "Question 2")
    assert words["down"]["options"]["3"] == "says 3"


@pytest.mark.parametrize(
    ("link_ids", "where"),
    [
        ({"1": "q1", "2": "q2"}, "/3"),
        ({"1": "q1", "2": "q2", "3": "q9"}, "/3"),
        ({"1": "q1", "2": "q2", "3": "q3", "4": "q3"}, "/4"),
        ({"1": "q1", "2": "q1", "3": "q3"}, "/item/0"),
    ],
    ids=["an item without a question", "a linkId that is not there", "a key that is not ours", "a question used twice"],
)
def test_a_file_that_maps_wrongly_is_refused_with_its_place(link_ids: dict[str, str], where: str) -> None:
    assert refused(ratings(3), "peg", link_ids).where == where


@pytest.mark.parametrize(
    ("lost", "what"),
    [("copyright", "licence"), ("version", "version"), ("url", "source")],
)
def test_a_form_that_does_not_say_its_licence_version_or_source_is_refused(lost: str, what: str) -> None:
    nameless = {key: value for key, value in ratings(3).items() if key not in (lost, "publisher")}
    error = refused(nameless, "peg")
    assert what in error.what and error.where == f"/{lost}"


def test_our_own_words_written_out_are_no_official_form() -> None:
    ours = questionnaire("peg", load_screening(), "2026.11")
    assert "our own wording" in refused(ours, "peg").what


def test_missing_and_further_questions_are_named() -> None:
    assert "asks 2 questions, and peg has 3" in refused(ratings(2), "peg").what
    assert "asks 4 questions" in refused(ratings(4), "peg").what
    two = form(*(asked(n, f"Rating {n}", "integer") for n in "12"))
    assert "no question '3'" in refused(two, "peg").what
    four = form(*(asked(n, f"Rating {n}", "integer") for n in "1234"))
    assert refused(four, "peg").where == "/item/3"


def test_a_code_of_another_item_is_refused_even_where_the_linkids_fit() -> None:
    codes = ("91145-3", "75893-8", "91146-1")  # 75893-8 is the first item of the PEG, not the second
    items = (
        asked(str(n), f"Rating {n}", "integer", code=[{"system": LOINC, "code": code}])
        for n, code in enumerate(codes, start=1)
    )
    assert refused(form(*items), "peg").where == "/item/0/code"


@pytest.mark.parametrize(
    "options",
    [
        [option(str(n), f"says {n}", n) for n in range(1, 5)],
        [option(str(n), f"says {n}") for n in range(3)],
        [option("a", "no"), option("b", "some"), option("c", "more", 2), option("d", "most", 3)],
        [option(str(n), f"says {n}", Decimal(n) / 2) for n in range(4)],
    ],
    ids=["points from 1", "three of four", "some without points", "half points"],
)
def test_other_options_or_points_are_refused(options: list[dict[str, Any]]) -> None:
    resource = phq_9()
    resource["item"][0]["item"][4]["answerOption"] = options
    assert refused(resource, "phq-9").where == "/item/0/item/4/answerOption"


def test_options_without_any_points_are_read_in_their_order() -> None:
    options = [option("a", "none", system=""), option("b", "some", system=""), option("c", "more"), option("d", "most")]
    seven = form(*(asked(f"q{n}", f"Question {n}", answerOption=options) for n in range(7)), difficulty())
    assert fit(seven, "gad-7")["items"]["7"]["options"] == {"0": "none", "1": "some", "2": "more", "3": "most"}


def difficulty() -> dict[str, Any]:
    return asked("d", "How hard was it?", answerOption=[option(str(n), f"hard {n}") for n in range(4)])


@pytest.mark.parametrize("text", ["", "  "])
def test_a_question_without_words_is_refused(text: str) -> None:
    wordless = form(asked("1", text, "integer"), asked("2", "b", "integer"), asked("3", "c", "integer"))
    assert refused(wordless, "peg").where == "/item/0/text"


def test_a_question_of_another_type_is_refused() -> None:
    assert refused(ratings(3, "string"), "peg").where == "/item/0/type"


def test_a_rating_of_another_range_is_refused_and_one_of_the_same_is_taken() -> None:
    def ranged(highest: int) -> dict[str, Any]:
        ends = [
            {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 0},
            {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": highest},
        ]
        return form(*(asked(n, f"Rating {n}", "integer", extension=ends) for n in "123"))

    assert refused(ranged(100), "peg").where == "/item/0/extension"
    assert fit(ranged(10), "peg")["items"]["1"]["ask"] == "Rating 1"


def test_a_rating_may_be_a_choice_and_keeps_the_words_of_its_ends_and_of_too_difficult() -> None:
    options = [option(str(n), {0: "no limitation", 10: "severe"}.get(n, "")) for n in range(11)]
    options.append(option("x", "Too difficult"))
    eight = form(*(asked(str(n), f"Function {n}", answerOption=options) for n in range(1, 9)))
    words = fit(eight, "jfls-8")["items"]["1"]
    assert words["options"] == {"0": "no limitation", "10": "severe", "too difficult": "Too difficult"}


def test_yes_and_no_fit_as_a_choice_and_as_a_boolean() -> None:
    assert fit(yes_or_no(9), "ort-oud")["items"]["9"]["options"] == {"0": "No", "1": "Yes"}
    taken = {item.key: item for item in instruments()["dc-tmd-sq"].items}
    kinds = {"months": "quantity", "choice": "choice"}
    choice = [option(str(n), f"says {n}") for n in range(3)]
    items = (
        asked(key, f"Question {key}", kinds.get(item.kind, "boolean"), **({"answerOption": choice} if key == "3" else {}))
        for key, item in taken.items()
    )
    assert fit(form(*items), "dc-tmd-sq")["items"]["9"] == {
        "ask": "Question 9",
        "link_id": "9",
        "loinc": "",
        "options": {},
        "codes": {},
        "translations": {},
        "option_translations": {},
    }
    sided = [asked(k, "q", "choice", answerOption=[option("no", "No"), option("yes", "Yes")]) for k in taken if k == "9"]
    rest = [
        asked(k, "q", kinds.get(i.kind, "boolean"), **({"answerOption": choice} if k == "3" else {}))
        for k, i in taken.items()
        if k != "9"
    ]
    assert fit(form(*sided, *rest), "dc-tmd-sq")["items"]["9"]["options"] == {}


def test_every_place_of_a_list_must_be_there() -> None:
    places = instruments()["pain-drawing"].items[0].names
    whole = form(asked("areas", "Where?", answerOption=[option(p, p.title()) for p in places], repeats=True))
    assert fit(whole, "pain-drawing")["items"]["areas"]["ask"] == "Where?"
    short = form(asked("areas", "Where?", answerOption=[option(p, p) for p in places[1:]], repeats=True))
    assert places[0] in refused(short, "pain-drawing").what


def test_a_form_is_recognised_by_our_name_by_what_it_derives_from_and_by_its_loinc_panel() -> None:
    assert recognised(phq_9(), instruments()) == "phq-9"
    assert recognised({"url": "urn:dentalpain:questionnaire:peg|1"}, instruments()) == "peg"
    assert recognised({"derivedFrom": ["urn:dentalpain:questionnaire:obc"]}, instruments()) == "obc"
    assert recognised({"url": "http://a.example/x", "code": [{"system": LOINC, "code": "1-8"}]}, instruments()) is None


def test_a_translated_title_of_an_option_stays_with_it() -> None:
    resource = phq_9()
    resource["item"][0]["item"][0]["answerOption"][0]["valueCoding"]["_display"] = translated("Ninguno")
    assert fit(resource, "phq-9")["items"]["1"]["option_translations"]["0"] == {"es": "Ninguno"}


# -- questions that no score reads -----------------------------------------------------------------------------------


def scale(count: int) -> list[dict[str, Any]]:
    """That many questions with the four answers of the PHQ and the GAD-7."""
    return [asked(f"q{n}", f"Question {n}", answerOption=[option(*each) for each in ANSWERS]) for n in range(1, count + 1)]


def gcps(first: int, days: int) -> dict[str, Any]:
    """The original GCPS: pain three times, days kept from usual activities, interference three times; no days with pain."""
    highest = (10, 10, 10, days, 10, 10, 10)
    limits = [[{"url": f"{CORE}minValue", "valueInteger": 0}, {"url": f"{CORE}maxValue", "valueInteger": most}] for most in highest]
    return form(
        *(asked(str(first + n), f"Rating {first + n}", "integer", extension=held) for n, held in enumerate(limits)),
    )


CORE = "http://hl7.org/fhir/StructureDefinition/"


def test_the_gad_7_of_seven_questions_lacks_the_one_on_difficulty_which_no_score_reads() -> None:
    assert list(fit(form(*scale(7)), "gad-7")["items"]) == ["1", "2", "3", "4", "5", "6", "7"]


def test_the_phq_9_of_nine_questions_is_told_by_its_codes_or_by_our_linkids() -> None:
    nine = phq_9()
    del nine["item"][0]["item"][9]
    assert list(fit(nine, "phq-9")["items"]) == list("123456789")
    ours = form(*({**held, "linkId": str(n)} for n, held in enumerate(scale(9), start=1)))
    assert list(fit(ours, "phq-9")["items"]) == list("123456789")


def test_nine_questions_without_codes_may_be_the_phq_8_with_difficulty_so_that_none_is_taken_for_item_9() -> None:
    assert "9 questions" in refused(form(*scale(9)), "phq-9").what
    eight_and_difficulty = phq_9()
    del eight_and_difficulty["item"][0]["item"][8]  # item 9 left out
    refused(eight_and_difficulty, "phq-9")


def test_the_original_gcps_has_no_item_1_and_its_ranges_say_which_question_is_which() -> None:
    # "Original six-month form has no item 1 (its items are numbered one lower)": its item 4, the days, is our item 5.
    words = fit(gcps(1, 180), "gcps-6-month")["items"]
    assert {key: held["link_id"] for key, held in words.items()} == {
        **{"2": "1", "3": "2", "4": "3", "5": "4"},
        **{"6": "5", "7": "6", "8": "7"},
    }


def test_days_of_another_period_are_not_taken_for_those_of_six_months() -> None:
    refused(gcps(1, 30), "gcps-6-month")
    assert fit(gcps(1, 30), "gcps-1-month")["items"]["5"]["link_id"] == "4"


def test_without_ranges_the_seven_questions_of_the_gcps_could_be_any_seven_until_a_file_says_which() -> None:
    refused(ratings(7), "gcps-6-month")
    link_ids = {str(n + 1): f"q{n}" for n in range(1, 8)}
    assert fit(ratings(7), "gcps-6-month", link_ids)["items"]["8"]["ask"] == "Rating 7"


def test_a_question_that_a_score_reads_cannot_be_left_out_of_a_file() -> None:
    link_ids = {str(n + 1): f"q{n}" for n in range(1, 7)}
    assert refused(ratings(6), "gcps-6-month", link_ids).where == "/8"
