"""Letters of an assessment as PDF, HTML or, for a referral, as a FHIR document; joined here from all layers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from .errors import InputError, UnknownNameError
from .shapes import plain
from .web.words import INDICATIONS, Words

if TYPE_CHECKING:
    from .clinical.record import Record
    from .handouts.letters.building import Letter
    from .service import Service

KINDS = ("pdf", "html", "fhir")
REFERRAL = "referral-orofacial-pain"


class LetterNames(Words):
    """The words for ids that letters show."""

    def __init__(self, service: Service) -> None:
        super().__init__(service.knowledge)
        self._service = service

    def value(self, fact: str, value: object) -> str:
        """A value with its unit; an indication in words."""
        return INDICATIONS.get(str(value), str(value)) if fact == "indication" and value else super().value(fact, value)

    def instrument(self, instrument: str) -> str:
        """The title of a questionnaire."""
        held = self._service.tools.screening.instruments.get(instrument)
        return str(held.texts["title"]) if held is not None else instrument

    def loinc(self, instrument: str) -> str:
        """The LOINC code of a questionnaire's total; empty where none was carried over."""
        held = self._service.tools.screening.instruments.get(instrument)
        codes = held.texts.get("loinc") if held is not None else None
        return str(codes.get("total", "")) if isinstance(codes, Mapping) else ""

    def rules_about(self, scope: str) -> Sequence[str]:
        """The ids of the rules whose scope is this one."""
        return [rule.id for rule in self._service.knowledge.rules.rules if scope in rule.scope]

    def indication(self, indication: str | None) -> str:
        """An indication in words; empty where none was named."""
        return INDICATIONS.get(indication or "", "")


def chart_of(service: Service, record: Record, facts: Mapping[str, object]) -> dict[str, Any]:
    """The record in native form with what was answered on the day, as letters read it."""
    from .clinical.answering import answered
    from .practice.native_writing import write_native

    return write_native(answered(record, facts, service.knowledge.facts))


def kept_chart(service: Service, found: Mapping[str, Any]) -> dict[str, Any]:
    """The same of an assessment that was kept, in the shape of `Service.find`."""
    from .practice.native import read_native

    tools, inputs = service.tools, found["inputs"]
    record = read_native(inputs["record"], on=found["on"], vocabulary=tools.vocabulary, names=tools.names)
    return chart_of(service, record, inputs["arguments"].get("facts", {}))


def build(
    service: Service,
    letter: str,
    review: Mapping[str, Any],
    screen: Mapping[str, Any],
    *,
    chart: Mapping[str, Any] | None = None,
    office: Mapping[str, Any],
    give: Sequence[str] = (),
    language: str = "en",
) -> Letter:
    """The letter of one kind as content; `chart` is the record in native form that the assessment was made from.

    Raises what `handouts.letters.building.build_letter` raises.
    """
    from .handouts.letters.assessment import Assessment
    from .handouts.letters.building import build_letter
    from .practice.chart_note import chart_note

    found = Assessment(
        review=review,
        screen=screen,
        chart=chart or {},
        names=LetterNames(service),
        note=chart_note(review, screen, handed_out=give),
        give=tuple(give),
    )
    signed = service.signatures().covers(f"handouts/{language}")
    return build_letter(letter, found, office=dict(office), language=language, signed=signed)


def letter(
    service: Service,
    letter: str,
    review: Mapping[str, Any],
    screen: Mapping[str, Any],
    *,
    record: Record | None = None,
    facts: Mapping[str, object] | None = None,
    kept: Mapping[str, Any] | None = None,
    office: Mapping[str, Any],
    give: Sequence[str] = (),
    language: str = "en",
    large_print: bool = False,
    paper: str = "letter",
    kind: str = "pdf",
    stylesheet: str | None = None,
) -> bytes:
    """A letter of an assessment as PDF, as HTML or, a referral to an orofacial pain clinic alone, as a FHIR document.

    `record` and `facts` are what the assessment was made from; of one that was kept, `kept` is what `Service.find` gives.
    Raises UnknownNameError for a kind of letter or an option that is not there, InputError for an option that is
    blocked, for a letter that the assessment gives no ground for, and for another letter as FHIR.
    """
    from .handouts.html import to_page
    from .handouts.layout import to_pdf

    if kind not in KINDS:
        raise UnknownNameError("this form of a letter is not known.", where="kind", mend=f"Choose: {', '.join(KINDS)}.")
    if kind == "fhir" and letter != REFERRAL:
        raise InputError("Only the referral is written in FHIR.", where="letter", mend=f"Ask for {REFERRAL}.")
    chart = kept_chart(service, kept) if kept else chart_of(service, record, facts or {}) if record else {}
    built = build(service, letter, review, screen, chart=chart, office=office, give=give, language=language)
    if kind == "html":
        return to_page(built.document, stylesheet)
    if kind == "pdf":
        return to_pdf(built.document, paper=paper, large_print=large_print)
    return _referral(service, built, review, screen, chart, office)


def _referral(
    service: Service,
    built: Letter,
    review: Mapping[str, Any],
    screen: Mapping[str, Any],
    chart: Mapping[str, Any],
    office: Mapping[str, Any],
) -> bytes:
    from .fhir.referral import referral_note
    from .handouts.html import blocks_to_html

    texts = {one.key: (one.heading, blocks_to_html(one.blocks)) for one in built.sections}
    head, said = texts["reason"]
    texts["cautions"] = "", blocks_to_html(built.cautions.blocks)
    texts["reason"] = head, f"<p>{escape(built.main)}</p>{said}"
    scores = {one["instrument"]: LetterNames(service).loinc(one["instrument"]) for one in screen["scores"]}
    bundle = referral_note(review, screen, chart, office, built.document.title, texts, scores)
    return (json.dumps(bundle, ensure_ascii=False, indent=2, default=plain) + "\n").encode()
