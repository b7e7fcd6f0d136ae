"""How a question of a paper form is printed: it stays on one page, and each answer has its own square."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import KeepTogether, Spacer, Table

from ..blocks import TickedParagraph, markup
from ..content import Run
from ..lines import Lines
from ..own_styles import own_styles
from ..style import REGULAR
from ..tagging import Element

if TYPE_CHECKING:
    from ..blocks import Writer
    from .question import Question

_WHOLE = ((0, 0), (-1, -1))
_LOOK: Any = [
    ("FONT", *_WHOLE, REGULAR),  # else ReportLab names its own font, which is not embedded
    ("VALIGN", *_WHOLE, "TOP"),
    ("LEFTPADDING", *_WHOLE, 0), ("RIGHTPADDING", *_WHOLE, 6),
    ("TOPPADDING", *_WHOLE, 2), ("BOTTOMPADDING", *_WHOLE, 2),
]  # fmt: skip
NARROWEST = 84.0  # points; an answer in a narrower column would break into too many lines
SCALE_LARGE = 4  # answers of a scale side by side in large print


def print_question(question: Question, writer: Writer, parent: Element, width: float) -> list[Any]:
    """The flowables of one question."""
    styles, part = own_styles(writer.measures), parent.add("Sect")
    made: list[Any] = [writer.text((Run(question.asked),), styles.question, part.add("P"))]
    made += [writer.text((Run(hint),), styles.end, part.add("P")) for hint in question.hints]
    if question.boxes:
        made.append(_boxes(question.boxes, _across(question, writer, width), writer, part, width))
    if question.more:
        made.append(_boxes(question.more, 1, writer, part, width))
    if question.lines:
        made += Lines(question.lines).ruled(writer, part)
    gap = Spacer(1, 0.75 * writer.measures.gap)
    return [*made, gap] if question.shape == "places" else [KeepTogether([*made, gap])]


def _across(question: Question, writer: Writer, width: float) -> int:
    """How many answers stand side by side: as many as the widest of them lets."""
    body, columns = writer.measures.body, writer.measures.columns
    if question.shape == "scale":
        return len(question.boxes) if columns else SCALE_LARGE
    if question.shape == "places":
        widest = max(stringWidth(text, REGULAR, body) for text in question.boxes) + 2.6 * body
        return max(1, min(3 if columns else 1, int(width / widest)))
    words = (word for text in question.boxes for word in text.split())
    widest = max(stringWidth(word, REGULAR, body) for word in words) + 2.4 * body
    return len(question.boxes) if columns and width / len(question.boxes) >= max(widest, NARROWEST) else 1


def _boxes(texts: tuple[str, ...], across: int, writer: Writer, parent: Element, width: float) -> Any:
    style, group = own_styles(writer.measures).option, parent.add("L")
    made = [TickedParagraph(markup((Run(text),)), style, group.add("LI").add("LBody")) for text in texts]
    rows: list[list[Any]] = [list(made[start : start + across]) for start in range(0, len(made), across)]
    rows[-1] += [""] * (across - len(rows[-1]))
    return Table(rows, colWidths=[width / across] * across, style=_LOOK)
