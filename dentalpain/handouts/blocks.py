"""Blocks of the content model as flowables with their place in the structure tree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table

from .box_style import WHOLE, box_style, padding
from .content import (
    Block,
    Box,
    Bullets,
    Document,
    Heading,
    MedicineTable,
    Own,
    Paragraph,
    Picture,
    Pictures,
    Run,
    Runs,
    Steps,
    Ticks,
)
from .drawings import HEIGHT, PICTURES, SIGNS, WIDTH, Shape
from .grouping import Group, groups, heads, personal
from .ink import Drawing, colour, draw_shapes
from .keeping import last_two_together, two_of, unpacked
from .letterhead import letterhead
from .letters_print import in_shape, set_letters
from .medicine_table import medicines
from .style import BOLD, NORMAL, PALETTE, REGULAR, Measures
from .tagging import Element, LeftwardParagraph, Memory, Recorded, Recordings, TaggedFigure, TaggedParagraph
from .ticks_print import LeftwardTicked, TickedParagraph

MOST_KEPT = 4  # items of a list that stay together with its heading


class Styles:
    """The paragraph styles of one size of print."""

    def __init__(self, measures: Measures) -> None:
        m = measures
        self.body = _style("body", m.body, m.leading, spaceBefore=0.45 * m.body)
        self.personal = _style("personal", m.body, m.leading, role="accent", spaceBefore=m.body)
        self.main = _style("main", m.body + 1, m.leading + 1.5)
        between = (0.1 + 0.12 * m.air) * m.body
        self.item = _style("item", m.body, m.leading, leftIndent=1.25 * m.body, spaceBefore=between)
        self.step = _style("step", m.body, m.leading, leftIndent=1.7 * m.body, spaceBefore=between)
        self.step.bulletFontName = BOLD
        self.tick = _style("tick", m.body, m.leading, leftIndent=1.9 * m.body, spaceBefore=0.4 * m.air * m.body)
        self.title = _style("title", m.title, 1.2 * m.title, font=BOLD, role="accent")
        self.heading = _style(
            "heading",
            m.heading,
            1.25 * m.heading,
            font=BOLD,
            role="accent",
            spaceBefore=m.air * m.body,
            spaceAfter=0.15 * m.body,
        )
        self.third = _style("third", m.body, m.leading, font=BOLD, spaceBefore=0.8 * m.air * m.body)
        self.boxed = _style("boxed", m.body + 1, m.leading, font=BOLD, role="ink")
        self.small = _style("small", m.small, 1.32 * m.small, role="quiet")
        self.caption = _style("caption", m.small, 1.3 * m.small, role="ink", alignment=1)
        self.office = _style("office", m.body, m.leading, font=BOLD, role="accent")
        self.head = _style("head", m.small, 1.3 * m.small, font=BOLD, role="paper")
        self.head_centred = _style("head-centred", m.small, 1.3 * m.small, font=BOLD, role="paper", alignment=1)
        self.cell = _style("cell", m.body, m.leading, alignment=1)
        self.plain = _style("plain", m.body, m.leading)
        self.move = _style("move", m.body, m.leading, font=BOLD)
        set_letters(vars(self).values(), m)


@cache
def _styles(measures: Measures) -> Styles:
    return Styles(measures)


_MEMORY = Memory()
_DRAWINGS = Recordings()


def _style(name: str, size: float, leading: float, *, font: str = REGULAR, role: str = "ink", **more: Any) -> Any:
    more.setdefault("bulletFontName", REGULAR)
    return ParagraphStyle(
        name, fontName=font, fontSize=size, leading=leading, textColor=colour(role), allowWidows=0, allowOrphans=0,
        bulletFontSize=size, bulletColor=colour("accent"), **more,
    )  # fmt: skip


def markup(runs: Runs, measures: Measures = NORMAL, font: str = "") -> str:
    """Runs as ReportLab's markup, with every character of their text escaped; `font` is that of what is not bold."""
    return "".join(_run(run, measures, font) for run in runs)


def _run(run: Run, measures: Measures, font: str) -> str:
    font = measures.bold if run.bold else font
    text = escape(in_shape(run.text, font, measures))
    if run.bold:
        text = f'<font name="{measures.bold}">{text}</font>'
    if run.link is not None:
        text = f'<a href={quoteattr(run.link)} color="{PALETTE["accent"]}"><u>{text}</u></a>'
    return text


class Writer:
    """Turns blocks into flowables, adding to the tree in the order of the content."""

    def __init__(self, measures: Measures, width: float, tallest: float) -> None:
        self.measures, self.width, self.tallest = measures, width, tallest
        self.styles = _styles(measures)

    def document(self, document: Document, root: Element) -> list[Flowable]:
        """All flowables of the body, the letterhead first."""
        flow = [*letterhead(document.office, root, self), Spacer(1, 0.9 * self.measures.air * self.measures.body)]
        flow.append(self.text((Run(document.title),), self.styles.title, root.add("H1")))
        under = document.under_title()
        flow += [self.text((Run(under),), self.styles.small, root.add("P"), personal=True)] if under else []
        for group in groups(document.blocks):
            flow.extend(self._group(group, root))
        return flow

    def blocks(self, blocks: Sequence[Block | Box], parent: Element, width: float) -> list[Flowable]:
        """The flowables of blocks that follow each other; a heading stays with the beginning of what it heads."""
        return [each for group in groups(blocks) for each in self._made(group, width, parent)]

    def _group(self, group: Group, root: Element) -> list[Flowable]:
        """A group as one flowable that is drawn only once for many documents, unless it is about this patient alone."""
        if any(map(personal, group)):
            return self._made(group, self.width, root)
        key = (group, self.measures, self.width, self.tallest)
        return [Recorded(key, partial(self._made, group, self.width), root.place(), _DRAWINGS)]

    def _made(self, group: Group, width: float, parent: Element) -> list[Flowable]:
        table, below = group[-2:] if len(group) > 1 else (None, None)
        if isinstance(table, MedicineTable) and isinstance(below, Paragraph):
            made = [self.block(block, parent, width) for block in group[:-2]]
            made.append(medicines(table, parent, width, self, below))
        else:
            made = [self.block(block, parent, width) for block in group]
        first = heads(group)
        head, body = ([each for part in parts for each in part] for parts in (made[:first], made[first:]))
        return self._headed(head, body) if head and body else [*head, *body]

    def _headed(self, head: list[Flowable], body: list[Flowable]) -> list[Flowable]:
        table = next((number for number, each in enumerate(body) if hasattr(each, "beginning")), None)
        if table is not None:
            leading: list[Any] = [*body[:table]]
            above = sum(each.getSpaceBefore() + each.wrapOn(None, self.width, self.tallest)[1] for each in leading)
            room = getattr(body[table], "beginning") + above + 3 * self.measures.heading  # noqa: B009  # ReportLab has no such name
            return [CondPageBreak(room), *head, *body]
        if body and isinstance(body[0], KeepTogether):  # one inside another would begin a page of its own
            return [KeepTogether([*head, *getattr(body[0], "_content")]), *body[1:]]  # noqa: B009  # it has no public name
        whole = self.measures.columns or (body and isinstance(body[0], TickedParagraph))
        first = len(body) if whole and len(body) <= MOST_KEPT else two_of(body)
        return [KeepTogether([*head, *unpacked(body[:first])]), *body[first:]]

    def text(self, runs: Runs, style: Any, leaf: Element, *, personal: bool = False, **more: Any) -> TaggedParagraph:
        """A paragraph; what is `personal` is not kept in memory for later documents."""
        kind = LeftwardParagraph if self.measures.leftward else TaggedParagraph
        return kind(self.markup(runs, style), style, leaf, memory=None if personal else _MEMORY, **more)

    def markup(self, runs: Runs, style: Any) -> str:
        """Runs in the letters of the language, as ReportLab's markup."""
        return markup(runs, self.measures, style.fontName)

    def block(self, block: Block | Box, parent: Element, width: float) -> list[Flowable]:
        """The flowables of one block."""
        match block:
            case Heading(text=text, level=level):
                style = self.styles.heading if level < 3 else self.styles.third
                return [self.text((Run(text),), style, parent.add(f"H{level}"))]
            case Paragraph(runs=runs, personal=personal):
                style = self.styles.personal if personal else self.styles.body
                return [self.text(runs, style, parent.add("P"), personal=personal)]
            case Bullets(items=items):
                return self._list(items, parent, self.styles.item, lambda number: "\N{BULLET}")
            case Steps(items=items):
                return self._list(items, parent, self.styles.step, lambda number: f"{number}.")
            case Ticks(items=items):
                return self._ticks(items, parent)
            case Picture():
                return self._pictures((block,), parent, width)
            case Pictures(items=pictures):
                return self._pictures(pictures, parent, width)
            case MedicineTable():
                return medicines(block, parent, width, self)
            case Own():
                return block.flowables(self, parent, width)
            case Box():
                return self._box(block, parent, width)

    def _list(self, items: Sequence[Runs], parent: Element, style: Any, label: Callable[[int], str]) -> list[Flowable]:
        if not items:
            return []
        group = parent.add("L")
        flow: list[Flowable] = []
        for number, runs in enumerate(items, 1):
            entry = group.add("LI")
            mark, body = entry.add("Lbl"), entry.add("LBody")
            flow.append(self.text(runs, style, body, label=mark, bulletText=label(number)))
        return last_two_together(flow)

    def _ticks(self, items: Sequence[Runs], parent: Element) -> list[Flowable]:
        if not items:
            return []
        group = parent.add("L")
        style, kind = self.styles.tick, LeftwardTicked if self.measures.leftward else TickedParagraph
        made = [kind(self.markup(runs, style), style, group.add("LI").add("LBody"), memory=_MEMORY) for runs in items]
        return last_two_together(made)

    def _pictures(self, pictures: Sequence[Picture], parent: Element, width: float) -> list[Flowable]:
        if len(pictures) == 1 and not self.measures.columns:
            return [self._picture_beside(pictures[0], parent, width)]
        across = self.measures.pictures_across
        rows = [pictures[start : start + across] for start in range(0, len(pictures), across)]
        return [self._picture_row(row, parent, width) for row in rows]

    def _picture_row(self, row: Sequence[Picture], parent: Element, width: float) -> Any:
        column = width / self.measures.pictures_across
        size = min(column - 24, self.measures.picture)
        cells = []
        for picture in row:
            leaf = parent.add("Figure", alt=picture.alt)
            figure = TaggedFigure(column, size * HEIGHT / WIDTH, partial(_draw_centred, PICTURES[picture.name], size), leaf)
            caption = self.text((Run(picture.caption),), self.styles.caption, parent.add("P"))
            cells.append([figure, Spacer(1, 3), caption])
        table: Any = Table(
            [cells[:: -1 if self.measures.leftward else 1]],
            colWidths=[column] * len(cells),
            spaceBefore=self.measures.gap,
            style=[("VALIGN", (0, 0), (-1, -1), "TOP"), *padding(0, 6 * self.measures.air)],
        )
        table.splitInRow = int(table.wrap(width, self.tallest)[1] > self.tallest)
        return table

    def _picture_beside(self, picture: Picture, parent: Element, width: float) -> Any:
        """A picture that stands alone, with what it says beside it: it takes less of a page than above it."""
        size, turn = 0.8 * self.measures.picture, -1 if self.measures.leftward else 1
        leaf = parent.add("Figure", alt=picture.alt)
        figure = TaggedFigure(size, size * HEIGHT / WIDTH, partial(draw_picture, PICTURES[picture.name]), leaf)
        caption = self.text((Run(picture.caption),), self.styles.plain, parent.add("P"))
        style = [("VALIGN", *WHOLE, "MIDDLE"), *padding(0, 4 * self.measures.air)]
        widths = [size + self.measures.gap, width - size - self.measures.gap]
        table: Any = Table([[figure, caption][::turn]], colWidths=widths[::turn], style=style)
        table.splitInRow = int(table.wrap(width, self.tallest)[1] > self.tallest)
        return table

    def _box(self, box: Box, parent: Element, width: float) -> list[Flowable]:
        """The box in one piece; but in large print a long list of what not to take may go on on the next page."""
        row, widths = self._box_cells(box, parent, width)
        look = box_style(box.kind, leftward=self.measures.leftward)
        style = [*padding(10, 9 * self.measures.air), ("VALIGN", *WHOLE, "TOP"), *look]
        table: Any = Table([row], colWidths=widths, style=style, splitInRow=1)
        _, height = table.wrap(width, self.tallest)
        tall = box.kind == "avoid" and not self.measures.columns and height > 0.3 * self.tallest
        whole = [CondPageBreak(0.3 * self.tallest), table] if tall else [KeepTogether([table])]
        return [Spacer(1, self.measures.gap), *whole, Spacer(1, 0.4 * self.measures.gap)]

    def _box_cells(self, box: Box, parent: Element, width: float) -> tuple[list[Any], list[float]]:
        part = parent.add("Sect")
        sign = self.measures.body * 1.7
        column = sign + 14
        content: list[Flowable] = []
        if box.title:
            content.append(self.text(box.title, self.styles.boxed, part.add("H2")))
        for block in box.blocks:
            if box.kind == "main" and isinstance(block, Paragraph):
                content.append(self.text(block.runs, self.styles.main, part.add("P")))
            else:
                content.extend(self.block(block, part, width - column - 20))
        turn = -1 if self.measures.leftward else 1
        return [Drawing(SIGNS[box.kind], sign, 24.0), content][::turn], [column, width - column][::turn]


def draw_picture(shapes: tuple[Shape, ...], canvas: Any, width: float, height: float) -> None:
    """Draw the shapes of a picture, `width` points wide."""
    draw_shapes(canvas, shapes, width / WIDTH, height)


def _draw_centred(shapes: tuple[Shape, ...], size: float, canvas: Any, width: float, height: float) -> None:
    canvas.saveState()
    canvas.translate((width - size) / 2, 0)
    draw_picture(shapes, canvas, size, height)
    canvas.restoreState()
