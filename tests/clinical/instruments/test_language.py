"""A questionnaire is asked in a language only where each question and each answer is in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dentalpain.clinical.instruments.instrument import Instrument, Item, Score
from dentalpain.clinical.instruments.language import languages_of, spoken_in

OPTIONS = {0: "never", 1: "often"}
IN_SPANISH = {"0": {"es": "nunca"}, "1": {"es": "a menudo"}}


def form(*items: Item, **texts: Any) -> Instrument:
    return Instrument("form", items, lambda points, limits: Score("complete"), (), (), "", texts=texts)


def test_our_own_wording_is_in_english_alone() -> None:
    one = form(Item("1", "Does it hurt?", OPTIONS))
    assert languages_of(one) == ("en",) and spoken_in(one, "en") is one and spoken_in(one, "es") is None


def test_an_official_form_in_spanish_with_english_is_asked_in_both() -> None:
    one = form(
        Item("1", "¿Le duele?", OPTIONS),
        language="es",
        translations={"en": {"1": "Does it hurt?"}},
        option_translations={"1": {"0": {"en": "never"}, "1": {"en": "often"}}},
    )
    assert languages_of(one) == ("es", "en")


def whole() -> Instrument:
    return form(
        Item("1", "Does it hurt?", OPTIONS),
        Item("2", "Not in the form", OPTIONS, asked=False),
        translations={"es": {"1": "¿Le duele?"}},
        option_translations={"1": IN_SPANISH},
    )


def test_what_is_translated_whole_is_said_in_that_language_and_scores_by_the_same_points() -> None:
    spoken = spoken_in(whole(), "es")
    assert spoken is not None and languages_of(whole()) == ("en", "es")
    assert (spoken.items[0].ask, spoken.items[0].options) == ("¿Le duele?", {0: "nunca", 1: "a menudo"})
    assert spoken.items[1] == whole().items[1] and spoken.texts["spoken"] == "es"


def test_one_question_or_one_answer_short_and_the_language_is_not_offered() -> None:
    one = whole()
    for lacking in (
        {"translations": {"es": {}}},
        {"option_translations": {"1": {"0": {"es": "nunca"}}}},
        {"option_translations": {}},
    ):
        assert languages_of(replace(one, texts={**one.texts, **lacking})) == ("en",)


def test_places_and_words_of_our_own_are_in_no_translation() -> None:
    for item in (Item("1", "Where?", kind="names", names=("jaw",)), Item("1", "Hard?", words={"not applicable": "n"})):
        assert languages_of(form(item, translations={"es": {"1": "¿Dónde?"}})) == ("en",)
