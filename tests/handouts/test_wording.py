"""The wording as a clinician would check it: short, plain, complete, and safe to say to anybody."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dentalpain.errors import KnowledgeError, UnknownNameError
from dentalpain.handouts import wording as module
from dentalpain.handouts.content import plain, texts
from dentalpain.handouts.drawings import PICTURES
from dentalpain.handouts.fonts import covered_characters
from dentalpain.handouts.reading_ease import grade, sentences, words
from dentalpain.handouts.wording import fill, load, runs
from dentalpain.paths import knowledge_folder

from .samples import VISITS

ENGLISH = load("en")
FOLDER = knowledge_folder() / "handouts" / "en"


def lists(table: Any, place: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every list of sentences and every sentence that can be printed, with its place."""
    if isinstance(table, str):
        yield place, [table]
    elif isinstance(table, list) and all(isinstance(item, str) for item in table):
        yield place, table
    elif isinstance(table, list):
        for number, item in enumerate(table):
            yield from lists(item, f"{place}[{number}]")
    elif isinstance(table, dict):
        for key, value in table.items():
            if key not in {
                "id",
                "status",
                "written_on",
                "options",
                "names",
                "when",
                "list",
                "form",
                "months",
                "pictures",
                "look_at",
                "exercises",
                "block",
            }:
                yield from lists(value, f"{place}.{key}")


def printed() -> dict[str, str]:
    """Each piece of wording as it is read: a list item is a sentence or more of its own."""
    found: dict[str, str] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for place, items in lists(module._read(path), path.stem):
            shown = " ".join(f"{item.replace('**', '').rstrip('.?')}." for item in items)
            for name, value in {"side": "on the right side", "amount": "400 mg", "phone": "555-0142"}.items():
                shown = shown.replace(f"{{{name}}}", value)
            found[place] = shown
    return found


TEXTS = printed()
TEXTS.pop("general.words.watermark")  # for staff: what is not signed is not handed out
LONG = {place: text for place, text in TEXTS.items() if len(words(text)) >= 7}


@pytest.mark.parametrize("place", LONG)
def test_every_text_can_be_read_in_grade_6(place: str) -> None:
    assert grade(LONG[place]) <= 6


def test_names_and_labels_taken_together_can_be_read_in_grade_6() -> None:
    # single names (Acetaminophen) have no grade of their own
    labels = [text for place, text in TEXTS.items() if place not in LONG and not place.endswith((".name", ".purpose"))]
    assert grade(" ".join(labels)) <= 6


@pytest.mark.parametrize("visit", VISITS)
def test_a_whole_handout_can_be_read_in_grade_6(visit: str) -> None:
    assert grade(" ".join(f"{text.rstrip('.?')}." for text in texts(VISITS[visit]))) <= 6


@pytest.mark.parametrize("place", TEXTS)
def test_no_sentence_has_more_than_15_words(place: str) -> None:
    assert max((len(words(sentence)) for sentence in sentences(TEXTS[place])), default=0) <= 15


def test_no_list_has_more_than_7_items() -> None:
    topics = ENGLISH.topics.values()
    all_lists = [part.items for topic in topics for part in topic.parts]
    all_lists += [items for topic in topics for items in (topic.call_us, topic.call_911, topic.say_back)]
    assert all(len(items) <= 7 for items in all_lists)


def test_the_texts_say_digits_and_no_words_in_capitals() -> None:
    for place, text in TEXTS.items():
        shouted = [word for word in words(text) if word.isupper() and len(word) > 1]
        assert set(shouted) <= {"FDA", "PREVIEW", "CBT", "TMJ"}, place


def test_low_dose_naltrexone_is_called_off_label_compounded_and_disputed() -> None:
    topic = ENGLISH.topics["low-dose-naltrexone"]
    said = " ".join([*(item for part in topic.parts for item in part.items), *topic.known])
    assert "off-label" in said and "compounded" in said and "Studies do not agree" in said
    assert "Do not take opioids with it" in said
    # cough and diarrhea medicines hold opioids too; told to everybody who may give one; after surgery the opioid-free
    # days count anew before it starts again
    assert "cough syrups and diarrhea pills" in said and "emergency room" in said
    assert "After surgery, do not start it again until we tell you the day." in said
    assert "no one has tested it well for jaw pain" in said.lower()


def test_wording_on_a_topic_names_no_medicine_but_its_own_and_the_rescue_for_opioids() -> None:
    with (knowledge_folder() / "drug_names.csv").open(encoding="utf-8", newline="") as file:
        names = {row["name"].lower() for row in csv.DictReader(file)}
    for topic in ENGLISH.topics.values():
        said = json.dumps(
            [topic.title, topic.main, [part.items for part in topic.parts], topic.call_us, topic.call_911]
        )
        found = {word.lower() for word in words(said)} & names
        assert found <= {"naltrexone", "naloxone"}
        assert "naltrexone" not in found or topic.names == ("low_dose_naltrexone",)


def test_every_rule_that_has_a_reason_is_a_rule() -> None:
    with (knowledge_folder() / "rule_index.csv").open(encoding="utf-8", newline="") as file:
        known = {cell for row in csv.reader(file) for cell in row}
    assert set(ENGLISH.avoid["reason"]) <= known


def test_every_option_that_a_review_can_offer_has_wording_or_is_done_in_the_office() -> None:
    for path in (knowledge_folder() / "options").glob("*.toml"):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        if table["kind"] == "medicine":
            assert table["id"] in ENGLISH.medicines
        else:
            assert table["id"] in {*ENGLISH.options["line"], *ENGLISH.options["silent"]["options"]}


def test_every_picture_is_drawn_and_says_what_it_shows() -> None:
    tables = {name: table for name, table in ENGLISH.pictures.items() if isinstance(table, dict)}
    assert set(tables) == set(PICTURES)
    assert all(table["caption"] and len(words(table["alt"])) >= 7 for table in tables.values())


def test_the_fonts_hold_every_letter_of_the_wording() -> None:
    assert {ord(letter) for text in TEXTS.values() for letter in text} <= covered_characters()


def test_bold_marks_key_words_and_places_are_filled_in() -> None:
    found = runs("**Do not** take {amount} more.", {"amount": "2 **"})
    assert [(run.text, run.bold) for run in found] == [("Do not", True), (" take 2 ** more.", False)]
    assert plain(found) == "Do not take 2 ** more."


def test_a_place_without_a_value_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(KnowledgeError, match=r"asks for \{dose\}"):
        fill("Take {dose}.", {})


def test_a_language_without_wording_is_an_error_that_lists_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match=r"Choose: .*\ben, es\b"):
        load("xx")


def test_a_topic_without_wording_is_an_error_that_lists_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="after-extraction"):
        ENGLISH.topic("a-broken-leg")


def test_a_word_that_a_language_lacks_is_an_error() -> None:
    with pytest.raises(KnowledgeError, match=r"en/general.toml \[words\]: nothing is missing"):
        ENGLISH.word("nothing")


def test_a_file_that_a_language_lacks_is_named_where_it_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_with(tmp_path, monkeypatch, "general.toml", "", "")
    folder = tmp_path / "handouts" / "en"
    with_moves = [name for name, topic in ENGLISH.topics.items() if topic.exercises]
    for name in ("exercises", "medicine_sheets", *with_moves):
        (folder / f"{name}.toml").unlink()
    try:
        short = module.load("en")
        with pytest.raises(KnowledgeError, match=r"en/exercises.toml: heading is missing"):
            short.exercises["heading"]
        with pytest.raises(UnknownNameError, match=r"no page on a medicine in the language en yet"):
            short.topic("medicine:ibuprofen")
    finally:
        module.load.cache_clear()


BROKEN = {
    'status = "checked"\nwritten_on = 2026-11-24\n': "it needs status",
    'status = "draft"\n': "it needs status",
    "status = draft": "not valid TOML",
}


@pytest.mark.parametrize("text", BROKEN)
def test_a_wording_file_that_is_wrong_names_itself(text: str, tmp_path: Path) -> None:
    path = tmp_path / "topic.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=f"topic.toml: {BROKEN[text]}"):
        module._read(path)


def copy_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, old: str, new: str) -> None:
    folder = tmp_path / "handouts" / "en"
    folder.mkdir(parents=True)
    for path in FOLDER.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        assert path.name != file or old in text
        (folder / path.name).write_text(text.replace(old, new) if path.name == file else text, encoding="utf-8")
    monkeypatch.setattr(module, "knowledge_folder", lambda: tmp_path)
    module.load.cache_clear()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("joint-pain.toml", "call_911 = ", "call_912 = ", "unknown keys: call_912"),
        ("joint-pain.toml", "heading =", "head =", "unknown keys: head"),
        ("joint-pain.toml", 'id = "joint-pain"', 'id = "joint"', "not the name of the file"),
        ("joint-pain.toml", '"rest-position"', '"a-dance"', "a-dance is missing"),
        ("medicines.toml", 'when = "bedtime"', 'when = "now"', "when is not one of"),
        ("medicines.toml", "opioid = true", "opiate = true", "unknown keys: opiate"),
    ],
)
def test_wording_that_breaks_its_shape_is_refused(
    file: str, old: str, new: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_with(tmp_path, monkeypatch, file, old, new)
    try:
        with pytest.raises(KnowledgeError, match=message):
            module.load("en")
    finally:
        module.load.cache_clear()
