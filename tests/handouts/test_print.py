"""The printed handout: accessible, the same text as the content, the same bytes every time."""

from __future__ import annotations

import re
import subprocess
import sys

import page
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dentalpain.errors import InputError, WordingError
from dentalpain.handouts import content
from dentalpain.handouts.content import (
    Box,
    Bullets,
    Heading,
    MedicineRow,
    MedicineTable,
    Office,
    Paragraph,
    Pictures,
    Run,
    Steps,
    Ticks,
    Times,
    texts,
)
from dentalpain.handouts.fonts import covered_characters
from dentalpain.handouts.layout import LEAST_FILLED, _build, to_pdf
from dentalpain.handouts.style import LARGE, NORMAL, PALETTE, PAPERS, TEXT_ON_GROUND, contrast

from .hearing import expected
from .reading_pdf import page_text, reader, spaced, spoken, tree
from .samples import NOTHING_FIXED, VISITS, every_kind_of_block, handout, small

SIZES = [("letter", False), ("a4", False), ("letter", True), ("a4", True)]


@pytest.mark.parametrize(("paper", "large"), SIZES)
@pytest.mark.parametrize("visit", VISITS)
def test_every_handout_passes_pdf_ua_1_and_pdf_a_2a(visit: str, paper: str, large: bool) -> None:
    data = to_pdf(VISITS[visit], paper=paper, large_print=large)
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(data, profile=profile)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


@pytest.mark.parametrize(("paper", "large"), SIZES)
@pytest.mark.parametrize("visit", VISITS)
def test_what_is_read_out_is_the_content_in_its_order(visit: str, paper: str, large: bool) -> None:
    assert spoken(to_pdf(VISITS[visit], paper=paper, large_print=large)) == expected(VISITS[visit], large=large)


def test_the_texts_of_a_document_are_what_is_read_out() -> None:
    document = VISITS["kidneys"]
    assert [text for _, text in expected(document, large=False)] == [spaced(text) for text in texts(document)]


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595.28, 841.89))])
def test_the_usual_handout_has_two_pages_on_either_paper(paper: str, size: tuple[float, float]) -> None:
    pdf = reader(to_pdf(VISITS["extraction"], paper=paper))
    assert len(pdf.pages) == 2
    box = pdf.pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(size, abs=0.01)


def test_a_text_that_would_spill_a_few_lines_on_a_third_page_is_set_closer() -> None:
    covered_characters()  # registers the fonts
    spilt = _build(VISITS["extraction"], PAPERS["letter"], NORMAL)
    assert len(spilt.filled) == 3 and spilt.filled[-1] < LEAST_FILLED
    assert len(reader(to_pdf(VISITS["extraction"])).pages) == 2


def test_a_text_that_fills_its_pages_keeps_its_air() -> None:
    covered_characters()
    full = _build(VISITS["kidneys"], PAPERS["letter"], NORMAL)
    assert full.filled[-1] > LEAST_FILLED and full.data == to_pdf(VISITS["kidneys"])


# Each breaks one thing that the checks look for and keeps every byte in its place.
MUTANTS = {
    "a picture without its alternative": (b"/Alt ", b"/Axt "),
    "a document without its language": (b"/Lang ", b"/Lanx "),
    "a table head without its scope": (b"/Scope /Column", b"/Scopf /Column"),
    "a page that does not tab in reading order": (b"/Tabs /S", b"/Tabs /R"),
    "a link without a description": (b"/Contents (", b"/Contenxs ("),
    "a title that is not shown": (b"/DisplayDocTitle true", b"/DisplayDocTitle null"),
    "a document that is not marked": (b"/Marked true", b"/Marked null"),
    "a file that does not say it is accessible": (b"<pdfuaid:part>1<", b"<pdfuaid:part>9<"),
    "a row that is a paragraph": (b"/S /TR", b"/S /P "),
    "an item body that is a paragraph": (b"/S /LBody", b"/S /P    "),
    "a heading level that is skipped": (b"/S /H2", b"/S /H4"),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_check_fails_on(mutant: str) -> None:
    old, new = MUTANTS[mutant]
    data = to_pdf(VISITS["extraction"])
    assert old in data and len(old) == len(new)
    broken = data.replace(old, new)
    assert not all(page.validate_pdf_bytes(broken, profile=profile).is_compliant for profile in ("ua1", "2a"))


def test_the_check_fails_on_a_file_that_is_not_archival() -> None:
    broken = to_pdf(VISITS["extraction"]).replace(b"/OutputIntents", b"/OutputIntentz")
    assert not page.validate_pdf_bytes(broken, profile="2a").is_compliant


def test_the_same_content_and_day_give_the_same_bytes() -> None:
    assert to_pdf(VISITS["jaw"]) == to_pdf(VISITS["jaw"])


def test_another_process_with_other_hashes_gives_the_same_bytes() -> None:
    code = (
        "import sys, hashlib; sys.path.insert(0, 'tests'); from handouts.samples import VISITS; "
        "from dentalpain.handouts.layout import to_pdf; print(hashlib.sha256(to_pdf(VISITS['kidneys'])).hexdigest())"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(prints) == 1


def test_the_file_carries_the_day_of_the_record() -> None:
    pdf = reader(to_pdf(VISITS["extraction"]))
    assert pdf.metadata.creation_date.date() == VISITS["extraction"].on
    assert b"2026-11-24T12:00:00" in pdf.trailer["/Root"]["/Metadata"].get_data()


def test_no_name_of_a_patient_is_in_the_properties_or_the_outline() -> None:
    document = handout(prepared_for="Zebulon Quartermain")
    data = to_pdf(document)
    assert "Zebulon" in page_text(data)
    pdf = reader(data)
    assert "Zebulon" not in str(pdf.metadata)
    assert b"Zebulon" not in pdf.trailer["/Root"]["/Metadata"].get_data()
    assert pdf.outline == []
    assert b"Zebulon" not in data  # nor anywhere else outside the compressed pages


def test_only_embedded_fonts_are_in_the_file() -> None:
    pdf = reader(to_pdf(VISITS["jaw"]))
    fonts = [font.get_object() for each in pdf.pages for font in each["/Resources"]["/Font"].values()]
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


def test_a_handout_that_nobody_signed_says_so_on_every_page_and_a_signed_one_does_not() -> None:
    words = "PREVIEW – not yet approved by this practice"
    unsigned = to_pdf(handout(signed=False))
    assert all(page_text(unsigned, number).count(words) == 2 for number in range(len(reader(unsigned).pages)))
    assert all(words not in text for _, text in spoken(unsigned))
    assert words not in page_text(to_pdf(handout(signed=True)))


def test_every_page_names_the_office_its_telephone_and_its_place() -> None:
    data = to_pdf(VISITS["kidneys"])
    total = len(reader(data).pages)
    for number in range(total):
        shown = page_text(data, number)
        assert "Riverside Family Dental" in shown and "734-555-0142" in shown
        assert f"Page {number + 1} of {total}" in shown


MARKUP = [
    "<b>bold</b>", '<font color="red">red</font>', "Smith & Sons", "if pain <b 5", "a<br>b", "x <!-- gone? --> y",
    "<script>alert(1)</script>", "</para><para>", '<img src="file.png"/>', "&lt;already&gt;", "&amp;", "100 %d %s {x}",
    '<a href="javascript:x">go</a>', "]]>", "<font color=\"[[[getattr(pow, Word('__globals__'))]]]\">x</font>",
    "O'Brien \"Q\"",
]  # fmt: skip


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_a_name_is_printed_as_it_was_typed(text: str) -> None:
    document = small(*every_kind_of_block(text), office=Office(text, lines=(text,)), title=text, prepared_for=text)
    for large in (False, True):
        assert spoken(to_pdf(document, large_print=large)) == expected(document, large=large)


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("abc <>&\"'/;#%{}$!-=éßЖạ0123\u00a0"), min_size=1, max_size=60))
def test_any_text_is_printed_as_it_was_typed(text: str) -> None:
    document = small(Paragraph((Run(text), Run("|"))), Heading(f"h{text}"))
    assert spoken(to_pdf(document)) == expected(document, large=False)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("text", ["a" * 1200, "word " * 240, "i", "ẫ" * 300])
def test_long_words_and_tall_rows_never_raise(text: str, large: bool) -> None:
    document = small(*every_kind_of_block(text))
    data = to_pdf(document, large_print=large)
    as_table, in_blocks = expected(document, large=False), expected(document, large=True)
    # where a row would be taller than a page, the table is printed as blocks at any size
    assert spoken(data) in ([in_blocks] if large or len(text) > 1000 else [as_table, in_blocks])
    assert page.validate_pdf_bytes(data, profile="ua1").is_compliant


@pytest.mark.parametrize("large", [False, True])
def test_empty_lists_and_empty_texts_never_raise(large: bool) -> None:
    document = small(
        Bullets(()), Steps(()), Ticks(()), Pictures(()), MedicineTable(NOTHING_FIXED, ()), Box("main", (), ()),
        Heading("End"), office=Office("An office"),
    )  # fmt: skip
    assert spoken(to_pdf(document, large_print=large))[-1] == ("H2", "End")


def test_an_office_name_that_fills_the_line_leaves_room_for_the_page_number() -> None:
    long = Office("Wide Office " * 9, "734-555-0142")
    data = to_pdf(small(*[Paragraph((Run("word " * 300),))] * 3, office=long, version="Wording " * 40))
    assert "…" in page_text(data, 1)
    assert "Page 2 of" in page_text(data, 1)


def test_a_character_that_no_font_holds_is_an_error_that_names_it() -> None:
    with pytest.raises(WordingError, match=r"U\+1F600"):
        to_pdf(small(Paragraph((Run("smile \N{GRINNING FACE}"),))))


def test_a_paper_that_is_not_known_is_an_error() -> None:
    with pytest.raises(InputError, match="letter or a4"):
        to_pdf(small(), paper="legal")


def test_links_of_other_kinds_cannot_be_written() -> None:
    for address in ("javascript:alert(1)", "file:///etc/passwd", "http://example.org", "data:text/html,x", "//x.org"):
        with pytest.raises(WordingError):
            Run("go", link=address)


def test_the_telephone_number_is_a_link_that_dials_it() -> None:
    links = {link for node in tree(to_pdf(VISITS["extraction"])).walk() for link in node.links}
    assert links == {"tel:7345550142"}


def test_large_print_has_no_table_and_nothing_below_18_points() -> None:
    data = to_pdf(VISITS["jaw"], large_print=True)
    assert not [node for node in tree(data).walk() if node.tag == "Table"]
    streams = b"".join(each.get_contents().get_data() for each in reader(data).pages)
    assert min(float(size) for size in re.findall(rb"/F\d\+\d ([\d.]+) Tf", streams)) >= 18


def test_body_text_is_at_least_12_and_a_half_points_with_leading_of_a_quarter_more() -> None:
    assert NORMAL.body >= 12.5 and LARGE.body >= 18
    sizes = [NORMAL, LARGE, NORMAL.tighter(), LARGE.tighter()]
    assert all(measures.leading / measures.body >= 1.25 for measures in sizes)
    assert [measures.body for measures in sizes] == [NORMAL.body, LARGE.body] * 2


@pytest.mark.parametrize("pair", TEXT_ON_GROUND)
def test_text_stands_out_from_its_ground_by_7_to_1(pair: tuple[str, str]) -> None:
    assert contrast(PALETTE[pair[0]], PALETTE[pair[1]]) >= 7


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)  # WCAG 2.2: (1 + 0.05) / (0 + 0.05)


def test_a_heading_does_not_stand_alone_at_the_foot_of_a_page() -> None:
    for lines in range(24, 42):
        filler = [Paragraph((Run("line"),))] * lines
        data = to_pdf(small(*filler, Heading("Next"), Bullets(((Run("first item"),), (Run("second item"),)))))
        for number in range(len(reader(data).pages)):
            shown = page_text(data, number)
            assert ("Next" in shown) == ("first item" in shown)


def test_a_medicine_without_times_stands_across_the_times_of_the_others() -> None:
    rows = (
        MedicineRow("A", "for pain", Times(bedtime="1 pill")),
        MedicineRow("B", "for pain", how="Take 1 pill if you hurt."),
    )
    data = to_pdf(small(MedicineTable(NOTHING_FIXED, rows)))
    table = next(node for node in tree(data).walk() if node.tag == "Table")
    assert [[cell.tag for cell in row.kids] for row in table.kids] == [["TH"] * 5, ["TH", *["TD"] * 4], ["TH", "TD"]]
    assert page.validate_pdf_bytes(data, profile="ua1").is_compliant


def test_neither_the_package_nor_the_content_loads_the_printer() -> None:
    code = (
        "import sys, dentalpain, dentalpain.handouts, dentalpain.handouts.building, dentalpain.handouts.html, "
        "dentalpain.handouts.layout; sys.exit('reportlab' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_content_counts_an_office_without_a_number_as_no_link() -> None:
    assert content.Office("X", "ask").phone_run().link is None
