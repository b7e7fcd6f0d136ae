"""What shares a page: the last page is never nearly bare, and what belongs together is not torn."""

from __future__ import annotations

import pytest

from dentalpain.handouts.content import Document, Heading, MedicineRow, MedicineTable, Paragraph, Run
from dentalpain.handouts.fonts import covered_characters
from dentalpain.handouts.layout import BARE, LEAST_LEFT, _build, _printed, to_pdf
from dentalpain.handouts.paper_forms.building import build_form
from dentalpain.handouts.style import LARGE, NORMAL, PAPERS
from dentalpain.paper_forms import instrument_of

from .assessments import service
from .reading_pdf import page_text, reader
from .samples import NOTHING_FIXED, OFFICE, ON, small, visits


def form(name: str) -> Document:
    return build_form(instrument_of(service(), name), office=OFFICE, on=ON)


@pytest.mark.parametrize("name", ["phq-9", "red-flags"])
def test_the_page_before_gives_a_nearly_bare_last_page_some_of_its_own(name: str) -> None:
    covered_characters()  # registers the fonts
    *_, giving, last = _printed(form(name), PAPERS["a4"], NORMAL).filled
    assert last >= BARE and giving >= LEAST_LEFT


def test_the_ticks_of_a_large_print_handout_do_not_stand_alone_on_the_last_page() -> None:
    covered_characters()
    kidneys = visits("es")["kidneys"]
    assert _printed(kidneys, PAPERS["letter"], LARGE).filled[-1] >= BARE
    pdf = to_pdf(kidneys, large_print=True)
    last = page_text(pdf, len(reader(pdf).pages) - 1)
    assert "911" in last and "Antes de irse" in last


@pytest.mark.parametrize("large", [False, True])
def test_how_many_pills_make_a_dose_stands_on_the_page_of_the_last_medicine(large: bool) -> None:
    covered_characters()
    rows = tuple(MedicineRow(f"Medicine {number}", "for pain", how="Take 1 pill.") for number in (1, 2, 3))
    below = Paragraph((Run("Ask us how many pills."),))
    for lines in range(8, 36):
        filler = [Paragraph((Run("line"),))] * lines
        document = small(*filler, Heading("Your medicines"), MedicineTable(NOTHING_FIXED, rows), below)
        pdf = _build(document, PAPERS["letter"], LARGE if large else NORMAL).data  # as it is before anything is set closer
        shown = [page_text(pdf, number) for number in range(len(reader(pdf).pages))]
        assert all(("Ask us how many pills." in page) <= ("Medicine 3" in page) for page in shown)


def test_the_english_card_stands_on_the_page_of_the_line_that_leads_to_it() -> None:
    pdf = to_pdf(visits("es")["jaw"], large_print=True)
    shown = [page_text(pdf, number) for number in range(len(reader(pdf).pages))]
    assert any("La misma tarjeta" in page and "I take low-dose naltrexone" in page for page in shown)
