"""QuestionnaireResponses: every form of an answer, what is listed instead of dropped, and what is refused."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dentalpain.clinical.instruments.answers import read_answers
from dentalpain.errors import AnswersError
from dentalpain.fhir import systems
from dentalpain.fhir.json_input import load_json
from dentalpain.fhir.response_writing import write_response
from dentalpain.fhir.responses import read_response
from dentalpain.knowledge.load import load_knowledge
from dentalpain.knowledge.screening_tables import load_screening, worked_cases

from .r4 import valid

SCREENING = load_screening(load_knowledge())
ON = dt.date(2026, 11, 24)
SECRET = "Zanzibar"
Json = dict[str, Any]


def response(name: str, *items: Json, **more: Any) -> Json:
    head = {"resourceType": "QuestionnaireResponse", "questionnaire": systems.canonical(name, "2026.11")}
    return {**head, "status": "completed", "item": list(items), **more}


def item(link_id: str, *answers: Json, **more: Any) -> Json:
    return {"linkId": link_id, "answer": list(answers), **more}


def ordinal(points: Any) -> list[Json]:
    return [{"url": systems.ORDINAL, "valueDecimal": points}]


def read(data: Json) -> Json:
    """Read as it comes in: through our JSON reader, with exact decimals."""
    return read_response(load_json(json.dumps(data).encode()), SCREENING, ON).answers


def items(data: Json) -> Json:
    return dict(read(data)["items"])



@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ({"valueInteger": 1}, 1),
        ({"valueDecimal": 1.0}, 1),
        ({"valueCoding": {"system": "urn:dentalpain:points:phq-4", "code": "1"}}, 1),
        ({"valueCoding": {"code": "1"}}, 1),
        ({"valueCoding": {"system": "http://elsewhere.example", "code": "b", "extension": ordinal(1)}}, 1),
        ({"valueCoding": {"system": "http://elsewhere.example", "code": "b"}, "extension": ordinal(1)}, 1),
        ({"valueString": "1"}, 1),
        ({"valueString": "On several  days"}, 1),
    ],
)
def test_points_are_read_from_every_form_of_an_answer(answer: Json, points: int) -> None:
    assert items(response("phq-4", item("worry", answer))) == {"worry": points}


def test_loinc_answers_are_read_where_the_facts_have_them_and_only_for_the_scale_of_the_form() -> None:
    several = {"valueCoding": {"system": "http://loinc.org", "code": "LA6569-3"}}  # the second of four answers: 1 point
    assert items(response("phq-9", item("1", several))) == {"1": 1}
    with pytest.raises(AnswersError):
        items(response("phq-9", item("10", several)))  # the difficulty has answers of its own


def test_what_is_blank_stays_blank() -> None:
    absent = {"_valueInteger": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason"}]}}
    blanks = [{"linkId": "nervous"}, item("worry"), item("interest", {}), item("down", absent)]
    assert items(response("phq-4", *blanks)) == {}


def test_items_may_be_nested_in_groups_and_under_answers() -> None:
    inner = item("worry", {"valueInteger": 2})
    outer = item("nervous", {"valueInteger": 3, "item": [inner]})
    grouped = {"linkId": "a group", "item": [{"linkId": "another", "item": [outer]}]}
    assert items(response("phq-4", grouped)) == {"nervous": 3, "worry": 2}


@pytest.mark.parametrize("answer", [{"valueBoolean": True}, {"valueInteger": 1}, {"valueCoding": {"code": "1"}}])
def test_a_yes_of_the_screener_may_be_a_boolean(answer: Json) -> None:
    assert items(response("tmd-pain-screener", item("2", answer))) == {"2": 1}


@pytest.mark.parametrize(
    ("answers", "read_as"),
    [
        ([{"valueBoolean": False}], False),
        ([{"valueInteger": 1}], True),
        ([{"valueCoding": {"system": "http://terminology.hl7.org/CodeSystem/v2-0136", "code": "Y"}}], True),
        ([{"valueCoding": {"system": "http://snomed.info/sct", "code": "373067005"}}], False),
        ([{"valueCoding": {"code": "right"}}], ["right"]),
        ([{"valueCoding": {"code": "right"}}, {"valueString": "left"}], ["right", "left"]),
        ([{"valueCoding": {"code": "both"}}], ["right", "left"]),
        ([{"valueString": "unclear"}], ["unclear"]),
    ],
)
def test_an_interviewer_may_add_the_sides_of_a_noise(answers: list[Json], read_as: Any) -> None:
    assert items(response("dc-tmd-sq", item("8", *answers))) == {"8": read_as}


@pytest.mark.parametrize(
    ("answer", "months"),
    [
        ({"valueQuantity": {"value": 2, "code": "a", "system": "http://unitsofmeasure.org"}}, 24),
        ({"valueQuantity": {"value": 1.5, "code": "a"}}, 18),
        ({"valueQuantity": {"value": 7, "code": "mo"}}, 7),
        ({"valueInteger": 7}, 7),
        ({"valueDecimal": 0.5}, Decimal("0.5")),
    ],
)
def test_the_time_since_pain_began_comes_to_months(answer: Json, months: Any) -> None:
    assert items(response("dc-tmd-sq", item("2", answer))) == {"2": months}


def test_no_place_is_a_list_without_places_and_a_blank_is_none() -> None:
    neck, none = ({"valueCoding": {"code": code}} for code in ("neck", "none"))
    assert items(response("fm-2016", item("sites", none))) == {"sites": []}
    assert items(response("fm-2016", item("sites", neck, {"valueString": "left jaw"}))) == {"sites": ["neck", "left jaw"]}
    assert items(response("fm-2016", item("sites"))) == {}


def test_an_activity_avoided_as_too_difficult_is_read_as_such() -> None:
    coded = {"valueCoding": {"code": "too difficult", "extension": ordinal(10)}}
    assert items(response("jfls-8", item("1", coded), item("2", {"valueString": "too difficult"}))) == {
        "1": "too difficult",
        "2": "too difficult",
    }


def test_facts_of_the_red_flag_form_come_in_the_unit_of_the_table() -> None:
    told = items(
        response(
            "red-flags",
            item("jaw_claudication", {"valueBoolean": False}),
            item("temperature_c", {"valueQuantity": {"value": 100.4, "code": "[degF]"}}),
            item("interincisal_opening_mm", {"valueDecimal": 28}),
            item("jaw_injury_date", {"valueDate": "2026-11-20"}),
        )
    )
    # 100.4 °F - 32 = 68.4; 68.4 × 5 / 9 = 38
    assert told == {
        "jaw_claudication": False,
        "temperature_c": 38,
        "interincisal_opening_mm": 28,
        "jaw_injury_date": "2026-11-20",
    }


@pytest.mark.parametrize(
    ("more", "who"),
    [
        ({"source": {"reference": "Patient/17"}}, "patient"),
        ({"source": {"reference": "https://ehr.example/fhir/Patient/17"}}, "patient"),
        ({"author": {"reference": "PractitionerRole/3"}}, "staff"),
        ({"source": {"type": "Patient"}, "author": {"reference": "Practitioner/3"}}, "patient"),
        ({"source": {"reference": "RelatedPerson/9"}}, None),
        ({}, None),
    ],
)
def test_who_answered_is_the_source_and_else_the_author(more: Json, who: str | None) -> None:
    assert read(response("phq-4", **more))["answered_by"] == who


@pytest.mark.parametrize(
    ("authored", "day"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-23T22:10:00-05:00", "2026-11-23"),
        ("2026-11-25T02:30:00.000Z", "2026-11-24"),  # half past nine in the evening of the 24th in New York
        ("2026-11-26T02:30:00Z", "2026-11-26"),  # nowhere on earth the 24th any more
    ],
)
def test_an_evening_in_america_is_not_a_day_too_late(authored: str, day: str) -> None:
    assert read(response("phq-4", authored=authored))["on"] == day


def test_an_answer_under_an_unknown_link_id_is_listed() -> None:
    data = response("phq-4", item("worry", {"valueInteger": 1}), {"linkId": "g", "item": [item("/44250-9", {"valueInteger": 2})]})
    found = read_response(data, SCREENING, ON, "answers 1")
    assert found.answers["items"] == {"worry": 1}
    (line,) = found.not_read
    assert (line.where, line.what) == ("answers 1/item/1/item/0", "linkId /44250-9")


def test_a_questionnaire_may_be_named_by_the_address_where_a_host_serves_it() -> None:
    served = response("phq-4", questionnaire="https://office.example/pain/fhir/Questionnaire/peg|2026.11")
    assert read(served)["instrument"] == "peg"


def test_a_response_to_an_installed_official_form_is_read_by_its_own_link_ids() -> None:
    held = SCREENING.instruments["phq-9"]
    texts = {**held.texts, "url": "http://loinc.org/q/44249-1", "link_ids": {"/44250-9": "1", "/44255-8": "2"}}
    installed = replace(SCREENING, instruments={**SCREENING.instruments, "phq-9": replace(held, texts=texts)})
    told = [item("/44250-9", {"valueInteger": 2}), item("2", {"valueInteger": 1})]
    found = read_response(response("", *told, questionnaire="http://loinc.org/q/44249-1|2.77"), installed, ON)
    assert (found.answers["instrument"], found.answers["items"], found.not_read) == ("phq-9", {"1": 2, "2": 1}, ())


CODED = {"system": "urn:dentalpain:points:phq-4", "code": "1"}


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({"resourceType": "Bundle"}, "answers/resourceType"),
        (response("phq-4", questionnaire=f"http://{SECRET}.example/q"), "answers/questionnaire"),
        (response("phq-2"), "answers/questionnaire"),
        ({**response("phq-4"), "questionnaire": None}, "answers/questionnaire"),
        (response("phq-4", status="entered-in-error"), "answers/status"),
        (response("phq-4", status=SECRET), "answers/status"),
        (response("phq-4", modifierExtension=[{"url": SECRET}]), "answers"),
        (response("phq-4", authored=SECRET), "answers/authored"),
        (response("phq-4", authored="2026-11"), "answers/authored"),
        (response("phq-4", item("worry", {"valueInteger": 1}, {"valueInteger": 2})), "answers/item/0"),
        (response("phq-4", item("worry", {"valueInteger": 1}), item("worry", {"valueInteger": 1})), "answers/item/1"),
        (response("phq-4", item("worry", {"valueCoding": {"code": SECRET}})), "answers/item/0"),
        (response("phq-4", item("worry", {"valueCoding": {**CODED, "extension": ordinal(2)}})), "answers/item/0"),
        (response("phq-4", item("worry", {"valueString": SECRET})), "answers/item/0"),
        (response("phq-4", item("worry", {"valueString": "1" * 4000})), "answers/item/0"),
        (response("phq-4", item("worry", {"valueDate": "2026-01-01"})), "answers/item/0"),
        (response("dc-tmd-sq", item("1", {"valueString": SECRET})), "answers/item/0"),
        (response("dc-tmd-sq", item("8", {"valueCoding": {"code": "right"}}, {"valueBoolean": False})), "answers/item/0"),
        (response("dc-tmd-sq", item("2", {"valueQuantity": {"value": 3, "code": "wk"}})), "answers/item/0"),
        (response("dc-tmd-sq", item("2", {"valueQuantity": {"value": 3, "code": "a", "comparator": ">"}})), "answers/item/0"),
        (response("fm-2016", item("sites", {"valueString": "none"}, {"valueString": "neck"})), "answers/item/0"),
        (response("fm-2016", item("sites", {"valueString": SECRET})), "answers/item/0"),
        (response("red-flags", item("jaw_injury_date", {"valueDate": "2026"})), "answers/item/0"),
        (response("red-flags", item("temperature_c", {"valueQuantity": {"value": 38, "code": SECRET}})), "answers/item/0"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place_and_without_its_value(data: Json, where: str) -> None:
    with pytest.raises(AnswersError) as refused:
        read(data)
    assert refused.value.where == where and refused.value.mend
    assert SECRET not in str(refused.value)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 99) | st.decimals(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["code", "value", "extension", "url"]), inner),
    max_leaves=4,
)
ANSWER = st.dictionaries(
    st.sampled_from(["valueCoding", "valueInteger", "valueQuantity", "valueString", "valueBoolean", "valueDate", "item"]), ANYTHING
)


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from([*SCREENING.instruments, "red-flags"]),
    link_id=st.sampled_from(["1", "2", "3", "8", "sites", "areas", "worry", "temperature_c", "jaw_injury_date"]) | ANYTHING,
    answers=st.lists(ANSWER, max_size=3) | ANYTHING,
    more=st.dictionaries(st.sampled_from(["authored", "source", "author", "subject", "questionnaire", "contained"]), ANYTHING),
)
def test_whatever_comes_it_is_read_or_refused_and_never_a_fault(name: str, link_id: Any, answers: Any, more: Json) -> None:
    data = {**response(name, {"linkId": link_id, "answer": answers}), **more}
    try:
        found = read_response(data, SCREENING, ON).answers
        read_answers(found, SCREENING.instruments, SCREENING.red_flag_facts, ON)
    except AnswersError as error:
        assert error.where and error.mend


# -- written and read again --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCREENING.instruments)
def test_answers_written_as_fhir_are_valid_and_read_back_the_same(name: str) -> None:
    cases = [case["items"] for instrument, case in worked_cases("instruments") if instrument == name]
    assert cases
    for told in cases:
        answers = {"instrument": name, "answered_by": "patient", "on": "2026-11-20", "items": told}
        written = write_response(answers, SCREENING, "2026.11", "2026-11-24")
        assert valid(written)
        again = read(written)
        assert (again["instrument"], again["answered_by"], again["on"]) == (name, "patient", "2026-11-20")
        assert again["items"] == {key: value for key, value in told.items() if value is not None}


def test_the_red_flag_form_is_written_and_read_back() -> None:
    told = {"jaw_claudication": True, "temperature_c": Decimal("38.5"), "jaw_injury_date": "2026-11-20"}
    written = write_response({"instrument": "red-flags", "items": told}, SCREENING, "2026.11", "2026-11-24")
    assert valid(written) and "source" not in written
    assert read_response(written, SCREENING, ON).answers["items"] == told
