"""Stacks that are drawn once and then written from memory: the same file, whatever was printed before."""

from __future__ import annotations

from typing import Any

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import KeepTogether, Spacer, Table

from dentalpain.handouts.style import BOLD, REGULAR
from dentalpain.handouts.tagging import Element, Recorded, Recordings, TaggedFigure, TaggedParagraph

from .reading_pdf import reader, spoken, tree
from .test_tagging import STYLE, build, compliant

SPACED = ParagraphStyle("spaced", parent=STYLE, spaceBefore=9, spaceAfter=4)
LINK = "see <a href='https://example.org/'>this page</a> for more"


def stack(text: str = "one") -> Any:
    """What makes a stack: a paragraph with a link, a list item with its label, a figure, and a table."""

    def make(parent: Element) -> list[Any]:
        entry = parent.add("L").add("LI")
        label = entry.add("Lbl")
        figure = TaggedFigure(50, 40, lambda canvas, w, h: canvas.rect(0, 0, w, h), parent.add("Figure", alt="A square"))
        row = parent.add("Table").add("TR")
        cells = [TaggedParagraph("name", STYLE, row.add("TH", scope="Row")), TaggedParagraph(text, STYLE, row.add("TD"))]
        return [
            KeepTogether([
                TaggedParagraph(LINK, SPACED, parent.add("P")),
                TaggedParagraph(text, SPACED, entry.add("LBody"), label=label, bulletText="1."),
            ]),
            Spacer(1, 6),
            figure,
            Table([cells], style=[("FONT", (0, 0), (-1, -1), REGULAR)]),
        ]  # fmt: skip

    return make


def made(memory: Recordings, before: str = "Title", text: str = "one", size: tuple[float, float] = (400, 300)) -> bytes:
    root = Element("Document")
    title = TaggedParagraph(before, STYLE, root.add("H1"))
    flow = [title, Recorded(text, stack(text), root.place(), memory), TaggedParagraph("end", STYLE, root.add("P"))]
    return build(flow, root, size)


def unrecorded(size: tuple[float, float] = (400, 300)) -> bytes:
    root = Element("Document")
    title = TaggedParagraph("Title", STYLE, root.add("H1"))
    return build([title, *stack()(root), TaggedParagraph("end", STYLE, root.add("P"))], root, size)


def test_a_stack_from_memory_is_the_same_file_and_sounds_like_one_without_memory() -> None:
    memory = Recordings()
    first = made(memory)
    assert made(memory) == first
    assert spoken(first) == spoken(unrecorded())
    assert compliant(first)


def test_links_figures_and_their_places_are_the_same_as_without_memory() -> None:
    memory = Recordings()
    made(memory)
    plain, kept = unrecorded(), made(memory)
    assert [node.links for node in tree(kept).walk()] == [node.links for node in tree(plain).walk()]
    rect, = ([float(number) for number in each["/Annots"][0].get_object()["/Rect"]] for each in reader(kept).pages)
    expected, = ([float(number) for number in each["/Annots"][0].get_object()["/Rect"]] for each in reader(plain).pages)
    assert rect == pytest.approx(expected, abs=0.01)


def test_a_stack_that_does_not_fit_goes_on_on_the_next_page() -> None:
    memory = Recordings()
    low = made(memory, size=(400, 170))
    assert len(reader(low).pages) == len(reader(unrecorded((400, 170))).pages) > 1
    assert spoken(low) == spoken(unrecorded()) and compliant(low)
    made(memory)  # now it is in memory
    assert made(memory, size=(400, 170)) == low


def test_letters_that_other_documents_coded_otherwise_are_still_right() -> None:
    # A subset font gives letters beyond ASCII their codes in the order in which a document first prints them.
    memory = Recordings()
    orders = ["Title", "é ü ñ", "ñ é", "ü – ñ é"] * 2
    for before in orders:
        data = made(memory, before, "señal é – ü")
        assert ("LBody", "señal é – ü") in spoken(data)
        assert data == made(Recordings(), before, "señal é – ü")


def test_more_ways_to_code_letters_than_are_kept_do_no_harm() -> None:
    memory, letters = Recordings(), "éüñàèìòùâêîô"
    for number in range(len(letters)):
        before = letters[number:] + letters[:number]
        assert ("LBody", letters) in spoken(made(memory, before, letters))
    assert len(memory.find(letters).writings) <= 8  # type: ignore[union-attr]  # None fails the test


def test_a_font_that_is_not_embedded_can_be_used_too() -> None:
    ordinary = ParagraphStyle("ordinary", fontName="Helvetica", fontSize=10, leading=12)
    memory = Recordings()

    def document() -> bytes:
        root = Element("Document")
        recorded = Recorded("h", lambda top: [TaggedParagraph("plain", ordinary, top.add("P"))], root.place(), memory)
        return build([TaggedParagraph("Title", STYLE, root.add("H1")), recorded], root)

    assert document() == document()


def test_an_empty_stack_is_nothing() -> None:
    root = Element("Document")
    empty = Recorded("empty", lambda parent: [], root.place(), Recordings())
    data = build([empty, TaggedParagraph("text", STYLE, root.add("P"))], root)
    assert spoken(data) == [("P", "text")]


def test_stacks_keep_the_spaces_that_a_frame_would_set() -> None:
    def heights(recorded: bool) -> list[float]:
        root, memory = Element("Document"), Recordings()

        def three(parent: Element) -> list[Any]:
            return [TaggedParagraph("x", SPACED, parent.add("P")) for _ in range(3)]

        ends = TaggedFigure(9, 9, lambda canvas, w, h: None, root.add("Figure", alt="end"))
        flow = [Recorded("three", three, root.place(), memory)] if recorded else three(root)
        build([TaggedParagraph("Title", STYLE, root.add("H1")), *flow, ends], root)
        assert ends.leaf.bounds is not None
        return list(ends.leaf.bounds)

    assert heights(True) == pytest.approx(heights(False))


def test_the_memory_for_drawings_has_an_end() -> None:
    memory = Recordings(most=2)
    for text in "abc":
        made(memory, text=text)
    assert memory.find("a") is None and memory.find("c") is not None


def test_bold_and_regular_are_kept_apart() -> None:
    memory = Recordings()
    text = f'one <font name="{BOLD}">two – three</font> é'
    assert made(memory, text=text) == made(memory, text=text)
    assert ("LBody", "one two – three é") in spoken(made(memory, text=text))
