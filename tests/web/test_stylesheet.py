"""The colors can be read (WCAG 2.1 AA), and the sheet touches nothing of the host's."""

from __future__ import annotations

import re

import pytest

from dentalpain.paths import static_folder

SHEET = (static_folder() / "dentalpain.css").read_text(encoding="utf-8")
COLORS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", SHEET))


def luminance(color: str) -> float:
    """Relative luminance (WCAG 2.1, definition)."""
    digits = color.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_21_to_1() -> None:
    assert round(contrast("#000", "#fff"), 2) == 21


@pytest.mark.parametrize("tone", ["stop", "serious", "caution", "note", "open", "lead"])
def test_text_of_each_tone_can_be_read_on_paper_and_on_its_own_ground(tone: str) -> None:
    assert contrast(COLORS[tone], COLORS["paper"]) >= 4.5
    assert contrast(COLORS[tone], COLORS[f"{tone}-soft"]) >= 4.5


GROUNDS = ["paper", "ground", "stop-soft", "serious-soft", "caution-soft", "note-soft", "open-soft"]


@pytest.mark.parametrize("ground", GROUNDS)
def test_ordinary_and_quiet_text_can_be_read_on_every_ground(ground: str) -> None:
    assert contrast(COLORS["ink"], COLORS[ground]) >= 4.5
    assert contrast(COLORS["quiet"], COLORS[ground]) >= 4.5
    assert contrast(COLORS["serious"], COLORS[ground]) >= 4.5  # warnings


def test_the_frame_of_a_field_can_be_seen() -> None:
    assert contrast("#74868c", COLORS["paper"]) >= 3  # WCAG 1.4.11


def test_every_selector_names_something_of_ours() -> None:
    body = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.S)
    selectors = [part.strip() for head in re.findall(r"([^{}]+)\{", body) for part in _split(head)]
    foreign = [s for s in selectors if s and not s.startswith("@") and ".dp" not in s]
    assert not foreign


def _split(head: str) -> list[str]:
    """The selectors of a rule; commas inside brackets do not part them."""
    found, depth, current = [], 0, ""
    for letter in head.strip():
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            found.append(current)
            current = ""
        else:
            current += letter
    return [*found, current] if not head.strip().startswith("@") else []
