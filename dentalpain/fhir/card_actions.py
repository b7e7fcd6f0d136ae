"""What a card suggests: the orders for pain taken back, and an alternative written in their place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .elements import Json, mapping, string

MOST = 3
VERDICTS = ("offer", "offer_with_care")
RXNORM_URI = "http://www.nlm.nih.gov/research/umls/rxnorm"
UCUM = "http://unitsofmeasure.org"
UCUM_UNITS = {"mg": "mg", "g": "g", "mL": "mL", "mcg": "ug"}
CARRIED = ("encounter", "requester", "reasonCode", "reasonReference", "performer", "recorder")
CARE = {"offer": "", "offer_with_care": " (with care)"}


@dataclass(frozen=True, slots=True)
class Substance:
    """An ingredient by name and RxNorm code ('' where none is known)."""

    name: str
    rxcui: str


def replaceable(review: Mapping[str, Any], rules: Sequence[str]) -> list[Json]:
    """The medicines that may be suggested against these rules, in the order of the guideline, at most MOST.

    Each is recommended by the guideline, offered or offered with care, has a dose, and raises none of the rules.
    """
    held = [
        one
        for one in review["alternatives"]
        if one["kind"] == "medicine"
        and one["verdict"] in VERDICTS
        and one["line"] is not None
        and (one["dose"] or {}).get("text")
        and not set(one["rules"]) & set(rules)
    ]
    return held[:MOST]


def actions(alternative: Json, substances: Sequence[Substance], orders: Sequence[Json]) -> list[Json]:
    """Delete each order, then create the alternative for the same patient, encounter and reason."""
    removed = [
        {
            "type": "delete",
            "description": "Take back the order under review",
            "resourceId": f"MedicationRequest/{order['id']}",
        }
        for order in orders
    ]
    made = {
        "type": "create",
        "description": f"Order {alternative['dose']['text']}",
        "resource": medication_request(alternative, substances, orders[0]),
    }
    return [*removed, made]


def label(alternative: Json) -> str:
    """What stands on the button."""
    return f"Replace with {alternative['dose']['text']}{CARE[alternative['verdict']]}"


def medication_request(alternative: Json, substances: Sequence[Substance], order: Json) -> Json:
    """A draft MedicationRequest (R4) of an alternative with its dose."""
    dose = alternative["dose"]
    request: Json = {"resourceType": "MedicationRequest", "status": "draft", "intent": "order"}
    request |= _medication(_named(dose["text"], alternative["name"]), substances)
    request["subject"] = order["subject"]
    request |= {name: order[name] for name in CARRIED if filled(order.get(name))}
    # Of a combination the amount belongs to one of its parts: there the words alone say the dose.
    request["dosageInstruction"] = dosage(dose) if len(substances) == 1 else [{"text": dose["text"]}]
    if dose.get("max_days"):
        days = {"value": dose["max_days"], "unit": "days", "system": UCUM, "code": "d"}
        request["dispenseRequest"] = {"expectedSupplyDuration": days}
    return request


def filled(value: Any) -> bool:
    """Whether a value holds anything: JSON of a card has no empty and no null members."""
    if isinstance(value, dict):
        return bool(value) and all(filled(inner) for inner in value.values())
    if isinstance(value, list):
        return bool(value) and all(filled(inner) for inner in value)
    return value is not None and value != ""


def _named(text: str, name: str) -> str:
    """The medicine as the dose names it, with its salt: what stands before the first number."""
    return re.split(r"\s*\d", text, maxsplit=1)[0].strip() or name


def _medication(name: str, substances: Sequence[Substance]) -> Json:
    if len(substances) == 1:
        return {"medicationCodeableConcept": _concept(substances[0], name)}
    parts = [{"itemCodeableConcept": _concept(each, each.name)} for each in substances]
    whole = " with ".join(each.name for each in substances)
    product = {"resourceType": "Medication", "id": "product", "code": {"text": whole}, "ingredient": parts}
    return {"contained": [product], "medicationReference": {"reference": "#product", "display": whole}}


def _concept(substance: Substance, text: str) -> Json:
    coding = {"system": RXNORM_URI, "code": substance.rxcui, "display": substance.name}
    return {"coding": [coding], "text": text} if substance.rxcui else {"text": text}


# -- dosage --------------------------------------------------------------------------------------------------------


def dosage(dose: Json) -> list[Json]:
    """The dosage instructions of a dose box: a first dose of another size comes as a step of its own."""
    steps: list[Json] = []
    if dose.get("first_amount"):
        once = {"timing": {"repeat": {"count": 1}}, **_dose_and_rate(dose["first_amount"], dose["unit"])}
        steps.append({"sequence": 1, "text": dose["text"], **once})
    following: Json = {"sequence": len(steps) + 1, "text": dose["text"]}
    if dose.get("every_hours"):
        following["timing"] = {"repeat": _repeat(dose)}
    if "as needed" in dose["text"]:
        following["asNeededBoolean"] = True
    if dose.get("amount") is not None:
        following |= _dose_and_rate(dose["amount"], dose["unit"])
    if dose.get("max_per_day") is not None:
        following["maxDosePerPeriod"] = {
            "numerator": _quantity(dose["max_per_day"], dose["unit"]),
            "denominator": {"value": 1, "unit": "day", "system": UCUM, "code": "d"},
        }
    return [*steps, following]


def _repeat(dose: Json) -> Json:
    repeat: Json = {"frequency": 1, "period": dose["every_hours"], "periodUnit": "h"}
    if dose.get("max_days"):
        repeat["boundsDuration"] = {"value": dose["max_days"], "unit": "days", "system": UCUM, "code": "d"}
    return repeat


def _dose_and_rate(amount: Any, unit: str) -> Json:
    return {"doseAndRate": [{"doseQuantity": _quantity(amount, unit)}]}


def _quantity(amount: Any, unit: str) -> Json:
    if unit in UCUM_UNITS:
        return {"value": amount, "unit": unit, "system": UCUM, "code": UCUM_UNITS[unit]}
    return {"value": amount, "unit": unit} if unit else {"value": amount}


def order_id(order: Json) -> str:
    """The id under which an order can be taken back; '' if it has none."""
    return string(mapping(order).get("id"))
