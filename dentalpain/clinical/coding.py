"""Codes and the systems they come from, written as a URI, as an OID or by a short name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ICD10CM, SNOMED, LOINC, RXNORM, CDT, NDC = "icd-10-cm", "snomed", "loinc", "rxnorm", "cdt", "ndc"

# HL7 terminology: the URI and the OID of each code system. WHO ICD-10 and ICD-9 are other systems and are not listed.
_SYSTEMS = {
    ICD10CM: ("http://hl7.org/fhir/sid/icd-10-cm", "2.16.840.1.113883.6.90"),
    SNOMED: ("http://snomed.info/sct", "2.16.840.1.113883.6.96"),
    LOINC: ("http://loinc.org", "2.16.840.1.113883.6.1"),
    RXNORM: ("http://www.nlm.nih.gov/research/umls/rxnorm", "2.16.840.1.113883.6.88"),
    CDT: ("http://www.ada.org/cdt", "2.16.840.1.113883.6.13"),
    NDC: ("http://hl7.org/fhir/sid/ndc", "2.16.840.1.113883.6.69"),
}
_BY_NAME = {
    spelling: short for short, (uri, oid) in _SYSTEMS.items() for spelling in (short, uri, oid, f"urn:oid:{oid}")
}


@dataclass(frozen=True, slots=True)
class Code:
    """One code: `system` is a short name such as 'icd-10-cm', or the system as written when it is not known."""

    system: str
    code: str
    display: str = ""


def code_of(system: str, code: str, display: str = "") -> Code:
    """A code with its system brought to the short name."""
    written = system.strip().rstrip("/").lower()
    return Code(_BY_NAME.get(written, written), code.strip(), display)


def icd10cm_of(codes: Iterable[Code]) -> tuple[str, ...]:
    """The ICD-10-CM codes among several, written with their dot."""
    bare = (icd_form(code.code) for code in codes if code.system == ICD10CM)
    return tuple(f"{code[:3]}.{code[3:]}".rstrip(".") for code in bare)


def icd_form(code: str) -> str:
    """An ICD-10-CM code as it is compared: capitals, no dot."""
    return code.replace(".", "").strip().upper()
