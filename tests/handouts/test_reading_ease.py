"""The counter of syllables and sentences behind the reading grade."""

from __future__ import annotations

import pytest

from dentalpain.handouts.reading_ease import grade, sentences, syllables


# Syllables as an American dictionary divides the words.
@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("jaw", 1), ("pain", 1), ("tired", 1), ("needed", 2), ("muscle", 2), ("muscles", 2), ("joint", 1),
        ("pieces", 2), ("people", 2),
        ("table", 2), ("swallow", 2), ("being", 2), ("surgery", 3), ("medicine", 3), ("opioid", 3),
        ("ibuprofen", 4), ("acetaminophen", 6), ("naltrexone", 3), ("area", 3), ("idea", 3), ("2,400", 1), ("FDA", 3),
        ("don't", 1), ("breathe", 1), ("bleeding", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_colon_ends_a_sentence_and_a_decimal_point_does_not() -> None:
    assert sentences("Rest: take 1.5 mg. Then sleep!") == ["Rest", "take 1.5 mg", "Then sleep"]


def test_the_grade_follows_the_published_formula() -> None:
    # 6 words, 1 sentence, 6 syllables: 0.39 x 6 + 11.8 x 1 - 15.59 = -1.45
    assert grade("The cat sat on the mat.") == pytest.approx(-1.45)
    # 3 words, 1 sentence, 1 + 6 + 3 = 10 syllables: 0.39 x 3 + 11.8 x 10 / 3 - 15.59 = 24.913
    assert grade("Take acetaminophen medicine.") == pytest.approx(24.913, abs=0.001)


def test_nothing_to_read_has_grade_0() -> None:
    assert grade("") == 0.0
