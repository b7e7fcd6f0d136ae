"""Text about one patient: nothing of it is kept in memory for later documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from .content import Own, Run
from .keeping import last_two_together

if TYPE_CHECKING:
    from .blocks import Writer
    from .tagging import Element


@dataclass(frozen=True)
class Said(Own):
    """A paragraph; `main` sets it as the main message of a document."""

    text: str
    main: bool = False

    def texts(self) -> Iterator[str]:
        yield self.text

    def html(self) -> str:
        return f"<p>{escape(self.text)}</p>"

    def flowables(self, writer: Writer, parent: Element, width: float) -> list[Any]:
        style = writer.styles.main if self.main else writer.styles.body
        return [writer.text((Run(self.text),), style, parent.add("P"), personal=True)]


@dataclass(frozen=True)
class Points(Own):
    """A list in no order."""

    items: tuple[str, ...]

    def texts(self) -> Iterator[str]:
        yield from self.items

    def html(self) -> str:
        return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in self.items)}</ul>" if self.items else ""

    def flowables(self, writer: Writer, parent: Element, width: float) -> list[Any]:
        group, made, style = parent.add("L"), list[Any](), writer.styles.item
        for text in self.items:
            entry = group.add("LI")
            mark, body = entry.add("Lbl"), entry.add("LBody")
            made.append(writer.text((Run(text),), style, body, personal=True, label=mark, bulletText="\N{BULLET}"))
        return last_two_together(made)
