"""Text for a person at a terminal: wrapped, plain, without colors where nobody sees them."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable
from typing import Any

import click

from ..shapes import plain

WIDEST = 100
NARROWEST = 40
TONES = {"bad": "red", "care": "yellow", "good": "green", "head": None}
# Marks that turn the direction of the text around them, and could make a line read otherwise than it is.
TURNING = {*"\u200e\u200f\u061c", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


def printable(text: str) -> str:
    """The text with everything that steers a terminal, or turns its direction, written out as a code."""
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character in "\n\t":
        return " "
    if character in TURNING or unicodedata.category(character) in ("Cc", "Cs"):
        return f"[U+{ord(character):04X}]"
    return character


def width() -> int:
    """The columns to write in: those of the terminal, 100 at most, 100 where there is no terminal."""
    if not sys.stdout.isatty():
        return WIDEST
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


class Sheet:
    """Lines for a person, wrapped as they are added and written at the end."""

    def __init__(self) -> None:
        self._lines: list[tuple[str, str]] = []
        self._width = width()
        # Unwrapped, each with what it is: 'heading', 'head', 'case', 'item', 'below' or 'line'.
        self.entries: list[tuple[str, str]] = []

    def heading(self, text: str) -> None:
        """A line in capitals with an empty one before it."""
        if self._lines and self._lines[-1][0]:
            self.gap()
        self._lines.append((printable(text).upper(), "head"))
        self.entries.append(("heading", printable(text)))

    def gap(self) -> None:
        """An empty line."""
        self._lines.append(("", ""))

    def line(self, text: str, *, indent: int = 0, mark: str = "", tone: str = "") -> None:
        """A paragraph; `mark` hangs before its first line, the lines after it stand under the text."""
        first = " " * indent + (f"{mark} " if mark else "")
        wrapped = textwrap.wrap(
            printable(text),
            self._width,
            initial_indent=first,
            subsequent_indent=" " * len(first),
            break_on_hyphens=False,
        )
        self._lines += [(line, tone) for line in wrapped or [first.rstrip()]]
        case = mark.endswith(".")  # a number: a worked case
        what = "head" if tone == "head" else "below" if indent else "case" if case else "item" if mark else "line"
        self.entries.append((what, f"{mark} {printable(text)}" if case else printable(text)))

    def items(self, lines: Iterable[str], *, indent: int = 2, mark: str = "-") -> None:
        """One paragraph for each line."""
        for line in lines:
            self.line(line, indent=indent, mark=mark)

    def write(self) -> None:
        """Put the lines on standard output; click leaves the colors out where it is no terminal."""
        plain = bool(os.environ.get("NO_COLOR"))
        for text, tone in self._lines:
            styled = text if plain or not tone else click.style(text, fg=TONES[tone], bold=tone in ("head", "bad"))
            click.echo(styled)

    @property
    def text(self) -> str:
        """All lines, without colors."""
        return "\n".join(line for line, _ in self._lines)


def write_json(result: Any) -> None:
    """The whole result as JSON, and nothing else, on standard output."""
    click.echo(json.dumps(result, ensure_ascii=False, indent=2, default=plain))
