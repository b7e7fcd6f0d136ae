"""demo: takes one of the example patients through the main job, then serves the example office."""

from __future__ import annotations

import datetime as dt
import importlib
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import InputError
from .inputs import read_object
from .opening import Day
from .printing import Sheet
from .telling_review import tell_review
from .telling_screen import tell_screen
from .writing import write_whole

if TYPE_CHECKING:
    from ..service import Service

PACKAGE = Path(__file__).resolve().parent.parent
STORY_DAY = dt.date(2026, 11, 24)  # the example patients are told for this day
PATIENT = "carol_jimenez"
PROPOSED = "Norco 5/325 1 tab q6h prn #12"
SIGNER = "Dr. Dana Reyes (fictional)"
DEMONSTRATION = (
    f"Demonstration: this wording was signed by a fictional clinician, {SIGNER.removesuffix(' (fictional)')}."
)
OFFICE = {
    "name": "Maple Street Dental",
    "phone": "555-0142",
    "address": ["12 Maple Street, Springfield", DEMONSTRATION],
}
GIVE = ("usual_care_self_management", "supervised_jaw_exercise_stretching", "cbt")
HOST, PORT = "127.0.0.1", 5000


def patients_folder() -> Path:
    """The example patients: inside an installed package, beside the package in a checkout. Raises InputError."""
    for folder in (PACKAGE / "example_patients", PACKAGE.parent / "examples" / "patients"):
        if (folder / f"{PATIENT}.json").is_file():
            return folder
    raise InputError("The example patients are missing.", where="demo", mend="Install dentalpain again.")


@click.command()
@click.option("--once", is_flag=True, help="Stop after the handout is written.")
@click.option("--out", default=".", metavar="DIR", help="The folder for the handout, the present one by default.")
@click.option(
    "--on", type=Day(), default=STORY_DAY, metavar="DATE", help="The day to judge, that of the story by default."
)
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, help="The port to serve on, if it is free.")
def demo(once: bool, out: str, on: dt.date, port: int) -> None:
    """Take an example patient through the main job, then serve the example office at this computer."""
    service = demonstration_service()
    _tell_story()
    result = _assess(service, on)
    path = Path(out) / "handout.pdf"
    given = to_give(result["review"])
    write_whole(path, _print(service, result, given))
    _tell_handout(path, given)
    if not once:
        _serve(service, port)


def demonstration_service() -> Service:
    """A service over a store that is thrown away, in which a fictional clinician has signed the English handouts."""
    from ..knowledge.load import load_knowledge
    from ..service import Service
    from ..signing import digest_of_item
    from ..storage.memory_store import MemoryStore
    from ..storage.port import Signature

    store = MemoryStore()
    service = Service(load_knowledge(), store)
    item = "handouts/en"
    digest = digest_of_item(service.knowledge, item)
    signature = Signature(item, digest, SIGNER, "demonstration, no license", "dentist", STORY_DAY)
    store.sign(signature, dt.datetime.combine(STORY_DAY, dt.time(), dt.UTC))
    return service


def _tell_story() -> None:
    sheet = Sheet()
    sheet.line("Carol Jimenez, 45, a fictional patient", tone="head")
    sheet.line(
        "Her jaw muscles have hurt for a year. She has filled in the TMD pain screener and was examined today; nobody "
        f"has gone through her medicines with her. The dentist thinks of “{PROPOSED}”, and of low-dose naltrexone."
    )
    sheet.gap()
    sheet.write()


def _assess(service: Service, on: dt.date) -> dict[str, Any]:
    """Screen and review the patient of the story, and print both."""
    from ..practice.files import read_record

    folder, tools = patients_folder(), service.tools
    record = read_record(folder / f"{PATIENT}.json", on=on, vocabulary=tools.vocabulary, names=tools.names)
    answers = [read_object(str(folder / "answers" / f"{PATIENT}.json"))]
    findings = read_object(str(folder / "findings" / f"{PATIENT}.json"))
    shared: dict[str, Any] = {"answers": answers, "findings": findings}
    screened = service.screen(record, **shared)
    reviewed = service.review(record, prescribe=[PROPOSED], indication="chronic_tmd", **shared)
    tell_screen(screened, service).write()
    click.echo()
    tell_review(reviewed, service).write()
    return {"screen": screened, "review": reviewed}


def to_give(review: dict[str, Any]) -> list[str]:
    """What is handed out: self-care, exercise and therapy, where the review lets them through."""
    offered = {one["id"] for one in review["alternatives"] if one["verdict"] == "offer"}
    return [option for option in GIVE if option in offered]


def _print(service: Service, result: dict[str, Any], given: list[str]) -> bytes:
    met = {one["id"] for one in result["screen"]["diagnoses"] if one["status"] == "met"}
    released = sorted(met - {"myalgia"}) or sorted(met)
    return service.handout(result["review"], result["screen"], office=OFFICE, give=given, released=released)


def _tell_handout(path: Path, given: list[str]) -> None:
    sheet = Sheet()
    sheet.gap()
    sheet.heading("The handout")
    sheet.line(f"It is in {path.resolve()} (given: {', '.join(given) or 'advice alone'}).")
    sheet.line(
        f"{SIGNER} has signed its wording, in a store that is thrown away when this ends; the page says so. "
        "In your office it prints as a preview until a clinician of yours has signed it."
    )
    sheet.write()


# -- the example office ----------------------------------------------------------------------------------------


def _serve(service: Service, port: int) -> None:
    office = _example_office()
    if office is None:
        click.echo("\nThe example office comes with the source of dentalpain, so nothing is served here.")
        return
    from werkzeug.serving import make_server

    server = make_server(HOST, _free(port), demonstration_app(office, service), threaded=True)
    sheet = Sheet()
    sheet.gap()
    sheet.heading("The example office")
    sheet.line(f"Open http://{HOST}:{server.server_port}/ in a browser. Stop with Ctrl+C.")
    for person in importlib.import_module("examples.office.people").PEOPLE:
        sheet.line(f"Sign in as “{person.id}” with the password “{person.password}” ({person.name}, {person.role}).")
    sheet.write()
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("\nStopped.")
    finally:
        server.server_close()


def demonstration_app(office: Any, service: Service) -> Any:
    """The example office over the store of the demonstration; its handouts say who signed their wording."""
    app = office.create_app(store=service.store)
    mount = app.extensions["dentalpain"]["dentalpain"]
    named = mount.settings.office
    mount.settings = replace(mount.settings, office={**named, "lines": [*named["lines"], DEMONSTRATION]})
    return app


def _example_office() -> Any:
    """The app beside the package in a checkout; None where there is none."""
    root = PACKAGE.parent
    if not (root / "examples" / "office" / "__init__.py").is_file():
        return None
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    return importlib.import_module("examples.office")


def _free(port: int) -> int:
    """The port, or 0 for any free one where somebody else has it."""
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        try:
            probe.bind((HOST, port))
        except OSError:
            return 0
    return port
