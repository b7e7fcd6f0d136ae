"""How hard an English text is to read: the Flesch-Kincaid grade, with a syllable counter of our own."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[.!?:]+(?:\s|$)")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d+(?:[.,]\d+)*")
_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels that are said apart: the pairs that medical and everyday words of the handouts hold.
_APART = re.compile(r"ia(?!l\b|n\b)|io(?!u|n)|eo(?!p)|ea$|ua(?!r)|iu|ien|ao|ying|eing|uen")
_SILENT = re.compile(r"(?:[^laeiouy]e|[aeiouy]le|[^aeiouydt]ed|(?:[^laeiouyscxzhg]|[aeiouy]l)es)$")
_INITIALS = re.compile(r"[A-Z]{2,}s?")


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of the text (Kincaid 1975: 0.39 words per sentence + 11.8 syllables per word - 15.59).

    0.0 for text without a word.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    per_sentence = len(words) / len(sentences(text))
    per_word = sum(map(syllables, words)) / len(words)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


def sentences(text: str) -> list[str]:
    """The sentences that hold a word; a colon ends one, as a list after it is read apart."""
    return [part for part in _SENTENCE.split(text) if _WORD.search(part)]


def words(text: str) -> list[str]:
    """The words and numbers of the text."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Syllables as spoken: letters of an abbreviation are said one by one, a number counts as one."""
    if word[0].isdigit():
        return 1
    if _INITIALS.fullmatch(word):
        return len(word.rstrip("s"))
    lower = word.lower().replace("’", "'").split("'")[0]
    count = len(_VOWELS.findall(lower)) + len(_APART.findall(lower))
    if _SILENT.search(lower):
        count -= 1
    return max(count, 1)
