"""The words that pages show for ids: severities, verdicts, facts, options, rules, sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

SEVERITY = {"contraindicated": "Do not use", "major": "Serious", "moderate": "Caution", "info": "Note"}

URGENCY = {
    "emergency_now": "Emergency now",
    "same_day": "Same day",
    "within_2_weeks": "Within 2 weeks",
    "routine": "Routine",
}

# Nothing here says "safe": the first group says what was looked for, the third what could not be looked at.
VERDICTS = (
    ("offer", "Nothing found that stands against it", "The rules that are built were asked; none of them objects."),
    ("offer_with_care", "Possible with care", "Something speaks for caution. Read why before you choose."),
    ("ask_first", "Ask first", "Cannot be checked yet: something that decides is not known."),
    ("blocked", "Not for this patient", "At least one contraindication applies."),
)

STRENGTH = {
    "strong_for": "Strong recommendation for",
    "conditional_for": "Conditional recommendation for",
    "conditional_against": "Conditional recommendation against",
    "strong_against": "Strong recommendation against",
    "not_assessed": "Not assessed by the guideline",
}
CERTAINTY = {
    "high": "high certainty",
    "moderate": "moderate certainty",
    "low": "low certainty",
    "very_low": "very low certainty",
    "not_graded": "certainty not graded",
}

MEASURES = {
    "pain_0_10": "Pain now, 0 to 10",
    "peg": "PEG: pain and what it takes away, 0 to 10",
    "cpi": "Characteristic pain intensity, 0 to 100",
    "jfls_8": "Jaw function (JFLS-8), 0 to 10",
    "jfls_20": "Jaw function (JFLS-20), 0 to 10",
    "mme_per_day": "Morphine equivalents a day, mg",
    "quality_of_life_0_10": "Quality of life, 0 to 10, more is better",
}
FOLLOWED = {
    "pain": "pain",
    "function": "jaw function",
    "opioids": "opioid use",
    "quality_of_life": "quality of life",
    "time": "time",
}
WORKING = {"yes": "By its marks the treatment is working", "no": "By its marks it is not working", "unknown": "It cannot be told"}

ACUTE = (
    ("simple_extraction", "Simple extraction"),
    ("surgical_extraction", "Surgical extraction"),
    ("toothache_no_care", "Toothache, no dental care possible now"),
    ("other_acute_dental", "Other acute dental pain"),
)
CHRONIC = (
    ("chronic_tmd", "Chronic TMD pain"),
    ("trigeminal_neuralgia", "Trigeminal neuralgia"),
    ("post_traumatic_neuropathic", "Nerve pain after injury"),
    ("burning_mouth", "Burning mouth"),
    ("persistent_idiopathic_facial", "Persistent idiopathic facial pain"),
    ("persistent_idiopathic_dentoalveolar", "Persistent idiopathic dentoalveolar pain"),
    ("orofacial_migraine", "Orofacial migraine"),
    ("other_chronic_orofacial", "Other chronic orofacial pain"),
)
INDICATIONS = dict(ACUTE + CHRONIC)
NOT_SHOWN_WHEN_ACUTE = "low_dose_naltrexone"

LETTERS = {
    "referral-orofacial-pain": "Referral to an orofacial pain clinic",
    "physician-naltrexone": "To the physician: low-dose naltrexone",
    "physician-red-flag": "To the physician: warning sign",
    "physiotherapy": "Referral to physiotherapy",
    "medical-necessity": "Medical necessity",
    "chart-summary": "Chart summary",
}

OVERRIDE_REASONS = {
    "benefit_outweighs_risk": "The benefit outweighs the risk for this patient",
    "tolerated_before": "Taken before without harm",
    "will_be_monitored": "Will be monitored",
    "agreed_with_physician": "Agreed with the physician",
    "no_suitable_alternative": "No suitable alternative",
    "record_out_of_date": "The record is out of date",
}

REVIEWED = {
    "problems_reviewed": "Problem list gone through today",
    "medicines_reviewed": "Medicine list gone through today",
    "allergies_reviewed": "Allergy list gone through today",
}

WRITTEN_ANEW = frozenset({"unrecognised_medicine", "proposed_directions", "current_directions"})

UNITS = {
    "a": "years",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
    "wk": "weeks",
    "mm[Hg]": "mmHg",
    "10*3/uL": "×10³/µL",
    "{drinks}/d": "drinks a day",
    "d": "days",
    "mg/d": "mg a day",
    "/min": "a minute",
    "Cel": "°C",
    "h": "hours",
    "{ratio}": "times the upper limit",
    "{count}": "",
    "{INR}": "",
}


def readable(identifier: str) -> str:
    """An id as words: 'low_dose_naltrexone' is 'Low dose naltrexone'."""
    text = identifier.replace("_", " ").replace("-", " ").strip()
    return text[:1].upper() + text[1:]


def number(value: object) -> str:
    """A number without trailing zeros and without an exponent."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    text = format(exact, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(value: object) -> str:
    """A day as Americans write it: 'Nov 20, 2026'; text that is no day stays as it is."""
    if isinstance(value, str):
        try:
            return day(dt.date.fromisoformat(value))
        except ValueError:
            return value
    if not isinstance(value, dt.date):
        return ""
    return f"{value:%b} {value.day}, {value.year}"


class Words:
    """The words for ids, from the knowledge; an id that the knowledge does not hold is shown as words of its own."""

    def __init__(self, knowledge: Any) -> None:
        self._knowledge = knowledge

    def kind(self, fact: str) -> str:
        """'yes_no', 'number', 'date', 'text' or 'choice'; 'written_anew' for a text that was not understood."""
        if fact in WRITTEN_ANEW:
            return "written_anew"
        found = self._knowledge.facts.get(fact)
        return found.value.partition(":")[0] if found is not None else "yes_no"

    def choices(self, fact: str) -> list[str]:
        """The words that can be chosen for a fact of the kind 'choice'."""
        found = self._knowledge.facts.get(fact)
        return found.value.partition(":")[2].split("|") if found is not None else []

    def unit(self, fact: str) -> str:
        """The unit of a fact as a person writes it."""
        if fact.endswith("_mme_per_day"):
            return "MME a day"
        found = self._knowledge.facts.get(fact)
        return UNITS.get(found.unit, found.unit) if found is not None else ""

    def fact(self, fact: str) -> str:
        """What a fact means, in a few words."""
        if fact in REVIEWED:
            return REVIEWED[fact]
        found = self._knowledge.facts.get(fact)
        return found.meaning if found is not None else readable(fact).lower()

    def ask(self, fact: str) -> str:
        """The question that settles a fact."""
        if fact in REVIEWED:
            return f"{REVIEWED[fact]}?"
        found = self._knowledge.questions.get(fact)
        return found["ask"] if found else f"{self.fact(fact)[:1].upper()}{self.fact(fact)[1:]}?"

    def value(self, fact: str, value: object) -> str:
        """A value with its unit; nothing recorded says so."""
        if value is None:
            return "not recorded"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if value == "not_listed":
            return "not on the reviewed list"
        if self.kind(fact) == "date":
            return day(value)
        shown = number(value) if isinstance(value, int | float | Decimal) else str(value)
        return f"{shown} {self.unit(fact)}".strip()

    def merged_into(self) -> Mapping[str, list[str]]:
        """For each rule the siblings inside whose block it is shown where they fire too."""
        return {rule: row["card_merged_into"].split(";") for rule, row in self._knowledge.rule_index.items()}

    def option(self, option: str) -> str:
        """The name of an option: a medicine, a procedure, a kind of care or a referral."""
        found = self._knowledge.options.get(option)
        return str(found["name"]) if found else readable(option)

    def citation(self, citation_id: str) -> Mapping[str, Any]:
        """Title, year and address of a source."""
        found = self._knowledge.citations.get(citation_id)
        return found if found else {"title": readable(citation_id), "year": None, "url": ""}
