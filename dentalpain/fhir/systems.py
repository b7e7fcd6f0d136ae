"""Names in what we write as FHIR: our own questionnaires and code systems, and the extensions and systems of others."""

from __future__ import annotations

import re

# A name of ours is no address: no server of ours stands behind it, and a host serves it under an address of its own.
QUESTIONNAIRE = "urn:dentalpain:questionnaire:"
POINTS = "urn:dentalpain:points:"
ASSESSMENT = "urn:dentalpain:assessment"
PATIENT = "urn:dentalpain:patient"
INSTRUMENT = "urn:dentalpain:instrument"
SUBSCALE = "urn:dentalpain:subscale"
DIAGNOSIS = "urn:dentalpain:diagnosis"
RED_FLAG = "urn:dentalpain:red-flag"
URGENCY = "urn:dentalpain:urgency"

CORE = "http://hl7.org/fhir/StructureDefinition/"
ORDINAL = f"{CORE}ordinalValue"
ITEM_WEIGHT = f"{CORE}itemWeight"  # the name of the same in later releases
TRANSLATION = f"{CORE}translation"
ITEM_CONTROL = f"{CORE}questionnaire-itemControl"
OPTION_EXCLUSIVE = f"{CORE}questionnaire-optionExclusive"
UNIT, UNIT_OPTION = f"{CORE}questionnaire-unit", f"{CORE}questionnaire-unitOption"
LOWEST, HIGHEST = f"{CORE}minValue", f"{CORE}maxValue"

LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
ICD10_CM = "http://hl7.org/fhir/sid/icd-10-cm"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"

RESULT_KINDS = ("QuestionnaireResponse", "Observation", "Condition")  # of what a screening gives

NONE_OF_THESE = "none"  # the option of a list of places that says: asked, and nowhere
SERVED = re.compile(r"(?:.*/)?Questionnaire/([a-z0-9-]+)")


def canonical(instrument: str, version: str = "") -> str:
    """The canonical name of one of our questionnaires."""
    return f"{QUESTIONNAIRE}{instrument}|{version}" if version else f"{QUESTIONNAIRE}{instrument}"


def instrument_named(name: str) -> str | None:
    """The instrument that a canonical name of ours is for, whatever its version; None for a name of somebody else."""
    bare = name.partition("|")[0]
    return bare.removeprefix(QUESTIONNAIRE) if bare.startswith(QUESTIONNAIRE) else None


def instrument_served(name: str) -> str | None:
    """The same for the address under which a host serves the questionnaire."""
    found = SERVED.fullmatch(name.partition("|")[0])
    return found[1] if found else None
