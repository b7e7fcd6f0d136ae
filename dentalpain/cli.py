"""The command line: `dentalpain`, and the same verbs as `flask dentalpain` inside a host."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from . import __version__
from .commands.advice import handout, review, screen
from .commands.demo import demo
from .commands.edge import Verbs, edge, speak_utf8
from .commands.form import form
from .commands.keeping import check, db
from .commands.knowledge import knowledge
from .commands.mutes import mutes
from .commands.outcomes import outcomes
from .commands.overrides import overrides
from .commands.questionnaire import questionnaire
from .commands.schema import schema
from .commands.storing import storing
from .commands.trail import audit
from .commands.why import explain, replay

STOPPED = 130  # as shells report an interrupted program
VERBS = (
    screen,
    review,
    handout,
    outcomes,
    overrides,
    mutes,
    form,
    knowledge,
    explain,
    replay,
    audit,
    storing,
    db,
    check,
    demo,
    schema,
    questionnaire,
)


@click.group("dentalpain", cls=Verbs, invoke_without_command=True)
@click.version_option(__version__, package_name="dentalpain", message="%(version)s")
@click.pass_context
def verbs(ctx: click.Context) -> None:
    """Screen for orofacial pain, review a prescription before it is signed, and hand out what helps."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@click.group("dentalpain", cls=Verbs)
@click.pass_context
def flask_commands(ctx: click.Context) -> None:
    """Screen for orofacial pain, review a prescription, hand out what helps: with this app's own store."""
    from flask import current_app
    from flask.cli import ScriptInfo

    speak_utf8()
    if not current_app:
        ctx.with_resource(ctx.ensure_object(ScriptInfo).load_app().app_context())


for _verb in VERBS:
    verbs.add_command(_verb)
    flask_commands.add_command(_verb)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave with 0 (done), 2 (the input could not be used) or 1 (a fault of ours)."""
    speak_utf8()
    try:
        with edge():
            code = verbs.main(arguments, prog_name="dentalpain", standalone_mode=False)
    except click.exceptions.Exit as left:
        code = left.exit_code
    except click.Abort:
        click.echo("dentalpain: stopped.", err=True)
        code = STOPPED
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
