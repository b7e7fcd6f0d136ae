"""One score, or one red flag that is present, as a FHIR R4 Observation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..clinical.instruments.instrument import Instrument
from . import systems
from .elements import Json

SURVEY = {"coding": [{"system": f"{systems.TERMINOLOGY}observation-category", "code": "survey"}]}
INTERPRETATIONS = {True: ("POS", "positive"), False: ("NEG", "negative")}
PRORATED = "Blank items were filled with the mean of the answered ones, as the rule for blanks allows."
NO_SCORE = "This questionnaire has no score."
PARTIAL_SUM = "partial-sum"


def score_observation(score: Mapping[str, Any], instrument: Instrument, on: str, sources: Sequence[str]) -> Json:
    """The score of one questionnaire with its subscales; without a score the reason stands in its place."""
    texts: Mapping[str, Any] = instrument.texts
    made: Json = {
        "status": "final",
        "category": [SURVEY],
        "code": _code(instrument, texts),
        "effectiveDateTime": score.get("answered_on") or on,
        **_value(score),
        **_interpretation(score),
        "note": [{"text": text} for text in _notes(score)],
        "method": {"text": texts["missing"]},
    }
    if sources:
        made["derivedFrom"] = [{"reference": source} for source in sources]
    components = list(_components(score, instrument.id))
    return {**made, "component": components} if components else made


def _code(instrument: Instrument, texts: Mapping[str, Any]) -> Json:
    coding = [{"system": systems.INSTRUMENT, "code": instrument.id, "display": texts["title"]}]
    total = texts.get("loinc", {}).get("total")
    if total:
        coding.insert(0, {"system": systems.LOINC, "code": total})
    return {"coding": coding, "text": f"{texts['title']}: score"}


def _value(score: Mapping[str, Any]) -> Json:
    if score["score"] is not None:
        return {"valueQuantity": _points(score["score"])}
    if score["status"] != "not_scorable":
        return {"dataAbsentReason": _absent("not-applicable", NO_SCORE)}
    missing = ", ".join(score["missing"])
    return {"dataAbsentReason": _absent("unknown", f"No score: these items are blank: {missing}.")}


def _points(value: Any) -> Json:
    return {"value": value, "unit": "{score}", "system": systems.UCUM, "code": "{score}"}


def _absent(code: str, text: str = "") -> Json:
    coding = {"coding": [{"system": f"{systems.TERMINOLOGY}data-absent-reason", "code": code}]}
    return {**coding, "text": text} if text else coding


def _interpretation(score: Mapping[str, Any]) -> Json:
    """Positive or negative where the questionnaire has a cut-off, and the name of its band."""
    found = []
    if score["positive"] is not None:
        code, word = INTERPRETATIONS[score["positive"]]
        coding = {"system": f"{systems.TERMINOLOGY}v3-ObservationInterpretation", "code": code}
        found.append({"coding": [coding], "text": word})
    if score["band"] is not None:
        found.append({"text": score["band"]})
    return {"interpretation": found} if found else {}


def _notes(score: Mapping[str, Any]) -> Iterator[str]:
    if score["status"] == "prorated":
        yield PRORATED
    if score["missing"]:
        yield f"Left blank: {', '.join(score['missing'])}."
    yield from score["cautions"]


def _components(score: Mapping[str, Any], instrument: str) -> Iterator[Json]:
    parts = dict(score["subscales"])
    if score["partial_sum"] is not None:
        parts[PARTIAL_SUM] = score["partial_sum"]
    for name, value in parts.items():
        coding = {"system": systems.SUBSCALE, "code": f"{instrument}.{name}"}
        held = {"valueQuantity": _points(value)} if value is not None else {"dataAbsentReason": _absent("unknown")}
        yield {"code": {"coding": [coding], "text": name.replace("_", " ").replace("-", " ")}, **held}


def flag_observation(flag: Mapping[str, Any], on: str) -> Json:
    """A red flag that is present: how urgent it is, what to do, and by which facts."""
    coding = {"system": systems.RED_FLAG, "code": flag["rule"], "display": flag["title"]}
    urgency = {"coding": [{"system": systems.URGENCY, "code": flag["urgency"]}]} if flag["urgency"] else None
    facts = ", ".join(because["fact"] for because in flag["because"])
    notes = [flag["action"], *([f"By: {facts}."] if facts else []), *flag.get("cautions", ())]
    return {
        "status": "final",
        "category": [SURVEY],
        "code": {"coding": [coding], "text": flag["title"]},
        "effectiveDateTime": on,
        **({"valueCodeableConcept": urgency} if urgency else {"valueBoolean": True}),
        "note": [{"text": note} for note in notes if note],
    }
