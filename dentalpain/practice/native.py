"""The native record: JSON that a person can type, and in which a record is stored for replay.

Typed entries are recognised when they are read. `write_native` writes entries that carry what they were recognised as,
so that a stored record gives the same facts again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, TypeGuard

from marshmallow import ValidationError

from ..clinical.cautions import cautions
from ..clinical.coding import RXNORM, Code, code_of, icd10cm_of
from ..clinical.exposures import apart, standing_of
from ..clinical.measuring import gestation
from ..clinical.misplaced import Misplaced, misplaced, unlisted
from ..clinical.prescribing.prescription import Prescription
from ..clinical.prescribing.texts.names import DrugNames
from ..clinical.prescribing.texts.parts import prescription_from_parts
from ..clinical.prescribing.texts.reading import each_medicine, read_prescription
from ..clinical.quantities import PartialDate
from ..clinical.reactions import AllergyEntry, aspirin_asthma, read_allergy
from ..clinical.recognising import Vocabulary
from ..clinical.record import (
    Allergy,
    Medicine,
    NotRead,
    Problem,
    ReactionKind,
    Record,
    Review,
    Standing,
    StatedValue,
    Statement,
)
from ..clinical.stating import Entry, statements_of
from ..errors import RecordError
from .native_schema import STANDING, RecordSchema, first_error, json_schema
from .native_values import ingredients_from_json, prescription_from_json, value_from_json
from .native_writing import write_native

__all__ = ["json_schema", "read_native", "write_native"]

Json = dict[str, Any]
TYPED = "office record"


def read_native(data: Mapping[str, Any], *, on: dt.date, vocabulary: Vocabulary, names: DrugNames) -> Record:
    """The record of a native document, as it stands on the day `on`.

    An entry without a day is of the day `recorded_on`, else of `on`. What is dated after `on` is listed, not read.
    Raises RecordError with a JSON pointer for anything that does not fit the form.
    """
    try:
        loaded = RecordSchema().load(data)
    except ValidationError as error:
        where, what = first_error(error.messages)
        raise RecordError(what, where=where, mend="See `dentalpain schema record`.") from error
    return _Reading(loaded, on, vocabulary, names).record()


@dataclass
class _Reading:
    """One native document while it is read."""

    data: Json
    on: dt.date
    vocabulary: Vocabulary
    names: DrugNames
    statements: list[Statement] = field(default_factory=list)
    reviewed: dict[str, Review] = field(default_factory=dict)
    not_read: list[NotRead] = field(default_factory=list)
    misplaced: list[Misplaced] = field(default_factory=list)

    def record(self) -> Record:
        patient = self.data["patient"]
        self.reviewed = {k: Review(v["date"], v["source"]) for k, v in self.data["reviewed_on"].items()}
        self._note_patient(patient)
        problems = tuple(p for i, entry in enumerate(self.data["problems"]) if (p := self._problem(entry, i)))
        allergies = tuple(a for i, entry in enumerate(self.data["allergies"]) if (a := self._allergy(entry, i)))
        medicines = tuple(m for i, entry in enumerate(self.data["medicines"]) for m in self._medicines(entry, i))
        for each in self.misplaced:
            medicines += tuple(unlisted(each.medicines, medicines))
            self.statements.extend(each.statements)
            allergies += each.allergies
        self._facts()
        if not self.data["statements"]:
            self.statements.extend(aspirin_asthma(allergies, tuple(self.statements)))
        return Record(
            on=self.on,
            patient_id=patient.get("id", ""),
            name=patient.get("name", ""),
            birth=patient.get("birth_date"),
            sex=patient.get("sex", ""),
            deceased=patient.get("deceased", False),
            statements=tuple(self.statements),
            problems=problems,
            allergies=allergies,
            medicines=medicines,
            reviewed=self.reviewed,
            proposed=tuple(
                replace(one, place=one.place or f"/prescriptions/{i}")
                for i, entry in enumerate(self.data["prescriptions"])
                for one in self._drafts(entry, f"/prescriptions/{i}")
            ),
            indication=self.data["indication"],
            not_read=tuple(self.not_read),
            answers=tuple(self.data["answers"]),
        )

    def _note_patient(self, patient: Json) -> None:
        self.not_read.extend(NotRead(line["where"], line["what"], line["why"]) for line in self.data["not_read"])
        said = cautions(patient=bool(patient), birth=patient.get("birth_date"), deceased=patient.get("deceased", False))
        self.not_read.extend(line for line in said if line not in self.not_read)

    @property
    def _today(self) -> PartialDate:
        """The day of which undated entries speak."""
        day = self.data["recorded_on"] or self.on
        return PartialDate(day, day)

    def _is_later(self, where: str, *days: PartialDate | None) -> bool:
        later = any(day is not None and day.first > self.on for day in days)
        if later:
            self._miss(where, "an entry", f"dated after {self.on.isoformat()}")
        return later

    def _miss(self, where: str, what: str, why: str) -> None:
        line = NotRead(where, what if len(what) <= 60 else what[:59] + "…", why)
        if line not in self.not_read:
            self.not_read.append(line)

    def _review(self, which: str, day: PartialDate, source: str) -> None:
        self.reviewed.setdefault(which, Review(min(day.last, self.on), source))

    # -- lists -------------------------------------------------------------------------------------------------

    def _problem(self, entry: Json, index: int) -> Problem | None:
        onset, recorded = entry["onset"], entry["recorded"]
        where, source, standing = f"/problems/{index}", entry["source"] or TYPED, STANDING[entry["status"]]
        if self._is_later(where, onset, recorded):
            return None
        coded, began = icd10cm_of(_codes(entry)), onset is not None or recorded is None
        held = (entry["text"], standing, onset or recorded, source)
        if entry["facts"] is not None:
            return Problem(*held, tuple(entry["facts"]), entry["recognised"], coded, began)
        found = self.vocabulary.of_entry(_codes(entry), entry["text"], "problem")
        if found.list_is_empty:
            self._review("problems", recorded or self._today, source)
            return None
        dated = Entry(standing, onset, recorded or onset or self._today, source)
        self.statements.extend(statements_of(self.vocabulary, found, dated, self.on))
        if not found.known:
            day = recorded or onset or self._today
            self.misplaced.append(misplaced(entry["text"], standing, day, source, self.vocabulary, self.names))
            self._miss(where, entry["text"], self.misplaced[-1].why)
        return Problem(*held, found.facts, found.known, coded, began)

    def _allergy(self, entry: Json, index: int) -> Allergy | None:
        where, source, standing = f"/allergies/{index}", entry["source"] or TYPED, STANDING[entry["status"]]
        if self._is_later(where, entry["recorded"]):
            return None
        if entry["kind"] is not None:
            return self._stored_allergy(entry, where)
        typed = AllergyEntry(
            entry["text"], _codes(entry), tuple(entry["reactions"]), standing, entry["recorded"] or self._today, source
        )
        read = read_allergy(typed, self.vocabulary, self.names)
        self.statements.extend(read.statements)
        if read.list_is_empty:
            self._review("allergies", typed.date or self._today, source)
        if read.allergy is not None and not read.allergy.recognised:
            self._miss(where, entry["text"], "no table knows this substance")
        return read.allergy

    def _stored_allergy(self, entry: Json, where: str) -> Allergy:
        try:
            parts = ingredients_from_json(entry["ingredients"], self.names)
        except (ValueError, KeyError) as error:
            raise RecordError(
                "The ingredients do not fit.", where=where, mend="See `dentalpain schema record`."
            ) from error
        return Allergy(
            entry["text"], STANDING[entry["status"]], ReactionKind(entry["kind"]), entry["recorded"], entry["source"],
            parts, tuple(entry["reactions"]), entry["recognised"],
        )  # fmt: skip

    def _medicine(self, entry: Json, where: str) -> Medicine | None:
        source = entry["source"] or TYPED
        if self._is_later(where, entry["start"]):
            return None
        if self.vocabulary.of_text(entry["text"], "med").list_is_empty:
            self._review("medicines", entry["start"] or self._today, source)
            return None
        read = self._prescription(entry, where)
        said, stored = STANDING[entry["status"]], entry["prescription"] is not None
        standing = said if stored else standing_of(said, read)
        return Medicine(read, standing, entry["start"], entry["end"], source)

    def _medicines(self, entry: Json, index: int) -> tuple[Medicine, ...]:
        held = self._medicine(entry, f"/medicines/{index}")
        if held is None or entry["prescription"] is not None:  # of a stored one it was told before
            return () if held is None else (held,)
        read = apart((held,), self.names)
        for each in read:
            if not each.prescription.recognised and each.standing in (Standing.CURRENT, Standing.ASK):
                self._miss(f"/medicines/{index}", each.prescription.text, "no table knows this medicine")
        return read

    def _drafts(self, entry: Json, where: str) -> tuple[Prescription, ...]:
        read = self._prescription(entry, where)
        return (read,) if entry["prescription"] is not None else each_medicine(read, self.names)

    def _prescription(self, entry: Json, where: str) -> Prescription:
        if entry["prescription"] is None:
            rxcuis = tuple(code.code for code in _codes(entry) if code.system == RXNORM) if "codes" in entry else ()
            if rxcuis:
                return prescription_from_parts(entry["text"], rxcuis, (), self.names)
            return read_prescription(entry["text"], self.names)
        try:
            return prescription_from_json(entry["text"], entry["prescription"], self.names)
        except (ValueError, KeyError, TypeError) as error:
            raise RecordError(
                "The stored prescription does not fit.", where=f"{where}/prescription", mend="Leave the key out."
            ) from error

    # -- facts -------------------------------------------------------------------------------------------------

    def _facts(self) -> None:
        for fact, given in self.data["facts"].items():
            where = f"/facts/{fact}"
            stated = self._statement(fact, given, where)
            if stated is not None:
                self.statements.append(self._advanced(stated))
        for index, given in enumerate(self.data["statements"]):
            stated = self._statement(given["fact"], given, f"/statements/{index}", stored=True)
            if stated is not None:
                self.statements.append(stated)

    def _statement(self, fact: str, given: Json, where: str, stored: bool = False) -> Statement | None:
        if fact not in self.vocabulary.rows:
            raise RecordError("There is no such fact.", where=where, mend="See knowledge/facts.csv for the ids.")
        date = given["date"] if stored else given["date"] or self._today
        if self._is_later(where, date):
            return None
        value = self._value(fact, given["value"], where, given["certain"])
        return Statement(fact, value, date, given["source"] or ("" if stored else TYPED), given["certain"])

    def _value(self, fact: str, given: Any, where: str, certain: bool) -> StatedValue:
        """The value in the kind of the fact; a word or number where yes or no is asked is refused."""
        kind = self.vocabulary.rows[fact]["value"]
        try:
            value = value_from_json(given)
            if kind == "date" and isinstance(value, str):
                value = PartialDate.parse(value)
        except ValueError as error:
            raise _misfit(kind, where) from error
        if not _fits(kind, value, certain):
            raise _misfit(kind, where)
        return value

    def _advanced(self, stated: Statement) -> Statement:
        """Weeks of pregnancy are counted on to the day of the record."""
        if stated.fact != "gestational_age_weeks" or stated.date is None or not _is_number(stated.value):
            return stated
        return gestation(int(stated.value * 7), stated.date, self.on, stated.source) or stated


def _is_number(value: StatedValue) -> TypeGuard[int | Decimal]:
    return not isinstance(value, bool | str | PartialDate) and not hasattr(value, "low")


def _fits(kind: str, value: StatedValue, certain: bool) -> bool:
    if isinstance(value, bool):
        return kind == "yes_no" or not certain  # any fact can be hinted at: somebody should ask
    if kind.startswith("choice:"):
        return value in kind.removeprefix("choice:").split("|")
    if kind in ("date", "text"):
        return isinstance(value, PartialDate if kind == "date" else str)
    return kind == "number" and not isinstance(value, str | PartialDate)


def _misfit(kind: str, where: str) -> RecordError:
    wanted = {
        "yes_no": "true or false",
        "number": "a number, such as 29",
        "date": "a date, such as 2026-03-14",
        "text": "a text",
    }
    write = wanted.get(kind) or f"one of {', '.join(kind.removeprefix('choice:').split('|'))}"
    return RecordError("The value does not fit this fact.", where=where, mend=f"Write {write}.")


def _codes(entry: Json) -> tuple[Code, ...]:
    return tuple(code_of(c["system"], c["code"], c["display"]) for c in entry["codes"])
