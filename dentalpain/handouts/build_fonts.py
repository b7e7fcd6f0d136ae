"""Make the fonts that the handouts embed: `python -m dentalpain.handouts.build_fonts [FAMILY … FOLDER]`.

Without words it makes those that are shipped, of `fontpkg-noto-sans`: the letters of English, Spanish, Portuguese,
Vietnamese, Tagalog, Haitian Creole and Russian. NotoSansSC (Chinese) and NotoSansKR (Korean) come from
`justmytype-intl-cjk`, NotoSansDevanagari (Hindi) and NotoSansArabic from packages of their own; they go into the folder
that the setting DENTALPAIN_FONTS names. Needs `fonttools`.

Takes two static weights out of a variable font (used as it is, it would print its thinnest), keeps the letters that the
languages need, and lays the licence beside them. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import itertools
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from ..paths import static_folder

WEIGHTS = {"Regular": 400, "Bold": 700}

# Unicode blocks: Basic Latin to Latin Extended-B, the combining marks that Vietnamese and Russian use, Cyrillic,
# Latin Extended Additional (Vietnamese), and the punctuation, currency and comparison signs of the wording.
LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),
    *range(0x300, 0x304),
    0x306, 0x308, 0x309, 0x30A, 0x30B, 0x30C, 0x31B, 0x323, 0x327, 0x328,
    *range(0x400, 0x530),
    *range(0x1E00, 0x1F00),
    0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2020, 0x2022, 0x2026, 0x2030,
    0x2032, 0x2033, 0x2039, 0x203A, 0x20AB, 0x20AC, 0x20B1, 0x20BD, 0x2116, 0x2122,
    0x2212,
)  # fmt: skip
# The letters of office names and the signs of the wording, which every font needs beside its own.
ALWAYS = (*range(0x20, 0x7F), *range(0xA0, 0x100), 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026)


def _of_charset(charset: str) -> list[int]:
    """The code points of a national character set of two bytes."""
    pairs = (bytes(pair) for pair in itertools.product(range(0xA1, 0xFF), repeat=2))
    return [ord(letter) for pair in pairs for letter in pair.decode(charset, "ignore") if len(pair) == 2]


class Source(NamedTuple):
    """Where a font comes from: the package, the end of its file, that of its licence, and the letters to keep."""

    package: str
    file: str
    licence: str
    letters: Callable[[], Iterable[int]]
    shaped: bool = False


FAMILIES = {
    "NotoSans": Source("fontpkg-noto-sans", "files/NotoSans[wdth,wght].ttf", "fontpkg_noto_sans/LICENSE", lambda: LETTERS),
    "NotoSansSC": Source(
        "justmytype-intl-cjk", "NotoSansSC[wght].ttf", "notosanssc/OFL.txt", lambda: (*ALWAYS, *_of_charset("gb2312"))
    ),
    "NotoSansKR": Source(
        "justmytype-intl-cjk", "NotoSansKR[wght].ttf", "notosanskr/OFL.txt", lambda: (*ALWAYS, *_of_charset("euc_kr"))
    ),
    "NotoSansDevanagari": Source(
        "fontpkg-noto-sans-devanagari", "NotoSansDevanagari[wdth,wght].ttf", "fontpkg_noto_sans_devanagari/LICENSE",
        lambda: (*ALWAYS, *range(0x900, 0x980), 0x200C, 0x200D, 0x25CC), shaped=True,
    ),
    "NotoSansArabic": Source(
        "fontpkg-noto-sans-arabic", "NotoSansArabic[wdth,wght].ttf", "fontpkg_noto_sans_arabic/LICENSE",
        lambda: (*ALWAYS, *range(0x600, 0x700), 0x200C, 0x200D, 0x25CC), shaped=True,
    ),
}  # fmt: skip


def _held(package: str, end: str) -> Path:
    files = importlib.metadata.files(package) or []
    return next(Path(str(file.locate())) for file in files if str(file).endswith(end))


def build(weight: str, into: Path, family: str = "NotoSans", letters: Iterable[int] | None = None) -> Path:
    """Write one static, subset weight (`Regular` or `Bold`) into the folder and return its path.

    `letters` are the code points to keep, by default all that the languages of the family need. Raises
    PackageNotFoundError if the package of the font is not installed.
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    source = FAMILIES[family]
    variable = TTFont(_held(source.package, source.file), recalcTimestamp=False)
    options = Options()
    options.layout_features = ["*"] if source.shaped else []  # ReportLab applies no layout feature; `shaping` does
    options.hinting = False
    options.name_IDs = ["*"]
    options.drop_tables += ["HVAR", "MVAR", "STAT", "kern", "meta", "VORG", "vhea", "vmtx", "VVAR"]
    if not source.shaped:
        options.drop_tables += ["GDEF", "GPOS", "GSUB"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=source.letters() if letters is None else letters)
    font = _still(variable, weight, subsetter, family)
    _rename(font, weight, family)
    path = into / f"{family}-{weight}.ttf"
    font.save(path)
    return path


def _still(variable: Any, weight: str, subsetter: Any, family: str) -> Any:
    """One weight of the font with the letters that are kept; of a large font the letters are chosen first."""
    from fontTools.varLib import instancer

    places = {axis.axisTag: 100 for axis in variable["fvar"].axes} | {"wght": WEIGHTS[weight]}
    if family != "NotoSans":
        subsetter.subset(variable)
        return instancer.instantiateVariableFont(variable, places)
    font = instancer.instantiateVariableFont(variable, places)
    subsetter.subset(font)
    return font


def _rename(font: Any, weight: str, family: str) -> None:
    names, spaced = font["name"], family.replace("NotoSans", "Noto Sans ").strip()
    for number, value in {
        1: f"{spaced} Handout",
        2: weight,
        3: f"{family}Handout-{weight}",
        4: f"{spaced} Handout {weight}",
        6: f"{family}Handout-{weight}",
    }.items():
        names.setName(value, number, 3, 1, 0x409)
    for number in (16, 17, 21, 22, 25):
        names.removeNames(nameID=number)


def main(given: list[str] | None = None) -> None:
    words = argparse.ArgumentParser(prog="python -m dentalpain.handouts.build_fonts", description="Make the fonts of the handouts.")
    words.add_argument("family", nargs="*", metavar="FAMILY", help=f"one or more of {', '.join(FAMILIES)}; then the folder")
    *families, last = words.parse_args(given).family or ["NotoSans", str(static_folder() / "fonts")]
    if not families or set(families) - set(FAMILIES):
        words.error(f"write one or more of {', '.join(FAMILIES)}, then the folder.")
    folder = Path(last)
    folder.mkdir(parents=True, exist_ok=True)
    for family in families:
        for weight in WEIGHTS:
            path = build(weight, folder, family)
            sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")
        source = FAMILIES[family]
        licence = _held(source.package, source.licence).read_text(encoding="utf-8")
        name = "OFL.txt" if family == "NotoSans" else f"{family}-OFL.txt"
        (folder / name).write_text(licence, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
