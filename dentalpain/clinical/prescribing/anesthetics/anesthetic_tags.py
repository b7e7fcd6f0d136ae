"""Which anesthetic a prescription is to the rules: with a vasoconstrictor, long-acting, or put on the surface."""

from __future__ import annotations

from ...medicines import LOCAL_FORMS
from ..prescription import Prescription

NUMBING = frozenset({"local_anaesthetic", "local_anaesthetic_ester"})
VASOCONSTRICTORS = ("epinephrine", "levonordefrin")
ON_THE_SURFACE = LOCAL_FORMS | {"liquid", "patch", "spray", "lozenge"}
SWISHED = "viscous"


def anesthetic_tags(prescription: Prescription) -> frozenset[str]:
    """The scopes that an anesthetic carries beside its ingredients; none for any other medicine."""
    tags = prescription.tags
    if not tags & NUMBING:
        return frozenset()
    if on_the_surface(prescription):
        return frozenset({"topical_lidocaine"} if "lidocaine" in tags else ())
    found = {"long_acting_local_anaesthetic"} if "bupivacaine" in tags else set()
    if "vasoconstrictor" in tags or any(_constricts(part.what) for part in prescription.unread):
        found.add("local_anaesthetic_with_vasoconstrictor")
    return frozenset(found)


def on_the_surface(prescription: Prescription) -> bool:
    """Whether an anesthetic is a gel, a rinse, a patch or the like, and not injected."""
    return prescription.form in ON_THE_SURFACE or is_viscous(prescription)


def is_viscous(prescription: Prescription) -> bool:
    """Whether it is the thick solution that is swished or swallowed."""
    return prescription.form == "liquid" or SWISHED in prescription.text.casefold()


def _constricts(words: str) -> bool:
    return any(name in words.casefold() for name in VASOCONSTRICTORS)
