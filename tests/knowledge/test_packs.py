"""The official forms of a practice: they replace our words, keep our scoring, and show in the digest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dentalpain.errors import SettingsError
from dentalpain.knowledge.load import load_knowledge
from dentalpain.knowledge.packs import read_packs, remove_pack, write_pack
from dentalpain.knowledge.screening_tables import load_screening

PEG = {
    "instrument": "peg",
    "title": "The official PEG",
    "url": "http://publisher.example/peg",
    "version": "3",
    "publisher": "The publisher",
    "copyright": "Free to use.",
    "language": "en",
    "sha256": "0" * 64,
    "installed_on": "2026-11-24",
    "items": {
        key: {
            "ask": f"Official {key}",
            "link_id": f"q{key}",
            "loinc": "75893-8" if key == "1" else "",
            "options": {"0": "none", "10": "worst"} if key == "1" else {},
            "translations": {"es": f"Oficial {key}"},
            "option_translations": {},
        }
        for key in "123"
    },
}


def kept(folder: Path, pack: dict[str, Any] = PEG, name: str = "peg") -> Path:
    path = folder / "questionnaires" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(pack), encoding="utf-8")
    return path


def test_an_installed_form_gives_its_words_codes_translations_and_licence_and_leaves_the_scoring(tmp_path: Path) -> None:
    ours = load_screening().instruments["peg"]
    kept(tmp_path)
    official = load_screening(load_knowledge(tmp_path)).instruments["peg"]
    assert [item.ask for item in official.items] == ["Official 1", "Official 2", "Official 3"]
    assert official.function is ours.function and official.limits == ours.limits
    assert [item.key for item in official.items] == [item.key for item in ours.items]
    assert any("not the validated wording" in caution for caution in ours.cautions)
    assert official.cautions == tuple(c for c in ours.cautions if "not the validated wording" not in c)
    texts: Any = official.texts
    assert texts["wording"] == "The official wording: The official PEG, version 3, from http://publisher.example/peg."
    assert texts["licence"]["note"] == "Free to use." and texts["link_ids"] == {"q1": "1", "q2": "2", "q3": "3"}
    assert texts["translations"] == {"es": {"1": "Oficial 1", "2": "Oficial 2", "3": "Oficial 3"}}
    assert texts["item"][0]["number"] == {"lowest": 0, "highest": 10, "low": "none", "high": "worst"}
    assert texts["item"][1]["number"] == {"lowest": 0, "highest": 10}


def test_official_options_replace_ours_by_their_points_and_the_rest_stays(tmp_path: Path) -> None:
    item = {"link_id": "", "loinc": "", "translations": {}, "option_translations": {"3": {"es": "Casi a diario"}}}
    items = {
        key: {**item, "link_id": key, "ask": f"Official {key}", "options": {"0": "Not at all"}}
        for key in ("nervous", "worry", "interest", "down")
    }
    kept(tmp_path, {**PEG, "instrument": "phq-4", "items": items}, "phq-4")
    official = load_screening(load_knowledge(tmp_path)).instruments["phq-4"]
    assert official.items[0].options == {0: "Not at all", 1: "on several days"} | {
        points: load_screening().instruments["phq-4"].items[0].options[points] for points in (2, 3)
    }
    texts: Any = official.texts
    assert texts["loinc"]["items"]["nervous"] == "69725-0"  # ours, where the form names no code
    assert texts["option_translations"]["down"] == {"3": {"es": "Casi a diario"}}


def test_other_instruments_stay_as_they_are(tmp_path: Path) -> None:
    kept(tmp_path)
    assert load_screening(load_knowledge(tmp_path)).instruments["obc"] == load_screening().instruments["obc"]


def test_the_digest_covers_the_packs_and_falls_back_when_they_are_gone(tmp_path: Path) -> None:
    bare = load_knowledge().digest
    assert load_knowledge(tmp_path).digest == bare  # an empty folder adds nothing
    path = kept(tmp_path)
    installed = load_knowledge(tmp_path).digest
    kept(tmp_path, {**PEG, "title": "Another"})
    assert len({bare, installed, load_knowledge(tmp_path).digest}) == 3
    path.unlink()
    assert load_knowledge(tmp_path).digest == bare


@pytest.mark.parametrize(
    ("pack", "place"),
    [
        ({**PEG, "licence": "x"}, "/licence"),
        ({key: value for key, value in PEG.items() if key != "copyright"}, "/copyright"),
        ({**PEG, "items": {**PEG["items"], "1": {"ask": ""}}}, "/items/1"),  # type: ignore[dict-item]  # the items of a pack are objects
        ("not an object", "/_schema"),
    ],
)
def test_a_broken_pack_is_named_with_its_place_and_the_mend(tmp_path: Path, pack: Any, place: str) -> None:
    kept(tmp_path, pack)
    with pytest.raises(SettingsError, match=rf"peg\.json: .*{place}.*install it again"):
        read_packs(tmp_path)


@pytest.mark.parametrize("text", [b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_pack_that_is_no_json_is_named(tmp_path: Path, text: bytes) -> None:
    kept(tmp_path).write_bytes(text)
    with pytest.raises(SettingsError, match="no valid JSON"):
        read_packs(tmp_path)


def test_a_pack_of_many_megabytes_is_not_read(tmp_path: Path) -> None:
    kept(tmp_path).write_bytes(b" " * (5 * 1024 * 1024))
    with pytest.raises(SettingsError, match="too large"):
        read_packs(tmp_path)


def test_a_pack_under_the_name_of_another_questionnaire_is_refused(tmp_path: Path) -> None:
    kept(tmp_path, name="obc")
    with pytest.raises(SettingsError, match="named after another"):
        read_packs(tmp_path)


@pytest.mark.parametrize(
    "items",
    [
        {key: PEG["items"][key] for key in "12"},  # type: ignore[index]  # the items of a pack are objects
        {**PEG["items"], "1": {**PEG["items"]["1"], "options": {"11": "more"}}},  # type: ignore[dict-item,index]  # the items of a pack are objects
    ],
    ids=["an item fewer", "points that the item does not have"],
)
def test_a_pack_that_no_longer_fits_our_items_is_refused_when_it_is_read(tmp_path: Path, items: Any) -> None:
    kept(tmp_path, {**PEG, "items": items})
    with pytest.raises(SettingsError, match="does not fit our items"):
        load_screening(load_knowledge(tmp_path))


def test_what_is_written_can_be_read_and_taken_out_again(tmp_path: Path) -> None:
    kept(tmp_path)
    pack = read_packs(tmp_path)["peg"]
    folder = tmp_path / "other"
    write_pack(folder, pack)
    assert read_packs(folder)["peg"] == pack
    remove_pack(folder, "peg")
    assert read_packs(folder) == {}
    with pytest.raises(SettingsError, match="Installed are: none"):
        remove_pack(folder, "peg")


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    kept(tmp_path)
    blocked = tmp_path / "a_file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(SettingsError, match="cannot be written"):
        write_pack(blocked, read_packs(tmp_path)["peg"])


def test_an_official_form_may_lack_the_question_that_no_score_reads(tmp_path: Path) -> None:
    # The common PHQ-9 has nine questions; ours asks how difficult it is as a tenth, which no score reads.
    item = {"loinc": "", "translations": {}, "option_translations": {}, "options": {}}
    items = {str(n): {**item, "link_id": f"q{n}", "ask": f"Official {n}"} for n in range(1, 10)}
    kept(tmp_path, {**PEG, "instrument": "phq-9", "url": "http://publisher.example/phq-9", "items": items}, "phq-9")
    knowledge = load_knowledge(tmp_path)
    official = {one.key: one for one in load_screening(knowledge).instruments["phq-9"].items}
    assert official["9"].asked and official["9"].ask == "Official 9"
    assert not official["10"].asked
    assert knowledge.official_forms == {"http://publisher.example/phq-9"}


def test_a_form_that_is_installed_while_an_app_runs_counts_from_the_next_start_in_words_and_digest_alike(tmp_path: Path) -> None:
    running = load_knowledge(tmp_path)
    kept(tmp_path)  # before anything of it was asked for
    without = load_screening(load_knowledge()).instruments["peg"]
    assert load_screening(running).instruments["peg"].items == without.items
    assert running.digest == load_knowledge(tmp_path / "empty").digest and not running.official_forms
    started_again = load_knowledge(tmp_path)
    assert started_again.digest != running.digest and started_again.installed["peg"]["title"] == "The official PEG"
    assert load_knowledge(tmp_path) is started_again  # the same object while no pack changes


def test_a_pack_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "questionnaires" / "peg.json").mkdir(parents=True)
    with pytest.raises(SettingsError, match="the pack cannot be read"):
        load_knowledge(tmp_path)
