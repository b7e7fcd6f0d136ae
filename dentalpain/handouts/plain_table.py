"""A table for patients in letters of the body size; in large print a list, or lines to write on, for each row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from .content import Bullets, Heading, Own, Run
from .lines import Lines

if TYPE_CHECKING:
    from .blocks import Writer
    from .tagging import Element


@dataclass(frozen=True)
class PlainTable(Own):
    """Rows of texts under `heads`; the first text of a row is its head. An empty text is a cell to write in.

    `shares` are the widths of the columns, as parts of one.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]

    def texts(self) -> Iterator[str]:
        yield from self.heads
        for row in self.rows:
            yield from filter(None, row)

    def html(self) -> str:
        head = "".join(f'<th scope="col">{escape(text)}</th>' for text in self.heads)
        body = "".join(_html_row(row) for row in self.rows)
        return f'<table class="handout-plain"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'

    def flowables(self, writer: Writer, parent: Element, width: float) -> list[Any]:
        from .plain_table_print import print_rows, print_table

        return (print_table if writer.measures.columns else print_rows)(self, writer, parent, width)

    def as_blocks(self) -> tuple[Any, ...]:
        """A heading and a list for each row, or lines to write on, for print so large that columns would not fit."""
        return tuple(block for row in self.rows for block in self.row_blocks(row))

    def row_blocks(self, row: tuple[str, ...]) -> tuple[Any, ...]:
        """One row as a heading with what stands under the other heads; a single other head goes without saying."""
        name, *rest = row
        pairs = list(zip(self.heads[1:], rest, strict=True))
        said = tuple((Run(f"{head}: {text}" if len(pairs) > 1 else text),) for head, text in pairs if text)
        empty = tuple(head for head, text in pairs if not text)
        return (Heading(name, level=3), *([Bullets(said)] if said else []), *([Lines(empty)] if empty else []))


def _html_row(row: tuple[str, ...]) -> str:
    name, *rest = row
    cells = "".join(f"<td>{escape(text)}</td>" for text in rest)
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'
