"""ICD-10-CM codes that no fact holds: those that put a question all the same, and those that say nothing of their own.

The prefixes of the table of facts name every code that a fact needs. Any other code is therefore understood: it names
a problem that no rule reads. Source: the notes of the table of facts.
"""

from __future__ import annotations

import re

# Use of a substance that is not called a disorder, a device or a sign that belongs to a disease: asked about.
ASKED: dict[str, tuple[str, ...]] = {
    "F119": ("opioid_use_disorder",),
    "F109": ("substance_use_disorder_other", "alcohol_use_disorder"),
    **dict.fromkeys(("F129", "F139", "F149", "F159", "F169", "F189", "F199"), ("substance_use_disorder_other",)),
    **dict.fromkeys(("I491", "I492", "I493", "I494"), ("arrhythmia",)),  # premature beats
    **dict.fromkeys(("R560", "R569"), ("seizure_disorder",)),
    **dict.fromkeys(("N400", "N401"), ("urinary_retention",)),
    "D6832": ("bleeding_disorder",),  # bleeding on a blood thinner
    "R188": ("cirrhosis_decompensated",),  # ascites of any cause
    "Z21": ("immunosuppression",),
    "Z950": ("conduction_disorder",),  # pacemaker
    "Z9989": ("sleep_apnoea",),  # how a breathing machine is often coded
}
# "Other", "unspecified" and history of no named disease: only the words beside the code can tell what it is.
WITHOUT_A_NAME = ("R69", "R99", "Z789", "Z86", "Z87", "Z888", "Z889", "Z9089", "Z9189", "Z9889")
WELL_FORMED = re.compile(r"[A-Z]\d[0-9A-Z]{1,5}")


def names_a_problem(plain: str) -> bool:
    """Whether a code, written without its dot, names a problem of its own."""
    return WELL_FORMED.fullmatch(plain) is not None and not plain.startswith(WITHOUT_A_NAME)


def facts_asked_by(plain: str) -> tuple[str, ...]:
    """The facts that a code, written without its dot, puts the question for."""
    return tuple(fact for start, facts in ASKED.items() if plain.startswith(start) for fact in facts)
