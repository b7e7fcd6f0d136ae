"""Cards from a review: which flags share one, what is said, what is suggested, and what never is."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import pytest

from dentalpain.fhir.card_actions import Substance, filled
from dentalpain.fhir.card_ids import card_uuid, rule_of_card, suggestion_uuid
from dentalpain.fhir.card_text import plain, short
from dentalpain.fhir.cards import Frame, cards, grouped
from dentalpain.knowledge.load import load_knowledge
from dentalpain.storage import OVERRIDE_REASONS
from dentalpain.web import words

Json = dict[str, Any]
ORDER = {"resourceType": "MedicationRequest", "id": "d1", "subject": {"reference": "Patient/p1"}}
IN_INDEX = {k: row["card_merged_into"].split(";") for k, row in load_knowledge().rule_index.items()}


class Spoken:
    """Words for ids, made up."""

    def fact(self, fact: str) -> str:
        return f"fact {fact}"

    def value(self, fact: str, value: object) -> str:
        return "not recorded" if value is None else str(value)

    def citation(self, citation_id: str) -> Mapping[str, Any]:
        return {"title": f"Guideline {citation_id}", "year": 2024}


def frame(**more: Any) -> Frame:
    given: Json = {
        "request": ("order-sign", "one"),
        "why": lambda rule: f"https://office.example/why/{rule}",
        "names": Spoken(),
        "merged_into": IN_INDEX,
        "reasons": {"will_be_monitored": "Will be monitored"},
        "substances": lambda option: [Substance(option, "1")],
        "orders": [ORDER],
        "analgesics": frozenset({0}),
    }
    return Frame(**{**given, **more})


def flag(rule: str, severity: str = "moderate", answer: str = "yes", **more: Any) -> Json:
    because = [{"fact": f"of {rule}", "value": True, "source": "chart", "date": "2026-11-01", "stale": False}]
    held = {"rule": rule, "severity": severity, "answer": answer, "presumed": False, "about": [0], "title": f"About {rule}"}
    return {**held, "message": f"Do {rule}.", "because": because, "citations": ["x"], "status": "draft", **more}


def prescription(text: str = "a medicine", **more: Any) -> Json:
    held: Json = {"text": text, "current": False, "ingredients": [], "units_per_day_max": 4, "mme_per_day": 0}
    return {**held, "not_counted": None, "unread": [], **more}


def option(name: str, verdict: str = "offer", **more: Any) -> Json:
    dose = {"text": f"{name} 10 mg every 6 hours as needed", "amount": 10, "first_amount": None, "unit": "mg"}
    dose |= {"every_hours": 6, "max_per_day": 40, "max_days": 3}
    held = {"id": name, "name": name, "kind": "medicine", "verdict": verdict, "line": 1, "rules": [], "dose": dose}
    return {**held, **more}


def review(*flags: Json, **more: Any) -> Json:
    sums = {"total": 0, "is_minimum": False, "not_counted": [], "arithmetic": [], "single_dose": None}
    held: Json = {"flags": list(flags), "questions": [], "alternatives": [], "prescriptions": [prescription()]}
    return {**held, "mme_per_day": sums, "acetaminophen_mg_per_day": 0, **more}


def topics(made: list[Json]) -> list[str]:
    return [card["source"]["topic"]["code"] for card in made]


# -- which cards ---------------------------------------------------------------------------------------------------


def test_each_severity_has_its_indicator_and_an_information_makes_no_card() -> None:
    flags = [flag("A", "contraindicated"), flag("B", "major"), flag("C", "moderate"), flag("D", "info")]
    assert [card["indicator"] for card in cards(review(*flags), frame())] == ["critical", "warning", "info"]


def test_an_unknown_moderate_rule_makes_no_card_and_an_unknown_major_one_does() -> None:
    assert cards(review(flag("C", "moderate", "unknown"), flag("D", "info", "unknown")), frame()) == []
    assert topics(cards(review(flag("B", "major", "unknown")), frame())) == ["NOT-CHECKED"]


def test_a_rule_shows_inside_the_card_of_its_sibling_when_that_one_fires() -> None:
    made = cards(review(flag("APAP-MAX", "contraindicated"), flag("APAP-3G")), frame())
    assert topics(made) == ["APAP-MAX"]
    assert "Do APAP-3G" in made[0]["detail"]
    assert [link["url"].rsplit("/")[-1] for link in made[0]["links"]] == ["APAP-MAX", "APAP-3G"]


def test_a_rule_stands_alone_when_its_sibling_does_not_fire() -> None:
    made = cards(review(flag("APAP-MAX", "contraindicated", "unknown"), flag("APAP-3G")), frame())
    assert topics(made) == ["APAP-3G", "NOT-CHECKED"]


def test_a_rule_follows_its_sibling_into_the_card_of_that_ones_sibling() -> None:
    flags = [flag("OPI-MME90", "major"), flag("OPI-MME50", "major"), flag("OPI-START30")]
    assert [[f["rule"] for f in group] for group in grouped(flags, IN_INDEX)] == [["OPI-MME90", "OPI-MME50", "OPI-START30"]]


def test_siblings_that_name_each_other_do_not_run_in_circles() -> None:
    assert len(grouped([flag("A"), flag("B")], {"A": ["B"], "B": ["A"]})) == 2


@pytest.mark.parametrize("first", ["NSAID-RAAS-OR-DIUR", "NSAID-AGE65", "NSAID-EGFR60", "NSAID-HTN"])
def test_the_notes_on_a_short_course_share_one_card(first: str) -> None:
    rest = [r for r in ("NSAID-AGE65", "NSAID-EGFR60", "NSAID-RAAS-OR-DIUR", "NSAID-HTN") if r != first]
    made = cards(review(flag(first), flag("OTHER"), *(flag(rule) for rule in rest)), frame())
    assert topics(made) == [first, "OTHER"] and len(made[0]["links"]) == 4


def test_a_note_that_belongs_to_a_worse_card_leaves_the_others_together() -> None:
    flags = [flag("NSAID-TRIPLE", "major"), flag("NSAID-RAAS-OR-DIUR"), flag("NSAID-AGE65"), flag("NSAID-HTN")]
    made = [[f["rule"] for f in group] for group in grouped(flags, IN_INDEX)]
    assert made == [["NSAID-TRIPLE", "NSAID-RAAS-OR-DIUR"], ["NSAID-AGE65", "NSAID-HTN"]]


def test_every_named_sibling_is_a_rule_with_a_card() -> None:
    index = load_knowledge().rule_index
    named = {other for rule in index for other in IN_INDEX[rule] if other}
    assert named and all(index[other]["severity"] in ("contraindicated", "major", "moderate") for other in named)


# -- what is said --------------------------------------------------------------------------------------------------


def test_a_reason_stands_with_value_source_and_date() -> None:
    detail = cards(review(flag("A")), frame())[0]["detail"]
    assert "- fact of A: True (chart, 2026-11-01)" in detail and "Guideline x, 2024" in detail


def test_a_presumption_is_said_and_what_is_too_old_as_well() -> None:
    old = {"fact": "egfr", "value": None, "source": None, "date": None, "stale": True}
    detail = cards(review(flag("A", presumed=True, because=[old])), frame())[0]["detail"]
    assert "until somebody answers" in detail and "fact egfr: not recorded; too old to count" in detail


def test_the_sums_of_opioid_and_acetaminophen_stand_on_the_card() -> None:
    part = {"name": "acetaminophen", "strength": 325}
    norco = prescription("Norco", mme_per_day=20, ingredients=[part])
    sums = {"total": 20, "is_minimum": True, "not_counted": [{"name": "buprenorphine", "reason": "treatment"}]}
    sums |= {"arithmetic": ["5 mg × 4 × 1 = 20"]}
    told = review(flag("A"), prescriptions=[norco], mme_per_day=sums, acetaminophen_mg_per_day=1300)
    detail = cards(told, frame())[0]["detail"]
    assert "5 mg × 4 × 1 = 20; together at least 20 MME; not counted: buprenorphine: treatment of addiction" in detail
    assert "325 mg × 4 = 1300 mg" in detail


def test_a_sum_that_cannot_be_made_says_why() -> None:
    part = {"name": "acetaminophen", "strength": None}
    opaque = prescription("Vicodin", mme_per_day=None, not_counted="strength not known", ingredients=[part])
    sums = {"total": None, "is_minimum": True, "arithmetic": []}
    sums |= {"not_counted": [{"name": "hydrocodone", "reason": "strength not known"}]}
    told = review(flag("A"), prescriptions=[opaque], mme_per_day=sums, acetaminophen_mg_per_day=None)
    detail = cards(told, frame())[0]["detail"]
    assert "cannot calculate, because of hydrocodone: strength not known" in detail
    assert "Acetaminophen a day: cannot calculate, because of Vicodin: the strength is not written" in detail


def test_at_most_three_facts_are_named_in_the_order_of_the_questions() -> None:
    because = [{"fact": f, "value": None, "source": None, "date": None, "stale": False} for f in ("d", "b", "a", "c")]
    questions = [{"fact": f, "ask": f"Ask {f}?", "would_settle": []} for f in ("z", "a", "b", "c", "d")]
    card = cards(review(flag("M", "major", "unknown", because=because), questions=questions), frame())[0]
    assert card["summary"].endswith("fact a; fact b; fact c")
    assert "Ask c?" in card["detail"] and "Ask d?" not in card["detail"] and "Ask z?" not in card["detail"]


def test_a_name_that_was_not_understood_is_shown_with_what_may_be_meant() -> None:
    gap = {"what": "ibuprofin", "why": "no medicine of this name", "suggestions": ["ibuprofen"]}
    told = review(flag("M", "major", "unknown"), prescriptions=[prescription("ibuprofin", unread=[gap])])
    assert "ibuprofin: no medicine of this name. Meant may be: ibuprofen" in cards(told, frame())[0]["detail"]


def test_what_was_left_out_makes_a_card_without_any_open_rule() -> None:
    made = cards(review(), frame(insist=True, notes=["An order was left out."]))
    assert topics(made) == ["NOT-CHECKED"] and "An order was left out." in made[0]["detail"] and filled(made)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>x</script>", r"\<script\>x\</script\>"),
        ("[a](http://b)", r"\[a\](http\://b)"),
        ("www.b.example", r"www\.b.example"),
        ("**a** `b`", r"\*\*a\*\* \`b\`"),
        ("# a", r"\# a"),
        ("a\n\n- b\u202ec", "a - b c"),
        ("Norco 5/325 #20", "Norco 5/325 #20"),
        ("&lt;b&gt;", r"\&lt;b\&gt;"),
    ],
)
def test_text_from_outside_is_no_markup(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(("length", "kept"), [(138, 138), (139, 139), (140, 139), (500, 139)])
def test_a_summary_has_fewer_than_140_characters(length: int, kept: int) -> None:
    assert len(short("x" * length)) == kept


# -- what is suggested ---------------------------------------------------------------------------------------------


def suggested(*alternatives: Json, **more: Any) -> list[str]:
    made = cards(review(flag("A"), alternatives=list(alternatives)), frame(**more))[0]
    return [one["actions"][-1]["resource"]["medicationCodeableConcept"]["text"] for one in made.get("suggestions", ())]


def test_only_what_is_offered_recommended_and_dosed_is_suggested() -> None:
    held = [option("good"), option("careful", "offer_with_care"), option("ask", "ask_first"), option("no", "blocked")]
    held += [option("undosed", dose=None), option("unlisted", line=None), option("block", kind="procedure")]
    assert suggested(*held) == ["good", "careful"]


def test_what_raises_the_same_flag_is_not_suggested() -> None:
    assert suggested(option("same", rules=["A"]), option("other", rules=["B"])) == ["other"]


def test_at_most_three_are_suggested_in_the_order_of_the_guideline() -> None:
    assert suggested(*(option(name) for name in "dbca")) == ["d", "b", "c"]


def test_an_order_without_an_id_cannot_be_replaced() -> None:
    assert suggested(option("good"), orders=[{**ORDER, "id": ""}]) == []


def test_a_flag_about_another_order_suggests_nothing() -> None:
    assert suggested(option("good"), analgesics=frozenset({1}), orders=[ORDER, ORDER]) == []


def test_all_orders_for_pain_are_taken_back_together() -> None:
    both = frame(orders=[ORDER, {**ORDER, "id": "d2"}], analgesics=frozenset({0, 1}))
    card = cards(review(flag("A"), alternatives=[option("good")]), both)[0]
    removed = [one["resourceId"] for one in card["suggestions"][0]["actions"] if one["type"] == "delete"]
    assert removed == ["MedicationRequest/d1", "MedicationRequest/d2"]


def test_a_combination_is_written_as_a_product_of_its_parts_and_its_dose_in_words() -> None:
    two = frame(substances=lambda option: [Substance("hydrocodone", "5489"), Substance("acetaminophen", "161")])
    card = cards(review(flag("A"), alternatives=[option("hydrocodone")]), two)[0]
    request = card["suggestions"][0]["actions"][-1]["resource"]
    codes = [p["itemCodeableConcept"]["coding"][0]["code"] for p in request["contained"][0]["ingredient"]]
    assert codes == ["5489", "161"] and request["medicationReference"]["reference"] == "#product"
    assert request["dosageInstruction"] == [{"text": "hydrocodone 10 mg every 6 hours as needed"}]


def test_a_larger_first_dose_is_a_step_of_its_own() -> None:
    dose = {**option("x")["dose"], "first_amount": 20}
    card = cards(review(flag("A"), alternatives=[option("x", dose=dose)]), frame())[0]
    first, then = card["suggestions"][0]["actions"][-1]["resource"]["dosageInstruction"]
    assert (first["sequence"], then["sequence"]) == (1, 2)
    assert first["doseAndRate"][0]["doseQuantity"]["value"] == 20 and first["timing"]["repeat"] == {"count": 1}
    assert then["maxDosePerPeriod"]["numerator"]["value"] == 40


def test_empty_members_of_an_order_are_not_carried_over() -> None:
    order = {**ORDER, "encounter": {}, "reasonCode": [{"text": ""}], "requester": {"reference": "Practitioner/d"}}
    card = cards(review(flag("A"), alternatives=[option("x")]), frame(orders=[order]))[0]
    request = card["suggestions"][0]["actions"][-1]["resource"]
    assert "encounter" not in request and "reasonCode" not in request and request["requester"]
    assert filled(card)


# -- ids -----------------------------------------------------------------------------------------------------------


def test_the_uuid_of_a_card_tells_its_rule_and_nothing_of_the_request() -> None:
    rules = [*load_knowledge().rule_index, "NOT-CHECKED"]
    for rule in rules:
        assert rule_of_card(card_uuid(rule, "a request"), rules) == rule
    assert rule_of_card(str(uuid.uuid4()), rules) is None and rule_of_card("no uuid", rules) is None


def test_cards_of_two_requests_and_suggestions_of_two_cards_differ() -> None:
    one, other = card_uuid("A", "x"), card_uuid("A", "y")
    assert one != other and suggestion_uuid(one, "ibuprofen") != suggestion_uuid(other, "ibuprofen")
    assert one == card_uuid("A", "x") and uuid.UUID(one).version == 5


def test_the_reasons_on_a_card_are_those_that_the_store_takes() -> None:
    assert tuple(words.OVERRIDE_REASONS) == OVERRIDE_REASONS
