"""The tagging layer on its own, as any user of ReportLab would use it."""

from __future__ import annotations

import datetime
import io
from typing import Any

import page
import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, Image, PageTemplate, Spacer, Table

from dentalpain.handouts.fonts import covered_characters
from dentalpain.handouts.style import REGULAR
from dentalpain.handouts.tagging import About, Element, TaggedFigure, TaggedParagraph, canvas_maker
from dentalpain.handouts.tagging.objects import TaggedStream, clean_character_map
from dentalpain.handouts.tagging.structure import Mark
from dentalpain.handouts.tagging.text import Reading

from .reading_pdf import page_text, reader, spaced, spoken, tree

ABOUT = About("A document", "en", datetime.date(2026, 11, 24), author="An author", subject="A subject")
covered_characters()  # registers the embedded fonts
STYLE = ParagraphStyle("body", fontName=REGULAR, bulletFontName=REGULAR, fontSize=12, leading=15, leftIndent=14)


def build(flow: list[Any], root: Element, size: tuple[float, float] = (400, 300), **more: Any) -> bytes:
    target = io.BytesIO()
    template = BaseDocTemplate(target, pagesize=size, initialFontName=REGULAR)
    template.addPageTemplates(PageTemplate(frames=[Frame(30, 30, size[0] - 60, size[1] - 60)]))
    template.build(flow, canvasmaker=canvas_maker(root, ABOUT, **more))
    return target.getvalue()


def compliant(data: bytes) -> bool:
    return all(page.validate_pdf_bytes(data, profile=profile).is_compliant for profile in ("ua1", "2a"))


def paragraph(markup: str, root: Element, tag: str = "P", **more: Any) -> TaggedParagraph:
    return TaggedParagraph(markup, STYLE, root.add(tag), **more)


def test_a_paragraph_that_runs_over_two_pages_is_one_element_with_its_whole_text() -> None:
    root = Element("Document")
    words = " ".join(f"word{number}" for number in range(200))
    data = build([paragraph("Title", root, "H1"), paragraph(words, root)], root)
    assert len(reader(data).pages) > 1
    assert spoken(data) == [("H1", "Title"), ("P", words)]
    assert compliant(data)


def test_words_at_the_ends_of_lines_do_not_run_together() -> None:
    root = Element("Document")
    text = "one <b>two</b> three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen " * 3
    data = build([paragraph(text.replace("<b>", f'<font name="{REGULAR}">').replace("</b>", "</font>"), root)], root)
    assert spoken(data) == [("P", spaced(text.replace("<b>", "").replace("</b>", "")))]


def test_a_word_broken_over_lines_stays_one_word() -> None:
    root = Element("Document")
    data = build([paragraph("a" * 200 + " end", root)], root)
    assert spoken(data) == [("P", "a" * 200 + " end")]


def test_a_line_break_in_the_markup_is_read_as_a_space() -> None:
    root = Element("Document")
    assert spoken(build([paragraph("one<br/>two", root)], root)) == [("P", "one two")]


def test_a_link_that_wraps_is_one_element_with_an_area_on_each_line() -> None:
    root = Element("Document")
    text = "see <a href='https://example.org/'>" + "a long name of a page " * 5 + "</a> for more"
    data = build([paragraph(text, root)], root)
    (link,) = [node for node in tree(data).walk() if node.tag == "Link"]
    assert len(link.links) > 1
    assert set(link.links) == {"https://example.org/"}
    assert spaced(link.text) == ("a long name of a page " * 5).strip()
    assert compliant(data)


def test_a_paragraph_that_is_nothing_but_a_link_is_a_link() -> None:
    root = Element("Document")
    data = build([paragraph("<a href='tel:911'>911</a>", root)], root)
    (link,) = [node for node in tree(data).walk() if node.tag == "Link"]
    assert (link.text.strip(), link.links) == ("911", ["tel:911"])
    assert compliant(data)


def test_the_same_address_twice_in_a_line_gives_two_links_in_order() -> None:
    root = Element("Document")
    data = build([paragraph("<a href='tel:1'>one</a> and <a href='tel:1'>two</a>", root)], root)
    assert [spaced(node.text) for node in tree(data).walk() if node.tag == "Link"] == ["one", "two"]
    contents = [annotation.get_object()["/Contents"] for annotation in reader(data).pages[0]["/Annots"]]
    assert contents == ["one", "two"]


def test_a_bullet_is_the_label_of_its_item() -> None:
    root = Element("Document")
    entry = root.add("L").add("LI")
    label = entry.add("Lbl")
    data = build([TaggedParagraph("text", STYLE, entry.add("LBody"), label=label, bulletText="1.")], root)
    assert [(node.tag, node.text.strip()) for node in tree(data).walk() if node.text] == [
        ("Lbl", "1."),
        ("LBody", "text"),
    ]
    assert compliant(data)


def test_a_repeated_table_head_is_an_artifact_on_later_pages() -> None:
    root = Element("Document")
    top = root.add("Table")
    head = top.add("TR")
    rows = [[TaggedParagraph("Name", STYLE, head.add("TH", scope="Column"), once=True)]]
    for number in range(40):
        rows.append([TaggedParagraph(f"row {number}", STYLE, top.add("TR").add("TD"))])
    data = build([Table(rows, repeatRows=1, style=[("FONT", (0, 0), (-1, -1), REGULAR)])], root)
    assert "Name" in page_text(data, 1)
    assert [node.text for node in tree(data).walk() if node.tag == "TH"] == ["Name"]
    assert compliant(data)


def test_a_figure_carries_its_alternative_and_its_box() -> None:
    root = Element("Document")
    leaf = root.add("Figure", alt="A square")
    data = build([Spacer(1, 10), TaggedFigure(50, 40, lambda canvas, w, h: canvas.rect(0, 0, w, h), leaf)], root)
    assert spoken(data) == [("Figure", "A square")]
    assert leaf.bounds is not None
    left, bottom, right, top = leaf.bounds
    assert (right - left, top - bottom) == (50, 40)
    assert compliant(data)


def test_reading_order_is_the_order_of_the_tree_and_not_of_the_drawing() -> None:
    root = Element("Document")
    first, second = root.add("P"), root.add("P")
    data = build([TaggedParagraph("drawn first", STYLE, second), TaggedParagraph("drawn last", STYLE, first)], root)
    assert [text for _, text in spoken(data)] == ["drawn last", "drawn first"]


def test_what_was_never_drawn_is_not_in_the_tree_but_an_empty_cell_keeps_its_place() -> None:
    root = Element("Document")
    root.add("P")
    row = root.add("Table").add("TR")
    row.add("TD")
    data = build([TaggedParagraph("text", STYLE, row.add("TD"))], root)
    assert [node.tag for node in tree(data).walk()] == ["Document", "Table", "TR", "TD", "TD"]


def test_the_last_pass_knows_the_number_of_pages() -> None:
    root = Element("Document")

    def finish(canvas: Any, number: int, total: int) -> None:
        canvas.setFont(REGULAR, 9)
        canvas.drawString(30, 10, f"{number}/{total}")

    data = build([paragraph("word " * 300, root)], root, finish=finish)
    total = len(reader(data).pages)
    assert total > 1
    assert all(f"{number + 1}/{total}" in page_text(data, number) for number in range(total))
    assert compliant(data)


def test_an_image_that_nobody_claims_is_an_artifact_and_the_file_stays_archival() -> None:
    from PIL import Image as Picture

    buffer = io.BytesIO()
    Picture.new("RGB", (8, 8), (10, 60, 70)).save(buffer, "PNG")
    buffer.seek(0)
    root = Element("Document")
    data = build([Image(ImageReader(buffer).fp, 20, 20), paragraph("text", root)], root)
    assert compliant(data)


def test_a_stream_that_ends_in_a_carriage_return_keeps_its_length() -> None:
    # A lone LF after content that ends in CR would be read as the CR LF before endstream.
    from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream

    stream = PDFStream(content=b"abc\r")
    stream.__class__ = TaggedStream
    written = stream.format(PDFDocument())
    assert b"/Length 4" in written
    assert written.endswith(b"stream\nabc\r\r\nendstream\n")


def test_a_tag_that_is_no_standard_type_is_refused() -> None:
    with pytest.raises(ValueError, match="not a standard structure type"):
        Element("Paragraph")


def test_a_character_map_has_no_unused_codes_short_lists_and_utf_16() -> None:
    pairs = "\n".join(f"<{code:02X}> <{code + 0x40:04X}>" for code in range(1, 103))
    text = f"head\n104 beginbfchar\n<00> <0000>\n{pairs}\n<67> <1F600>\nendbfchar\ntail"
    cleaned = clean_character_map(text)
    assert "<0000>" not in cleaned
    assert "100 beginbfchar" in cleaned and "3 beginbfchar" in cleaned
    assert "<67> <D83DDE00>" in cleaned  # U+1F600 as a surrogate pair


def test_reading_counts_letters_so_that_lines_may_break_anywhere() -> None:
    reading = Reading("ab cd")
    assert reading.printed("ab", line_ends=True) == "ab "
    assert reading.printed("c", line_ends=True) == "c"
    assert reading.printed("d", line_ends=True) == "d"


def test_an_ordinary_canvas_in_the_same_process_is_left_alone() -> None:
    def ordinary() -> bytes:
        buffer = io.BytesIO()
        canvas = Canvas(buffer, invariant=1)
        canvas.drawString(10, 10, "plain")
        canvas.save()
        return buffer.getvalue()

    before = ordinary()
    root = Element("Document")
    build([paragraph("text", root)], root)
    assert ordinary() == before


def test_marks_say_whether_an_element_was_drawn() -> None:
    element = Element("P")
    assert not element.marked()
    element.kids.append(Mark(None, 0))
    assert element.marked()
