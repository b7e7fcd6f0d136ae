"""The office's logo: only PNG and JPEG, only under limits, and nothing of the file but its picture."""

from __future__ import annotations

import io
import struct
import time
import zlib
from pathlib import Path
from typing import Any

import page
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dentalpain.errors import SettingsError, WordingError
from dentalpain.handouts.html import to_page
from dentalpain.handouts.layout import to_pdf
from dentalpain.handouts.logo import MOST_BYTES, read_logo
from dentalpain.settings import read_settings

from .hearing import expected
from .reading_pdf import reader, spoken
from .samples import JAW, OFFICE, handout, picture

SECRET = b"Dr. Somebody, 42.2808 N"
BRANDED = OFFICE | {"logo": picture(), "url": "https://riverside.example"}


def photo(width: int = 60, height: int = 40, orientation: int = 1) -> bytes:
    """A JPEG whose left half is black, with EXIF that names a person and turns it."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("black", (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = SECRET.decode(), orientation
    target = io.BytesIO()
    image.save(target, "JPEG", exif=exif, comment=SECRET)
    return target.getvalue()


def opened(data: bytes) -> Any:
    return Image.open(io.BytesIO(data))


def bomb(width: int = 12_000, height: int = 12_000) -> bytes:
    """A PNG of one bit per pixel that says it is this large and holds next to nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width // 8 + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


# -- what comes out ----------------------------------------------------------------------------------------------


def test_nothing_of_the_file_but_its_picture_is_left() -> None:
    assert SECRET in photo()
    logo = read_logo(photo())
    assert SECRET not in logo.png
    assert not opened(logo.png).getexif() and not opened(logo.png).info
    document = handout(office=OFFICE | {"logo": photo()})
    assert SECRET not in to_pdf(document) and SECRET not in to_page(document)


def test_a_photo_that_was_taken_sideways_stands_upright() -> None:
    # orientation 6: the camera was turned; shown right, the left half of the file is the top (EXIF 2.32, tag 0x0112)
    turned = opened(read_logo(photo(orientation=6)).png)
    assert turned.size == (40, 60)
    assert turned.getpixel((20, 5))[0] < 60 and turned.getpixel((20, 55))[0] > 200


def test_what_is_clear_becomes_white() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(target, "PNG")
    assert opened(read_logo(target.getvalue()).png).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("mode", "color", "shown"),
    [
        ("1", 1, 255), ("L", 128, 128), ("LA", (128, 255), 128), ("P", 0, 0), ("RGB", (90, 90, 90), 90),
        ("I;16", 32768, 128),  # 32768 of 65536 levels are 128 of 256
    ],
)  # fmt: skip
def test_every_kind_of_png_is_read(mode: str, color: Any, shown: int) -> None:
    target = io.BytesIO()
    Image.new(mode, (6, 6), color).save(target, "PNG")
    assert opened(read_logo(target.getvalue()).png).getpixel((3, 3)) == (shown, shown, shown)


def test_a_large_picture_is_brought_to_the_size_of_print_and_keeps_its_shape() -> None:
    logo = read_logo(picture(2000, 1000))
    assert (logo.width, logo.height) == (480, 240)
    assert opened(logo.png).size == (480, 240)


def test_the_same_file_gives_the_same_logo() -> None:
    assert read_logo(photo()) == read_logo(bytes(bytearray(photo())))
    assert read_logo(read_logo(photo()).png).png == read_logo(photo()).png


# -- what is refused ---------------------------------------------------------------------------------------------


def test_a_small_file_that_unfolds_to_a_gigabyte_is_refused_at_once() -> None:
    data = bomb()
    assert len(data) < 20_000
    started = time.process_time()
    with pytest.raises(WordingError, match=r"office\.logo: the logo has too many pixels\. Save it at"):
        read_logo(data)
    assert time.process_time() - started < 0.5


def test_4_million_pixels_are_read_and_one_row_more_is_not() -> None:
    assert read_logo(bomb(2000, 2000)).width == 240
    with pytest.raises(WordingError, match="too many pixels"):
        read_logo(bomb(2000, 2001))


def test_a_file_of_more_than_2_megabytes_is_refused() -> None:
    whole = picture()
    assert read_logo(whole + bytes(MOST_BYTES - len(whole)))
    with pytest.raises(WordingError, match="2 MB"):
        read_logo(whole + bytes(MOST_BYTES + 1 - len(whole)))


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "WEBP", "PPM"])
def test_other_formats_are_refused_even_where_pillow_reads_them(kind: str) -> None:
    target = io.BytesIO()
    Image.new("RGB", (4, 4)).save(target, kind)
    with pytest.raises(WordingError, match="neither PNG nor JPEG"):
        read_logo(target.getvalue())


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"%PDF-1.4", b"%!PS", b"\x00" * 99])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(WordingError, match=r"office\.logo"):
        read_logo(data)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([picture(), photo()]), st.data())
def test_a_damaged_file_is_a_logo_or_an_error_that_names_it(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(3, len(data) - 1))
    broken = bytearray(data[: draw.draw(st.sampled_from([at, len(data)]))])
    for _ in range(draw.draw(st.integers(0, 3))):
        broken[draw.draw(st.integers(0, len(broken) - 1))] = draw.draw(st.integers(0, 255))
    try:
        assert read_logo(bytes(broken)).png
    except WordingError as error:
        assert error.where == "office.logo" and error.mend


@pytest.mark.parametrize("source", ["missing.png", ".", "", "https://example.org/logo.png", "a\x00b", "/dev/zero"])
def test_a_path_without_a_file_is_refused_and_no_address_is_fetched(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WordingError, match=r"office\.logo: the file of the logo"):
        read_logo(source)


def test_a_logo_that_is_neither_path_nor_bytes_is_refused() -> None:
    with pytest.raises(WordingError, match="this is no logo"):
        handout(office=OFFICE | {"logo": 7})


# -- on the page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("paper", "large"), [("letter", False), ("a4", False), ("letter", True), ("a4", True)])
def test_a_handout_with_logo_and_code_passes_pdf_ua_1_and_pdf_a_2a(paper: str, large: bool) -> None:
    document = handout(office=BRANDED)
    data = to_pdf(document, paper=paper, large_print=large)
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(data, profile=profile)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]
    assert spoken(data) == expected(document, large=large)
    assert ("Figure", "Logo of Riverside Family Dental") in spoken(data)


def test_the_logo_is_in_the_file_once_and_the_same_bytes_come_out_again() -> None:
    first, again = to_pdf(handout(office=BRANDED)), to_pdf(handout(office=BRANDED))
    assert first == again
    images = [each for each in reader(first).pages[0]["/Resources"]["/XObject"].values()]
    assert [image.get_object()["/Subtype"] for image in images] == ["/Image"]
    assert "/XObject" not in reader(first).pages[1]["/Resources"] or not reader(first).pages[1]["/Resources"]["/XObject"]


def test_the_page_holds_the_logo_itself_and_says_whose_it_is() -> None:
    shown = to_page(handout(office=BRANDED)).decode()
    assert '<img class="handout-logo" src="data:image/png;base64,' in shown
    assert 'alt="Logo of Riverside Family Dental"' in shown


def test_the_logo_of_the_settings_is_decoded_when_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "logo.jpg"
    path.write_bytes(photo())
    for source in (photo(), path, str(path)):
        office = read_settings({"DENTALPAIN_OFFICE": {"name": "An office", "logo": source}}).office
        assert office["logo"] == read_logo(photo()).png


@pytest.mark.parametrize(
    ("office", "said"),
    [
        ({"logo": bomb()}, r"OFFICE\['logo'\]: the logo has too many pixels"),
        ({"logo": 7}, r"OFFICE\['logo'\]: write the path"),
        ({"hours": 7}, r"OFFICE\['hours'\]: write text in quotes"),
        ({"address": ["x" * 121]}, r"OFFICE\['address'\]: a text is too long"),
        ({"url": "http://example.org"}, r"OFFICE\['url'\]: the address on the web"),
        ({"next_visit": "x" * 121}, r"OFFICE\['next_visit'\]: a text is too long"),
        ({"name": ""}, r"OFFICE\['name'\]: the office needs a name"),
        ({"telephone": "1"}, r"OFFICE\['telephone'\]: this key is not known; the keys are name, phone, lines, address"),
    ],
)
def test_settings_that_cannot_be_printed_are_refused_when_they_are_read(office: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        read_settings({"DENTALPAIN_OFFICE": {"name": "An office"} | office})


def test_the_settings_take_address_and_hours_as_text_or_lines() -> None:
    office = {"name": "A", "address": ["12 Mill Street", "Ann Arbor"], "hours": "8 to 5", "next_visit": "We call you."}
    read = read_settings({"DENTALPAIN_OFFICE": office}).office
    assert (read["address"], read["hours"], read["next_visit"]) == (office["address"], ["8 to 5"], "We call you.")
    assert handout(JAW, give=[], office=read).office.lines == ("12 Mill Street", "Ann Arbor", "8 to 5")
