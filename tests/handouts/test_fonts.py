"""The embedded fonts hold the letters of the languages that the handouts are meant for."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from dentalpain import paths
from dentalpain.errors import SettingsError
from dentalpain.handouts import build_fonts, fonts
from dentalpain.handouts.fonts import covered_characters

LETTERS = {
    "English": "The quick brown fox 0123456789 – “quote” ‘quote’ … · • ½",
    "Spanish": "áéíóúüñ¿¡ÁÉÍÓÚÜÑ",
    "Portuguese": "ãõâêôçàÃÕÂÊÔÇÀ",
    "Vietnamese": "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđơưĂÂĐÊÔƠƯ₫",
    "Tagalog": "ñÑ₱",
    "Haitian Creole": "èòÈÒ",
    "Russian": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗ№",
}


@pytest.mark.parametrize("language", LETTERS)
def test_the_fonts_hold_the_letters_of(language: str) -> None:
    assert {ord(letter) for letter in LETTERS[language]} <= covered_characters()


def test_the_licence_lies_beside_the_fonts() -> None:
    text = (paths.static_folder() / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License" in text


def test_building_the_fonts_again_gives_the_fonts_that_are_shipped(tmp_path: Path) -> None:
    pytest.importorskip("fontTools", reason="no fontTools: install dentalpain[cjk]")
    built = build_fonts.build("Bold", tmp_path)
    shipped = paths.static_folder() / "fonts" / built.name
    assert hashlib.sha256(built.read_bytes()).digest() == hashlib.sha256(shipped.read_bytes()).digest()


def test_a_missing_font_is_an_error_that_says_how_to_make_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "static_folder", lambda: tmp_path)
    fonts._register.cache_clear()
    try:
        with pytest.raises(SettingsError, match="build_fonts"):
            covered_characters()
    finally:
        monkeypatch.undo()
        fonts._register.cache_clear()
        covered_characters()


def test_an_installed_package_holds_its_static_files_and_a_checkout_has_them_beside_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "dentalpain"
    package.mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.static_folder() == tmp_path / "static"
    (package / "static").mkdir()
    assert paths.static_folder() == package / "static"
