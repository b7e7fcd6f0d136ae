"""When an injected anesthetic that lasts for hours would harm: allergy, a small child, blood that does not clot.

Sources: cartridge labels; AAPD; UKHCDO dental guidance 2013. The maximum: local_anesthetic_maximum.py.
"""

from __future__ import annotations

from ...allergies import allergic_to
from ...case import Case, Limits
from ...findings import Finding, all_of, any_of
from ...platelets import platelets

# Procaine and its like are esters and share no allergy with these.
AMIDES = ("lidocaine", "bupivacaine", "articaine", "mepivacaine", "prilocaine", "ropivacaine")


def amide_anesthetic_allergy(case: Case, limits: Limits) -> Finding:
    """The patient reacted to an amide anesthetic as to an allergen."""
    return allergic_to(case, "amide_local_anaesthetic_allergy", *AMIDES)


def bupivacaine_for_a_child(case: Case, limits: Limits) -> Finding:
    """The child is younger than bupivacaine is given at: a numb lip is bitten for hours."""
    return case.age().below(limits["bupivacaine_min_age"])


def nerve_block_with_bleeding_disorder(case: Case, limits: Limits) -> Finding:
    """A bleed from a block would not stop: a bleeding disorder, too few platelets, or blood thinned too far."""
    few = platelets(case).below(limits["platelets_block"])
    return any_of(case.has("bleeding_disorder"), few, _thinned_too_far(case, limits))


def _thinned_too_far(case: Case, limits: Limits) -> Finding:
    """Is the INR too high? Without warfarin a value that nobody recorded is none."""
    inr = case.number("inr")
    high = inr.above(limits["inr_block"])
    return high if inr.known else all_of(case.has("warfarin"), high)
