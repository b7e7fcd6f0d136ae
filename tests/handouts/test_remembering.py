"""What is kept between documents for speed: it changes no byte and holds nothing of a patient."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor

import pytest
from reportlab.lib.styles import ParagraphStyle

from dentalpain.handouts import blocks
from dentalpain.handouts.content import Paragraph, Run
from dentalpain.handouts.layout import to_pdf
from dentalpain.handouts.style import REGULAR
from dentalpain.handouts.tagging import Element, Memory, Recordings, TaggedParagraph

from .samples import OFFICE, VISITS, handout, picture, small
from .test_tagging import build

STYLE = ParagraphStyle("kept", fontName=REGULAR, bulletFontName=REGULAR, fontSize=12, leading=15)


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that has printed nothing yet."""
    monkeypatch.setattr(blocks, "_MEMORY", Memory())
    monkeypatch.setattr(blocks, "_DRAWINGS", Recordings())


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("visit", VISITS)
def test_a_first_document_and_a_later_one_have_the_same_bytes(
    visit: str, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = [to_pdf(VISITS[visit], large_print=large) for _ in range(2)][-1]
    forget(monkeypatch)
    assert to_pdf(VISITS[visit], large_print=large) == later


def test_text_that_was_split_over_pages_is_whole_the_next_time() -> None:
    memory, words = Memory(), "<b>one</b> " + "two three four " * 150

    def made() -> bytes:
        root = Element("Document")
        title = TaggedParagraph("Title", STYLE, root.add("H1"), memory=memory)
        return build([title, TaggedParagraph(words, STYLE, root.add("P"), memory=memory)], root)

    assert made() == made() == made()


def test_a_text_is_wrapped_for_each_width_that_it_meets() -> None:
    memory, words = Memory(), "word " * 40
    heights = [TaggedParagraph(words, STYLE, Element("P"), memory=memory).wrap(width, 500)[1] for width in (300, 80, 300)]
    assert heights[0] == heights[2] < heights[1]
    assert [TaggedParagraph(words, STYLE, Element("P")).wrap(width, 500)[1] for width in (300, 80, 300)] == heights


def test_a_width_that_holds_nothing_is_not_kept() -> None:
    memory = Memory()
    assert TaggedParagraph("word", STYLE, Element("P"), memory=memory).wrap(0, 500)[1] > 1000
    assert TaggedParagraph("word", STYLE, Element("P"), memory=memory).wrap(100, 500)[1] == 15


def test_the_same_markup_in_another_style_is_another_text() -> None:
    memory = Memory()
    larger = ParagraphStyle("larger", parent=STYLE, fontSize=24, leading=30)
    heights = [TaggedParagraph("word", style, Element("P"), memory=memory).wrap(100, 500)[1] for style in (STYLE, larger)]
    assert heights == [15, 30]


def test_the_memory_has_an_end() -> None:
    memory = Memory(most=3)
    first = memory.text("a", STYLE)
    assert memory.text("a", STYLE) is first
    for text in "bcd":
        memory.text(text, STYLE)
    assert memory.text("a", STYLE) is not first


def test_nothing_of_a_patient_is_kept_after_the_document() -> None:
    office = OFFICE | {"next_visit": "Quartermain returns on Friday"}
    to_pdf(handout(office=office, prepared_for="Zebulon Quartermain"))
    to_pdf(small(Paragraph((Run("Quartermain returns"),), personal=True)))
    gc.collect()
    assert any("Take 400" in markup for markup, _ in blocks._MEMORY._kept)
    assert not any("Quartermain" in markup for markup, _ in blocks._MEMORY._kept)
    drawn = [(key, recording.writings, recording.shapes) for key, recording in blocks._DRAWINGS._kept.items()]
    assert drawn and "Quartermain" not in str(drawn)


def test_six_threads_make_the_same_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [*VISITS.values(), handout(office=OFFICE | {"logo": picture(), "url": "https://riverside.example"})]
    alone = [to_pdf(document) for document in documents]
    forget(monkeypatch)
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(to_pdf, documents * 6))
    assert made == alone * 6
