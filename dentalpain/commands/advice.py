"""screen, review and handout: the main job on one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import InputError, UnknownNameError
from ..mutes import Mutes
from .inputs import (
    REVIEWING,
    SHARED,
    Inputs,
    Read,
    checked_state,
    naming_files,
    read,
    read_office,
    taken,
    texts_of,
    with_options,
)
from .opening import host_state, now, open_service, person
from .printing import Sheet, write_json
from .telling_review import tell_review
from .telling_screen import tell_screen
from .writing import write_whole

if TYPE_CHECKING:
    from ..service import Service

KINDS = {".pdf": "pdf", ".html": "html", ".htm": "html", ".json": "fhir"}


@click.command()
@with_options(*SHARED)
def screen(**options: Any) -> None:
    """Screen RECORD for TMJ and orofacial pain: scores, diagnoses, red flags, and what to ask next."""
    given = taken(options)
    service = opened(given)
    found = read(given, service)
    with naming_files(given):
        result = service.screen(found.record, **found.shared)
    keep(given, service, "screen", found, found.shared, result)
    show(given, result, tell_screen, service)


@click.command()
@with_options(*SHARED, *REVIEWING)
def review(**options: Any) -> None:
    """Review a prescription against RECORD before it is signed, with alternatives that fit the patient.

    Without --prescribe the draft prescriptions in RECORD are reviewed.
    """
    given = taken(options)
    service = reviewing(given, options["prescriber"])
    found = read(given, service)
    asked = asked_of(options)
    with naming_files(given):
        result = service.review(found.record, **asked, **found.shared)
    result = Mutes(lambda: service, now).marked(result, found.record.patient_id)
    keep(given, service, "review", found, {**asked, **found.shared}, result)
    show(given, result, tell_review, service)


@click.command()
@with_options(*SHARED, *REVIEWING)
@click.option(
    "--give", multiple=True, metavar="OPTION", help="An option that is given to the patient; may be repeated."
)
@click.option("--topic", multiple=True, metavar="TOPIC", help="A topic to explain, and no other; may be repeated; none: no topic.")
@click.option("--also", multiple=True, metavar="TOPIC", help="One more topic than the visit calls for; may be repeated.")
@click.option("--without", multiple=True, metavar="TOPIC", help="A topic to leave out; may be repeated.")
@click.option("--release", multiple=True, metavar="DIAGNOSIS", help="A finding that the patient may read.")
@click.option("--language", default="en", metavar="LANG", help="The language: en, es, or another that has wording.")
@click.option("--large-print", is_flag=True, help="Larger letters.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), default="letter", help="The size of the paper.")
@click.option("--letter", metavar="KIND", help="A letter to another clinician in place of a handout.")
@click.option("--office", metavar="FILE", help="The office as JSON: name, phone, address, hours, url, logo, next_visit.")
@click.option("-o", "output", required=True, metavar="FILE", help="Where to write it: .pdf, .html; .json: a referral in FHIR.")
def handout(**options: Any) -> None:
    """Write the patient's handout of a screening and a review of RECORD as a PDF, or as a page.

    A medicine is named only if it is given with --give and the review does not block it.
    """
    given = taken(options)
    printed = Printed.of(options)
    service = reviewing(given, options["prescriber"])
    found = read(given, service)
    asked = asked_of(options)
    with naming_files(given):
        result = {
            "screen": service.screen(found.record, **found.shared),
            "review": service.review(found.record, **asked, **found.shared),
        }
    write_whole(printed.path, printed.data(service, result, found))
    keep(given, service, "handout", found, {**asked, **found.shared}, result)
    told = {
        "assessment": result.get("assessment"),
        "on": given.on.isoformat(),
        "file": str(printed.path),
        "kind": printed.kind,
        "letter": printed.letter,
        "preview": not service.signatures().covers(f"handouts/{printed.arguments['language']}"),
    }
    show(given, told, partial(_tell_handout, f"handouts/{printed.arguments['language']}"), service)


@dataclass(frozen=True, slots=True)
class Printed:
    """What to print, and where to."""

    path: Path
    kind: str
    arguments: dict[str, Any]
    letter: str | None = None

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Printed:
        """The options of `handout`, checked before any record is read."""
        path = Path(options["output"])
        kind = KINDS.get(path.suffix.lower())
        if kind is None:
            raise InputError("The file is neither a PDF nor a page.", where="-o", mend="End its name in .pdf or .html.")
        letter = checked_letter(options["letter"], kind)
        if letter and any(options[name] for name in ("topic", "also", "without", "release")):
            mend = "Leave out --topic, --also, --without and --release."
            raise InputError("A letter takes no topics and no findings to release.", where="--letter", mend=mend)
        if letter and options["legacy_mme"]:
            what = "A letter shows no morphine equivalents of 2016."
            raise InputError(what, where="--letter", mend="Leave out --legacy-mme.")
        arguments = {
            "office": read_office(options["office"]),
            "give": options["give"],
            "topics": None if not options["topic"] else [name for name in options["topic"] if name != "none"],
            "also": options["also"],
            "without": options["without"],
            "released": options["release"],
            "language": options["language"],
            "large_print": options["large_print"],
            "paper": options["paper"],
        }
        return cls(path, kind, arguments, letter)

    def data(self, service: Service, result: Mapping[str, Any], found: Read) -> bytes:
        """The bytes of the handout or the letter."""
        review, screen = result["review"], result["screen"]
        if self.letter is None:
            return service.handout(review, screen, kind=self.kind, course=self._course(service, found), **self.arguments)
        wanted = {name: self.arguments[name] for name in ("office", "give", "language", "large_print", "paper")}
        return service.letter(self.letter, review, screen, record=found.record, facts=found.facts, kind=self.kind, **wanted)


    def _course(self, service: Service, found: Read) -> list[dict[str, Any]]:
        """What was measured, where the patient is to read it."""
        from ..course import course_of
        from ..handouts.course import TOPIC

        wanted = [*(self.arguments["topics"] or ()), *self.arguments["also"]]
        if TOPIC not in wanted:
            return []
        return course_of(service, found.record, found.shared["answers"], found.record.patient_id)


def checked_letter(kind: str | None, form: str) -> str | None:
    """The kind of letter; a JSON file is the referral. Raises UnknownNameError for a kind that does not exist."""
    from ..handouts.letters.words import KINDS as LETTERS
    from ..letters import REFERRAL

    if kind is not None and kind not in LETTERS:
        mend = f"Choose: {', '.join(LETTERS)}."
        raise UnknownNameError("There is no letter of this kind.", where="--letter", mend=mend)
    if form == "fhir" and kind not in (None, REFERRAL):
        raise InputError("Only the referral is written in FHIR.", where="-o", mend=f"Ask for {REFERRAL}, or end in .pdf.")
    return REFERRAL if form == "fhir" else kind


def _tell_handout(wording: str, told: Mapping[str, Any], _service: Service) -> Sheet:
    sheet = Sheet()
    sheet.line(f"The {'letter' if told['letter'] else 'handout'} is in {told['file']}.")
    if told["preview"]:
        sheet.line(
            "It is a preview with a watermark: no clinician of this practice has signed its wording yet. "
            f"Sign it with: dentalpain knowledge sign {wording} --who NAME --licence NUMBER --role ROLE."
        )
    if told["assessment"]:
        sheet.line(f"Kept as {told['assessment']}.")
    return sheet


# -- shared by the three -------------------------------------------------------------------------------------------


def opened(given: Inputs) -> Service:
    """The service, with a store if the assessment is to be kept."""
    return open_service(given.store, needed_for="--save" if given.save else "")


def reviewing(given: Inputs, prescriber: str | None) -> Service:
    """The service, with who prescribes low-dose naltrexone where the command line says it."""
    service = opened(given)
    if prescriber is not None:
        service.naltrexone_prescriber = prescriber
    return service


def asked_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """What the dentist wants reviewed."""
    return {
        "prescribe": texts_of(options["prescribe"], "--prescribe"),
        "indication": options["indication"],
        "consider": texts_of(options["consider"], "--consider"),
        "state": checked_state(options["state"] or host_state()),
        "legacy_mme": options["legacy_mme"],
    }


def keep(
    given: Inputs, service: Service, kind: str, found: Read, arguments: Mapping[str, Any], result: dict[str, Any]
) -> None:
    """With --save, keep what was found and put its id into the result."""
    if given.save:
        reference = found.record.patient_id or "not recorded"
        result["assessment"] = service.save(
            kind, found.record, arguments, result, patient_ref=reference, actor=person(), at=now()
        )


def show(given: Inputs, result: Mapping[str, Any], tell: Any, service: Service) -> None:
    """The result as JSON, or as a person reads it."""
    if given.as_json:
        write_json(result)
    else:
        tell(result, service).write()
