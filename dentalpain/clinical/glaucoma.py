"""Glaucoma: whether its angle is narrow, which a bare entry does not say."""

from __future__ import annotations

from .case import Case, proved_by
from .findings import NO, Because, Finding, unknown

NARROW, ANY_KIND = "glaucoma_angle_closure", "glaucoma_unspecified"


def narrow_angle_glaucoma(case: Case) -> Finding:
    """Is there narrow-angle glaucoma? A glaucoma of a kind that nobody named leaves it open, also one in doubt."""
    unnamed, named = case.has(ANY_KIND), case.has(NARROW)
    entered = unnamed.answer is not NO and case.facts.stated(ANY_KIND)
    if entered and not case.facts.stated(NARROW):
        named = unknown(Because(NARROW, None), *(reason for reason in unnamed.because if reason.value is not None))
    return proved_by(named, case.has("glaucoma_angle_closure_acute"))
