"""The native record: simple enough to type, strict enough to trust, and the same again after it was stored."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest

from dentalpain.clinical.facts import Facts
from dentalpain.clinical.prescribing.prescription import Prescription
from dentalpain.clinical.recognising import Vocabulary
from dentalpain.clinical.record import NotRead, Record, Review, Span, Standing, Statement
from dentalpain.errors import RecordError
from dentalpain.knowledge.drug_tables import load_drug_names
from dentalpain.knowledge.files import FOLDER, read_rows
from dentalpain.knowledge.load import load_knowledge
from dentalpain.practice.native import json_schema, read_native, write_native
from dentalpain.practice.native_schema import RecordSchema
from dentalpain.storage.exact_json import read as read_exact
from dentalpain.storage.exact_json import written

ON = dt.date(2026, 11, 30)
WORDS = Vocabulary(load_knowledge().fact_rows, read_rows(FOLDER / "condition_names.csv"))
Json = dict[str, Any]


def read(data: Json, on: dt.date = ON) -> Record:
    return read_native(data, on=on, vocabulary=WORDS, names=load_drug_names())


def of(**parts: Any) -> Record:
    return read({"patient": {"id": "7", "birth_date": "1955-02-01", "sex": "female"}, **parts})


def refused(data: Json) -> RecordError:
    with pytest.raises(RecordError) as caught:
        read(data)
    return caught.value


def facts(record: Record) -> Facts:
    return Facts(record, load_knowledge().facts)


def answer(record: Record, fact: str) -> str:
    return facts(record).finding(fact).answer.value


TYPED: Json = {
    "patient": {"id": "7", "name": "Ann <b>O'Neil</b>", "birth_date": "1955-02", "sex": "female"},
    "problems": [
        "HTN",
        {"text": "kidneys", "codes": [{"system": "icd-10-cm", "code": "N18.32"}], "recorded": "2026-10-01"},
        {"text": "GI bleed", "status": "past", "onset": "2019"},
        "Zorblax fever",
    ],
    "medicines": [
        "lisinopril 10 mg daily",
        {"text": "Norco 5/325 1 tab q6h", "status": "past", "start": "2026-01-02", "end": "2026-01-05"},
        {"text": "blood thinner pill", "codes": [{"system": "rxnorm", "code": "11289"}]},
        "Zorblaxin",
    ],
    "allergies": ["Codeine - nausea", {"text": "aspirin", "reactions": ["hives"], "recorded": "2020-05"}],
    "facts": {
        "egfr": {"value": 29, "date": "2026-09-30", "source": "lab"},
        "child_pugh_class": "B",
        "planned_surgery_date": "2026-12-24",
        "platelets": {"value": {"low": None, "high": 50, "below_high": True}},
        "asthma": {"value": True, "certain": False},
    },
    "reviewed_on": {"problems": "2026-11-01", "medicines": {"date": "2026-11-30", "source": "assistant"}},
    "prescriptions": ["ibuprofen 400 mg q6h #12", {"text": "Zorblaxin 5 mg"}],
    "for": "simple_extraction",
}


def test_a_typed_record_is_read_as_it_says() -> None:
    record = read(TYPED)
    assert (record.patient_id, record.name, str(record.birth), record.sex) == (
        "7",
        "Ann <b>O'Neil</b>",
        "1955-02",
        "female",
    )
    assert record.indication == "simple_extraction" and record.on == ON
    assert facts(record).reading("egfr").value == 29
    assert facts(record).choice("ckd_stage")[0] == "3b"
    assert facts(record).choice("child_pugh_class")[0] == "B"
    assert str(facts(record).day_of("planned_surgery_date")[0]) == "2026-12-24"
    assert facts(record).reading("platelets").high == 50
    assert [answer(record, fact) for fact in ("hypertension", "gi_bleed_history", "asthma")] == [
        "yes",
        "unknown",
        "unknown",
    ]
    assert [answer(record, fact) for fact in ("nsaid_allergy", "opioid_intolerance")] == ["yes", "yes"]
    assert record.reviewed["medicines"] == Review(ON, "assistant")


def test_the_medicines_and_prescriptions_of_a_typed_record_are_read() -> None:
    record = read(TYPED)
    assert [m.standing for m in record.medicines] == [
        Standing.CURRENT,
        Standing.PAST,
        Standing.CURRENT,
        Standing.CURRENT,
    ]
    assert record.medicines[2].prescription.strength_of("warfarin") is not None
    assert record.proposed[0].units_per_day_max == 4 and not record.proposed[1].recognised


def test_what_is_not_known_is_listed_with_its_place() -> None:
    assert [(n.where, n.what) for n in read(TYPED).not_read] == [
        ("/problems/3", "Zorblax fever"),
        ("/medicines/3", "Zorblaxin"),
    ]
    assert [n.what for n in of(allergies=["Zorblax " * 20]).not_read] == [("Zorblax " * 20)[:59] + "…"]


def stored(record: Record) -> Record:
    """Through the store and back."""
    return read(read_exact(written(write_native(record))))


def test_a_stored_record_is_the_same_record() -> None:
    record = read(TYPED)
    again = stored(record)
    assert again == record
    assert stored(again) == record


def test_the_day_of_writing_down_is_never_stored_as_the_day_on_which_it_began() -> None:
    problems = write_native(read(TYPED))["problems"]
    held = {one["text"]: (one["onset"], one["recorded"]) for one in problems}
    assert held["kidneys"] == (None, "2026-10-01") and held["GI bleed"] == ("2019", None)


def test_a_stored_record_with_every_kind_of_value_is_the_same_record() -> None:
    day = read(TYPED).statements[0].date
    statements = (
        Statement("egfr", Span(Decimal("14.5"), None), day, "lab"),
        Statement("egfr", Decimal("16.899227071637306"), None, ""),
        Statement("egfr", Decimal("5.00"), day, "lab"),
        Statement("last_opioid_date", True, day, "chart", certain=False),
    )
    record = Record(
        on=ON, patient_id="9", deceased=True, statements=statements, not_read=(NotRead("/entry/3", "x", "y"),)
    )
    again = stored(record)
    assert again.statements == statements
    assert again.not_read[0] == NotRead("/entry/3", "x", "y") and len(again.not_read) == 3
    assert stored(again) == again


def test_an_order_without_directions_and_one_that_names_two_opioids_are_the_same_after_storing() -> None:
    order = of(prescriptions=["oxycodone 5 mg as directed #15 for 5 days"]).proposed[0]
    assert order.units_per_day_average == 3  # 15 tablets by 5 days
    record = Record(on=ON, proposed=(replace(order, either=("hydrocodone", "oxycodone")),))
    again = stored(record)
    assert again.proposed[0].either == ("hydrocodone", "oxycodone")
    assert again.proposed[0].units_per_day_average == 3
    assert again.proposed == (replace(record.proposed[0], place="/prescriptions/0"),)


def test_the_schema_of_a_stored_prescription_names_each_of_its_fields_and_no_other() -> None:
    named = json_schema()["properties"]["prescriptions"]["items"]["oneOf"][1]["properties"]["prescription"][
        "properties"
    ]
    assert set(named) == {field.name for field in fields(Prescription)} - {"text"}
    assert named["either"] == {"type": "array", "items": {"type": "string"}}
    assert named["units_per_day_average"] == {"type": "number"}


def test_an_unknown_patient_stays_unknown_after_storing() -> None:
    record = read({})
    assert [n.what for n in record.not_read] == ["patient"]
    assert stored(record).patient_id == ""


def test_the_tags_of_a_stored_ingredient_are_those_of_todays_tables() -> None:
    document = write_native(of(medicines=["warfarin 5 mg"]))
    document["medicines"][0]["prescription"]["ingredients"][0]["classes"] = ["of long ago"]
    assert "anticoagulant" in read(document).medicines[0].prescription.tags
    document["medicines"][0]["prescription"]["ingredients"][0]["rxcui"] = "0"
    assert read(document).medicines[0].prescription.ingredients[0].classes == {"of long ago"}


# -- days ------------------------------------------------------------------------------------------------------------


def test_an_undated_fact_is_of_the_day_of_the_record() -> None:
    assert facts(of(facts={"egfr": 29})).reading("egfr").value == 29
    old = of(facts={"egfr": 29}, recorded_on="2025-11-29")  # 366 days before
    assert facts(old).reading("egfr").value is None


def test_a_partial_birth_date_gives_both_ages() -> None:
    age = facts(read({"patient": {"birth_date": "1955"}})).age()
    assert (age.low, age.high) == (70, 71)


def test_weeks_of_pregnancy_are_counted_on() -> None:
    weeks = {"value": 28, "date": "2026-11-09"}
    assert facts(of(facts={"gestational_age_weeks": weeks})).reading("gestational_age_weeks").value == 31
    ranged = {"value": {"low": 20, "high": 22}, "date": "2026-11-09"}
    assert facts(of(facts={"gestational_age_weeks": ranged})).reading("gestational_age_weeks").low == 20


def test_what_is_dated_after_the_day_is_listed_and_not_read() -> None:
    later = "2026-12-01"
    record = of(
        problems=[{"text": "HTN", "recorded": later}],
        medicines=[{"text": "warfarin", "start": later}],
        allergies=[{"text": "aspirin", "recorded": later}],
        facts={"egfr": {"value": 29, "date": later}},
    )
    assert record.problems == record.medicines == record.allergies == record.statements == ()
    assert [n.where for n in record.not_read] == ["/problems/0", "/allergies/0", "/medicines/0", "/facts/egfr"]


def test_a_heart_attack_typed_without_its_year_is_asked_about() -> None:
    assert answer(of(problems=["Old MI"]), "mi_history") == "yes"
    assert answer(of(problems=["Heart attack"]), "mi_history") == "unknown"


@pytest.mark.parametrize("text", ["MI", "Heart attack", "History of MI"])
def test_a_heart_attack_typed_with_its_year_is_a_history_of_one(text: str) -> None:
    assert answer(of(problems=[{"text": text, "onset": "2009"}]), "mi_history") == "yes"


def test_a_heart_attack_in_doubt_is_asked_about_also_with_its_year() -> None:
    assert answer(of(problems=[{"text": "MI?", "onset": "2009"}]), "mi_history") == "unknown"


@pytest.mark.parametrize(
    ("part", "which"),
    [
        ({"problems": ["None"]}, "problems"),
        ({"medicines": ["No meds"]}, "medicines"),
        ({"allergies": ["NKDA"]}, "allergies"),
    ],
)
def test_none_written_in_a_list_says_that_it_was_reviewed(part: Json, which: str) -> None:
    record = of(**part)
    assert record.reviewed[which].date == ON
    assert record.problems == record.medicines == record.allergies == ()


def test_an_empty_list_says_nothing() -> None:
    record = of(problems=[], medicines=[], allergies=[])
    assert record.reviewed == {} and answer(record, "nsaid_allergy") == "unknown"


def test_asthma_and_a_wheeze_from_aspirin_are_put_together_once() -> None:
    record = of(problems=["Asthma"], allergies=[{"text": "aspirin", "reactions": ["wheezing"]}])
    assert answer(record, "aerd") == "yes"
    assert stored(record) == record


def test_a_stopped_unknown_medicine_is_not_asked_about() -> None:
    assert of(medicines=[{"text": "Zorblaxin", "status": "past"}]).not_read == ()


def test_the_dead_and_the_ageless_are_read_with_a_caution() -> None:
    record = read({"patient": {"id": "1", "deceased": True}})
    assert [n.what for n in record.not_read] == ["birth date", "patient"] and record.deceased


# -- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({"pateint": {}}, "/pateint"),
        ({"patient": {"birthday": "1955-02-01"}}, "/patient/birthday"),
        ({"patient": {"birth_date": "02/01/1955"}}, "/patient/birth_date"),
        ({"patient": {"birth_date": 1955}}, "/patient/birth_date"),
        ({"patient": {"sex": "F"}}, "/patient/sex"),
        ({"patient": {"deceased": "no"}}, "/patient/deceased"),
        ({"patient": {"name": 7}}, "/patient/name"),
        ({"problems": "HTN"}, "/problems"),
        ({"problems": ["HTN", 7]}, "/problems/1"),
        ({"problems": [{"text": "HTN", "status": "actve"}]}, "/problems/0/status"),
        ({"problems": [{"status": "active"}]}, "/problems/0/text"),
        ({"problems": [{"text": "x", "codes": [{"code": "1"}]}]}, "/problems/0/codes/0/system"),
        ({"medicines": [{"text": "x", "start": "yesterday"}]}, "/medicines/0/start"),
        ({"facts": {"egfr": {"value": 29, "on": "2026-01-01"}}}, "/facts/egfr/on"),
        ({"facts": {"egfr": [29]}}, "/facts/egfr/value"),
        ({"facts": {"egfr": {}}}, "/facts/egfr/value"),
        ({"reviewed_on": {"drugs": "2026-01-01"}}, "/reviewed_on/drugs"),
        ({"reviewed_on": {"problems": True}}, "/reviewed_on/problems/date"),
        ({"for": "fun"}, "/for"),
        ({"recorded_on": 2026}, "/recorded_on"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(data: Json, where: str) -> None:
    error = refused(data)
    assert error.where == where and error.mend


@pytest.mark.parametrize(
    ("fact", "value", "mend"),
    [
        ("egfr", "29", "Write a number, such as 29."),
        ("egfr", True, "Write a number, such as 29."),
        ("egfr", {"low": "29"}, "Write a number, such as 29."),
        ("egfr", {"value": 29, "low": 1}, "Write a number, such as 29."),
        ("egfr", {"value": {}}, "Write a number, such as 29."),
        ("asthma", "yes", "Write true or false."),
        ("asthma", 1, "Write true or false."),
        ("child_pugh_class", "D", "Write one of A, B, C."),
        ("last_opioid_date", "last week", "Write a date, such as 2026-03-14."),
        ("last_opioid_date", 20260314, "Write a date, such as 2026-03-14."),
        ("prescriber_state", 7, "Write a text."),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_in_the_words_of_the_fact(fact: str, value: Any, mend: str) -> None:
    data = value if isinstance(value, dict) and "value" in value else {"value": value}
    error = refused({"facts": {fact: data}})
    if error.where == f"/facts/{fact}":
        assert error.mend == mend
    else:
        assert error.where.startswith(f"/facts/{fact}/")


def test_a_fact_that_does_not_exist_is_refused() -> None:
    assert refused({"facts": {"egffr": 29}}).where == "/facts/egffr"
    assert refused({"statements": [{"fact": "egffr", "value": 29}]}).where == "/statements/0"


@pytest.mark.parametrize(
    "prescription",
    [
        {"colour": "white"},
        {"text": "twice"},
        {"quantity": "20"},
        {"quantity": True},
        {"as_needed": 1},
        {"ingredients": {"name": "x"}},
        {"ingredients": [{"rxcui": "1"}]},
        {"ingredients": [{"name": "x", "strength": "5"}]},
        {"unread": ["x"]},
        {"arithmetic": 7},
    ],
)
def test_a_stored_prescription_that_was_tampered_with_is_refused(prescription: Json) -> None:
    error = refused({"medicines": [{"text": "x", "prescription": prescription}]})
    assert error.where == "/medicines/0/prescription"


def test_stored_ingredients_that_were_tampered_with_are_refused() -> None:
    entry = {"text": "x", "kind": "allergy", "ingredients": [{"rxcui": "1"}]}
    assert refused({"allergies": [entry]}).where == "/allergies/0"


def test_a_number_from_another_tool_may_be_a_float() -> None:
    assert facts(of(facts={"weight_kg": 71.3})).reading("weight_kg").value == Decimal("71.3")
    assert refused({"facts": {"weight_kg": float("nan")}}).where == "/facts/weight_kg/value"


def test_no_value_of_the_patient_stands_in_an_error() -> None:
    error = refused({"patient": {"name": "Secretname", "sex": "Secretsex"}})
    assert "Secret" not in str(error)


# -- the form for other tools ----------------------------------------------------------------------------------------


def test_the_json_schema_names_every_key_and_refuses_others() -> None:
    schema = json_schema()
    fields = {field.data_key or name for name, field in RecordSchema().fields.items()}
    assert set(schema["properties"]) == fields and schema["additionalProperties"] is False
    assert schema["properties"]["for"]["enum"][0] == "simple_extraction"
    assert schema["properties"]["medicines"]["items"]["oneOf"][0] == {"type": "string"}
    assert schema["properties"]["facts"]["additionalProperties"]["anyOf"][1]["required"] == ["value"]
    json.dumps(schema)


def test_what_stands_in_the_wrong_list_is_read_and_is_the_same_after_storing() -> None:
    record = of(problems=["alprazolam 0.5 mg tid", "codeine allergy"], medicines=["no Norco"])
    # The words deny Norco, and nobody knows whether alprazolam is still taken: both are asked about.
    assert [(m.prescription.text, m.standing) for m in record.medicines] == [
        ("no Norco", Standing.ASK),
        ("alprazolam 0.5 mg tid", Standing.ASK),
    ]
    assert [a.text for a in record.allergies] == ["codeine allergy"]
    assert [n.where for n in record.not_read] == ["/problems/0", "/problems/1"]
    assert stored(record) == record


def test_every_medicine_of_a_line_counts_and_is_the_same_after_storing() -> None:
    line = "zolpidem 10 mg hs, alprazolam 0.5 mg tid, oxycodone 5 mg q6h"
    record = of(medicines=[line], prescriptions=["Norco 5/325 1 tab q6h #12; triazolam 0.25 mg 1 tab before appointment #1"])
    assert [m.prescription.ingredients[0].name for m in record.medicines] == ["zolpidem", "alprazolam", "oxycodone"]
    assert record.medicines[2].prescription.units_per_day_max == 4  # every 6 hours
    assert [one.ingredients[0].name for one in record.proposed] == ["hydrocodone", "triazolam"]
    assert {one.place for one in record.proposed} == {"/prescriptions/0"}
    assert not any(one.unread for one in record.proposed)
    assert stored(record) == record


@pytest.mark.parametrize(
    ("line", "stranger"),
    [
        ("Zoloft 50 mg; Zorblaxin", "Zorblaxin"),
        ("sertraline 50 mg, alprazolm 0.5 mg tid", "alprazolm"),
        ("Zoloft, Xanex", "Xanex"),
        ("metformin Xanex", "Xanex"),
    ],
)
def test_a_misspelt_medicine_behind_a_known_one_is_asked_about(line: str, stranger: str) -> None:
    record = of(medicines=[line])
    assert [(n.where, n.what) for n in record.not_read] == [("/medicines/0", stranger)]
    assert [m.prescription.recognised for m in record.medicines] == [True, False]
    assert stored(record) == record


def test_a_word_behind_a_comma_that_is_like_no_medicine_is_none() -> None:
    assert len(of(medicines=["metformin 500 mg, walgreens", "lisinopril Solco 10 mg, morning"]).medicines) == 2


def test_of_a_line_too_long_to_be_shown_the_further_medicines_keep_their_names_and_no_number() -> None:
    line = "zolpidem 10 mg at bedtime " + "as told by the sleep clinic " * 7 + ", alprazolam 0.5 mg tid"
    record = of(medicines=[line])
    assert [m.prescription.ingredients[0].name for m in record.medicines] == ["zolpidem", "alprazolam"]
    assert record.medicines[1].prescription.ingredients[0].strength is None
    assert stored(record) == record
