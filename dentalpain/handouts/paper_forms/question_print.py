"""How a question of a paper form is printed: it stays on one page, and each answer has its own square."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, KeepTogether, Spacer, Table

from ..blocks import markup
from ..content import Run
from ..lines import Lines
from ..own_styles import own_styles
from ..style import REGULAR
from ..tagging import Element
from ..ticks_print import TickedParagraph

if TYPE_CHECKING:
    from ..blocks import Writer
    from .question import Question

_WHOLE = ((0, 0), (-1, -1))
_LOOK: Any = [
    ("FONT", *_WHOLE, REGULAR),  # else ReportLab names its own font, which is not embedded
    ("VALIGN", *_WHOLE, "TOP"),
    ("LEFTPADDING", *_WHOLE, 0), ("RIGHTPADDING", *_WHOLE, 6),
]  # fmt: skip
BEGINNING = 8  # lines of a question with many places that stand together, the question among them
ROOM = 2.4  # of the body size: the square of an answer, and the space around it
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
    if question.shape == "places":
        return [CondPageBreak(BEGINNING * writer.measures.leading), *made, gap]
    return [KeepTogether([*made, gap])]


def _across(question: Question, writer: Writer, width: float) -> int:
    """How many answers stand side by side: as many as the widest of them lets."""
    body, columns = writer.measures.body, writer.measures.columns
    if question.shape == "scale":
        return len(question.boxes) if columns else SCALE_LARGE
    if question.shape == "places":
        widest = max(stringWidth(text, REGULAR, body) for text in question.boxes) + (2.6 if columns else 2.0) * body
        return max(1, min(3 if columns else 2, int(width / widest)))
    if not columns:
        whole = max(stringWidth(text, REGULAR, body) for text in question.boxes) + ROOM * body
        return 2 if len(question.boxes) == 2 and whole <= width / 2 else 1
    words = (word for text in question.boxes for word in text.split())
    widest = max(stringWidth(word, REGULAR, body) for word in words) + ROOM * body
    return len(question.boxes) if width / len(question.boxes) >= max(widest, NARROWEST) else 1


def _boxes(texts: tuple[str, ...], across: int, writer: Writer, parent: Element, width: float) -> Any:
    style, group = own_styles(writer.measures).option, parent.add("L")
    made = [TickedParagraph(markup((Run(text),)), style, group.add("LI").add("LBody")) for text in texts]
    rows: list[list[Any]] = [list(made[start : start + across]) for start in range(0, len(made), across)]
    rows[-1] += [""] * (across - len(rows[-1]))
    ends = 1 + writer.measures.air
    widths = _columns(texts, writer.measures.body, width) if len(rows) == 1 else [width / across] * across
    look = [*_LOOK, ("TOPPADDING", *_WHOLE, ends), ("BOTTOMPADDING", *_WHOLE, ends)]
    return Table(rows, colWidths=widths, style=look)


def _columns(texts: tuple[str, ...], body: float, width: float) -> list[float]:
    """Equal columns where each answer fits on a line; else each has what it needs, and the longest share what is left."""
    equal = width / len(texts)
    needs = [stringWidth(text, REGULAR, body) + ROOM * body for text in texts]
    if max(needs) <= equal:
        return [equal] * len(texts)
    columns, left = list(needs), width
    for taken, place in enumerate(sorted(range(len(texts)), key=needs.__getitem__)):
        columns[place] = min(needs[place], left / (len(texts) - taken))
        left -= columns[place]
    return [column + left / len(texts) for column in columns]
