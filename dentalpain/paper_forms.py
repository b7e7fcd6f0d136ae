"""The blank paper form of each questionnaire, joined from the knowledge and the handouts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .clinical.case import Limits
from .clinical.instruments.instrument import NOT_SCORABLE, Instrument, Item, Points, Score
from .errors import UnknownNameError

if TYPE_CHECKING:
    from .service import Service

RED_FLAGS = "red-flags"


def paper_form(
    service: Service,
    name: str,
    *,
    office: Mapping[str, Any],
    on: dt.date,
    points: bool = False,
    large_print: bool = False,
    paper: str = "letter",
    kind: str = "pdf",
) -> bytes:
    """The form as a tagged PDF, or as HTML; `points` shows what each answer counts, for staff.

    Raises UnknownNameError for a questionnaire that does not exist.
    """
    from .handouts.html import to_page
    from .handouts.layout import to_pdf
    from .handouts.paper_forms.building import build_form

    document = build_form(instrument_of(service, name), office=office, on=on, points=points)
    return to_page(document) if kind == "html" else to_pdf(document, paper=paper, large_print=large_print)


def names(service: Service) -> list[str]:
    """Every questionnaire that has a paper form."""
    return [*service.tools.screening.instruments, RED_FLAGS]


def instrument_of(service: Service, name: str) -> Instrument:
    """A questionnaire by its id; the warning signs are one too. Raises UnknownNameError."""
    held = service.tools.screening.instruments.get(name)
    if held is not None:
        return held
    if name != RED_FLAGS:
        mend = f"Choose: {', '.join(names(service))}."
        raise UnknownNameError("There is no questionnaire with this id.", where="ID", mend=mend)
    return _warning_signs(service)


def _warning_signs(service: Service) -> Instrument:
    """The facts that the warning signs read, as questions; an answers file names them by the ids of the facts."""
    from .handouts.paper_forms.building import red_flag_words

    screening, words = service.tools.screening, red_flag_words("en")
    facts = {fact: held for fact, held in screening.red_flag_facts.items() if fact in screening.questions}
    items = tuple(_fact_item(fact, held.value, screening.questions[fact]) for fact, held in facts.items())
    texts = {
        "title": words["title"],
        "answered_by": "staff",
        "window": words["window"],
        "wording": words["note"],
        "licence": {name: words[name] for name in ("holder", "status", "note")},
        "review": {"written_on": words["written_on"]},
        "item": [{} for _ in items],
    }
    return Instrument(RED_FLAGS, items, _not_scored, (), (), "", texts=texts)


def _not_scored(points: Points, limits: Limits) -> Score:
    return Score(NOT_SCORABLE)


def _fact_item(fact: str, value: str, ask: str) -> Item:
    """A yes or no, one of several words, or a line to write on."""
    kind, _, words = value.partition(":")
    if kind == "choice":
        return Item(fact, ask, options=dict(enumerate(words.split("|"))))
    return Item(fact, ask, kind="yes_no" if kind == "yes_no" else "written")
