"""Pain that the nervous system keeps up: widespread pain, fibromyalgia screen, symptom burden, nociplastic grading.

The grading is the clinician's, by the criteria of the IASP for musculoskeletal pain (Kosek et al., Pain 2021): no
questionnaire can replace a finding of the examination.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..case import Limits
from ..findings import NO, UNKNOWN, YES, Finding, all_of, any_of
from ..instruments.answers import AnswerSheet
from ..instruments.body_wide import named_sites, regions
from ..instruments.instrument import Score
from .examination import Findings
from .told import Told

COMORBID = ("comorbid_sensitivity", "comorbid_sleep", "comorbid_fatigue", "comorbid_cognition")
# Options that act on the nervous system: they come into view, and a review judges each before anybody offers it.
OPTIONS = ("amitriptyline", "duloxetine", "low_dose_naltrexone")
PLACES = {"fm-2016": "sites", "pain-drawing": "areas"}


@dataclass(frozen=True, slots=True)
class CentralPain:
    """`widespread` and `fm_2016` are None while unknown; `nociplastic`: no, possible, probable or not_determinable."""

    widespread: bool | None
    fm_2016: bool | None
    csi_band: str | None
    nociplastic: str
    missing: tuple[str, ...]

    @property
    def options(self) -> tuple[str, ...]:
        """The options that act on the nervous system, where the picture calls for thinking of them."""
        return OPTIONS if self.fm_2016 or self.nociplastic in ("possible", "probable") else ()


def central_pain(
    found: Findings, sheets: Iterable[AnswerSheet], scores: Mapping[str, Score], limits: Limits
) -> CentralPain:
    """The view of one patient; each part stands on its own, and none is averaged with another."""
    fm, csi = scores.get("fm-2016"), scores.get("csi")
    forms = {"fm-2016": None if fm is None else fm.positive, "csi": None if csi is None else csi.band}
    level, open_facts = nociplastic(found, limits)
    return CentralPain(
        widespread=_widespread(sheets, limits),
        fm_2016=None if fm is None else fm.positive,
        csi_band=None if csi is None else csi.band,
        nociplastic=level,
        missing=(*(form for form, known in forms.items() if known is None), *open_facts),
    )


def _widespread(sheets: Iterable[AnswerSheet], limits: Limits) -> bool | None:
    """Pain in enough of the five regions, drawn or named; the jaw, the chest and the abdomen belong to none (2016)."""
    known = [
        regions(sites) >= limits["fm_regions"]
        for sheet in sheets
        if (sites := named_sites(sheet.points, PLACES.get(sheet.instrument, ""))) is not None
    ]
    return any(known) if known else None


def nociplastic(found: Findings, limits: Limits) -> tuple[str, tuple[str, ...]]:
    """The level, and what would have to be known for it or for a higher one."""
    told = Told(found)
    possible = _possible(told, limits)
    if possible.answer is UNKNOWN:
        return "not_determinable", possible.missing()
    if possible.answer is NO:
        return "no", ()
    further = all_of(told.has("hypersensitivity_history"), any_of(*(told.has(key) for key in COMORBID)))
    return ("probable" if further.answer is YES else "possible"), further.missing()


def _possible(told: Told, limits: Limits) -> Finding:
    """Lasting pain of a region that no injury and no nerve explains, and hypersensitivity that the examiner evoked."""
    return all_of(
        told.number("duration_months").at_least(limits["nociplastic_months"]),
        told.has("pain_regional_or_widespread"),
        told.lacks("nociceptive_cause_sufficient"),
        told.lacks("neuropathic_cause_sufficient"),
        told.has("evoked_hypersensitivity"),
    )
