"""An official form may ask one item of ours as several questions: years and months, or a yes or no for each place."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

import pytest

from dentalpain.clinical.instruments.answers import read_answers
from dentalpain.clinical.instruments.instrument import Instrument, Score
from dentalpain.clinical.instruments.language import languages_of, spoken_in
from dentalpain.clinical.screening.tables import ScreeningKnowledge
from dentalpain.errors import AnswersError, RecordError, SettingsError
from dentalpain.fhir.official_forms import fitted
from dentalpain.fhir.questionnaires import questionnaire
from dentalpain.fhir.response_writing import write_response
from dentalpain.fhir.responses import ReadResponse, read_response
from dentalpain.knowledge.packs import PackSchema
from dentalpain.knowledge.screening_tables import load_screening
from dentalpain.knowledge.wording import worded

from .official import PUBLISHED, asked, form, option, translated
from .r4 import valid

ON = dt.date(2026, 11, 24)
SITES = (
    *("left jaw", "left shoulder girdle", "left upper arm", "left lower arm"),
    *("right jaw", "right shoulder girdle", "right upper arm", "right lower arm"),
    *("left hip", "left upper leg", "left lower leg", "right hip", "right upper leg", "right lower leg"),
    *("neck", "upper back", "lower back", "chest", "abdomen"),
)
SITE_LINKS = {place: f"s{number}" for number, place in enumerate(SITES, start=1)}


@lru_cache(maxsize=1)
def ours() -> ScreeningKnowledge:
    return load_screening()


def points(count: int) -> list[dict[str, Any]]:
    return [option(str(n), f"says {n}", n) for n in range(count)]


def in_spanish(link_id: str, text: str, kind: str, **more: Any) -> dict[str, Any]:
    return asked(link_id, text, kind, _text=translated(f"{text} (es)"), **more)


# -- the symptom questionnaire: how long ago, as years and months ------------------------------------------------------

SQ_LINKS: dict[str, Any] = {
    **{item: f"SQ{item}" for item in ("1", "3", "4A", "4B", "4C", "4D", "5", "7A", "7B", "7C", "7D")},
    **{item: f"SQ{item}" for item in ("8", "9", "10", "11", "12", "13", "14")},
    "2": {"years": "SQ2y", "months": "SQ2m"},
    "6": {"years": "SQ6y", "months": "SQ6m"},
}


def since(item: str, kind: str = "integer") -> dict[str, Any]:
    parts = (in_spanish(f"SQ{item}y", "Years", kind), in_spanish(f"SQ{item}m", "Months", kind))
    return in_spanish(f"SQ{item}", f"How long ago, {item}?", "group", item=list(parts))


def symptom_questionnaire(kind: str = "integer", **more: Any) -> dict[str, Any]:
    items = [
        since(key, kind)
        if isinstance(link, dict)
        else in_spanish(link, f"Question {key}", "choice", answerOption=points(3))
        if key == "3"
        else in_spanish(link, f"Question {key}", "boolean")
        for key, link in SQ_LINKS.items()
    ]
    return form(*items, **more)


def installed(resource: dict[str, Any], name: str, link_ids: dict[str, Any] | None) -> ScreeningKnowledge:
    """The knowledge of a practice that has installed this form."""
    pack = {**fitted(resource, ours().instruments[name], link_ids), "sha256": "0" * 64, "installed_on": ON}
    held = dict(PackSchema().load(PackSchema().dump(pack)))
    known = ours()
    changed = {**known.instruments, name: worded(known.instruments[name], {name: held})}
    return ScreeningKnowledge(**{**{each: getattr(known, each) for each in known.__slots__}, "instruments": changed})


@lru_cache(maxsize=1)
def with_sq() -> ScreeningKnowledge:
    return installed(symptom_questionnaire(), "dc-tmd-sq", SQ_LINKS)


def response(answers: dict[str, Any], address: str = PUBLISHED["url"]) -> dict[str, Any]:
    """A response with these answers by linkId: a yes or no, or a whole number."""
    items = [
        {"linkId": link, "answer": [{"valueBoolean" if isinstance(value, bool) else "valueInteger": value}]}
        for link, value in answers.items()
    ]
    head = {"resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": address}
    return {**head, "authored": "2026-11-24", "item": items}


def held(known: ScreeningKnowledge, answers: dict[str, Any], address: str = PUBLISHED["url"]) -> ReadResponse:
    return read_response(response(answers, address), known, ON)


def month_count(known: ScreeningKnowledge, read: ReadResponse, key: str = "2") -> Any:
    """How many months the reader of answers makes of it."""
    return read_answers(read.answers, known.instruments, known.red_flag_facts, ON).points[key]


NO_LOCKS = {"SQ1": True, "SQ3": 1, "SQ4A": True, "SQ4B": False, "SQ4C": False, "SQ4D": False, "SQ5": False}
NO_LOCKS |= {"SQ8": False, "SQ9": False, "SQ13": False}


@pytest.mark.parametrize(
    ("given", "months"),
    [
        ({"SQ2y": 2, "SQ2m": 5}, 29),  # 2 × 12 + 5
        ({"SQ2y": 0, "SQ2m": 5}, 5),
        ({"SQ2y": 0, "SQ2m": 0}, 0),  # both say so: it began this month
        ({"SQ2y": 2}, 24),  # the whole years, so that no length is taken for longer than it is
        ({"SQ2m": 5}, 5),
        ({"SQ2y": 0}, None),  # less than a year, and nobody said how many months
        ({"SQ2m": 0}, None),
        ({}, None),
    ],
    ids=["both", "no years", "this month", "years alone", "months alone", "0 years alone", "0 months alone", "blank"],
)
def test_years_and_months_in_two_fields_are_one_length_and_a_blank_field_is_never_0(given: dict[str, int], months: Any) -> None:
    assert month_count(with_sq(), held(with_sq(), {**NO_LOCKS, **given})) == months


def test_a_quantity_in_a_field_counts_in_the_unit_of_the_field_and_in_no_other() -> None:
    def quantity(value: Any, **more: Any) -> dict[str, Any]:
        answer = [{"valueQuantity": {"value": value, **more}}]
        return {**response(NO_LOCKS), "item": [*response(NO_LOCKS)["item"], {"linkId": "SQ2y", "answer": answer}]}

    for unit in ({}, {"code": "a"}, {"unit": "years"}):
        assert month_count(with_sq(), read_response(quantity(3, **unit), with_sq(), ON)) == 36  # 3 × 12
    for wrong in (quantity(36, code="mo"), quantity(3, comparator=">"), quantity("three")):
        with pytest.raises(AnswersError, match="no number of years"):
            read_response(wrong, with_sq(), ON)


def test_a_length_that_is_given_whole_and_in_parts_is_refused() -> None:
    with pytest.raises(AnswersError, match="second time"):
        held(with_sq(), {"2": 24, "SQ2y": 2}, "urn:dentalpain:questionnaire:dc-tmd-sq")
    assert month_count(with_sq(), held(with_sq(), {"2": 24}, "urn:dentalpain:questionnaire:dc-tmd-sq")) == 24


def test_the_questionnaire_given_out_asks_the_two_fields_in_their_words_and_under_their_linkids() -> None:
    made = questionnaire("dc-tmd-sq", with_sq(), "2026.11")
    group = next(item for item in made["item"] if item["linkId"] == "2")
    assert (group["type"], group["text"]) == ("group", "How long ago, 2?")
    assert [(one["linkId"], one["text"], one["type"]) for one in group["item"]] == [
        ("SQ2y", "Years", "decimal"),
        ("SQ2m", "Months", "decimal"),
    ]
    assert group["enableWhen"][0]["question"] == "1"  # passed over where there never was pain
    assert group["item"][0]["_text"] == translated("Years (es)")


ANSWERS = {"1": 1, "3": 1, "4A": True, "4B": False, "4C": False, "4D": False, "5": 0, "8": False, "9": False, "13": False}


@pytest.mark.parametrize("length", [29, {"years": 2, "months": 5}, {"years": 2}, {"years": 0}, {"years": None, "months": None}])
def test_answers_written_out_and_read_again_are_the_same_length(length: Any) -> None:
    for known in (ours(), with_sq()):
        sheet = {"instrument": "dc-tmd-sq", "answered_by": "patient", "on": "2026-11-24", "items": {**ANSWERS, "2": length}}
        read = read_response(write_response(sheet, known, "2026.11", "2026-11-24"), known, ON)
        before = read_answers(sheet, known.instruments, known.red_flag_facts, ON)
        after = read_answers(read.answers, known.instruments, known.red_flag_facts, ON)
        assert after.points == before.points and not read.not_read


def test_a_form_whose_linkids_are_keys_of_other_items_is_read_by_its_own_and_given_out_under_names_that_are_free() -> None:
    # Numbered through: SQ2 is asked as their 2 and 3, so that their 3 is no item 3 of ours.
    numbers = iter(range(1, 30))
    links: dict[str, Any] = {
        key: {part: str(next(numbers)) for part in link} if isinstance(link, dict) else str(next(numbers))
        for key, link in {"1": "", "2": {"years": "", "months": ""}, **SQ_LINKS}.items()
    }
    by_old = {
        old: links[key][part] if part else links[key]
        for key, link in SQ_LINKS.items()
        for part, old in (link.items() if isinstance(link, dict) else (("", link),))
    }
    resource = symptom_questionnaire()
    for item in resource["item"]:
        for one in (*item.get("item", ()), item):
            one["linkId"] = by_old.get(one["linkId"], one["linkId"])
    known = installed(resource, "dc-tmd-sq", links)
    assert links["2"] == {"years": "2", "months": "3"}
    read = held(known, {by_old[key]: value for key, value in {**NO_LOCKS, "SQ2y": 2, "SQ2m": 5}.items()})
    assert month_count(known, read) == 29 and not read.not_read
    group = next(item for item in questionnaire("dc-tmd-sq", known, "2026.11")["item"] if item["linkId"] == "2")
    assert [one["linkId"] for one in group["item"]] == ["2.years", "2.months"]


# -- fibromyalgia: nineteen places, each with a yes or a no ------------------------------------------------------------


def places(kind: str = "boolean", **more: Any) -> list[dict[str, Any]]:
    return [in_spanish(link, f"Pain in the {place}?", kind, **more) for place, link in SITE_LINKS.items()]


FM_LINKS: dict[str, Any] = {
    "sites": SITE_LINKS,
    **{key: key for key in ("fatigue", "unrefreshed", "cognitive", "headaches", "abdominal", "depression")},
    "months_at_similar_level": {"years": "y", "months": "m"},
}


def fibromyalgia(sites: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    graded = [in_spanish(key, f"Degree of {key}", "choice", answerOption=points(4)) for key in list(FM_LINKS)[1:4]]
    marks = [in_spanish(key, f"Any {key}?", "choice", answerOption=points(2)) for key in list(FM_LINKS)[4:7]]
    since_when = [in_spanish("y", "For how many years?", "decimal"), in_spanish("m", "And months?", "decimal")]
    head = {"item": places() if sites is None else sites, "_text": translated("¿Dónde?")}
    return form(asked("where", "Where does it hurt?", "group", **head), *graded, *marks, *since_when, **more)


@lru_cache(maxsize=1)
def with_fm() -> ScreeningKnowledge:
    return installed(fibromyalgia(), "fm-2016", FM_LINKS)


PAINFUL = ("left shoulder girdle", "right shoulder girdle", "left hip", "right hip", "neck", "upper back", "left jaw")
# 7 sites; left and right upper, left and right lower and axial are 5 regions; 3 + 2 + 1 + 0 + 0 + 0 = 6 points of severity:
# WPI 7 with SSS 6 in 5 regions for 3 months meets the criteria of 2016 (WPI ≥ 7 and SSS ≥ 5, ≥ 4 regions, ≥ 3 months).
SEVERITY = {"fatigue": 3, "unrefreshed": 2, "cognitive": 1, "headaches": 0, "abdominal": 0, "depression": 0}
WHOLE = {**{link: place in PAINFUL for place, link in SITE_LINKS.items()}, **SEVERITY, "y": 0, "m": 3}


def scored(known: ScreeningKnowledge, answers: dict[str, Any]) -> tuple[Score, ReadResponse]:
    read = held(known, answers)
    sheet = read_answers(read.answers, known.instruments, known.red_flag_facts, ON)
    instrument = known.instruments["fm-2016"]
    limits = known.limits_on(ON)
    return instrument.function(sheet.points, {name: limits[name] for name in instrument.limits}), read


def test_nineteen_answers_of_yes_or_no_are_the_widespread_pain_index() -> None:
    score, read = scored(with_fm(), WHOLE)
    assert score.subscales == {"wpi": 7, "sss": 6, "regions": 5}
    assert score.status == "complete" and score.score == 13 and score.positive is True and not read.not_read


def test_nineteen_times_no_is_an_answer_and_no_blank() -> None:
    score, _ = scored(with_fm(), {**WHOLE, **dict.fromkeys(SITE_LINKS.values(), False)})
    assert score.subscales["wpi"] == 0 and score.positive is False


def test_one_place_left_blank_leaves_all_of_them_uncounted_and_is_named() -> None:
    given = {link: value for link, value in WHOLE.items() if link != SITE_LINKS["chest"]}
    score, read = scored(with_fm(), given)
    assert (score.status, score.score, score.positive, score.missing) == ("not_scorable", None, None, ("sites",))
    [unread] = read.not_read
    assert unread.what == "item sites" and "left blank were chest:" in unread.why


def test_less_than_a_year_without_the_months_leaves_the_criteria_undecided_and_one_year_decides_them() -> None:
    without = {link: value for link, value in WHOLE.items() if link != "m"}
    assert scored(with_fm(), {**without, "y": 0})[0].positive is None
    assert scored(with_fm(), {**without, "y": 1})[0].positive is True  # 12 months or more, and 3 are needed


def test_a_yes_or_no_as_a_choice_scores_the_same() -> None:
    known = installed(fibromyalgia(places("choice", answerOption=[option("Y", "Yes"), option("N", "No")])), "fm-2016", FM_LINKS)
    sent = response(WHOLE)
    for item in sent["item"]:
        if item["linkId"] in SITE_LINKS.values():
            item["answer"] = [{"valueCoding": {"code": "Y" if item["answer"][0]["valueBoolean"] else "N"}}]
    assert len(read_response(sent, known, ON).answers["items"]["sites"]) == 7


def test_the_questionnaire_given_out_asks_each_place_and_a_response_to_it_scores_the_same() -> None:
    made = questionnaire("fm-2016", with_fm(), "2026.11")
    group = next(item for item in made["item"] if item["linkId"] == "sites")
    assert (group["type"], group["text"], len(group["item"])) == ("group", "Where does it hurt?", 19)
    assert group["item"][0] == {
        "linkId": "s1",
        "text": "Pain in the left jaw?",
        "_text": translated("Pain in the left jaw? (es)"),
        "type": "boolean",
    }
    items = {"sites": list(PAINFUL), **SEVERITY, "months_at_similar_level": 3}
    sheet = {"instrument": "fm-2016", "answered_by": "patient", "on": "2026-11-24", "items": items}
    read = read_response(write_response(sheet, with_fm(), "2026.11", "2026-11-24"), with_fm(), ON)
    assert set(read.answers["items"]["sites"]) == set(PAINFUL)
    assert read.answers["items"]["months_at_similar_level"] == {"years": 0, "months": 3}


def test_a_form_that_asks_its_places_one_by_one_is_asked_in_its_other_language_too() -> None:
    instrument = with_fm().instruments["fm-2016"]
    spoken = spoken_in(instrument, "es")
    assert spoken is None and languages_of(instrument) == ("en",)  # its title, over years and months, is in English alone
    titled = installed(fibromyalgia(_title=translated("Fibromialgia")), "fm-2016", FM_LINKS).instruments["fm-2016"]
    spoken = spoken_in(titled, "es")
    assert spoken is not None
    assert (spoken.items[0].ask, spoken.items[0].labels["neck"]) == ("¿Dónde?", "Pain in the neck? (es)")


@pytest.mark.parametrize("name", ["dc-tmd-sq", "fm-2016"])
def test_what_is_given_out_in_parts_is_valid_r4_with_each_linkid_once(name: str) -> None:
    known = with_sq() if name == "dc-tmd-sq" else with_fm()
    made = questionnaire(name, known, "2026.11")
    links = [one["linkId"] for item in made["item"] for one in (item, *item.get("item", ()))]
    assert valid(made) and len(links) == len(set(links))
    items: dict[str, Any] = {"2": 29} if name == "dc-tmd-sq" else {"sites": [], "months_at_similar_level": {"years": 1}}
    sheet = {"instrument": name, "answered_by": "patient", "on": "2026-11-24", "items": items}
    written = write_response(sheet, known, "2026.11", "2026-11-24")
    assert valid(written)
    assert {one["linkId"] for item in written["item"] for one in item["item"]} <= set(links)


# -- a list of places as one question ----------------------------------------------------------------------------------

CODES = "http://publisher.example/places"


def drawing(*more: dict[str, Any]) -> dict[str, Any]:
    names = ours().instruments["pain-drawing"].items[0].names
    listed = [option(name, f"The {name}", system=CODES) for name in names]
    return form(asked("areas", "Where?", answerOption=[*listed, *more], repeats=True, _text=translated("¿Dónde?")))


def with_drawing(*more: dict[str, Any]) -> tuple[ScreeningKnowledge, Instrument]:
    known = installed(drawing(*more), "pain-drawing", {"areas": "areas"})
    return known, known.instruments["pain-drawing"]


def test_the_options_of_a_list_of_places_say_what_the_official_form_says() -> None:
    known, instrument = with_drawing(option("nowhere", "None of these", system=CODES))
    assert instrument.items[0].labels["neck"] == "The neck"
    made = questionnaire("pain-drawing", known, "2026.11")
    shown = {one["valueCoding"]["code"]: one["valueCoding"] for one in made["item"][-1]["answerOption"]}
    assert shown["neck"]["display"] == "The neck" and shown["neck"]["_display"] == translated("The neck (es)")
    assert shown["none"]["display"] == "None of these"
    assert languages_of(instrument) == ("en", "es")


def test_the_codes_of_the_official_list_are_read_as_our_places() -> None:
    known, _ = with_drawing(option("nowhere", "None of these", system=CODES))

    def areas(*codes: str) -> Any:
        answers = [{"valueCoding": {"system": CODES, "code": code}} for code in codes]
        sent = {**response({}), "item": [{"linkId": "areas", "answer": answers}]}
        return read_response(sent, known, ON).answers["items"].get("areas")

    assert areas("neck", "chest") == ["neck", "chest"] and areas("nowhere") == [] and areas() is None


def test_a_list_with_a_place_that_is_none_of_ours_is_refused() -> None:
    with pytest.raises(RecordError) as error:
        with_drawing(option("tail", "The tail", system=CODES))
    assert "'The tail' is no place of our item areas" in error.value.what and error.value.where == "/item/0/answerOption"


# -- what does not fit -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "where", "what"),
    [
        ({"2": {"years": "SQ2y"}}, "/2/months", "'months' of our item 2"),
        ({"2": {"years": "SQ2y", "months": "nowhere"}}, "/2/months", "'months' of our item 2"),
        ({"2": {"years": "SQ2y", "months": "SQ2m", "days": "SQ6m"}}, "/2/days", "no part 'days'"),
        ({"2": {"years": "SQ2y", "months": "SQ2y"}}, "/item/11/item/0", "stands for two"),
        ({"1": {"years": "SQ1", "months": "SQ2y"}}, "/1", "one question"),
        ({"1": "nowhere"}, "/1", "our item 1"),
    ],
    ids=["one part alone", "a linkId that is not there", "a part of no item", "one question twice", "no parts", "not there"],
)
def test_a_map_of_parts_that_does_not_fit_is_refused_with_its_place(changed: dict[str, Any], where: str, what: str) -> None:
    links = {"1": SQ_LINKS["1"], **SQ_LINKS, **changed}
    with pytest.raises(RecordError) as error:
        fitted(in_order(symptom_questionnaire()), ours().instruments["dc-tmd-sq"], links)
    assert (error.value.where, what in error.value.what) == (where, True), error.value.what
    assert error.value.mend


def in_order(resource: dict[str, Any]) -> dict[str, Any]:
    """The groups of SQ2 and SQ6 behind the eleven questions on pain and headache."""
    groups = [item for item in resource["item"] if item["type"] == "group"]
    rest = [item for item in resource["item"] if item["type"] != "group"]
    return {**resource, "item": [*rest[:11], *groups, *rest[11:]]}


@pytest.mark.parametrize(
    ("sites", "where"),
    [
        (places("string"), "/item/0/item/0/type"),
        (places("choice", answerOption=points(3)), "/item/0/item/0/answerOption"),
        ([asked(link, "", "boolean") for link in SITE_LINKS.values()], "/item/0/item/0/text"),
    ],
    ids=["a line to write on", "degrees", "no words"],
)
def test_a_part_that_is_no_yes_or_no_is_refused(sites: list[dict[str, Any]], where: str) -> None:
    with pytest.raises(RecordError) as error:
        fitted(fibromyalgia(sites), ours().instruments["fm-2016"], FM_LINKS)
    assert error.value.where == where


def test_a_length_in_words_is_no_number() -> None:
    with pytest.raises(RecordError) as error:
        fitted(symptom_questionnaire("string"), ours().instruments["dc-tmd-sq"], SQ_LINKS)
    assert "'years' of our item 2" in error.value.what and error.value.where.endswith("/item/0/type")


def test_parts_stand_under_the_text_of_their_own_group_else_under_the_title() -> None:
    words = fitted(fibromyalgia(), ours().instruments["fm-2016"], FM_LINKS)["items"]
    assert words["sites"]["ask"] == "Where does it hurt?"
    assert words["months_at_similar_level"]["ask"] == "The official form"  # two questions among others
    wider = fibromyalgia([*places(), in_spanish("extra", "Any fatigue?", "display")])
    assert fitted(wider, ours().instruments["fm-2016"], FM_LINKS)["items"]["sites"]["ask"] == "The official form"
    untitled = fibromyalgia(title="")
    ask = fitted(untitled, ours().instruments["fm-2016"], FM_LINKS)["items"]["months_at_similar_level"]["ask"]
    assert ask == ours().instruments["fm-2016"].texts["title"]


def test_a_pack_that_has_lost_one_of_its_parts_is_refused_when_it_is_read() -> None:
    instrument = ours().instruments["fm-2016"]
    whole = {**fitted(fibromyalgia(), instrument, FM_LINKS), "sha256": "0" * 64, "installed_on": ON}
    pack: dict[str, Any] = dict(PackSchema().load(PackSchema().dump(whole)))
    worded(instrument, {"fm-2016": pack})
    pack["items"]["sites"]["parts"] = {place: link for place, link in SITE_LINKS.items() if place != "neck"}
    with pytest.raises(SettingsError, match="/items/sites"):
        worded(instrument, {"fm-2016": pack})
