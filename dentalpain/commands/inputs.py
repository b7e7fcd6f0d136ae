"""What a command is given: the record, answers and findings of files, facts and the day of options."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import AnswersError, InputError, RecordError, WordingError
from .opening import Command, Day, json_option, store_option, today, whole_text

if TYPE_CHECKING:
    from ..clinical.record import Record
    from ..service import Service

OFFICE_KEYS = ("name", "phone", "address", "url", "hours", "logo", "next_visit", "procedure_codes")
DEFAULT_OFFICE = {"name": "Dental office"}


@dataclass(frozen=True, slots=True)
class Inputs:
    """The options that the clinical commands share, as they were typed."""

    record: str
    answers: tuple[str, ...] = ()
    findings: str | None = None
    fact: tuple[str, ...] = ()
    patient: str | None = None
    on: dt.date = field(default_factory=today)
    save: bool = False
    store: str | None = None
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """What the files held."""

    record: Record
    answers: list[dict[str, Any]]
    findings: dict[str, Any] | None
    facts: dict[str, object]

    @property
    def shared(self) -> dict[str, Any]:
        """The arguments that screening and review share."""
        return {"answers": self.answers, "findings": self.findings, "facts": self.facts}


SHARED = (
    click.argument("record"),
    click.option("--answers", multiple=True, metavar="FILE", help="Answers to one questionnaire; may be repeated."),
    click.option("--findings", metavar="FILE", help="The confirmed history and the examination."),
    click.option(
        "--fact", multiple=True, metavar="ID=VALUE", help="The dentist's answer to a question, such as egfr=29."
    ),
    click.option("--patient", metavar="ID", help="Whose record to read, where a Bundle holds several patients."),
    click.option("--on", type=Day(), default=None, metavar="DATE", help="The day to judge, today by default."),
    click.option("--save", is_flag=True, help="Keep the assessment in the store and give it an id."),
    store_option,
    json_option,
)
REVIEWING = (
    click.option("--prescribe", multiple=True, metavar="TEXT", help="A proposed prescription; may be repeated."),
    click.option("--for", "indication", metavar="INDICATION", help="What it is for, such as surgical_extraction."),
    click.option("--consider", multiple=True, metavar="OPTION", help="One more option to judge; may be repeated."),
    click.option(
        "--state", metavar="XX", help="The state whose prescribing limits apply, such as OH; DENTALPAIN_STATE names it as well."
    ),
    click.option(
        "--naltrexone-prescriber",
        "prescriber",
        type=click.Choice(["dentist", "physician"]),
        help="Who prescribes low-dose naltrexone here; DENTALPAIN_NALTREXONE_PRESCRIBER says it as well.",
    ),
    click.option("--legacy-mme", is_flag=True, help="Show the morphine equivalents by the 2016 factors as well."),
)


def with_options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """A decorator that gives a command these options, in this order."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def taken(options: dict[str, Any]) -> Inputs:
    """The shared options out of those of a command; the others stay behind."""
    given = {name: options.pop(name) for name in Inputs.__dataclass_fields__ if name in options}
    given["on"] = given.get("on") or today()
    return Inputs(**given)


def read(given: Inputs, service: Service) -> Read:
    """Read every file; raises InputError that names the file, the place and the mend."""
    from ..practice.files import read_record

    tools = service.tools
    record = read_record(
        given.record,
        on=given.on,
        patient=given.patient,
        vocabulary=tools.vocabulary,
        names=tools.names,
        official_forms=service.knowledge.official_forms,
    )
    return Read(
        record=record,
        answers=[read_object(path) for path in given.answers],
        findings=read_object(given.findings) if given.findings else None,
        facts=facts_of(given.fact),
    )


@contextmanager
def naming_files(given: Inputs) -> Iterator[None]:
    """Put the name of the file into an error that knows only which of the answers, or the findings, it is about."""
    try:
        yield
    except AnswersError as error:
        place, slash, inside = error.where.partition("/")
        kind, _, number = place.partition(" ")
        path = given.findings if place == "findings" else None
        if kind == "answers" and number.isdecimal():
            path = given.answers[int(number) - 1]
        if path is None:
            raise
        raise AnswersError(error.what, where=f"{path} {slash}{inside}".strip(), mend=error.mend) from error


def read_object(path: str) -> dict[str, Any]:
    """The JSON object of a file of answers, findings or the office; raises AnswersError."""

    from ..fhir.json_input import load_json

    try:
        return load_json(Path(path))
    except RecordError as error:
        unread = isinstance(error.__cause__, OSError)
        mend = error.mend if unread else "Correct the file: it is one JSON object."
        raise AnswersError(error.what, where=error.where, mend=mend) from error


def facts_of(given: tuple[str, ...]) -> dict[str, object]:
    """The facts typed as ID=VALUE; raises AnswersError, which never repeats the value."""
    facts: dict[str, object] = {}
    for number, text in enumerate(given, start=1):
        fact, equals, value = whole_text(text, f"--fact {number}").partition("=")
        name = fact.strip()
        if not equals or not name:
            raise AnswersError("A fact has an id and a value.", where=f"--fact {number}", mend="Write egfr=29.")
        if name in facts:
            raise AnswersError("The fact is given twice.", where=f"--fact {name[:40]}", mend="Give it once.")
        facts[name] = value
    return facts


def texts_of(given: tuple[str, ...], option: str) -> list[str]:
    """The texts of an option that may be repeated; raises InputError for one that is empty or no UTF-8."""
    return [whole_text(text, option) for text in given]


def read_office(path: str | None) -> Mapping[str, Any]:
    """Who hands out the handout; raises WordingError for a key that is not known or a value that cannot be printed.

    The logo is a path beside the file, or from the root.
    """
    if path is None:
        return DEFAULT_OFFICE
    from ..handouts import office as printed

    office = read_object(path)
    for key, value in office.items():
        if key not in OFFICE_KEYS:
            raise WordingError("A key is not known.", where=path, mend=f"The keys are {', '.join(OFFICE_KEYS)}.")
        lines = value if isinstance(value, list) and key in ("address", "procedure_codes") else [value]
        if not all(isinstance(line, str) for line in lines):
            raise WordingError("A value is not text.", where=f"{path}, /{key}", mend="Write text in quotes.")
    if office.get("logo"):
        office["logo"] = Path(path).parent / office["logo"]
    try:
        printed.read_office(office)
        printed.read_next_visit(office)
    except WordingError as error:
        place = f"{path}, /{error.where.removeprefix('office.')}"
        raise WordingError(error.what[:1].upper() + error.what[1:], where=place, mend=error.mend) from error
    return office


def checked_state(state: str | None) -> str | None:
    """The two letters of a state; raises InputError."""
    if state is not None and not (len(state) == 2 and state.isascii() and state.isalpha() and state.isupper()):
        raise InputError("This is not a state.", where="--state", mend="Write its two letters, such as OH.")
    return state
