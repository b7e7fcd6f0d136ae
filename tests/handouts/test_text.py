"""Text of people, and numbers with their units."""

from __future__ import annotations

import pytest

from dentalpain.errors import WordingError
from dentalpain.handouts.text import check_printable, clean, keep_numbers

NBSP = "\N{NO-BREAK SPACE}"


def test_marks_that_turn_the_direction_of_text_are_taken_out() -> None:
    assert clean("1\u202e-2\u200f a\u2066b\u2069\u061c") == "1-2 ab"


def test_control_and_invisible_characters_are_taken_out_and_lines_become_one() -> None:
    assert clean("a\x00b\x1b\u200b\ufeff\n c\t\td\u2028e ") == "ab c de".replace("de", "d e")


def test_letters_and_their_marks_become_one_character() -> None:
    assert clean("e\u0301") == "é"


def test_half_a_character_is_an_error_that_names_it_and_not_the_text() -> None:
    with pytest.raises(WordingError, match=r"the name holds U\+D800") as error:
        clean("secret \ud800", "name")
    assert "secret" not in str(error.value)


def test_2000_characters_are_printed_and_2001_are_not() -> None:
    assert len(clean("a" * 2000)) == 2000
    with pytest.raises(WordingError, match="too long"):
        clean("a" * 2001)


def test_a_number_stays_with_the_word_that_it_belongs_to() -> None:
    assert keep_numbers("Take 400 mg. Wait 6 hours. 2 años. On 11/24 2 pills.") == (
        f"Take 400{NBSP}mg. Wait 6{NBSP}hours. 2{NBSP}años. On 11/24 2{NBSP}pills."
    )


def test_a_missing_character_is_named_by_its_code_point() -> None:
    check_printable(["abc"], map(ord, "abc"))
    with pytest.raises(WordingError, match=r"U\+2603"):
        check_printable(["a\N{SNOWMAN}"], map(ord, "abc"))
