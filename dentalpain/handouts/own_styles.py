"""The paragraph styles of letters and paper forms, made from the same measures as those of the handouts."""

from __future__ import annotations

from functools import cache
from typing import Any

from reportlab.lib.styles import ParagraphStyle

from .ink import colour
from .letters_print import set_letters
from .style import BOLD, REGULAR, Measures


class OwnStyles:
    """`fact` for tables, `line` for lines to write on, `question`, `end` and `option` for paper forms."""

    def __init__(self, m: Measures) -> None:
        small = m.small if m.columns else m.body
        self.fact = _style("fact", small, 1.27 * small)
        self.note = _style("note", small, 1.27 * small, leftIndent=1.2 * small, spaceBefore=0.15 * small)
        self.line = _style("line", m.body, m.leading, spaceBefore=(0.75 + 0.35 * m.air) * m.body)
        self.question = _style("question", m.body, m.leading, font=BOLD, spaceBefore=0.25 * m.body)
        self.option = _style("option", m.body, m.leading, leftIndent=1.55 * m.body)
        self.end = _style("end", small, 1.25 * small, role="quiet")
        set_letters(vars(self).values(), m)


@cache
def own_styles(measures: Measures) -> OwnStyles:
    """The styles of one size of print, made once."""
    return OwnStyles(measures)


def _style(name: str, size: float, leading: float, *, font: str = REGULAR, role: str = "ink", **more: Any) -> Any:
    return ParagraphStyle(
        name, fontName=font, fontSize=size, leading=leading, textColor=colour(role), allowWidows=0, allowOrphans=0,
        bulletFontName=REGULAR, bulletFontSize=size, bulletColor=colour("accent"), **more,
    )  # fmt: skip
