"""Letters that change with their neighbours (Devanagari, Arabic), for text that ReportLab sets letter by letter.

HarfBuzz shapes a stretch of text. What comes of it is put together in one new glyph of the font, under a code point of
the private planes, and the file says of that code point which text it stands for. So lines break, text is found, copied
and read out as it was written, and the marks stand where the font wants them. Needs `uharfbuzz`.
"""

from __future__ import annotations

import importlib
import re
from functools import cache
from itertools import count
from struct import pack, pack_into, unpack_from
from threading import RLock
from typing import Any

from reportlab.pdfbase.pdfmetrics import getFont

from .objects import STANDS_FOR

PRIVATE = range(0xF0000, 0xFFFFE)
_CHANGING = re.compile(r"[^\x00-\u058F\u2010-\u2BFF]")
# What runs rightward inside a line that runs leftward: a word or number of digits and Latin letters, with the signs
# inside it. A range (1-2), a date or a telephone number is never turned round.
RIGHTWARD = re.compile(r"\+?[0-9A-Za-z\u00C0-\u024F]+(?:[-\u2013.,:/@_'+()\u00A0]*[0-9A-Za-z\u00C0-\u024F]+)*%?")
_WORDS_ARE_XY, _MORE = 0x0003, 0x0020
_MOST_PARTS, _DEEPEST, _MOST_POINTS, _MOST_CONTOURS = 256, 4, 8192, 1024
MOST_WORDS = 4000  # kept shaped in each font; then all are forgotten and shaped again
MOST_LETTERS = 20_000  # made in each font: each is a glyph, and a TrueType font holds 65,535
_codes = count(PRIVATE.start)
_shaping = RLock()


@cache
def shaper(font: str, *, leftward: bool = False) -> Shaper:
    """The shaper of a font that is registered with ReportLab; ImportError if uharfbuzz is not installed."""
    return Shaper(font, leftward)


class Shaper:
    """Shapes text in one font.

    Rightward text becomes a letter for each syllable; leftward text a letter for each word, in the order of reading.
    Digits and Latin words stay as they are.
    """

    def __init__(self, font: str, leftward: bool) -> None:
        self._buzz: Any = importlib.import_module("uharfbuzz")
        self._leftward = leftward
        held: Any = getFont(font)
        self._face: Any = held.face
        self._font = self._buzz.Font(self._buzz.Face(self._face._ttf_data))
        self._words: dict[str, str] = {}
        self._letters: dict[str, str] = {}
        _make_room(self._face)

    def shaped(self, text: str) -> str:
        """The text with new letters for what changes in it.

        ValueError if the font lacks something of it, or has no room for one more new letter.
        """
        if self._leftward and RIGHTWARD.search(text) and not _CHANGING.search(text):
            return text  # an address in Latin letters keeps its commas where they are
        with _shaping:
            return "".join(map(self._word, re.split(r"( +)", text)))

    def _word(self, word: str) -> str:
        if word not in self._words:
            shaped = self._shape_leftward(word) if self._leftward else self._shape(word)
            if len(self._words) >= MOST_WORDS:
                self._words.clear()
            self._words[word] = shaped
        return self._words[word]

    def _shape_leftward(self, word: str) -> str:
        """A letter for each stretch that runs leftward; between them what runs rightward."""
        if word.isspace() or not word:
            return word
        pieces, end = [], 0
        for found in RIGHTWARD.finditer(word):
            pieces += [self._shape(word[end : found.start()]), found.group()]
            end = found.end()
        return "".join([*pieces, self._shape(word[end:])])

    def _shape(self, text: str) -> str:
        if not text or not (self._leftward or _CHANGING.search(text)):
            return text
        buffer = self._buzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        if self._leftward:
            buffer.direction, buffer.script = "rtl", "Arab"
        self._buzz.shape(self._font, buffer)
        glyphs = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
        if any(info.codepoint == 0 for info, _ in glyphs):
            raise ValueError("the font lacks a letter of the text")
        if self._leftward:
            return self._letter(text, glyphs)
        starts = sorted({info.cluster for info, _ in glyphs})
        ends = [*starts[1:], len(text)]
        return "".join(
            self._letter(text[start:end], [one for one in glyphs if one[0].cluster == start])
            for start, end in zip(starts, ends, strict=True)
        )

    def _letter(self, source: str, glyphs: list[Any]) -> str:
        """The letter that stands for the text and looks like these glyphs."""
        if len(source) == 1 and self._plain(source, glyphs):
            return source
        parts = tuple((info.codepoint, at.x_advance, at.x_offset, at.y_offset) for info, at in glyphs)
        key = f"{source}\0{parts}"
        if key not in self._letters:
            if len(self._letters) >= MOST_LETTERS:
                raise ValueError(f"the font has no room for one more shaped letter after {MOST_LETTERS}; start the program anew")
            code = next(_codes)
            assert code in PRIVATE
            _add_glyph(self._face, code, parts)
            STANDS_FOR[code] = source
            self._letters[key] = chr(code)
        return self._letters[key]

    def _plain(self, letter: str, glyphs: list[Any]) -> bool:
        """Whether the letter, alone, looks as it does in every text."""
        drawn = [(info.codepoint, at.x_offset, at.y_offset) for info, at in glyphs]
        return not self._leftward and drawn == [(self._face.charToGlyph.get(ord(letter)), 0, 0)]


def _make_room(face: Any) -> None:
    """Move the outlines to the end of the font's data, where more can follow; raise the limits that `maxp` states."""
    data = bytearray(face._ttf_data)
    limits, _ = face.get_table_pos("maxp")
    pack_into(">HH", data, limits + 10, _MOST_POINTS, _MOST_CONTOURS)
    pack_into(">HH", data, limits + 28, _MOST_PARTS, _DEEPEST)
    start, length = face.get_table_pos("glyf")
    face.table["glyf"]["offset"] = len(data)
    face._ttf_data = data + data[start : start + length]


def _add_glyph(face: Any, code: int, parts: tuple[tuple[int, int, int, int], ...]) -> None:
    """A composite glyph of the parts (glyph, advance, offsets to the right and up), under the code point."""
    across, outline = 0, b""
    boxes: list[tuple[int, int, int, int]] = []
    drawn = [(glyph, *place) for glyph, *place in _placed(parts) if face.glyphPos[glyph + 1] > face.glyphPos[glyph]]
    for number, (glyph, x, y) in enumerate(drawn, 1):
        more = _MORE if number < len(drawn) else 0
        outline += pack(">HHhh", _WORDS_ARE_XY | more, glyph, x, y)
        left, low, right, high = unpack_from(">4h", face._ttf_data, face.table["glyf"]["offset"] + face.glyphPos[glyph] + 2)
        boxes.append((left + x, low + y, right + x, high + y))
    across = sum(advance for _, advance, _, _ in parts)
    box = [min(each) for each in list(zip(*boxes, strict=True))[:2]] + [max(each) for each in list(zip(*boxes, strict=True))[2:]]
    data = pack(">5h", -1, *box) + outline if drawn else b""
    data += bytes(-len(data) % 4)
    face._ttf_data += data
    face.table["glyf"]["length"] += len(data)
    face.charToGlyph[code] = len(face.glyphPos) - 1
    face.glyphPos.append(face.glyphPos[-1] + len(data))
    face.hmetrics.append((across, (box[0] if drawn else 0) & 0xFFFF))
    face.charWidths[code] = face._pdfScale(across)


def _placed(parts: tuple[tuple[int, int, int, int], ...]) -> list[tuple[int, int, int]]:
    """Each glyph with its place from the left end of the letter."""
    placed, pen = [], 0
    for glyph, advance, x, y in parts:
        placed.append((glyph, pen + x, y))
        pen += advance
    return placed
