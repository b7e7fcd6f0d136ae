"""What the blocks of patient topics should sound like, worked out from their content alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dentalpain.handouts.bars import Bars
from dentalpain.handouts.card import Card
from dentalpain.handouts.content import plain
from dentalpain.handouts.moves import Moves
from dentalpain.handouts.plain_table import PlainTable


def pieces(block: Any) -> Iterator[tuple[str, str]]:
    """What one block should sound like."""
    match block:
        case PlainTable(heads=heads, rows=rows):
            for texts in (heads, *rows):
                yield from (("P", text) for text in texts if text)
        case Moves(items=moves):
            for move in moves:
                yield from (("H3", move.picture.caption), ("Figure", move.picture.alt))
                yield from (("LBody", plain(step)) for step in move.steps.items)
        case Card(title=title, lines=lines, call=call, blanks=blanks):
            yield "H3", title
            yield from (("LBody", plain(line)) for line in lines.items)
            yield from (("P", text) for text in (plain(call), *blanks.labels))
        case Bars(alt=alt):
            yield "Figure", alt
