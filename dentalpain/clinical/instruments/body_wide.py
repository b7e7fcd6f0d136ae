"""Pain in many places: fibromyalgia criteria of 2016, pain drawing, and Central Sensitization Inventory part A."""

from __future__ import annotations

from decimal import Decimal

from ..case import Limits
from .instrument import COMPLETE, NOT_SCORABLE, Points, Score, Tally, as_number, band_of, banded_sum

LIMB = {"upper": ("shoulder girdle", "upper arm", "lower arm"), "lower": ("hip", "upper leg", "lower leg")}
# The jaw, the chest and the abdomen count as sites and belong to no region (2016 revision).
REGIONS = {
    **{f"{side} {half}": tuple(f"{side} {part}" for part in LIMB[half]) for half in LIMB for side in ("left", "right")},
    "axial": ("neck", "upper back", "lower back"),
}
SITES = (*(site for sites in REGIONS.values() for site in sites), "left jaw", "right jaw", "chest", "abdomen")
SEVERITY = ("fatigue", "unrefreshed", "cognitive", "headaches", "abdominal", "depression")
CSI_ITEMS = tuple(str(number) for number in range(1, 26))


def named_sites(points: Points, key: str) -> frozenset[str] | None:
    """The painful places that were named; None where nobody said, an empty list where there are none."""
    held = points.get(key)
    return held if isinstance(held, frozenset) else None


def regions(sites: frozenset[str]) -> int:
    """How many of the five regions hurt."""
    return sum(not sites.isdisjoint(parts) for parts in REGIONS.values())


def fm_2016(points: Points, limits: Limits) -> Score:
    """Widespread pain index plus symptom severity, 0 to 31; positive when the criteria of 2016 are met."""
    sites, severity = named_sites(points, "sites"), Tally(SEVERITY, points)
    months = as_number(points.get("months_at_similar_level"))
    missing = (*(() if sites is not None else ("sites",)), *severity.missing)
    missing += () if months is not None else ("months_at_similar_level",)
    sss, wpi = severity.total(), None if sites is None else Decimal(len(sites & frozenset(SITES)))
    held = None if sites is None else regions(sites)
    subscales = {"wpi": wpi, "sss": sss, "regions": None if held is None else Decimal(held)}
    if wpi is None or sss is None or held is None:
        given = None if wpi is None and severity.given is None else (wpi or Decimal(0)) + (severity.given or Decimal(0))
        return Score(NOT_SCORABLE, partial_sum=given, missing=missing, subscales=subscales)
    enough = (wpi >= limits["fm_wpi_high"] and sss >= limits["fm_sss_low"]) or (
        wpi >= limits["fm_wpi_low"] and sss >= limits["fm_sss_high"]
    )
    spread = enough and held >= limits["fm_regions"]
    lasting = None if months is None else months >= limits["fm_months"]
    return Score(COMPLETE, wpi + sss, positive=spread and lasting, missing=missing, subscales=subscales)


def pain_drawing(points: Points, limits: Limits) -> Score:
    """The number of areas of the body in which pain was drawn."""
    areas = named_sites(points, "areas")
    if areas is None:
        return Score(NOT_SCORABLE, missing=("areas",))
    score = Decimal(len(areas))
    bands = (
        (limits["drawing_mild"], "mild"),
        (limits["drawing_moderate"], "moderate"),
        (limits["drawing_severe"], "severe"),
    )
    return Score(COMPLETE, score=score, band=band_of(score, "none", *bands))


def csi(points: Points, limits: Limits) -> Score:
    """Twenty-five symptoms, 0 to 100; a blank leaves it without a score. Part B is never scored."""
    return banded_sum(
        Tally(CSI_ITEMS, points),
        "subclinical",
        (limits["csi_mild"], "mild"),
        (limits["csi_moderate"], "moderate"),
        (limits["csi_severe"], "severe"),
        (limits["csi_extreme"], "extreme"),
        positive_from=limits["csi_moderate"],
    )
