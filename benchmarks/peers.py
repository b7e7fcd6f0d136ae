"""The same handout made by other printers, from the same content: how long each takes, and whether it is accessible."""

from __future__ import annotations

import importlib.util
import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from dentalpain.handouts.content import (
    Box,
    Bullets,
    Document,
    Heading,
    MedicineTable,
    Paragraph,
    Picture,
    Pictures,
    Steps,
    Ticks,
    plain,
)
from dentalpain.handouts.drawings import HEIGHT, PICTURES, WIDTH
from dentalpain.handouts.html import svg, to_html, to_page
from dentalpain.handouts.qr import square_code
from dentalpain.handouts.style import PALETTE
from dentalpain.paths import static_folder

Print = Callable[[], bytes]


class Missing(Exception):
    """A peer that is not installed here."""


def _needed(module: str) -> None:
    if importlib.util.find_spec(module) is None:
        raise Missing(f"{module} is not installed: pip install 'dentalpain[bench]'")


def drawings(document: Document) -> dict[str, bytes]:
    """The pictures of the handout and its square code as SVG, by name."""
    names = [picture.name for block in document.blocks if isinstance(block, Pictures) for picture in block.items]
    xmlns = 'xmlns="http://www.w3.org/2000/svg"'
    found = {name: svg(PICTURES[name], WIDTH, HEIGHT, xmlns) for name in names}
    shapes, modules = square_code(document.office.url)
    return {name: text.encode() for name, text in (found | {"code": svg(shapes, modules, modules, xmlns)}).items()}


# -- typst ---------------------------------------------------------------------------------------------------------


@contextmanager
def typst(document: Document) -> Iterator[Print]:
    """A fresh compile as the package does it, which looks for fonts each time; with PDF/UA-1 asked for."""
    with _typst(document) as (engine, files):
        fonts = [str(static_folder() / "fonts")]
        yield lambda: bytes(engine.compile(files, font_paths=fonts, format="pdf", pdf_standards=["ua-1"]))


@contextmanager
def typst_again(document: Document) -> Iterator[Print]:
    """The same source again with fonts that were read before, so that typst finds its results of the last time."""
    with _typst(document) as (engine, files):
        kept = {"font_paths": engine.Fonts(False, False, [str(static_folder() / "fonts")]), "ignore_system_fonts": True}
        yield lambda: bytes(engine.compile(files, format="pdf", pdf_standards=["ua-1"], **kept))


@contextmanager
def _typst(document: Document) -> Iterator[tuple[Any, dict[str, bytes]]]:
    _needed("typst")
    import typst as engine

    files = {f"{name}.svg": drawing for name, drawing in drawings(document).items()}
    yield engine, files | {"main.typ": _typst_source(document).encode()}


def _typst_source(document: Document) -> str:
    office = document.office
    head = (
        f'#set document(title: {_quoted(document.title)})\n#set page("us-letter", margin: 54pt, numbering: "1 / 1")\n'
        '#set text(font: "Noto Sans", size: 12.5pt, lang: "en")\n'
        f'#grid(columns: (1fr, 60pt), [{_plain(office.name)}\\ {_plain(office.phone)}], '
        f'image("code.svg", alt: {_quoted(office.url_alt)}))\n= {_plain(document.title)}\n{_plain(document.under_title())}\n\n'
    )
    return head + "\n".join(map(_typst_block, document.blocks))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _plain(text: str) -> str:
    return f"#text({_quoted(text)})"


def _typst_block(block: Any) -> str:
    match block:
        case Heading(text=text, level=level):
            return f"{'=' * level} {_plain(text)}\n"
        case Paragraph(runs=runs):
            return f"{_plain(plain(runs))}\n"
        case Bullets(items=items) | Ticks(items=items):
            return "\n".join(f"- {_plain(plain(runs))}" for runs in items) + "\n"
        case Steps(items=items):
            return "\n".join(f"+ {_plain(plain(runs))}" for runs in items) + "\n"
        case Pictures(items=pictures):
            cells = ", ".join(f"[{_typst_block(picture)}]" for picture in pictures)
            return f"#grid(columns: {len(pictures)}, column-gutter: 20pt, {cells})\n"
        case Picture(name=name, caption=caption, alt=alt):
            return f'#image("{name}.svg", width: 110pt, alt: {_quoted(alt)})\n{_plain(caption)}'
        case Box(title=title, blocks=blocks):
            inner = "\n".join(map(_typst_block, blocks))
            heading = f"== {_plain(plain(title))}\n" if title else ""
            return f'#block(fill: rgb("{PALETTE["tint"]}"), inset: 10pt, width: 100%)[\n{heading}{inner}]\n'
        case MedicineTable():
            return _typst_table(block)
    raise TypeError(type(block).__name__)


def _typst_table(table: MedicineTable) -> str:
    heads = ", ".join(f"[{_plain(text)}]" for text in heads_of(table))
    cells = ",\n".join(f"[{_plain(text)}]" for row in rows_of(table) for text in row)
    return f"#table(columns: {len(heads_of(table))}, table.header({heads}),\n{cells})\n"


def heads_of(table: MedicineTable) -> tuple[str, ...]:
    """The heads of the columns."""
    return (table.words.medicine, *(table.words.periods() if table.by_time_of_day() else (table.words.how,)))


def rows_of(table: MedicineTable) -> list[tuple[str, ...]]:
    """The cells of each medicine; one without fixed times says how to take it in the first."""
    width = len(heads_of(table)) - 1
    rows = []
    for row in table.rows:
        taken = row.times.cells() if row.times else (row.how, *[""] * (width - 1))
        rows.append((" ".join((row.name, row.purpose, *row.notes)), *taken))
    return rows


# -- WeasyPrint and Chromium: the HTML page ------------------------------------------------------------------------


@contextmanager
def weasyprint(document: Document) -> Iterator[Print]:
    """WeasyPrint on the HTML page, with PDF/UA-1 asked for."""
    _needed("weasyprint")
    import logging

    import weasyprint as engine

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it names each property of screens that it does not know
    # WeasyPrint 70 fails on a drawing in a grid: for it the boxes are blocks.
    style = (static_folder() / "handout.css").read_text(encoding="utf-8") + ".handout-box { display: block }"
    page = to_html(document, style=style)
    yield lambda: bytes(engine.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"))


@contextmanager
def chromium(document: Document) -> Iterator[Print]:
    """A running Chromium on the HTML page, with tags."""
    _needed("playwright")
    program = os.environ.get("DENTALPAIN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise Missing("there is no Chromium")
    from playwright.sync_api import sync_playwright

    content = to_page(document).decode()
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()

        def made() -> bytes:
            page.set_content(content)
            return bytes(page.pdf(format="Letter", tagged=True, print_background=True))

        yield made
        browser.close()


# -- fpdf2 ---------------------------------------------------------------------------------------------------------


@contextmanager
def fpdf2(document: Document) -> Iterator[Print]:
    """fpdf2; it writes no tags."""
    _needed("fpdf")
    yield lambda: _fpdf(document, drawings(document))


def _fpdf(document: Document, pictures: dict[str, bytes]) -> bytes:
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format="letter")
    for style, file in (("", "NotoSans-Regular.ttf"), ("B", "NotoSans-Bold.ttf")):
        pdf.add_font("Noto", style, static_folder() / "fonts" / file)
    pdf.set_margin(54)
    pdf.add_page()
    _say(pdf, f"{document.office.name}  {document.office.phone}", style="B")
    pdf.image(io.BytesIO(pictures["code"]), x=500, y=40, w=56)
    _say(pdf, document.title, size=23, style="B")
    for block in document.blocks:
        _fpdf_block(pdf, block, pictures)
    return bytes(pdf.output())


def _say(pdf: Any, text: str, *, size: float = 12.5, style: str = "", fill: bool = False) -> None:
    pdf.set_font("Noto", style, size)
    pdf.multi_cell(0, 1.28 * size, text, new_x="LMARGIN", new_y="NEXT", fill=fill)


def _fpdf_block(pdf: Any, block: Any, pictures: dict[str, bytes], fill: bool = False) -> None:
    match block:
        case Heading(text=text):
            _say(pdf, text, size=15, style="B")
        case Paragraph(runs=runs):
            _say(pdf, plain(runs), fill=fill)
        case Bullets(items=items) | Ticks(items=items) | Steps(items=items):
            for runs in items:
                _say(pdf, f"•  {plain(runs)}", fill=fill)
        case Pictures(items=items):
            for number, picture in enumerate(items):
                pdf.image(io.BytesIO(pictures[picture.name]), x=60 + 160 * number, y=pdf.get_y(), w=110)
            pdf.ln(95)
            _say(pdf, "   ".join(picture.caption for picture in items), size=11)
        case Box(title=title, blocks=blocks):
            pdf.set_fill_color(232, 241, 241)
            _say(pdf, plain(title), style="B", fill=True) if title else None
            for inner in blocks:
                _fpdf_block(pdf, inner, pictures, fill=True)
        case MedicineTable():
            pdf.set_font("Noto", "", 12.5)
            with pdf.table() as grid:
                for cells in (heads_of(block), *rows_of(block)):
                    line = grid.row()
                    for text in cells:
                        line.cell(text)
