"""Every document that can be made, found from the wording itself: a new topic or letter is checked without a new test."""

from __future__ import annotations

from functools import cache

from dentalpain.handouts.content import Document
from dentalpain.handouts.letters.words import letter_languages
from dentalpain.handouts.paper_forms.building import build_form
from dentalpain.handouts.wording import MEDICINE, languages, load
from dentalpain.paper_forms import instrument_of, names

from . import other_letters
from .assessments import ALARMED, LETTERS, OPIOID, RED_FLAG, letter, service
from .samples import COURSE, OFFICE, ON, PLAN, dose, handout, option, picture, review, visits

SIZES = [("letter", False), ("a4", False), ("letter", True), ("a4", True)]
BRANDED = OFFICE | {"logo": picture(), "url": "https://riverside.example", "next_visit": "Friday at 9"}


def topics(language: str) -> dict[str, Document]:
    """A handout on each topic of a language, with the medicines that the topic names."""
    wording = load(language)
    medicines = [name for name, table in wording.medicines.items() if isinstance(table, dict)]
    options = [option(name, box=dose(1.5, hours=24) if "low" in name else dose(400, days=3)) for name in medicines]
    judged = review(*(one | {"plan": PLAN if "low" in one["id"] else None} for one in options), indication=None)
    families = wording.medicine_sheets.get("family", {}).values()
    given_for = {name: topic.names[:1] for name, topic in wording.topics.items()}
    given_for |= {f"{MEDICINE}{family['options'][0]}": () for family in families}
    return {
        f"{language}:topic:{name}": handout(
            judged, give=[*given], topics=[name], language=language, office=BRANDED, prepared_for="Ada Example", course=COURSE
        )
        for name, given in given_for.items()
    }


def forms() -> dict[str, Document]:
    """The blank form of each questionnaire, for patients and for staff."""
    return {
        f"en:form:{name}{':points' if points else ''}": build_form(
            instrument_of(service(), name), office=OFFICE, on=ON, points=points
        )
        for name in names(service())
        for points in (False, True)
    }


def in_another_language(language: str) -> dict[str, Document]:
    """The letters, and a form whose questions have no wording in that language, which says so."""
    chosen = {kind: ALARMED if kind == RED_FLAG else OPIOID for kind in LETTERS}
    made = {f"{language}:letter:{kind}": letter(kind, one, language=language).document for kind, one in chosen.items()}
    form = build_form(instrument_of(service(), "tmd-pain-screener"), office=OFFICE, on=ON, language=language)
    return made | {f"{language}:form:tmd-pain-screener": form}


@cache
def everything() -> dict[str, Document]:
    """Each kind in each language that can be printed here, by name."""
    found = {f"en:letter:{kind}": one.document for kind, one in LETTERS.items()}
    for language in letter_languages():
        found |= {f"{language}:visit:{name}": document for name, document in visits(language).items()}
        found |= {} if language == "en" else in_another_language(language)
    found |= forms()
    other_letters.prepare()
    for language in filter(other_letters.fonts_for, languages()):
        found |= topics(language)
    other_letters.use_built()
    return found


def one_of_each_kind() -> dict[str, Document]:
    """One document for each kind, whatever its language; pages on single medicines are one kind, and so is a form's two."""
    return {_kind(name): document for name, document in reversed(everything().items())}


def _kind(name: str) -> str:
    kind = name.partition(":")[2].removesuffix(":points")
    return f"topic:{MEDICINE}" if kind.startswith(f"topic:{MEDICINE}") else kind
