"""A table of texts with a head for each column and each row; in large print a list for each row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from .content import Heading, Own
from .private import Points

if TYPE_CHECKING:
    from .blocks import Writer
    from .tagging import Element


@dataclass(frozen=True)
class Grid(Own):
    """Rows of texts under `heads`; the first text of a row is its head. `shares` are the widths, as parts of one."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]

    def texts(self) -> Iterator[str]:
        if self.rows:
            yield from self.heads
            for row in self.rows:
                yield from filter(None, row)

    def html(self) -> str:
        if not self.rows:
            return ""
        head = "".join(f'<th scope="col">{escape(text)}</th>' for text in self.heads)
        body = "".join(_html_row(row) for row in self.rows)
        return f'<table class="handout-grid"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'

    def flowables(self, writer: Writer, parent: Element, width: float) -> list[Any]:
        if not self.rows:
            return []
        if not writer.measures.columns:
            return writer.blocks(self.as_blocks(), parent, width)
        from .grid_print import grid_table

        return grid_table(self, writer, parent, width)

    def as_blocks(self) -> tuple[Any, ...]:
        """A heading and a list for each row, for print so large that columns would not fit."""
        blocks: list[Any] = []
        for name, *rest in self.rows:
            said = [f"{head}: {text}" for head, text in zip(self.heads[1:], rest, strict=True) if text]
            blocks += [Heading(name, level=3), Points(tuple(said))]
        return tuple(blocks)


def _html_row(row: tuple[str, ...]) -> str:
    name, *rest = row
    cells = "".join(f"<td>{escape(text)}</td>" for text in rest)
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'
