"""The few things that a caller can do: screen, review a prescription, make a handout, keep it, explain and replay it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from . import __version__, explaining, outcomes, reviews, screens
from .clinical.answering import answered
from .clinical.record import Record
from .errors import NoStoreError, UnknownNameError
from .knowledge.bench import Tools, tools
from .knowledge.load import Knowledge, load_knowledge
from .practice.native import read_native, write_native
from .shapes import Shape, plain
from .signing import Signatures, no_signatures, signatures_of

if TYPE_CHECKING:
    from .storage.port import AssessmentStore, StoredAssessment

FIRST_DAY = dt.date(2000, 1, 1)


class Service:
    """Advice from one knowledge base, kept in one store (or nowhere).

    `naltrexone_prescriber`: 'dentist' or 'physician' where the office has said who prescribes low-dose naltrexone.
    """

    naltrexone_prescriber = "not_said"

    def __init__(self, knowledge: Knowledge | None = None, store: AssessmentStore | None = None) -> None:
        self.knowledge = knowledge or load_knowledge()
        self.store = store

    @cached_property
    def tools(self) -> Tools:
        """The clinical functions with their knowledge in hand."""
        return tools(self.knowledge)

    def signatures(self) -> Signatures:
        """Which items of the knowledge this practice has signed, as they stand today."""
        if self.store is None:
            return no_signatures(self.knowledge)
        return signatures_of(self.knowledge, self.store.signatures())

    # -- advice ------------------------------------------------------------------------------------------------

    def screen(
        self,
        record: Record,
        *,
        answers: Sequence[Mapping[str, Any]] = (),
        findings: Mapping[str, Any] | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> Shape:
        """Scores, diagnoses, red flags and what to ask next, in the shape of `screen --json`.

        Raises AnswersError for answers or findings that do not fit their form.
        """
        _check_day(record.on)
        whole = answered(record, facts or {}, self.knowledge.facts)
        found = screens.screen(whole, answers, findings, self.tools)
        return {"assessment": None, "on": record.on.isoformat(), "knowledge": self._stamp(), **found}

    def review(
        self,
        record: Record,
        *,
        prescribe: Sequence[str] = (),
        indication: str | None = None,
        consider: Sequence[str] = (),
        facts: Mapping[str, object] | None = None,
        answers: Sequence[Mapping[str, Any]] = (),
        findings: Mapping[str, Any] | None = None,
        state: str | None = None,
        legacy_mme: bool = False,
    ) -> Shape:
        """The review of a prescription, in the shape of `review --json`.

        Without `prescribe` the drafts of the record are reviewed. `legacy_mme` adds the morphine equivalents by the factors
        of 2016 as `mme_per_day_legacy`; no rule reads them. Raises UnknownNameError for an indication, option or
        fact that does not exist, and AnswersError for answers or findings that do not fit.
        """
        _check_day(record.on)
        told = {**(facts or {}), **({"prescriber_state": _state(state)} if state else {})}
        whole = answered(record, told, self.knowledge.facts)
        whole = screens.with_answers(whole, answers, findings, self.tools)
        asked = reviews.Asked(tuple(prescribe), indication, tuple(consider), self.naltrexone_prescriber, legacy_mme)
        found = reviews.review(whole, asked, self.tools, self.signatures())
        head = {name: found.pop(name) for name in ("indication", "age_years", "weight_kg")}
        return {"assessment": None, "on": record.on.isoformat(), **head, "knowledge": self._stamp(), **found}

    def outcomes(
        self,
        record: Record,
        *,
        trial: Mapping[str, Any],
        answers: Sequence[Mapping[str, Any]] = (),
        measures: Sequence[Mapping[str, Any]] = (),
    ) -> Shape:
        """Whether a treatment on trial is working, in the shape of `outcomes --json`.

        `trial`: {"started", "judged_after_weeks", "stops_below_percent", "watched"}; `measures`: each {"measure", "value",
        "on"}. `answers` may hold one questionnaire on several days. Raises AnswersError for what does not fit.
        """
        _check_day(record.on)
        found = outcomes.outcomes(record, trial, answers, measures, self.tools)
        return {"assessment": None, "on": record.on.isoformat(), "knowledge": self._stamp(), **found}

    def _stamp(self) -> Shape:
        """Which knowledge gave the advice, and how many of its items this practice has not signed."""
        signed = self.signatures()
        return {"version": self.knowledge.version, "digest": self.knowledge.digest, "unsigned": signed.unsigned}

    def handout(
        self,
        review: Mapping[str, Any],
        screen: Mapping[str, Any] | None = None,
        *,
        office: Mapping[str, Any],
        language: str = "en",
        large_print: bool = False,
        paper: str = "letter",
        kind: str = "pdf",
        stylesheet: str | None = None,
        **chosen: Any,
    ) -> bytes:
        """The patient's handout of an assessment, as PDF or as HTML in UTF-8.

        `chosen`: `give`, `topics` (None: those that the visit calls for; else these alone), `also`, `without`, `released`
        and `course` of `handouts.building.build_handout`. A page holds its style unless `stylesheet` says where it is.
        Raises UnknownNameError for an option that was not reviewed, InputError for one that is blocked.
        """
        from .batch import document_of
        from .handouts.html import to_page
        from .handouts.layout import to_pdf

        document = document_of(self, review, screen, office=office, language=language, **chosen)
        return to_page(document, stylesheet) if kind == "html" else to_pdf(document, paper=paper, large_print=large_print)

    def course(self, patient_ref: str) -> list[Shape]:
        """The measures of a patient in the store, for the topic `my-course`; none without a store."""
        from .course import stored_course

        return stored_course(self.store, patient_ref) if self.store is not None else []

    def letter(self, letter: str, review: Mapping[str, Any], screen: Mapping[str, Any], **given: Any) -> bytes:
        """A letter to another clinician from an assessment: the arguments are those of `letters.letter`."""
        from . import letters

        return letters.letter(self, letter, review, screen, **given)

    # -- memory ------------------------------------------------------------------------------------------------

    def save(
        self,
        kind: str,
        record: Record,
        arguments: Mapping[str, Any],
        result: Mapping[str, Any],
        *,
        patient_ref: str,
        actor: str,
        at: dt.datetime,
        cards: Sequence[str] = (),
    ) -> str:
        """Keep an assessment with the facts that it read, and give it an id; raises NoStoreError without a store.

        `cards`: the uuids of the CDS Hooks cards that show it, kept in the same transaction.
        """
        from .storage.port import StoredAssessment

        return self._store().save(
            StoredAssessment(
                kind=kind,
                patient_ref=patient_ref,
                on=record.on,
                saved_at=at,
                actor=actor,
                inputs=exact({"record": write_native(record), "arguments": dict(arguments)}),
                result=exact(result),
                package_version=__version__,
                digest=self.knowledge.digest,
            ),
            **({"cards": tuple(cards)} if cards else {}),
        )

    def find(self, assessment_id: str) -> Shape:
        """A kept assessment; raises NotStoredError."""
        return self._kept(assessment_id, self._store().find(assessment_id))

    def latest(self, patient_ref: str, kind: str) -> Shape | None:
        """The last kept assessment of this kind of a patient, or None. Raises NoStoreError."""
        filed = self._store().latest(patient_ref, kind)
        return self._kept(filed.id, filed.assessment) if filed else None

    @staticmethod
    def _kept(assessment_id: str, held: StoredAssessment) -> Shape:
        names = ("kind", "on", "patient_ref", "saved_at", "actor", "inputs", "result", "package_version", "digest")
        return {"assessment": assessment_id, **{name: getattr(held, name) for name in names}}

    def replay(self, assessment_id: str) -> Shape:
        """Run the stored facts again: the advice then, the advice now, and the rules that differ.

        `same_knowledge` false: the knowledge has changed since. With the same knowledge `equal` false is a fault of ours.
        """
        held = self._store().find(assessment_id)
        record = read_native(held.inputs["record"], on=held.on, vocabulary=self.tools.vocabulary, names=self.tools.names)
        then, now = held.result, exact(self._again(held.kind, record, held.inputs["arguments"]))
        return {
            "assessment": assessment_id,
            "kind": held.kind,
            "on": held.on.isoformat(),
            "same_knowledge": held.digest == self.knowledge.digest,
            "equal": reviews.advice(then) == reviews.advice(now),
            "differing_rules": reviews.differing_rules(then, now),
            "then": then,
            "now": now,
        }

    def _again(self, kind: str, record: Record, arguments: Mapping[str, Any]) -> Shape:
        if kind == "outcomes":
            return self.outcomes(record, **_only(arguments, ("trial", "answers", "measures")))
        shared = ("answers", "findings", "facts")
        if kind == "screen":
            return self.screen(record, **_only(arguments, shared))
        asked = ("prescribe", "indication", "consider", *shared, "state", "legacy_mme")
        review = self.review(record, **_only(arguments, asked))
        return review if kind == "review" else {"screen": self.screen(record, **_only(arguments, shared)), "review": review}

    def _store(self) -> AssessmentStore:
        if self.store is None:
            raise NoStoreError(
                "No store is named, so nothing can be kept or found. Name one with --store URL or DENTALPAIN_STORE."
            )
        return self.store

    # -- why ---------------------------------------------------------------------------------------------------

    def explain(self, item: str) -> Shape:
        """A rule, red flag, diagnosis, condition or questionnaire as a clinician reads it; raises UnknownNameError."""
        return explaining.item(item, self.knowledge, self.signatures(), self.tools)

    def citation(self, citation_id: str) -> Shape:
        """A source by its id; raises UnknownNameError."""
        return explaining.citation(citation_id, self.knowledge)


def _check_day(on: dt.date) -> None:
    if on < FIRST_DAY:
        raise UnknownNameError(
            f"The knowledge has no values for {on.isoformat()}.", mend=f"Ask for {FIRST_DAY.isoformat()} or later."
        )


def _state(state: str) -> str:
    if len(state) != 2 or not state.isascii() or not state.isalpha():
        raise UnknownNameError("A state is named by two letters.", mend="Write --state OH, for example.")
    return state.upper()


def _only(arguments: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: arguments[name] for name in names if name in arguments}


def exact(shape: Any) -> Any:
    """A shape with every number exact, as the store keeps it."""
    return json.loads(json.dumps(shape, default=plain), parse_float=Decimal)


def default_service(url: str | None = None, *, tenant: str = "default", create: bool = False, packs: str = "") -> Service:
    """A service over the knowledge of this installation, the packs of a folder and, if a URL is named, a store."""
    store: AssessmentStore | None = None
    if url:
        from .storage.sql_store import SQLStore

        store = SQLStore(url, tenant, create=create)
    return Service(load_knowledge(packs), store)
