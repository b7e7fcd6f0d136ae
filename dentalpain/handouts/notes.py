"""A list in smaller letters: sources, and other things that are there to be looked up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from .content import Own, Run

if TYPE_CHECKING:
    from .blocks import Writer
    from .tagging import Element


@dataclass(frozen=True)
class Notes(Own):
    """Items of a list, in smaller letters; in large print as large as the rest."""

    items: tuple[str, ...]

    def texts(self) -> Iterator[str]:
        yield from self.items

    def html(self) -> str:
        return f'<ul class="handout-notes-list">{"".join(f"<li>{escape(text)}</li>" for text in self.items)}</ul>'

    def flowables(self, writer: Writer, parent: Element, width: float) -> list[Any]:
        from .own_styles import own_styles

        group = parent.add("L")
        made: list[Any] = []
        for text in self.items:
            entry = group.add("LI")
            mark, body = entry.add("Lbl"), entry.add("LBody")
            style = own_styles(writer.measures).note
            made.append(writer.text((Run(text),), style, body, label=mark, bulletText="\N{BULLET}"))
        return made
