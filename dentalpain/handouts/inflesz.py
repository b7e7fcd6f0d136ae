"""How easy a Spanish text is to read: Szigriszt-Pazos perspicuity on the INFLESZ scale, with a syllable counter of our own."""

from __future__ import annotations

import re

EASY = 65.0  # INFLESZ band "bastante facil" (quite easy) begins here; the bands end at 40, 55, 65 and 80

_SENTENCE = re.compile(r"[.!?:]+(?:\s|$)")
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_INITIALS = re.compile(r"[A-Z]{2,}")
_TWO_SYLLABLES = set("FHJLMNRSXZ")  # letters whose names have two: efe, hache, jota, ele, eme, ene, erre, ese, equis, zeta
# Written u that is not said: que, qui, gue, gui. A y is a vowel where no vowel follows: muy, hoy.
_SILENT_U = re.compile(r"(?<=[qg])u(?=[eiéí])")
_VOWEL_Y = re.compile(r"y(?![aeiouáéíóúü])")
_VOWELS = re.compile(r"[aeiouáéíóúü]+")
# Vowels said apart: two strong ones (a, e, o), a stressed i or u beside a strong one, and two of the same (antiinflamatorio).
_APART = re.compile(r"(?<=[aeoáéóíú])(?=[aeoáéó])|(?<=[aeoáéó])(?=[íú])|(?<=i)(?=i)|(?<=u)(?=u)")
# uno, dos, ... as they are said; other numbers are counted digit by digit.
_SAID = (2, 2, 1, 1, 2, 2, 1, 2, 2, 2, 1, 2, 2, 2, 3, 2, 3, 4, 3, 4, 2, 3, 3, 3, 4, 4, 3, 4, 3, 4, 2)


def perspicuity(text: str) -> float:
    """206.835 - 62.3 syllables per word - words per sentence (Szigriszt Pazos 1993; INFLESZ: Barrio Cantalejo 2008).

    100.0 for text without a word.
    """
    found = words(text)
    if not found:
        return 100.0
    return 206.835 - 62.3 * sum(map(syllables, found)) / len(found) - len(found) / len(sentences(text))


def sentences(text: str) -> list[str]:
    """The sentences that hold a word; a colon ends one, as a list after it is read apart."""
    return [part for part in _SENTENCE.split(text) if _WORD.search(part)]


def words(text: str) -> list[str]:
    """The words and numbers of the text."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Syllables as spoken: a number as it is said, the letters of an abbreviation one by one."""
    if word[0].isdigit():
        digits = re.sub(r"\D", "", word)
        return _SAID[int(digits)] if int(digits) < len(_SAID) else sum(_SAID[int(digit)] for digit in digits)
    if _INITIALS.fullmatch(word):
        return len(word) + len(_TWO_SYLLABLES & set(word))
    plain = _VOWEL_Y.sub("i", _SILENT_U.sub("", word.lower()))
    plain = re.sub(r"(?<=[aeiouáéíóúü])h(?=[aeiouáéíóúü])", "", plain)  # h is not said: ahora, prohibir
    return max(1, sum(len(_APART.findall(group)) + 1 for group in _VOWELS.findall(plain)))
