"""The letter of medical necessity, with a list of the evidence that is missing before it is sent."""

from __future__ import annotations

from ..content import Block, Box, Run
from .assessment import Shape
from .sections import PAIN_AND_FUNCTION, Section, Sections

MUSCLE_OR_HEADACHE = {
    "myalgia", "local-myalgia", "myofascial-pain", "myofascial-pain-with-referral", "headache-attributed-to-tmd",
}  # fmt: skip
INTENSITY = {"gcps-1-month", "gcps-6-month", "peg"}
FUNCTION = {"jfls-8", "jfls-20", *INTENSITY}
JOINT_FACTS = {"opening_click", "closing_click", "excursive_click", "crepitus", "patient_noticed"}


def necessity_letter(write: Sections, codes: tuple[str, ...]) -> tuple[str, tuple[Section, ...]]:
    """What plans ask for in their order: report, findings, assessment, plan; and what is not there yet.

    A plan gets the least that the claim needs (45 CFR 164.502(b)): no medicines, no distress, no warning signs.
    """
    return write.words.word("main", reason=write.reason()), (
        _evidence(write, codes),
        write.about(),
        write.section("subjective", _subjective(write)),
        Section("findings", write.words.heading("objective"), write.examination().blocks),
        Section("assessment", write.words.heading("assessment"), (*write.diagnoses().blocks, *_codes(write))),
        _services(write, codes),
        write.section("plan", write.bullets(map(write.words.said, write.words.own["asks"]))),
        write.unknown("none"),
        write.sources(cited for one in _asked_for(write) for cited in one["evidence"]["citations"]),
    )


def _subjective(write: Sections) -> list[Block | Box]:
    reported = [*write.bullets(_history(write)), *write.facts_of(write.reported())]
    return [*reported, *write.scores(PAIN_AND_FUNCTION).blocks]


def _history(write: Sections) -> list[str]:
    known, words = write.found.known, write.words
    duration, tried = known.get("pain_duration_days"), known.get("first_line_care_tried")
    lines = [words.word("duration_unknown"), words.word("tried_unknown")]
    if duration:
        lines[0] = words.word("duration", days=duration["value"], source=duration["source"], date=words.date(duration["date"]))
    if tried and tried["value"] is True:
        lines[1] = words.word("tried_yes", source=tried["source"], date=words.date(tried["date"]))
    return [words.said(line) for line in lines]


def _codes(write: Sections) -> list[Block]:
    screen, words = write.found.screen, write.words
    found = screen["icd10cm"]
    lines = [words.word("codes", codes=", ".join(found)) if found else words.word("codes_none")]
    if screen["icd10cm_conflicts"]:
        lines.append(words.word("code_conflict", codes=", ".join(screen["icd10cm_conflicts"])))
    return write.bullets(map(words.said, lines))


def _asked_for(write: Sections) -> list[Shape]:
    """The options named with `give`; that none of them is blocked was checked before."""
    return [one for one in write.found.review["alternatives"] if one["id"] in write.found.give]


def _services(write: Sections, codes: tuple[str, ...]) -> Section:
    """The services by name and evidence, as the guideline judges them, and the code numbers of the office's list."""
    words, lines = write.words, []
    for one in _asked_for(write):
        evidence = one["evidence"]
        strength, certainty = words.of("strength", evidence["strength"]), words.of("certainty", evidence["certainty"])
        lines.append(words.word("offered", name=one["name"], strength=strength, certainty=certainty))
    lines = lines or [words.word("no_service")]
    lines.append(words.word("codes_of_office", codes=", ".join(codes)) if codes else words.word("no_codes"))
    return write.section("services", write.bullets(map(words.said, lines)))


def missing_evidence(write: Sections, codes: tuple[str, ...]) -> list[str]:
    """The ids of what plans usually ask for and this assessment does not hold."""
    found, screen = write.found, write.found.screen
    scored = {one["instrument"] for one in screen["scores"] if one["score"] is not None}
    examined = {one["fact"] for one in write.examined()}
    met = {one["id"] for one in found.diagnoses("met")}
    tried = found.known.get("first_line_care_tried")
    held = {
        "diagnosis": bool(met),
        "code": bool(screen["icd10cm"]),
        "duration": "pain_duration_days" in found.known,
        "intensity": bool(scored & INTENSITY),
        "function": bool(scored & FUNCTION),
        "opening": screen.get("corrected_opening_mm") is not None,
        "palpation": "familiar_pain" in examined,
        "joint": bool(examined & JOINT_FACTS),
        "tried": tried is not None and tried["value"] is True,
        "imaging": False,  # no assessment holds images or their reports
        "course": False,  # one assessment is one day
        "service": bool(_asked_for(write)),
        "procedure_code": bool(codes),
        "beyond_muscle": bool(met - MUSCLE_OR_HEADACHE),
    }
    return [name for name, there in held.items() if not there]


def _evidence(write: Sections, codes: tuple[str, ...]) -> Section:
    words = write.words
    lines = [words.own["missing"][name] for name in missing_evidence(write, codes)]
    title = (Run(words.word("missing_intro")),)
    return Section("evidence", "", (Box("avoid", title, tuple(write.bullets(lines))),))
