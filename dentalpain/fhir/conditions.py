"""Conditions, procedures and what is planned: the problem list of the record."""

from __future__ import annotations

import re

from ..clinical.coding import SNOMED, icd10cm_of
from ..clinical.misplaced import misplaced, unlisted
from ..clinical.quantities import PartialDate
from ..clinical.recognising import Recognised
from ..clinical.record import Problem, Standing, Statement
from ..clinical.stating import Entry, statements_of
from .bundle import Found
from .elements import Json, codes_of, day, first_code, mapping, number, objects, string, text_of, texts, when
from .gathering import Gathering

NO_PROBLEMS = "160245001"  # SNOMED CT: no current problems or disability
SURGICAL = "387713003"  # SNOMED CT: surgical procedure (category of a ServiceRequest)
OPERATION = re.compile(r"\b(surg\w+|operation|resection|arthroplasty|replacement of|bypass|transplant\w*)\b", re.I)

IN_DOUBT = frozenset({"unconfirmed", "provisional", "differential"})
CURRENT = frozenset({"active", "recurrence", "relapse"})
PAST = frozenset({"inactive", "remission", "resolved"})


def read_conditions(gathering: Gathering) -> None:
    """Read every Condition into problems and statements."""
    for found in gathering.bundle.of_type("Condition"):
        _read_condition(found, gathering)


def _read_condition(found: Found, gathering: Gathering) -> None:
    condition = found.resource
    standing = condition_standing(condition, gathering)
    onset, recorded = onset_of(condition, gathering.birth), day(condition.get("recordedDate"))
    if standing is None or gathering.is_later(found, onset, recorded):
        return
    source = f"FHIR Condition{_list_of(condition)}"
    codes = codes_of(condition.get("code"))
    if any(code.system == SNOMED and code.code == NO_PROBLEMS for code in codes):
        if standing is Standing.CURRENT:
            gathering.review("problems", recorded or onset, source)
        return
    recognised = _recognise(condition.get("code"), gathering)
    text = text_of(condition.get("code"))
    if gathering.vocabulary.denies(text) and standing is Standing.CURRENT and recognised.hits:
        standing = Standing.ASK  # the code says yes and the text says no or names a relative
    _add(found, text, recognised, Entry(standing, onset, recorded, source), gathering)


def condition_standing(condition: Json, gathering: Gathering) -> Standing | None:
    """Whether a Condition counts today; None for one entered in error."""
    verified = first_code(condition.get("verificationStatus"))
    if verified == "entered-in-error":
        return None
    if verified == "refuted":
        return Standing.REFUTED
    abated = when(condition, "abatement")
    if abated is not None and abated.first > gathering.on:
        return Standing.CURRENT if verified not in IN_DOUBT else Standing.ASK
    status = first_code(condition.get("clinicalStatus"))
    if status in PAST or any(name.startswith("abatement") for name in condition):
        return Standing.PAST
    return Standing.CURRENT if status in CURRENT and verified in ("", "confirmed") else Standing.ASK


def onset_of(condition: Json, birth: PartialDate | None) -> PartialDate | None:
    """When it began: a date, a period, an age, or a year in words; never the day of recording."""
    known = when(condition, "onset")
    if known is not None:
        return known
    years = number(mapping(condition.get("onsetAge")).get("value"))
    in_years = string(mapping(condition.get("onsetAge")).get("code")) in ("a", "")
    if years is not None and birth is not None and in_years and 0 <= years <= 130:
        return day(str(birth.first.year + int(years)))
    year = re.search(r"\b(19|20)\d\d\b", string(condition.get("onsetString")))
    return day(year[0]) if year else None


def _list_of(condition: Json) -> str:
    named = {first_code(category) for category in objects(condition.get("category"))}
    if "problem-list-item" in named:
        return ", problem list"
    return ", visit diagnosis" if "encounter-diagnosis" in named else ""


def _recognise(concept: object, gathering: Gathering) -> Recognised:
    codes = codes_of(concept)
    best = gathering.vocabulary.of_entry(codes, text_of(concept), "problem")
    for display in texts([{"text": code.display} for code in codes]):
        if best.known:
            break
        best = gathering.vocabulary.of_text(display, "problem")
    return best


def _add(found: Found, text: str, recognised: Recognised, entry: Entry, gathering: Gathering) -> None:
    if recognised.list_is_empty:
        if entry.standing is Standing.CURRENT:
            gathering.review("problems", entry.recorded or entry.onset, entry.source)
        return
    gathering.statements.extend(statements_of(gathering.vocabulary, recognised, entry, gathering.on))
    shown = text or "problem without a name"
    gathering.problems.append(
        Problem(
            shown,
            entry.standing,
            entry.onset or entry.recorded,
            entry.source,
            recognised.facts,
            recognised.known,
            icd10cm_of(codes_of(found.resource.get("code"))),
            began=entry.onset is not None or entry.recorded is None,
        )
    )
    if not recognised.known and entry.standing is not Standing.PAST:
        gathering.miss(found, shown, _of_other_lists(text, entry, gathering), "code")


def _of_other_lists(text: str, entry: Entry, gathering: Gathering) -> str:
    """Take in what a problem that no table knows says of medicines and allergies; how it is told."""
    day, words = entry.recorded or entry.onset, gathering.vocabulary
    held = misplaced(text, entry.standing, day, entry.source, words, gathering.names)
    gathering.medicines.extend(unlisted(held.medicines, gathering.medicines))
    gathering.statements.extend(held.statements)
    gathering.allergies.extend(held.allergies)
    return held.why


# -- procedures and plans --------------------------------------------------------------------------------------------

DONE = {"completed": Standing.CURRENT, "in-progress": Standing.CURRENT, "unknown": Standing.ASK}
PLANNED_STATUS = {"Procedure": ("preparation",), "ServiceRequest": ("active",), "Appointment": ("booked",)}


def read_procedures(gathering: Gathering) -> None:
    """Read procedures that were done; what is planned goes to the date of the next operation."""
    for found in gathering.bundle.of_type("Procedure"):
        status = string(found.resource.get("status"))
        standing = DONE.get(status)
        performed = when(found.resource, "performed")
        if standing is None or gathering.is_later(found, performed):
            continue
        recognised = _recognise(found.resource.get("code"), gathering)
        if recognised.hits:
            entry = Entry(standing, performed, performed, "FHIR Procedure")
            _add(found, text_of(found.resource.get("code")), recognised, entry, gathering)
        else:
            gathering.unused(found, text_of(found.resource.get("code")))


def read_plans(gathering: Gathering) -> None:
    """Read the date of operations that are ordered, booked or being prepared."""
    for found in gathering.bundle.of_type("Procedure", "ServiceRequest", "Appointment"):
        resource, kind = found.resource, str(found.resource["resourceType"])
        if string(resource.get("status")) not in PLANNED_STATUS[kind] or resource.get("doNotPerform") is True:
            continue
        planned = when(resource, "performed") or when(resource, "occurrence") or day(resource.get("start"))
        if planned is not None and planned.last >= gathering.on and (kind == "Procedure" or _is_operation(resource)):
            today = PartialDate(gathering.on, gathering.on)
            gathering.statements.append(Statement("planned_surgery_date", planned, today, f"FHIR {kind}"))


def _is_operation(resource: Json) -> bool:
    categories = objects(resource.get("category")) + objects(resource.get("serviceType"))
    if any(code.code == SURGICAL for category in categories for code in codes_of(category)):
        return True
    words = [text_of(resource.get("code")), string(resource.get("description")), *texts(resource.get("serviceType"))]
    return any(OPERATION.search(word) for word in words)
