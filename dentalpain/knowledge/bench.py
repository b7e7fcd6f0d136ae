"""The knowledge put into the hands of the clinical functions: rules, options, reader and totals, once in a process."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from ..clinical.case import ACUTE, Limits
from ..clinical.prescribing.daily.equivalents import LEGACY_EDITION, Mme, MmeTotal, mme_of, mme_total
from ..clinical.prescribing.daily.totals import day_totals
from ..clinical.prescribing.judging import Bench, Option
from ..clinical.prescribing.prescription import Prescription
from ..clinical.prescribing.reviewing import Candidate
from ..clinical.prescribing.texts.names import DrugNames
from ..clinical.prescribing.texts.reading import read_prescription, read_prescriptions
from ..clinical.quantities import PartialDate
from ..clinical.reactions import AllergyEntry, read_allergy
from ..clinical.recognising import Vocabulary
from ..clinical.record import Allergy, Medicine, Standing
from ..clinical.screening.tables import ScreeningKnowledge
from ..errors import KnowledgeError
from .drug_tables import load_drug_names, load_equivalents
from .files import FOLDER, read_rows, read_toml
from .load import Knowledge
from .screening_tables import load_screening
from .state_table import load_state_limits

OFFERED_ONLY_WHEN_BUILT = ("contraindicated", "major")


def unbuilt(knowledge: Knowledge, severities: tuple[str, ...] = OFFERED_ONLY_WHEN_BUILT) -> Mapping[str, frozenset[str]]:
    """The rules of these severities that are not built yet, with the scope that each will have."""
    return {
        row["id"]: frozenset(row["scope"].split(";"))
        for row in knowledge.rule_index.values()
        if row["severity"] in severities and row["id"] not in knowledge.rules.by_id
    }


def candidates(
    knowledge: Knowledge, indication: str | None, consider: tuple[str, ...] = (), under_12: bool = False
) -> tuple[Candidate, ...]:
    """The options that the guideline lists for an indication, then those that the dentist wants judged.

    For acute pain `under_12` takes strength, certainty and line from the guideline for children; the other begins at 12.
    """
    children = knowledge.candidates_under_12 if under_12 and indication in ACUTE else {}
    listed = [_candidate(children.get(row["option"], row)) for row in knowledge.candidates.get(indication or "", ())]
    known = {candidate.option_id for candidate in listed}
    extra = [Candidate(o, None, "not_assessed", "not_graded", (), "") for o in consider if o not in known]
    return (*listed, *extra)


def _candidate(row: Mapping[str, str]) -> Candidate:
    return Candidate(
        row["option"],
        int(row["line"]) if row["line"] else None,
        row["strength"],
        row["certainty"],
        tuple(filter(None, row["citations"].split(";"))),
        row["basis"],
    )


class _Options(dict[str, Option]):
    """The options of the knowledge, and any other medicine of the ingredient table, bare of a dose and a guideline."""

    def __init__(self, held: Mapping[str, Option], names: DrugNames) -> None:
        super().__init__(held)
        self._names = names

    def get(self, key: str, default: Any = None) -> Any:
        """The option of an id, or the medicine of that name; else the default."""
        return self[key] if key in self else self._bare(key) or default

    def _bare(self, key: str) -> Option | None:
        name = key.replace("_", " ")
        parts = self._names.ingredients_in(name)
        # What no rule reads cannot be judged, and what cannot be judged is not offered.
        found = [part for part in parts if part.name == name and "recognised_no_rule" not in part.classes]
        return Option(key, "medicine", frozenset(), Prescription(text=name, ingredients=tuple(found))) if found else None


class Tools:
    """The clinical functions with their knowledge in hand; built once in a process and never changed."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.names = load_drug_names()
        self.equivalents = load_equivalents()
        self.edition = self.equivalents.edition()
        self.vocabulary = Vocabulary(knowledge.fact_rows, read_rows(FOLDER / "condition_names.csv"))
        self.bench = Bench(
            rules=knowledge.rules,
            definitions=knowledge.facts,
            options=_Options({key: self._option(held) for key, held in knowledge.options.items()}, self.names),
            limits_on=knowledge.limits_on,
            dose_limits_on=self._dose_limits,
            totals=lambda held, on: day_totals(held, on, self.edition),
            read=lambda text: read_prescription(text, self.names),
            medicine=self.medicine,
            allergy=self.allergy,
            state_limits=load_state_limits(),
        )

    @cached_property
    def screening(self) -> ScreeningKnowledge:
        """Instruments, diagnoses and red flags; read when somebody is screened."""
        return load_screening(self.knowledge)

    def _option(self, held: Mapping[str, Any]) -> Option:
        names = held.get("ingredients", ())
        parts = tuple(part for name in names for part in self.names.ingredients_in(name))
        form = held.get("form") or ("tablet" if held["kind"] == "medicine" else "")
        bare = Prescription(text=held["name"], ingredients=parts, form=form)
        return Option(held["id"], held["kind"], frozenset(held.get("scopes", ())), bare if names else None)

    def _dose_limits(self, day: dt.date) -> Limits:
        return {name: self.knowledge.limit(name, day) for name in self._dose_limit_names}

    @cached_property
    def _dose_limit_names(self) -> tuple[str, ...]:
        return tuple(read_toml(FOLDER / "limits" / "doses.toml"))

    def option_texts(self, option_id: str) -> Mapping[str, Any]:
        """The texts of an option; a medicine that no guideline here lists has its name and the reason alone."""
        held = self.knowledge.options.get(option_id)
        return held or {"name": option_id.replace("_", " ").capitalize(), "kind": "medicine", "why": ONLY_CONSIDERED}

    # -- reading -----------------------------------------------------------------------------------------------

    def read_all(self, text: str) -> tuple[Prescription, ...]:
        """Every prescription in a text: several are separated by line, semicolon or 'and'."""
        return read_prescriptions(text, self.names)

    def medicine(self, text: str, day: dt.date) -> Medicine:
        """A typed medicine of a current list."""
        return Medicine(read_prescription(text, self.names), Standing.CURRENT, None, None, "medicine list")

    def allergy(self, text: str, day: dt.date) -> Allergy:
        """A typed entry of an allergy list, such as 'codeine: hives'; raises KnowledgeError for one that says none."""
        entry = AllergyEntry(text, date=PartialDate(day, day), source="allergy list")
        found = read_allergy(entry, self.vocabulary, self.names).allergy
        if found is None:
            raise KnowledgeError("An allergy of a worked case names a substance; a reviewed empty list is `reviewed`.")
        return found

    # -- words and numbers -------------------------------------------------------------------------------------

    def can_ask(self, fact: str) -> bool:
        """Whether somebody can answer for the fact; one that is worked out from others is not asked for."""
        return fact in self.knowledge.questions or fact in OTHER_QUESTIONS

    def ask(self, fact: str) -> str:
        """The question that settles a fact."""
        held = self.knowledge.questions.get(fact)
        return held["ask"] if held else OTHER_QUESTIONS[fact]

    def mme_of(self, prescription: Prescription) -> Mme:
        """One prescription in morphine milligram equivalents."""
        return mme_of(prescription, self.edition)

    def mme_total(self, proposed: Sequence[Prescription], current: Sequence[Prescription]) -> MmeTotal:
        """All opioids of a day in morphine milligram equivalents."""
        return mme_total(proposed, current, self.edition, self.equivalents.edition(LEGACY_EDITION))

    def mme_total_of_2016(self, proposed: Sequence[Prescription], current: Sequence[Prescription]) -> MmeTotal:
        """The same opioids by the factors of the 2016 guideline, which no rule reads."""
        return mme_total(proposed, current, self.equivalents.edition("cdc2016"), self.equivalents.edition(LEGACY_EDITION))


ONLY_CONSIDERED = "No guideline here lists it for this pain; it was judged because the dentist asked."
OTHER_QUESTIONS = {
    "indication": "What is the prescription for?",
    "problems_reviewed": "Have you gone through the problem list with the patient today, with the entries that are not understood?",
    "medicines_reviewed": "Have you gone through all medicines with the patient today, those without a prescription too?",
    "allergies_reviewed": "Have you gone through the allergies with the patient today?",
    "unrecognised_medicine": "Which medicine is meant by the entry that could not be read?",
    "age_years": "The birth date is not recorded: how many years old is the patient?",
}
# About the texts of prescriptions themselves; an answer is the text written anew.
ORDER_QUESTIONS = {
    "unrecognised_medicine": "Which medicine is meant by {texts}? Write its name anew.",
    "proposed_directions": "How much at a time, how often and for how long: {texts}? Write what is open into the prescription.",
    "current_directions": "How does the patient take {texts}? Complete it in the list of medicines.",
}


@lru_cache(maxsize=4)
def tools(knowledge: Knowledge) -> Tools:
    """The tools of a knowledge base; the same object for everybody in the process."""
    return Tools(knowledge)
