"""The head of the first page: logo, name and ways to reach the office, and the square code of its address."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable, Table

from .content import Logo, Office, Run
from .ink import draw_logo, draw_shapes
from .qr import square_code
from .style import REGULAR
from .tagging import Element, TaggedFigure

if TYPE_CHECKING:
    from .blocks import Writer

LOGO = (12.0, 4.0)  # the largest width and height, in heights of the body text
CODE = 4.4  # the side of the code, likewise
BETWEEN = 14.0


def letterhead(office: Office, parent: Element, writer: Writer) -> list[Flowable]:
    """The letterhead; its parts stand side by side if there is more than text."""
    logo = _logo(office, parent, writer) if office.logo else None
    text = _text(office, parent, writer)
    code = _code(office, parent, writer) if office.url else None
    if not logo and not code:
        return text
    cells = [part for part in (logo and [logo], text, code and [code]) if part]
    sides = [part.width + BETWEEN if part else 0.0 for part in (logo, code)]
    columns = [width for width in (sides[0], writer.width - sum(sides), sides[1]) if width]
    style = [
        ("FONT", (0, 0), (-1, -1), REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
    ]
    table: Any = Table([cells], colWidths=columns, style=style, splitInRow=1)
    return [table]


def _text(office: Office, parent: Element, writer: Writer) -> list[Flowable]:
    lines = [writer.text((Run(office.name),), writer.styles.office, parent.add("P"))]
    contact = office.contact()
    return lines + ([writer.text(contact, writer.styles.small, parent.add("P"))] if contact else [])


def _logo(office: Office, parent: Element, writer: Writer) -> TaggedFigure:
    logo, body = office.logo, writer.measures.body
    assert logo is not None
    scale = min(LOGO[0] * body / logo.width, LOGO[1] * body / logo.height)
    width, height = scale * logo.width, scale * logo.height
    return _figure(width, height, partial(_draw_logo, logo), parent.add("Figure", alt=office.logo_alt), "LEFT")


def _draw_logo(logo: Logo, canvas: Any, width: float, height: float) -> None:
    draw_logo(canvas, logo, width, height)


def _code(office: Office, parent: Element, writer: Writer) -> TaggedFigure:
    shapes, modules = square_code(office.url)
    side = CODE * writer.measures.body

    def draw(canvas: Any, width: float, height: float) -> None:
        draw_shapes(canvas, shapes, width / modules, height)

    return _figure(side, side, draw, parent.add("Figure", alt=office.url_alt), "RIGHT")


def _figure(width: float, height: float, draw: Any, leaf: Element, side: str) -> TaggedFigure:
    figure = TaggedFigure(width, height, draw, leaf)
    figure.hAlign = side
    return figure
