"""The outer edge of the command line: exit codes, one line for what cannot be used, an id for a fault of ours.

Exit 0: done, whatever was found. 2: the input could not be used. 1: a fault of ours. Never a traceback.
"""

from __future__ import annotations

import logging
import os
import secrets
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

from ..errors import (
    AccessDenied,
    InputError,
    KnowledgeError,
    NoValueOnDayError,
    PracticeError,
    SettingsError,
    StoreError,
)
from .printing import printable

FAULT, REFUSED = 1, 2
REFUSALS = (InputError, SettingsError, StoreError, PracticeError, AccessDenied, NoValueOnDayError)
LONGEST_LINE = 600

log = logging.getLogger("dentalpain")


class Verbs(click.Group):
    """A group of commands whose errors end in one line and an exit code, inside a host's `flask` as well."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the arguments of the group itself."""
        with edge():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Read the arguments of the command and run it."""
        with edge():
            return super().invoke(ctx)


@contextmanager
def edge() -> Iterator[None]:
    """Turn every error into one line on standard error and the exit code that the contract names."""
    try:
        yield
    except (click.exceptions.Exit, click.Abort, BrokenPipeError):
        raise
    except click.ClickException as error:
        refuse(f"{error.format_message()} {_help_of(error)}")
    except REFUSALS as error:
        refuse(str(error))
    except Exception as error:
        _fault(error)


def refuse(message: str) -> NoReturn:
    """End with 2: one line that names the place and the mend."""
    line = " ".join(printable(message).split())
    shown = line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} …"
    click.echo(f"dentalpain: {shown}", err=True)
    raise click.exceptions.Exit(REFUSED)


def _help_of(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"See: {context.command_path} --help" if context else ""


def _fault(error: Exception) -> NoReturn:
    fault = secrets.token_hex(4)
    # A wrong knowledge file is named: its message holds places and no patient.
    said = f" {' '.join(str(error).split())}" if isinstance(error, KnowledgeError) else ""
    click.echo(f"dentalpain: This is a fault of ours, {fault}.{printable(said)} {_keep(fault, error)}", err=True)
    raise click.exceptions.Exit(FAULT)


def fault(error: Exception) -> NoReturn:
    """End with 1: what was found cannot be, whatever was put in."""
    _fault(error)


def _keep(fault_id: str, error: BaseException) -> str:
    """Write the fault into the log of the host, else into a file of our own, and say where."""
    account = _account(fault_id, error)
    if log.hasHandlers():
        log.error("%s", account)
        return "The log holds it under this id."
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(account + "\n")
    except OSError:
        return "It could not be written to the log: set DENTALPAIN_LOG to a file that can be written."
    return f"{path} holds it under this id."


def _account(fault_id: str, error: BaseException | None) -> str:
    """Kinds of errors and the lines they came through; no message, for it may hold what a patient said."""
    lines = [f"fault {fault_id}"]
    while error is not None:
        lines.append(type(error).__name__)
        frames = traceback.extract_tb(error.__traceback__)
        lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(lines)


def log_file() -> Path:
    """Where faults are kept when no host keeps them: DENTALPAIN_LOG, else in the user's own folder for programs."""
    named = os.environ.get("DENTALPAIN_LOG")
    if named:
        return Path(named)
    windows, unix = os.environ.get("LOCALAPPDATA"), os.environ.get("XDG_STATE_HOME")
    folder = Path(windows or unix or Path.home() / ".local" / "state")
    return folder / "dentalpain" / "dentalpain.log"


def speak_utf8() -> None:
    """Write UTF-8, whatever the console or the pipe thinks that it is."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
