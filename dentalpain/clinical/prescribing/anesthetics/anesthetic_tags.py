"""Which anesthetic a prescription is to the rules: with a vasoconstrictor, long-acting, or put on the surface."""

from __future__ import annotations

import re

from ...medicines import LOCAL_FORMS
from ..prescription import Prescription

NUMBING = frozenset({"local_anaesthetic", "local_anaesthetic_ester"})
VASOCONSTRICTORS = ("epinephrine", "levonordefrin")
ON_THE_SURFACE = LOCAL_FORMS | {"liquid", "patch", "spray", "lozenge"}
SWISHED = "viscous"
INJECTED_ALONE = frozenset({"articaine", "mepivacaine", "bupivacaine"})
INJECTED = re.compile(r"\b(?:inject\w*|cartridges?|carpules?|infiltrat\w*|block|1\.[78]\s*ml)\b", re.IGNORECASE)
# 'w/ epi', and a dilution by itself: 1:50,000 to 1:200,000 is that of a vasoconstrictor.
SHORT = re.compile(r"\bepi\b|\b1\s*:\s*(?:50|100|200)[,. ]?000\b", re.IGNORECASE)
DENIED = re.compile(r"\b(?:no|non|without|w/o|zero)[\s-]+(?:any\s+)?epi\b", re.IGNORECASE)


def anesthetic_tags(prescription: Prescription) -> frozenset[str]:
    """The scopes that an anesthetic carries beside its ingredients; none for any other medicine."""
    tags = prescription.tags
    if not tags & NUMBING:
        return frozenset()
    if on_the_surface(prescription):
        return frozenset({"topical_lidocaine"} if "lidocaine" in tags else ())
    found = {"long_acting_local_anaesthetic"} if "bupivacaine" in tags else set()
    if _with_vasoconstrictor(prescription):
        found.add("local_anaesthetic_with_vasoconstrictor")
    return frozenset(found)


def on_the_surface(prescription: Prescription) -> bool:
    """Whether an anesthetic is a gel, a rinse, a patch or the like, and not injected; a cartridge is told in mL as well."""
    if _with_vasoconstrictor(prescription) or prescription.tags & INJECTED_ALONE or INJECTED.search(prescription.text):
        return False
    return prescription.form in ON_THE_SURFACE or is_viscous(prescription)


def is_viscous(prescription: Prescription) -> bool:
    """Whether it is the thick solution that is swished or swallowed."""
    injected = _with_vasoconstrictor(prescription) or INJECTED.search(prescription.text)
    return (prescription.form == "liquid" and not injected) or SWISHED in prescription.text.casefold()


def _constricts(words: str) -> bool:
    return any(name in words.casefold() for name in VASOCONSTRICTORS)


def _with_vasoconstrictor(prescription: Prescription) -> bool:
    named = "vasoconstrictor" in prescription.tags or any(_constricts(part.what) for part in prescription.unread)
    return named or _short(prescription.text)


def _short(text: str) -> bool:
    return SHORT.search(DENIED.sub("", text)) is not None
