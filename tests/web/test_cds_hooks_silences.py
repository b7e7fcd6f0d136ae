"""Orders at which other decision support keeps silent: each must make a card that says what it found or lacks."""

from __future__ import annotations

import pytest

from .cds import CdsHost, Json, asked, of_record, order, taking, topics


def tablets(product: str, most: int = 1, **more: object) -> Json:
    """An order of tablets every six hours, all of it in structure, for an impacted tooth that was taken out."""
    dose = {"doseAndRate": [{"doseRange": {"low": {"value": 1}, "high": {"value": most, "unit": "TAB"}}}]}
    sig = {**dose, "timing": {"repeat": {"frequency": 1, "period": 6, "periodUnit": "h"}}}
    supply = {"expectedSupplyDuration": {"value": 3, "unit": "days", "code": "d"}}
    made = {"dosageInstruction": [sig], "dispenseRequest": supply, "reasonCode": [{"text": "surgical extraction"}]}
    return order(product, **{**made, **more})


@pytest.fixture(scope="module")
def host() -> CdsHost:
    return CdsHost()


def said(cards: list[Json]) -> str:
    return "\n".join(f"{card['summary']}\n{card.get('detail', '')}" for card in cards)


@pytest.mark.parametrize(
    ("product", "most", "total"),
    [
        ("Norco 5/325", 1, "5 mg × 4 × 1 = 20"),  # three days, and no category or quantity
        ("tramadol hydrochloride 50 MG Oral Tablet", 2, "50 mg × 8 × 0.2 = 80"),
        ("tapentadol 50 MG Oral Tablet", 1, "50 mg × 4 × 0.4 = 80"),
    ],
)
def test_a_short_course_in_tabs_shows_its_morphine_equivalents(
    host: CdsHost, product: str, most: int, total: str
) -> None:
    cards = host.cards(asked(tablets(product, most)))
    assert {"ADA-NONOPIOID-FIRST", "OPI-PDMP"} <= set(topics(cards))
    assert total in said(cards)


def test_a_new_opioid_beside_a_current_one_is_added_up(host: CdsHost) -> None:
    cards = host.cards(asked(tablets("Norco 5/325"), prefetch=of_record(taking("oxycodone 10 mg 1 tab q6h"))))
    assert {"OPI-DUP", "OPI-MME50", "OPI-NALOXONE"} <= set(topics(cards))
    assert "80 MME" in said(cards)  # 5 × 4 × 1 + 10 × 4 × 1.5


def test_a_patient_of_sixteen_is_not_passed_over(host: CdsHost) -> None:
    cards = host.cards(asked(tablets("Norco 5/325"), prefetch=of_record(birth="2010-05-06")))
    assert "OPI-MINOR" in topics(cards)


def test_codeine_by_its_product_name_for_a_child_of_ten_is_critical(host: CdsHost) -> None:
    product = "Acetaminophen 300 MG / Codeine Phosphate 30 MG Oral Tablet"
    cards = host.cards(asked(tablets(product), prefetch=of_record(birth="2016-05-06")))
    assert {"OPI-COD-TRAM-LT12", "OPI-CHILD"} <= {c["source"]["topic"]["code"] for c in cards if c["indicator"] == "critical"}


def test_an_order_without_any_directions_says_what_cannot_be_calculated(host: CdsHost) -> None:
    cards = host.cards(asked(tablets("Percocet 5/325", dosageInstruction=[], dispenseRequest={})))
    assert {"OPI-MME-PARTIAL", "NOT-CHECKED"} <= set(topics(cards))
    assert "not counted" in said(cards)


def test_a_heart_attack_typed_without_its_day_is_asked_about_before_ibuprofen(host: CdsHost) -> None:
    attack = {
        "resourceType": "Condition", "subject": {"reference": "Patient/p1"}, "code": {"text": "MI"},
        "clinicalStatus": {"coding": [{"code": "active"}]},
    }  # fmt: skip
    cards = host.cards(asked(order("ibuprofen 400 mg", "1 tab q6h x 3 days"), prefetch=of_record(attack)))
    assert "NOT-CHECKED" in topics(cards) and "NSAID-CV" in said(cards)
