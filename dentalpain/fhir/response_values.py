"""The value of an answer in a QuestionnaireResponse as an answers file holds it: points, a number, a word, a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from ..clinical.facts import FactDefinition
from ..clinical.instruments.answers import SIDES, UNCLEAR
from ..clinical.instruments.instrument import Instrument, Item
from ..clinical.measuring import measured
from ..clinical.record import Span
from ..errors import AnswersError
from . import systems
from .asked_items import exact, points
from .elements import Json, day, mapping, string

# HL7 v2-0136, LOINC answers, SNOMED CT qualifiers, and the bare words.
YES = frozenset({"y", "yes", "true", "1", "LA33-6", "373066001"})
NO = frozenset({"n", "no", "false", "0", "LA32-8", "373067005"})
BOTH = "both"
MONTHS_IN = {"mo": 1, "a": 12}  # UCUM
LONGEST = 6  # digits: no item counts further
TRUE_OR_FALSE = {True: 1, False: 0}


class Answered:
    """The answers of one item of a response, and its place for an error; no value of it stands in a message."""

    __slots__ = ("held", "where")

    def __init__(self, held: list[Json], where: str) -> None:
        self.held = [answer for answer in held if any(name.startswith("value") for name in answer)]
        self.where = where

    def wrong(self, what: str, mend: str) -> AnswersError:
        """The error for this item."""
        return AnswersError(what, where=self.where, mend=mend)

    def one(self) -> Json | None:
        """The only answer; None where the item was left blank. Raises AnswersError for several."""
        if len(self.held) > 1:
            raise self.wrong("This item has several answers.", "Give one answer, or none where it is blank.")
        return self.held[0] if self.held else None


def value_of_item(answered: Answered, item: Item, instrument: Instrument) -> Any:
    """The value for an item; None where it is blank. Raises AnswersError for an answer that means nothing here."""
    readers: Mapping[str, Callable[[], Any]] = {
        "names": lambda: _names(answered, item, _official(instrument, item)),
        "sides": lambda: _sides(answered),
        "yes_no": lambda: yes_or_no(answered),
        "months": lambda: _months(answered),
    }
    return readers.get(item.kind, lambda: _points(answered, item, instrument))()


def value_of_fact(answered: Answered, definition: FactDefinition) -> Any:
    """The value for a fact of the red-flag form, in the unit of the table of facts; None where it is blank."""
    if definition.value == "number":
        return _measured(answered, definition.unit)
    if definition.value != "date":
        return yes_or_no(answered)
    answer = answered.one()
    if answer is None:
        return None
    found = day(answer.get("valueDate") or answer.get("valueDateTime"))
    if found is None or found.first != found.last:
        raise answered.wrong("This is not a day.", "Answer with a valueDate such as 2026-11-30.")
    return found.first.isoformat()


# -- kinds ---------------------------------------------------------------------------------------------------------------


def _points(answered: Answered, item: Item, instrument: Instrument) -> Any:
    answer = answered.one()
    if answer is None:
        return None
    if isinstance(answer.get("valueBoolean"), bool) and set(item.options) == {0, 1}:
        return TRUE_OR_FALSE[answer["valueBoolean"]]
    bare = exact(answer.get("valueInteger", answer.get("valueDecimal")))
    if bare is not None:
        return whole(bare)
    if "valueCoding" in answer:
        return _coded(answered, answer, item, instrument)
    if "valueString" in answer:
        return _said(answered, string(answer["valueString"]), item)
    raise answered.wrong("This kind of answer is not read here.", "Answer with valueCoding, valueInteger or valueString.")


def _coded(answered: Answered, answer: Json, item: Item, instrument: Instrument) -> Any:
    """By the ordinal that the answer brings along, else by its code; where both stand, they must agree."""
    coding = mapping(answer["valueCoding"])
    brought = points(coding) if points(coding) is not None else points(answer)
    known = _known(coding, item, instrument)
    if brought is None and known is None:
        raise answered.wrong("This code is no option of the item.", "Answer with a code of the Questionnaire.")
    if known is None:
        return whole(brought) if brought is not None else None
    if brought is not None and item.words.get(str(known), known) != brought:
        raise answered.wrong("The code and its ordinal value differ.", "Send the option as the Questionnaire has it.")
    return known


def _known(coding: Json, item: Item, instrument: Instrument) -> int | str | None:
    system, code = string(coding.get("system")), string(coding.get("code"))
    official = _official(instrument, item).get(f"{system}|{code}")
    if official is not None:
        return official if official in item.words else int(official)
    if system == systems.LOINC:
        return _loinc(instrument, item).get(code)
    if system not in ("", f"{systems.POINTS}{instrument.id}"):
        return None
    if code in item.words:
        return code
    allowed = item.options or range(item.lowest, item.highest + 1)
    return next((worth for worth in allowed if str(worth) == code), None)


def _official(instrument: Instrument, item: Item) -> Mapping[str, str]:
    """What the codes of the official form stand for, where one is installed."""
    texts: Mapping[str, Any] = instrument.texts
    found: Mapping[str, str] = texts.get("option_codes", {}).get(item.key, {})
    return found


def _loinc(instrument: Instrument, item: Item) -> Mapping[str, int]:
    """LOINC's answers to the items that share the scale of the form, in the order of the points."""
    texts: Mapping[str, Any] = instrument.texts
    own: Mapping[str, Any] = next((held for held in texts["item"] if held["key"] == item.key), {})
    answers = () if "options" in own else texts.get("loinc", {}).get("answers", ())
    return dict(zip(answers, item.options, strict=True)) if len(answers) == len(item.options) else {}


def _said(answered: Answered, text: str, item: Item) -> Any:
    written = " ".join(text.split())
    if written in item.words:
        return written
    if written.isascii() and written.isdigit() and len(written) < LONGEST:
        return int(written)
    found = [worth for worth, says in item.options.items() if says.casefold() == written.casefold()]
    if len(found) != 1:
        raise answered.wrong("This text is no answer of the item.", "Answer with a code of the Questionnaire.")
    return found[0]


def yes_or_no(answered: Answered) -> bool | None:
    """Yes or no in any of its codes; None where the item was left blank. Raises AnswersError for any other answer."""
    answer = answered.one()
    return None if answer is None else _one_yes_no(answered, answer)


def _one_yes_no(answered: Answered, answer: Json) -> bool:
    if isinstance(answer.get("valueBoolean"), bool):
        return bool(answer["valueBoolean"])
    coding = mapping(answer.get("valueCoding"))
    said = {str(answer.get(name, "")).strip().casefold() for name in ("valueInteger", "valueDecimal", "valueString")}
    said |= {string(coding.get("code")), string(coding.get("code")).casefold(), str(points(coding))}
    if said & YES:
        return True
    if said & NO:
        return False
    raise answered.wrong("This is not a yes or a no.", "Answer with valueBoolean.")


def _sides(answered: Answered) -> Any:
    """Yes or no; or the sides, which an interviewer adds."""
    words = [_word(answer) for answer in answered.held]
    if not words or not set(words) & {*SIDES, UNCLEAR, BOTH}:
        return yes_or_no(answered)
    named = [side for word in words for side in (SIDES if word == BOTH else (word,))]
    if not set(named) <= {*SIDES, UNCLEAR}:
        raise answered.wrong("Sides do not go with this answer.", f"Name {', '.join(SIDES)} or {UNCLEAR}; or yes or no.")
    return list(dict.fromkeys(named))


def _names(answered: Answered, item: Item, official: Mapping[str, str]) -> list[str] | None:
    """The places that were chosen; 'none' alone is an empty list, and no answer at all is a blank."""
    words = [_place(answer, official) for answer in answered.held]
    if not words:
        return None
    if words == [systems.NONE_OF_THESE]:
        return []
    if not set(words) <= set(item.names):
        raise answered.wrong("A place is not on the list, or stands beside 'none'.", "Choose codes of the Questionnaire.")
    return list(dict.fromkeys(words))


def _place(answer: Json, official: Mapping[str, str]) -> str:
    coding = mapping(answer.get("valueCoding"))
    return official.get(f"{string(coding.get('system'))}|{string(coding.get('code'))}") or _word(answer)


def _word(answer: Json) -> str:
    return string(mapping(answer.get("valueCoding")).get("code")) or string(answer.get("valueString")).strip()


def _months(answered: Answered) -> Any:
    answer = answered.one()
    if answer is None:
        return None
    quantity = mapping(answer.get("valueQuantity"))
    if "valueQuantity" not in answer:
        quantity = {"value": answer.get("valueInteger", answer.get("valueDecimal")), "code": "mo"}
    amount = exact(quantity.get("value"))
    times = MONTHS_IN.get(string(quantity.get("code")) or string(quantity.get("unit")))
    if amount is None or times is None or "comparator" in quantity:
        raise answered.wrong("This is no number of months or years.", "Answer with a valueQuantity in 'mo' or 'a'.")
    return whole(amount * times)


def _measured(answered: Answered, unit: str) -> Any:
    answer = answered.one()
    if answer is None:
        return None
    bare = exact(answer.get("valueDecimal", answer.get("valueInteger")))
    if bare is not None:
        return whole(bare)
    quantity = mapping(answer.get("valueQuantity"))
    amount = exact(quantity.get("value"))
    written = string(quantity.get("code")) or string(quantity.get("unit"))
    found = None if amount is None or "comparator" in quantity else _in_unit(amount, written, unit)
    if found is None:
        raise answered.wrong("This is no number in a unit that is known here.", f"Answer in '{unit}'.")
    return whole(found)


def _in_unit(amount: Decimal, written: str, unit: str) -> Decimal | None:
    found = amount if written == unit else measured(amount, written, unit)
    return None if isinstance(found, Span) else found


def whole(value: Decimal) -> int | Decimal:
    """A whole number as one; any other as it is."""
    return int(value) if value == value.to_integral_value() else value
