"""Our questionnaires as FHIR: valid R4, the keys of the contract, and nothing that passes for the official form."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from dentalpain.clinical.screening.tables import ALL_INSTRUMENTS
from dentalpain.errors import RecordError, UnknownNameError
from dentalpain.fhir import systems
from dentalpain.fhir.asked_items import AskedForm, read_questionnaire
from dentalpain.fhir.questionnaires import names, questionnaire
from dentalpain.knowledge.load import load_knowledge
from dentalpain.knowledge.screening_tables import load_screening

from .r4 import valid

SCREENING = load_screening(load_knowledge())


def made(name: str) -> dict[str, Any]:
    return questionnaire(name, SCREENING, "2026.11")


def asked(name: str) -> AskedForm:
    return read_questionnaire(made(name))


@pytest.mark.parametrize("name", ALL_INSTRUMENTS)
def test_every_instrument_of_the_contract_is_a_valid_r4_questionnaire(name: str) -> None:
    form = made(name)
    assert valid(form)
    assert (form["id"], form["url"], form["version"]) == (name, f"urn:dentalpain:questionnaire:{name}", "2026.11")
    assert form["status"] == "draft" and form["title"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "checked"},
        {"item": [{"linkId": "1", "type": "question"}]},
        {"item": [{"type": "boolean"}]},
        {"id": "with_underscore"},
        {"unknown": 1},
    ],
)
def test_the_libraries_do_refuse_what_is_not_r4(wrong: dict[str, Any]) -> None:
    with pytest.raises(Exception, match=r"."):
        valid({**made("phq-4"), **wrong})


@pytest.mark.parametrize("name", [name for name in ALL_INSTRUMENTS if name != "red-flags"])
def test_link_ids_are_the_keys_of_an_answers_file(name: str) -> None:
    assert [item.link_id for item in asked(name).items] == [item.key for item in SCREENING.instruments[name].items]


def test_the_red_flag_form_asks_for_every_fact_that_a_red_flag_reads() -> None:
    assert [item.link_id for item in asked("red-flags").items] == list(SCREENING.red_flag_facts)
    kinds = {item.link_id: item.kind for item in asked("red-flags").items}
    assert (kinds["jaw_claudication"], kinds["temperature_c"], kinds["jaw_injury_date"]) == ("boolean", "decimal", "date")


@pytest.mark.parametrize("name", [name for name in ALL_INSTRUMENTS if name != "red-flags"])
def test_our_own_wording_says_that_it_is_not_the_validated_one(name: str) -> None:
    form = made(name)
    for place in (form["description"], form["copyright"], form["item"][0]["text"]):
        assert "not the validated wording" in place
    assert not any(item.codes for item in read_questionnaire(form).items)  # no LOINC code of an official item


@pytest.mark.parametrize(
    ("name", "panel"),
    # Panels of the facts; the other instruments have no sure code.
    [("phq-4", "69724-3"), ("phq-9", "44249-1"), ("gad-7", "69737-5"), ("phq-15", "69728-4"), ("peg", "91148-7"), ("csi", None)],
)
def test_an_instrument_carries_the_loinc_panel_where_one_is_known(name: str, panel: str | None) -> None:
    assert [code["code"] for code in made(name).get("code", ())] == ([panel] if panel else [])


def test_each_option_has_its_points_as_an_ordinal_value() -> None:
    items = {item.link_id: item for item in asked("obc").items}
    # Items 1 and 2 count nights, 3 to 21 share the scale; both count 0 to 4 (Oral Behaviors Checklist).
    assert [option.points for option in items["1"].options] == [Decimal(n) for n in range(5)]
    assert items["1"].options[4].says == "four to seven nights a week"
    assert items["3"].options[4].says == "all of the time"


def test_an_activity_that_is_avoided_as_too_difficult_is_an_option_worth_ten() -> None:
    options = asked("jfls-8").items[0].options
    assert [option.points for option in options] == [*map(Decimal, range(11)), Decimal(10)]
    assert options[-1].code == "too difficult"


def test_the_menstrual_item_may_not_apply_and_then_counts_nothing() -> None:
    item = next(item for item in asked("phq-15").items if item.link_id == "4")
    assert [(option.code, option.points) for option in item.options][-1] == ("not applicable", None)


def test_skip_logic_asks_unless_the_question_before_was_answered_with_no() -> None:
    gates = {item["linkId"]: item.get("enableWhen", []) for item in made("dc-tmd-sq")["item"]}
    read = {key: [(gate["question"], gate["operator"]) for gate in held] for key, held in gates.items()}
    # SQ1 no -> SQ5; SQ3 none -> SQ5; SQ5 no skips 6 and 7; SQ9 no -> SQ13; SQ13 no -> end; 12 hangs on 9 and never on 11.
    assert read["3"] == [("1", "!=")] and read["4A"] == [("1", "!="), ("3", "!=")] and read["7D"] == [("5", "!=")]
    assert read["12"] == [("9", "!=")] and read["14"] == [("13", "!=")] and read["8"] == []
    assert gates["4A"][1]["answerCoding"]["code"] == "0" and gates["12"][0]["answerBoolean"] is False


def test_a_list_of_places_has_an_option_for_none_of_them_that_stands_alone() -> None:
    option = made("fm-2016")["item"][2]["answerOption"][-1]
    assert option["valueCoding"]["code"] == "none"
    assert option["extension"] == [{"url": systems.OPTION_EXCLUSIVE, "valueBoolean": True}]


def with_texts(name: str, **texts: Any) -> Any:
    """The knowledge with other texts of one instrument, as an installed official form gives them."""
    held = SCREENING.instruments[name]
    changed = replace(held, texts={**held.texts, **texts})
    return replace(SCREENING, instruments={**SCREENING.instruments, name: changed})


def test_translations_stand_beside_question_and_option_and_are_read_back() -> None:
    asked_in = {"es": {"1": "¿Con qué frecuencia?"}}
    said_in = {"1": {"0": {"es": "nunca", "pt": "nunca"}}}
    form = questionnaire("phq-9", with_texts("phq-9", translations=asked_in, option_translations=said_in), "1")
    assert valid(form)
    (first, second, *_) = read_questionnaire(form).items
    assert first.translations == {"es": "¿Con qué frecuencia?"} and second.translations == {}
    assert first.options[0].translations == {"es": "nunca", "pt": "nunca"} and first.options[1].translations == {}


def test_an_installed_official_form_carries_its_language_its_item_codes_and_no_notice_of_ours() -> None:
    form = questionnaire("phq-9", with_texts("phq-9", wording="The official wording.", language="es"), "1")
    assert valid(form)
    assert form["language"] == "es" and "not the validated wording" not in str(form)
    # Items 1 and 9 of the PHQ-9: little interest, thoughts of death.
    codes = {item.link_id: item.codes for item in read_questionnaire(form).items}
    assert codes["1"] == (("http://loinc.org", "44250-9"),) and codes["9"] == (("http://loinc.org", "44260-8"),)


def test_a_questionnaire_that_is_not_ours_is_read_by_its_own_codes_and_ordinals() -> None:
    coding = {"system": "http://loinc.org", "code": "LA6569-3", "display": "Several days"}
    weighted = {"valueCoding": {**coding, "extension": [{"url": systems.ITEM_WEIGHT, "valueDecimal": 1}]}}
    code = [{"system": "http://loinc.org", "code": "44250-9"}]
    inner = {"linkId": "/44250-9", "type": "choice", "text": "Asked", "code": code, "answerOption": [weighted]}
    outside = {"resourceType": "Questionnaire", "url": "http://loinc.org/q/44249-1", "status": "active", "version": "2.77"}
    form = read_questionnaire({**outside, "item": [{"linkId": "g", "type": "group", "item": [inner]}]})
    (item,) = form.items
    assert (item.link_id, item.where, item.codes) == ("/44250-9", "/item/0/item/0", (("http://loinc.org", "44250-9"),))
    assert [(option.code, option.points) for option in item.options] == [("LA6569-3", Decimal(1))]


def test_options_may_stand_in_a_value_set_that_is_brought_along() -> None:
    ordinal = [{"url": systems.ORDINAL, "valueDecimal": 3}]
    concept = {"code": "d", "display": "daily", "extension": ordinal}
    contained = [{"resourceType": "ValueSet", "id": "often", "compose": {"include": [{"system": "s", "concept": [concept]}]}}]
    item = {"linkId": "1", "type": "choice", "answerValueSet": "#often"}
    (read,) = read_questionnaire({"resourceType": "Questionnaire", "contained": contained, "item": [item]}).items
    assert [(o.system, o.code, o.says, o.points) for o in read.options] == [("s", "d", "daily", Decimal(3))]


@pytest.mark.parametrize(
    ("broken", "where"),
    [
        ({"resourceType": "Patient"}, "/resourceType"),
        ({"resourceType": "Questionnaire", "item": [{"type": "boolean"}]}, "/item/0"),
        (
            {"resourceType": "Questionnaire", "item": [{"type": "boolean", "linkId": "1"}, {"type": "date", "linkId": "1"}]},
            "/item/1",
        ),
    ],
)
def test_a_questionnaire_that_cannot_be_used_is_refused_with_its_place(broken: dict[str, Any], where: str) -> None:
    with pytest.raises(RecordError) as refused:
        read_questionnaire(broken)
    assert refused.value.where == where


def test_an_unknown_name_is_answered_with_the_names() -> None:
    assert names(SCREENING) == ALL_INSTRUMENTS
    with pytest.raises(UnknownNameError, match="phq-4"):
        made("phq-2")
