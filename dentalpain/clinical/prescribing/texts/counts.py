"""Doses that are counted: tablets, millilitres, patches, and bare numbers where they can mean one thing alone."""

from __future__ import annotations

from fractions import Fraction

from ..prescription import Unread
from .regimen import Dose
from .sig_text import COUNTS, RANGE, STRUCK, SigText, pattern, upper
from .sig_words import VOLUMES_ML
from .strengths import FORM_WORDS, PER_ML, Strengths

COUNT = pattern(rf"{RANGE}(?: (?:full|whole))? ({COUNTS})(?: of(?= @))?")
BARE = pattern(rf"(?<![-/#¿] ){RANGE}(?! (?:[-/x#%¿]|times|{COUNTS}|mg|mcg|g|day|week|month|hour|minute|kg|to|or) )")
BEHIND_NAME = pattern(rf"@\d+{FORM_WORDS} {RANGE}")
GOES_ON = pattern(rf"(?:@\d+|po|sl|buccal|prn|then|,|{STRUCK}+|and)")
_LEADS = "take takes give sig po sl prn then and or , tab cap er ir patch film inhale apply chew use up to"
LEADS = frozenset(_LEADS.split())
LARGEST_COUNT = 4  # a bare number up to this counts tablets unless it is a strength as well
MOST_BARE_UNITS = 6
MOST_UNITS_A_DOSE = 30  # plausibility limits of the reader, not clinical ones
MOST_ML_A_DOSE = 500


def counted_doses(sig: SigText, strengths: Strengths, unread: list[Unread]) -> tuple[list[Dose], str]:
    """Doses with a unit, in units of the strength (mL where it is per mL), and the unit of the first."""
    doses: list[Dose] = []
    unit, last = "", ""
    for match in sig.take(COUNT):
        written = match.group(3)
        amount, why = _in_strength_units(upper(match), written, strengths)
        unit = unit or written
        if why:
            unread.append(Unread(match.group().strip(), why))
            strengths.refused = True
        elif not (doses and written != last and {written, last} <= VOLUMES_ML.keys() and amount == doses[-1].units):
            doses.append(Dose(match.start(), amount))  # '7.5 mL (1.5 tsp)' says one dose twice
        last = written
    return doses, unit


def _in_strength_units(amount: Fraction, unit: str, strengths: Strengths) -> tuple[Fraction, str]:
    """The dose in units of the strength, or why it cannot be given so."""
    if unit in VOLUMES_ML:
        amount *= VOLUMES_ML[unit]
        if strengths.known and strengths.per != PER_ML:
            return amount, "a volume, but the strength per mL is not written"
        limit = MOST_ML_A_DOSE
    elif strengths.per == PER_ML and unit != "unit":
        if unit == "spray":
            return amount, "how much is in one spray is not written"
        return amount, "the strength is per mL; write the dose in mL"
    else:
        limit = MOST_ML_A_DOSE if unit == "unit" else MOST_UNITS_A_DOSE
    if not 0 < amount <= limit:
        return amount, "not a possible dose"
    return amount, ""


def bare_strength(
    sig: SigText, known: frozenset[Fraction], has_dose: bool, unread: list[Unread]
) -> tuple[Fraction | None, bool]:
    """A number without unit behind the name that can only be a strength ('tramadol 50 q6h'), and whether it is unclear.

    A number that may be strength or count ('lorazepam 1 tid') is neither: it is asked for.
    """
    match = BEHIND_NAME.search(sig.line)
    number = BARE.search(sig.line, match.start(1) - 1) if match else None
    if match is None or match.group(2) or number is None or number.start() != match.start(1):
        return None, False
    value = Fraction(match.group(1))
    if value not in known:
        return None, False
    counted = has_dose or any(later.start() > number.start() for later in BARE.finditer(sig.line))
    sig.strike(number)
    if value <= LARGEST_COUNT and not counted:
        unread.append(Unread(match.group(1), "this may be a strength or a number of tablets; write the unit"))
        return None, True
    return value, False


def bare_doses(sig: SigText) -> list[Dose]:
    """Numbers without unit that stand before a frequency, a route or the end: '1-2 q4h', 'then 1'."""
    doses: list[Dose] = []
    for match in list(BARE.finditer(sig.line)):
        behind = sig.line[match.end() :]
        leads = sig.line[: match.start()].split(" ")[-2]
        if (behind.strip() and GOES_ON.match(behind, 1) is None) or not _leads_a_dose(leads):
            continue
        if not 0 < upper(match) <= MOST_BARE_UNITS:
            continue  # left over, and refused there: a number without unit that large may be a strength
        sig.strike(match)
        doses.append(Dose(match.start(), upper(match)))
    return doses


def _leads_a_dose(word: str) -> bool:
    return not word or word[0] in {"@", STRUCK} or word in LEADS
