"""The card says the same as the review, for patients drawn at random: nothing more, nothing less, no unsafe offer."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dentalpain.fhir.card_actions import Substance
from dentalpain.fhir.card_ids import NOT_CHECKED, suggestion_uuid
from dentalpain.fhir.cards import Frame, cards
from dentalpain.knowledge.cases import record_of
from dentalpain.service import Service
from dentalpain.web.words import OVERRIDE_REASONS, Words

Json = dict[str, Any]
DAY = dt.date(2026, 11, 24)
SERVICE = Service()
ANALGESICS = {"opioid", "nsaid", "acetaminophen"}
ORDERS = (
    "ibuprofen 600 mg q6h #12",
    "Norco 5/325 1 tab q6h prn #12",
    "naproxen 500 mg bid #10",
    "tramadol 50 mg q6h #20",
    "acetaminophen 1000 mg q6h #12",
    "oxycodone 10 mg q4h #42",
    "amoxicillin 500 mg tid #21",
)
TAKEN = (
    "warfarin 5 mg daily", "lisinopril 10 mg daily", "alprazolam 0.5 mg bid", "sertraline 50 mg daily", "lithium 300 mg bid",
    "buprenorphine 8 mg daily", "methotrexate 15 mg weekly", "aspirin 81 mg daily", "metformin 500 mg bid",
    "furosemide 20 mg daily",
)  # fmt: skip
ALLERGIES = ("ibuprofen: anaphylaxis", "codeine: hives", "acetaminophen: rash", "aspirin: asthma")
YES_NO = st.sampled_from([True, False, None])
FACTS = {
    "age_years": st.sampled_from([None, 9, 16, 30, 47, 66, 82]),
    "sex": st.sampled_from([None, "female", "male"]),
    "weight_kg": st.sampled_from([None, 30, 82]),
    "egfr": st.sampled_from([None, 15, 29, 45, 95]),
    "gi_ulcer_history": YES_NO,
    "pregnant": YES_NO,
    "sleep_apnoea": YES_NO,
    "heart_failure": YES_NO,
    "opioid_use_disorder": YES_NO,
    "alcohol_drinks_per_day": st.sampled_from([None, 0, 4]),
}
PATIENTS = st.fixed_dictionaries(
    {
        "facts": st.fixed_dictionaries(FACTS),
        "current": st.lists(st.sampled_from(TAKEN), max_size=4, unique=True),
        "allergies": st.lists(st.sampled_from(ALLERGIES), max_size=2, unique=True),
        "reviewed": st.sampled_from([[], ["problems", "medicines", "allergies"]]),
    }
)
INDICATIONS = st.sampled_from([None, "simple_extraction", "surgical_extraction", "toothache_no_care", "chronic_tmd"])


def reviewed(patient: Json, texts: list[str], indication: str | None) -> Json:
    told = {**patient, "on": DAY, "facts": {name: value for name, value in patient["facts"].items() if value is not None}}
    record = record_of(told, SERVICE.tools.bench)
    return SERVICE.review(record, prescribe=texts, indication=indication)


def shown(review: Json, texts: list[str]) -> list[Json]:
    index = SERVICE.knowledge.rule_index
    read = [one for text in texts for one in SERVICE.tools.read_all(text)]
    order = {"resourceType": "MedicationRequest", "subject": {"reference": "Patient/p"}}
    orders = [{**order, "id": f"d{n}"} for n, _ in enumerate(read)]
    frame = Frame(
        request=("order-sign", "one", "p"),
        why=lambda rule: f"https://office.example/why/{rule}",
        names=Words(SERVICE.knowledge),
        merged_into={rule: row["card_merged_into"].split(";") for rule, row in index.items()},
        reasons=OVERRIDE_REASONS,
        substances=lambda option: [Substance(option, "")],
        orders=orders,
        analgesics=frozenset(n for n, one in enumerate(read) if one.tags & ANALGESICS),
    )
    return [card for card in cards(review, frame) if card["source"]["topic"]["code"] != NOT_CHECKED]


def rules_on(card: Json) -> list[str]:
    """The rules that a card speaks for: its own, and those that it takes in."""
    return [link["url"].rsplit("/", 1)[1] for link in card["links"]]


def offered(card: Json, review: Json) -> list[Json]:
    """The alternatives behind the suggestions of a card."""
    named = {suggestion_uuid(card["uuid"], one["id"]): one for one in review["alternatives"]}
    return [named[one["uuid"]] for one in card.get("suggestions", ())]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(patient=PATIENTS, texts=st.lists(st.sampled_from(ORDERS), min_size=1, max_size=2, unique=True), indication=INDICATIONS)
def test_the_card_says_the_same_as_the_review(patient: Json, texts: list[str], indication: str | None) -> None:
    review = reviewed(patient, texts, indication)
    made = shown(review, texts)
    told = [rule for card in made for rule in rules_on(card)]
    spoken = {one["rule"]: one for one in review["flags"] if one["answer"] == "yes"}
    assert len(told) == len(set(told)) and set(told) == {rule for rule, one in spoken.items() if one["severity"] != "info"}
    for card in made:
        severity = spoken[card["source"]["topic"]["code"]]["severity"]
        assert card["indicator"] == {"contraindicated": "critical", "major": "warning", "moderate": "info"}[severity]
        for option in offered(card, review):
            assert option["verdict"] in ("offer", "offer_with_care") and not set(option["rules"]) & set(rules_on(card))
            assert not [one for one in option["reasons"] if one["severity"] == "contraindicated" and one["answer"] == "yes"]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(patient=PATIENTS, texts=st.lists(st.sampled_from(ORDERS), min_size=1, max_size=2, unique=True), choose=st.randoms())
def test_muting_takes_away_the_muted_rules_and_nothing_else(patient: Json, texts: list[str], choose: Any) -> None:
    review = reviewed(patient, texts, "simple_extraction")
    muted = copy.deepcopy(review)
    may = [one for one in muted["flags"] if one["answer"] == "yes" and one["severity"] != "contraindicated"]
    silent = choose.sample(may, len(may) // 2)
    for one in silent:
        one["muted"] = {"id": "x", "until": "2027-01-31", "by": "dentist-7", "reason_code": None}
    before = {rule for card in shown(review, texts) for rule in rules_on(card)}
    after = {rule for card in shown(muted, texts) for rule in rules_on(card)}
    assert before - after <= {one["rule"] for one in silent} and after <= before
    assert not after & {one["rule"] for one in silent}


def test_the_patients_are_not_all_quiet() -> None:
    patient = {"facts": {"age_years": 47}, "current": [], "allergies": ["ibuprofen: anaphylaxis"], "reviewed": []}
    made = shown(reviewed(patient, [ORDERS[0]], "simple_extraction"), [ORDERS[0]])
    assert made[0]["indicator"] == "critical"


@pytest.mark.parametrize("fact", [name for name in FACTS if name not in ("age_years", "sex")])
def test_each_fact_that_is_drawn_is_known(fact: str) -> None:
    assert fact in SERVICE.knowledge.facts
