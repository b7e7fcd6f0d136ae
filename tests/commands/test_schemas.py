"""The JSON Schemas that other tools rely on, held against what the commands read and print."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dentalpain import shapes
from dentalpain.clinical.prescribing.prescription import Prescription

from .conftest import PATIENTS, STORY_DAY, Run, example

NAMES = sorted(path.stem for path in PATIENTS.glob("*.json"))


@pytest.fixture(scope="session")
def made() -> dict[str, Draft202012Validator]:
    from dentalpain.commands import input_schemas, result_schemas

    schemas = {
        "record": input_schemas.record_schema(),
        "answers": input_schemas.answers_schema(),
        "findings": input_schemas.findings_schema(),
        "office": input_schemas.office_schema(),
        "screen": result_schemas.screen_schema(),
        "review": result_schemas.review_schema(),
    }
    return {name: Draft202012Validator(schema) for name, schema in schemas.items()}


def read(*parts: str) -> Any:
    return json.loads(PATIENTS.joinpath(*parts).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["record", "answers", "findings", "office", "screen", "review"])
def test_each_is_printed_and_is_a_schema(dentalpain: Run, name: str) -> None:
    printed = dentalpain("schema", name).json
    Draft202012Validator.check_schema(printed)
    assert printed["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize("name", NAMES)
def test_the_example_records_fit_and_so_do_their_results(dentalpain: Run, made: Any, name: str) -> None:
    made["record"].validate(read(f"{name}.json"))
    for verb in ("screen", "review"):
        made[verb].validate(dentalpain(verb, example(name), *STORY_DAY, "--json").json)


def test_answers_and_findings_of_the_examples_fit(dentalpain: Run, made: Any) -> None:
    made["answers"].validate(read("answers", "carol_jimenez.json"))
    made["findings"].validate(read("findings", "carol_jimenez.json"))


def test_the_result_says_what_the_morphine_equivalents_rest_on_where_no_directions_are_written(
    dentalpain: Run, made: Any
) -> None:
    text = "oxycodone 5 mg as directed #15 for 5 days"
    result = dentalpain("review", example(NAMES[0]), *STORY_DAY, "--prescribe", text, "--json").json
    made["review"].validate(result)
    (order,) = [one for one in result["prescriptions"] if one["text"] == text]
    # 15 tablets by 5 days are 3 a day, and 3 × 5 mg × 1.5 = 22.5.
    assert (order["units_per_day_max"], order["units_per_day_average"], order["mme_per_day"]) == (None, 3, 22.5)
    assert "either" not in order


def test_the_result_names_the_opioids_of_which_one_is_taken(made: Any) -> None:
    held = Prescription("Norco 5/325", either=("hydrocodone", "oxycodone"))
    shown = shapes.prescription(held, current=False, mme=None, not_counted=None)
    assert shown["either"] == ["hydrocodone", "oxycodone"]
    Draft202012Validator(made["review"].schema["properties"]["prescriptions"]["items"]).validate(shown)


WRONG = [
    ("record", {"problemz": []}),
    ("record", {"patient": {"birth_date": 1980}}),
    ("answers", {"instrument": "tmd-pain-screener", "items": {"1": 3}}),
    ("answers", {"instrument": "tmd-pain-screener", "items": {"9": 1}}),
    ("answers", {"instrument": "no-such-form", "items": {}}),
    ("findings", {"history": {"pain_last_30_days": "sometimes"}}),
    ("findings", {"examination": {"palpation": [{"pain": True}]}}),
    ("findings", {"examination": {"max_assisted_interincisal_mm": -1}}),
    ("office", {"phone": "555"}),
    ("office", {"name": "Smile", "fax": "555"}),
]


@pytest.mark.parametrize(("name", "value"), WRONG, ids=[json.dumps(value) for _, value in WRONG])
def test_what_the_command_refuses_the_schema_refuses_too(
    dentalpain: Run, made: Any, tmp_path: Any, name: str, value: Any
) -> None:
    assert not made[name].is_valid(value)
    path = tmp_path / f"{name}.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    emma = example("emma_lindqvist")
    words = {
        "record": ("review", path),
        "answers": ("screen", emma, "--answers", path),
        "findings": ("screen", emma, "--findings", path),
        "office": ("handout", emma, "--office", path, "-o", tmp_path / "h.html"),
    }
    assert f"{name}.json" in dentalpain(*words[name]).refusal


def test_every_key_that_a_review_prints_is_described(dentalpain: Run) -> None:
    schema = dentalpain("schema", "review").json
    printed = dentalpain("review", example("walter_novak"), *STORY_DAY, "--json").json
    asked = dentalpain("review", example("walter_novak"), *STORY_DAY, "--legacy-mme", "--json").json
    Draft202012Validator(schema).validate(asked)
    assert set(printed) == set(schema["required"]) and set(asked) == set(schema["properties"])
