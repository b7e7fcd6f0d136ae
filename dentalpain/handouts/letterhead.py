"""The head of the first page: logo, name and ways to reach the office, and the square code of its address."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable, Spacer, Table

from .content import Logo, Office, Run
from .ink import draw_logo, draw_shapes
from .qr import square_code
from .style import REGULAR
from .tagging import Element, TaggedFigure

if TYPE_CHECKING:
    from .blocks import Writer

LOGO = (11.0, 4.4)  # the largest width and height, in heights of the body text
CODE = 4.4  # the side of the code, likewise
BETWEEN = 14.0


def letterhead(office: Office, parent: Element, writer: Writer) -> list[Flowable]:
    """The letterhead: logo, text and code side by side; in large print the text stands below a logo."""
    logo = _logo(office, parent, writer) if office.logo else None
    text = _text(office, parent, writer)
    code = _code(office, parent, writer) if office.url else None
    if logo is None and code is None:
        return text
    if writer.measures.columns or logo is None:
        return [_row(logo, text, code, writer.width)]
    return [_row(logo, [], code, writer.width), Spacer(1, writer.measures.gap), *text]


def _row(logo: TaggedFigure | None, text: list[Flowable], code: TaggedFigure | None, width: float) -> Any:
    sides = [part.width + BETWEEN if part else 0.0 for part in (logo, code)]
    style = [
        ("FONT", (0, 0), (-1, -1), REGULAR),  # else ReportLab names its own font, which is not embedded
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("ALIGN", (2, 0), (2, 0), "RIGHT"),
        *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
    ]
    cells = [[logo] if logo else "", text or "", [code] if code else ""]
    return Table([cells], colWidths=[sides[0], width - sum(sides), sides[1]], style=style, splitInRow=1)


def _text(office: Office, parent: Element, writer: Writer) -> list[Flowable]:
    lines: list[Flowable] = [writer.text((Run(office.name),), writer.styles.office, parent.add("P"))]
    lines += [writer.text(line, writer.styles.small, parent.add("P")) for line in office.contact()]
    return lines


def _logo(office: Office, parent: Element, writer: Writer) -> TaggedFigure:
    logo, body = office.logo, writer.measures.body
    assert logo is not None
    scale = min(LOGO[0] * body / logo.width, LOGO[1] * body / logo.height)
    width, height = scale * logo.width, scale * logo.height
    return TaggedFigure(width, height, partial(_draw_logo, logo), parent.add("Figure", alt=office.logo_alt))


def _draw_logo(logo: Logo, canvas: Any, width: float, height: float) -> None:
    draw_logo(canvas, logo, width, height)


def _code(office: Office, parent: Element, writer: Writer) -> TaggedFigure:
    shapes, modules = square_code(office.url)
    side = CODE * writer.measures.body

    def draw(canvas: Any, width: float, height: float) -> None:
        draw_shapes(canvas, shapes, width / modules, height)

    return TaggedFigure(side, side, draw, parent.add("Figure", alt=office.url_alt))
