"""The handout as an HTML page: the same content, without inline script or style."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape

from ..paths import static_folder
from .content import (
    BETWEEN,
    NOTHING,
    Block,
    Box,
    Bullets,
    Document,
    Heading,
    MedicineRow,
    MedicineTable,
    Office,
    Own,
    Paragraph,
    Picture,
    Pictures,
    Run,
    Runs,
    Steps,
    Ticks,
    plain,
)
from .drawings import HEIGHT, PICTURES, SIGNS, WIDTH, Shape
from .fonts import letters_of
from .qr import square_code
from .style import PALETTE

SIGN_SIZE = 24
_SHOWN = re.compile(r"<svg.*?</svg>|(?<=>)[^<>]+(?=<)", re.DOTALL)  # all text is escaped
# By UAX 9 alone a range, a date or a telephone number after Arabic letters is shown from its end: 1-2 as 2-1; and the
# number of a house behind its street.
_LATIN = r"[A-Za-z\u00C0-\u024F][0-9A-Za-z\u00C0-\u024F.'-]*"
_RIGHTWARD = re.compile(rf"(?<![&#0-9A-Za-z])(?:\+?\d+(?:[-\u2013.,:/()\u00A0]+\d+)+|{_LATIN}(?: {_LATIN})*)")
_CHANGING = re.compile(r"[\u0590-\u08FF]")


def to_html(document: Document, *, stylesheet: str | None = None, style: str = "") -> str:
    """The document as a complete page; `stylesheet` is the address of a style sheet, `style` one inside the page."""
    look = f'<link rel="stylesheet" href="{escape(stylesheet)}">\n' if stylesheet else ""
    look += f"<style>\n{style}</style>\n" if style else ""
    return (
        f"<!doctype html>\n<html {_language(document)}>\n<head>\n"
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n{look}</head>\n<body>\n{to_fragment(document)}</body>\n</html>\n"
    )


def to_page(document: Document, stylesheet: str | None = None) -> bytes:
    """The page in UTF-8, with the address of its style sheet, or else with the style in it, so that it stands alone."""
    style = "" if stylesheet else (static_folder() / "handout.css").read_text(encoding="utf-8")
    return to_html(document, stylesheet=stylesheet, style=style).encode("utf-8")


def to_fragment(document: Document) -> str:
    """The document as one `<article>`, to stand in another page."""
    under = document.under_title()
    parts = [
        f'<article class="handout" {_language(document)}>',
        _letterhead(document.office),
        _tag("p", escape(document.watermark), "handout-preview") if document.watermark else "",
        _tag("h1", escape(document.title)),
        _tag("p", escape(under), "handout-under") if under else "",
        *map(_block, document.blocks),
        _tag("footer", _tag("p", escape(document.version))) if document.version else "",
        "</article>",
    ]
    page = "\n".join(part for part in parts if part) + "\n"
    return _SHOWN.sub(_kept_in_order, page) if letters_of(document.language).leftward else page


def _language(document: Document) -> str:
    """The language of an element, and its direction where that is from right to left."""
    direction = ' dir="rtl"' if letters_of(document.language).leftward else ""
    return f'lang="{escape(document.language)}"{direction}'


def _kept_in_order(found: re.Match[str]) -> str:
    """A text with what runs from left to right in it set apart, so that nothing turns it round."""
    text = found.group()
    if text[0] == "<" or not _RIGHTWARD.search(text):
        return text
    if not _CHANGING.search(text):
        return BETWEEN.join(f'<bdi dir="ltr">{part}</bdi>' if part else "" for part in text.split(BETWEEN))
    return _RIGHTWARD.sub(lambda piece: f'<bdi dir="ltr">{piece.group()}</bdi>', text)


def blocks_to_html(blocks: Iterable[Block | Box]) -> str:
    """Blocks alone, to stand as a narrative in another document."""
    return "".join(map(_block, blocks))


def _letterhead(office: Office) -> str:
    logo, code = "", ""
    if office.logo:
        source = f"data:image/png;base64,{b64encode(office.logo.png).decode()}"
        size = f'width="{office.logo.width}" height="{office.logo.height}"'
        logo = f'<img class="handout-logo" src="{source}" {size} alt="{escape(office.logo_alt)}">'
    if office.url:
        shapes, modules = square_code(office.url)
        code = svg(shapes, modules, modules, f'role="img" aria-label="{escape(office.url_alt)}"', "handout-code")
    text = _tag("p", escape(office.name), "handout-office")
    text += "".join(_tag("p", _runs(line), "handout-contact") for line in office.contact())
    return _tag("header", logo + _tag("div", text) + code)


def _tag(name: str, content: str, css: str = "", **attributes: str) -> str:
    shown = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    class_ = f' class="{css}"' if css else ""
    return f"<{name}{class_}{shown}>{content}</{name}>"


def _runs(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    text = escape(run.text)
    if run.bold:
        text = f"<strong>{text}</strong>"
    return text if run.link is None else f'<a href="{escape(run.link)}">{text}</a>'


def _list(name: str, items: Sequence[Runs], css: str = "") -> str:
    return _tag(name, "".join(_tag("li", _runs(item)) for item in items), css) if items else ""


def _block(block: Block | Box) -> str:
    match block:
        case Heading(text=text, level=level):
            return _tag(f"h{level}", escape(text))
        case Paragraph(runs=runs, personal=personal):
            return _tag("p", _runs(runs), "handout-personal" if personal else "")
        case Bullets(items=items):
            return _list("ul", items)
        case Steps(items=items):
            return _list("ol", items)
        case Ticks(items=items):
            return _list("ul", items, "handout-ticks")
        case Picture():
            return _picture(block)
        case Pictures(items=pictures):
            return _tag("div", "".join(map(_picture, pictures)), "handout-pictures") if pictures else ""
        case MedicineTable():
            return _table(block) if block.rows else ""
        case Own():
            return block.html()
        case Box():
            return _box(block)


def _box(box: Box) -> str:
    title = _tag("h2", _runs(box.title)) if plain(box.title) else ""
    sign = svg(SIGNS[box.kind], SIGN_SIZE, SIGN_SIZE, 'aria-hidden="true"')
    return _tag("section", sign + title + "".join(map(_block, box.blocks)), f"handout-box handout-{box.kind}")


def _picture(picture: Picture) -> str:
    label = f'role="img" aria-label="{escape(picture.alt)}"'
    drawing = svg(PICTURES[picture.name], WIDTH, HEIGHT, label)
    return _tag("figure", drawing + _tag("figcaption", escape(picture.caption)))


def svg(shapes: Iterable[Shape], width: float, height: float, attributes: str, css: str = "") -> str:
    """Shapes as an SVG element."""
    paths = "".join(
        f'<path d="{shape.path}" fill="{PALETTE.get(shape.fill, "none")}" stroke="{PALETTE.get(shape.stroke, "none")}" '
        f'stroke-width="{shape.width}" stroke-linecap="round" stroke-linejoin="round"/>'
        for shape in shapes
    )
    class_ = f'class="{css}" ' if css else ""
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    return f"<svg {class_}{size} {attributes}>{paths}</svg>"


def _table(table: MedicineTable) -> str:
    by_time = table.by_time_of_day()
    names = table.words.periods() if by_time else (table.words.how,)
    head = _tag("th", escape(table.words.medicine), scope="col")
    head += "".join(_tag("th", escape(name), "handout-time" if by_time else "", scope="col") for name in names)
    body = "".join(_row(row, len(names) + 1) for row in table.rows)
    return _tag("table", _tag("thead", _tag("tr", head)) + _tag("tbody", body), "handout-medicines")


def _row(row: MedicineRow, columns: int) -> str:
    name = _tag("strong", escape(row.name)) + " " + _tag("span", escape(row.purpose), "handout-purpose")
    cells = _tag("th", name, scope="row")
    if row.times is None:
        cells += _tag("td", escape(row.how), colspan=str(columns - 1))
    else:
        cells += "".join(
            _tag("td", _tag("strong", escape(amount)) if amount else NOTHING) for amount in row.times.cells()
        )
    notes = _list("ul", [(Run(note),) for note in row.notes])
    below = _tag("tr", _tag("td", notes, colspan=str(columns)), "handout-notes") if notes else ""
    return _tag("tr", cells, "handout-times" if row.times else "") + below
