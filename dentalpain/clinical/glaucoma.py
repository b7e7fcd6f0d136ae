"""Glaucoma: whether its angle is narrow, which a bare entry does not say."""

from __future__ import annotations

from .case import Case, proved_by
from .findings import YES, Because, Finding, unknown

NARROW, ANY_KIND = "glaucoma_angle_closure", "glaucoma_unspecified"


def narrow_angle_glaucoma(case: Case) -> Finding:
    """Is there narrow-angle glaucoma? A glaucoma of a kind that nobody named leaves it open."""
    unnamed = case.has(ANY_KIND)
    if unnamed.answer is YES and not case.facts.stated(NARROW):
        named = unknown(Because(NARROW, None), *unnamed.because)
    else:
        named = case.has(NARROW)
    return proved_by(named, case.has("glaucoma_angle_closure_acute"))
