"""Every Spanish kind for patients is quite easy to read: INFLESZ 65 or more, sentences of 15 words at most on average."""

from __future__ import annotations

import pytest

from dentalpain.handouts.content import texts
from dentalpain.handouts.inflesz import EASY, perspicuity, sentences, syllables, words

from .product import BRANDED, topics
from .samples import visits
from .test_translations import FOLDER, leaves, read

KINDS = {**topics("es"), **{f"es:visit:{name}": document for name, document in visits("es").items()}}
WORDING = [path.name for path in sorted((FOLDER / "es").glob("*.toml"))]
LONGEST = 18  # words in one sentence


# Syllables as the Real Academia Espanola divides the words (Ortografia: diphthongs, hiatus, silent u and h).
@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("el", 1), ("y", 1), ("muy", 1), ("hoy", 1), ("mandíbula", 4), ("boca", 2), ("dolor", 2), ("guarda", 2),
        ("que", 1), ("quijada", 3), ("siguiente", 3), ("lengua", 2), ("vergüenza", 3), ("día", 2), ("oído", 3),
        ("ahí", 2), ("ahora", 3), ("alcohol", 3), ("leer", 2), ("maneje", 3), ("náusea", 3), ("cuidado", 3),
        ("también", 2), ("ayuda", 3), ("estudio", 3), ("medicina", 4), ("articulación", 5), ("antiinflamatorio", 7),
        ("acetaminofén", 6), ("naltrexona", 4), ("gluteo", 3), ("riñón", 2), ("911", 6), ("18", 3), ("15", 2), ("2,400", 7),
        ("FDA", 4), ("TCC", 3), ("mL", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_scale_follows_the_published_formula() -> None:
    # 5 words, 1 sentence; la-bo-ca-se-se-ca-mu-cho: 1 + 2 + 1 + 2 + 2 = 8: 206.835 - 62.3 x 8 / 5 - 5 = 102.155
    assert perspicuity("La boca se seca mucho.") == pytest.approx(102.155)
    # 2 words, 1 sentence, 7 + 5 = 12 syllables: 206.835 - 62.3 x 6 - 2 = -168.965
    assert perspicuity("Antiinflamatorio articulación.") == pytest.approx(-168.965)


def test_nothing_to_read_is_easy() -> None:
    assert perspicuity("") == 100.0


def said(parts: list[str]) -> str:
    """Every item is read as a sentence or more of its own."""
    shown = [part.replace("**", "").rstrip(".?!:") for part in parts if not any(str(part) == each for each in OFFICE)]
    return " ".join(f"{part}." for part in shown if part)


OFFICE = [BRANDED["name"], BRANDED["phone"], *BRANDED["lines"], "Ada Example"]  # not of this wording


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_quite_easy_to_read(name: str) -> None:
    shown = said(list(texts(KINDS[name])))
    assert perspicuity(shown) >= EASY
    assert len(words(shown)) <= 15 * len(sentences(shown))


@pytest.mark.parametrize("file", WORDING)
def test_every_file_is_quite_easy_to_read_without_the_frame_of_a_handout(file: str) -> None:
    table = read("es", file)
    for key in ("look_at", "watermark"):
        table.pop(key, None)  # for clinicians and staff
    parts = [text for place, text in leaves(table) if isinstance(text, str) and place not in (".id", ".status", ".reviewer")]
    assert perspicuity(said(parts)) >= EASY
    long = [sentence for part in parts for sentence in sentences(part.replace("**", "")) if len(words(sentence)) > LONGEST]
    assert long == []


def test_a_hard_text_is_told_from_an_easy_one() -> None:
    # the words of a leaflet for professionals
    hard = "La administración concomitante de antiinflamatorios no esteroideos incrementa significativamente la toxicidad."
    assert perspicuity(hard) < 40 < EASY < perspicuity("No tome otra pastilla para el dolor. Llame si le duele.")
