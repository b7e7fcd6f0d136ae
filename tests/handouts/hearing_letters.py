"""What the blocks of letters and paper forms should sound like, worked out from their content alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dentalpain.handouts.grid import Grid
from dentalpain.handouts.lines import Lines
from dentalpain.handouts.notes import Notes
from dentalpain.handouts.paper_forms.body import BodyPicture
from dentalpain.handouts.paper_forms.question import Question
from dentalpain.handouts.private import Points, Said


def pieces(block: Any) -> Iterator[tuple[str, str]]:
    """What one block should sound like."""
    match block:
        case Grid(heads=heads, rows=rows):
            for texts in (heads, *rows):
                yield from (("P", text) for text in texts if text)
        case Said(text=text):
            yield "P", text
        case Points(items=items):
            yield from (("LBody", item) for item in items)
        case Lines(labels=labels):
            yield from (("P", label) for label in labels)
        case Notes(items=items):
            yield from (("LBody", item) for item in items)
        case BodyPicture(alt=alt):
            yield "Figure", alt
        case Question():
            yield from (("P", text) for text in (f"{block.number}. {block.ask}", *block.hints))
            yield from (("LBody", text) for text in (*block.boxes, *block.more))
            yield from (("P", text) for text in block.lines)
