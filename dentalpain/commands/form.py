"""form: the blank paper form of a questionnaire, for who cannot or will not use a screen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from ..errors import InputError
from .inputs import read_office
from .opening import Day, open_service, today
from .printing import Sheet
from .writing import write_whole

KINDS = {".pdf": "pdf", ".html": "html", ".htm": "html"}


@click.command()
@click.argument("name", metavar="ID")
@click.option("--paper", type=click.Choice(["letter", "a4"]), default="letter", help="The size of the paper.")
@click.option("--large-print", is_flag=True, help="Larger letters.")
@click.option("--points", is_flag=True, help="Show what each answer counts; for staff.")
@click.option("--office", metavar="FILE", help="The office as JSON.")
@click.option("--on", type=Day(), default=None, metavar="DATE", help="The day it carries, today by default.")
@click.option("-o", "output", required=True, metavar="FILE", help="Where to write it: .pdf, or .html.")
def form(
    name: str, paper: str, large_print: bool, points: bool, office: str | None, on: dt.date | None, output: str
) -> None:
    """Write the blank paper form of the questionnaire ID, such as phq-4, with the item numbers of its answers file."""
    from ..paper_forms import paper_form

    path = Path(output)
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise InputError("The file is neither a PDF nor a page.", where="-o", mend="End its name in .pdf or .html.")
    data = paper_form(
        open_service(None),
        name,
        office=read_office(office),
        on=on or today(),
        points=points,
        large_print=large_print,
        paper=paper,
        kind=kind,
    )
    write_whole(path, data)
    told = Sheet()
    told.line(f"The form is in {path}.")
    told.write()
