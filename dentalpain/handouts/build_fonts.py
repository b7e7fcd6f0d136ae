"""Make the fonts that the handouts embed: `python -m dentalpain.handouts.build_fonts`.

Needs the packages `fonttools` and `fontpkg-noto-sans`. Takes the two static weights out of the variable Noto Sans,
keeps the letters of English, Spanish, Portuguese, Vietnamese, Tagalog, Haitian Creole and Russian, and lays the
licence beside them. The same input gives the same bytes.
"""

from __future__ import annotations

import importlib.metadata
import sys
from pathlib import Path

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


def _shipped(name: str) -> Path:
    files = importlib.metadata.files("fontpkg-noto-sans") or []
    return next(Path(file.locate()) for file in files if str(file).endswith(name))


def build(weight: str, into: Path) -> Path:
    """Write one static, subset weight (`Regular` or `Bold`) into the folder and return its path."""
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
    from fontTools.varLib import instancer  # type: ignore[import-untyped]

    variable = TTFont(_shipped("files/NotoSans[wdth,wght].ttf"), recalcTimestamp=False)
    font = instancer.instantiateVariableFont(variable, {"wght": WEIGHTS[weight], "wdth": 100})
    options = Options()
    options.layout_features = []  # ReportLab applies no layout feature
    options.hinting = False
    options.name_IDs = ["*"]
    options.drop_tables += ["HVAR", "MVAR", "STAT", "GDEF", "GPOS", "GSUB", "kern", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    _rename(font, weight)
    path = into / f"NotoSans-{weight}.ttf"
    font.save(path)
    return path


def _rename(font: object, weight: str) -> None:
    names = font["name"]  # type: ignore[index]
    for number, value in {
        1: "Noto Sans Handout",
        2: weight,
        3: f"NotoSansHandout-{weight}",
        4: f"Noto Sans Handout {weight}",
        6: f"NotoSansHandout-{weight}",
    }.items():
        names.setName(value, number, 3, 1, 0x409)
    for number in (16, 17, 21, 22, 25):
        names.removeNames(nameID=number)


def main() -> None:
    folder = static_folder() / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        path = build(weight, folder)
        sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")
    licence = _shipped("fontpkg_noto_sans/LICENSE").read_text(encoding="utf-8")
    (folder / "OFL.txt").write_text(licence, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
