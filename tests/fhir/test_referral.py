"""The referral as a Dental Referral Note (Dental Data Exchange 1.0.0): checked by a library of FHIR models, whole in itself."""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from dentalpain.errors import InputError
from dentalpain.letters import letter
from tests.handouts.assessments import ALARMED, OPIOID, PLAIN, Assessed, service
from tests.handouts.samples import OFFICE

from .r4 import valid

GUIDE = "http://hl7.org/fhir/us/dental-data-exchange/StructureDefinition"
# dental-referral-note 1.0.0 wants the first four once; the Referral-Note of C-CDA on FHIR below it wants the others.
REQUIRED = {"51848-0", "10164-2", "47519-4", "18776-5", "48765-2", "10160-0", "11450-4", "42349-1"}


def referral(found: Assessed = OPIOID, **more: Any) -> dict[str, Any]:
    day = dt.date.fromisoformat(found.review["on"])
    kept = {"on": day, "inputs": {"record": found.chart, "arguments": {}}}
    data = letter(
        service(), "referral-orofacial-pain", found.review, found.screen,
        kept=kept if found.chart else None, office=OFFICE, kind="fhir", **more,
    )  # fmt: skip
    bundle: dict[str, Any] = json.loads(data)
    return bundle


def resources(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind]


def references(thing: Any) -> Iterator[str]:
    if isinstance(thing, dict):
        yield from [thing["reference"]] if "reference" in thing else []
        for value in thing.values():
            yield from references(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from references(value)


def sections(bundle: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["code"]["coding"][0]["code"]: one for one in bundle["entry"][0]["resource"]["section"]}


@pytest.mark.parametrize("found", [PLAIN, OPIOID, ALARMED])
def test_two_libraries_of_fhir_models_read_the_bundle_and_every_resource_in_it(found: Assessed) -> None:
    bundle = referral(found)
    assert valid(bundle) and all(valid(one["resource"]) for one in bundle["entry"])
    assert bundle["type"] == "document" and bundle["entry"][0]["resource"]["resourceType"] == "Composition"


def test_the_note_names_its_profile_its_code_and_every_section_that_the_guide_requires() -> None:
    bundle = referral()
    note = bundle["entry"][0]["resource"]
    assert bundle["meta"]["profile"] == [f"{GUIDE}/dental-bundle"]
    assert note["meta"]["profile"] == [f"{GUIDE}/dental-referral-note"]
    assert note["type"]["coding"][0] == {"system": "http://loinc.org", "code": "57134-9", "display": "Dentistry Referral note"}
    assert set(sections(bundle)) >= REQUIRED and len(note["section"]) == len(sections(bundle))
    assert note["language"] and note["identifier"] and note["custodian"] and "confidentiality" not in note  # US Realm Header


def test_every_reference_leads_to_an_entry_of_the_bundle_and_every_entry_is_there_once() -> None:
    bundle = referral()
    places = [one["fullUrl"] for one in bundle["entry"]]
    assert set(references(bundle)) <= set(places) and len(places) == len(set(places))
    assert all(one["fullUrl"] == f"urn:uuid:{one['resource']['id']}" for one in bundle["entry"])


def test_every_section_has_a_narrative_in_xhtml_and_says_why_where_it_holds_no_entry() -> None:
    for code, section in sections(referral()).items():
        div = ET.fromstring(section["text"]["div"])
        assert div.tag == "{http://www.w3.org/1999/xhtml}div" and "".join(div.itertext()).strip(), code
        assert not ("entry" in section and "emptyReason" in section)


def test_a_list_gone_through_is_empty_for_known_and_one_that_nobody_went_through_is_not_asked() -> None:
    def why(found: Assessed, code: str) -> str:
        return str(sections(referral(found))[code]["emptyReason"]["coding"][0]["code"])

    assert why(PLAIN, "48765-2") == "nilknown"  # allergies, gone through on the day
    assert why(PLAIN, "47519-4") == "unavailable"  # no assessment holds procedures
    nothing = dict(PLAIN.chart, allergies=[], reviewed_on={})
    assert why(PLAIN._replace(chart=nothing), "48765-2") == "notasked"


def test_a_diagnosis_is_a_dental_condition_with_its_code_and_a_provisional_one_says_so() -> None:
    local = next(one for one in resources(referral(), "Condition") if one["code"]["text"] == "local myalgia")
    assert local["meta"]["profile"] == [f"{GUIDE}/dental-condition"]
    assert local["code"]["coding"] == [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M79.11"}]
    assert local["verificationStatus"]["coding"][0]["code"] == "provisional"  # no accuracy was established for it
    system = f"{GUIDE.removesuffix('StructureDefinition')}CodeSystem/dental-category"
    dental = {"system": system, "code": "dental", "display": "Dental"}
    assert dental in [category["coding"][0] for category in local["category"]]


def test_nobody_has_signed_it_so_it_is_preliminary_and_its_request_a_draft() -> None:
    bundle = referral()
    note = bundle["entry"][0]["resource"]
    assert note["status"] == "preliminary" and "attester" not in note
    assert "Draft rules, not signed by a clinician" in note["text"]["div"]
    (asked,) = resources(bundle, "ServiceRequest")
    assert (asked["status"], asked["intent"]) == ("draft", "proposal")
    assert all(one["resourceType"] != "Practitioner" for one in (entry["resource"] for entry in bundle["entry"]))


def test_the_narrative_is_that_of_the_letter_warning_signs_and_blocked_options_with_it() -> None:
    found = sections(referral(ALARMED))
    assert "Jaw pain that may come from the heart" in found["51848-0"]["text"]["div"]
    assert "Discectomy: not for this patient" in sections(referral())["18776-5"]["text"]["div"]


def test_a_patient_of_whom_nothing_is_recorded_has_a_reason_in_place_of_a_name() -> None:
    (patient,) = resources(referral(PLAIN._replace(chart={})), "Patient")
    assert patient["name"][0]["extension"][0]["valueCode"] == "unknown" and patient["gender"] == "unknown"
    assert "birthDate" not in patient and "identifier" not in patient


def test_each_standing_of_an_entry_has_its_status() -> None:
    chart = dict(
        PLAIN.chart,
        problems=[{"text": word, "status": word, "source": ""} for word in ("active", "past", "in doubt", "refuted")],
        allergies=[{"text": "penicillin", "status": "in doubt", "kind": "allergy", "reactions": ["hives"], "source": ""}],
    )
    held = {one["code"]["text"]: one for one in resources(referral(PLAIN._replace(chart=chart)), "Condition")}
    assert held["active"]["clinicalStatus"]["coding"][0]["code"] == "active"
    assert held["past"]["clinicalStatus"]["coding"][0]["code"] == "inactive"
    assert held["in doubt"]["verificationStatus"]["coding"][0]["code"] == "unconfirmed"
    assert held["refuted"]["verificationStatus"]["coding"][0]["code"] == "refuted" and "clinicalStatus" not in held["refuted"]
    (allergy,) = resources(referral(PLAIN._replace(chart=chart)), "AllergyIntolerance")
    assert allergy["reaction"] == [{"manifestation": [{"text": "hives"}]}]


def test_a_problem_of_which_only_the_day_of_recording_is_known_gets_no_onset() -> None:
    entry = {"status": "active", "source": "", "onset": None, "recorded": None}
    began, noted = {**entry, "text": "asthma", "onset": "2009"}, {**entry, "text": "gout", "recorded": "2026-11-23"}
    chart = dict(PLAIN.chart, problems=[began, noted])
    held = {one["code"]["text"]: one for one in resources(referral(PLAIN._replace(chart=chart)), "Condition")}
    assert held["asthma"]["onsetDateTime"] == "2009" and "recordedDate" not in held["asthma"]
    assert held["gout"]["recordedDate"] == "2026-11-23" and "onsetDateTime" not in held["gout"]


def test_a_score_that_could_not_be_reached_carries_no_number_and_an_exact_one_stays_exact() -> None:
    blank = dict(PLAIN.screen["scores"][0], score=None, status="not_scorable")
    exact = dict(PLAIN.screen["scores"][0], instrument="phq-4", score=Decimal("6"))
    found = PLAIN._replace(screen=PLAIN.screen | {"scores": [blank, exact]})
    one, other = resources(referral(found), "Observation")
    assert "valueQuantity" not in one and one["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    assert other["valueQuantity"] == {"value": 6} and other["code"]["coding"][0]["code"] == "70272-0"  # LOINC, PHQ-4 total


def test_the_same_assessment_gives_the_same_bundle_and_no_other_letter_is_written_so() -> None:
    assert referral() == referral()
    with pytest.raises(InputError, match="Only the referral"):
        letter(service(), "physiotherapy", PLAIN.review, PLAIN.screen, office=OFFICE, kind="fhir")
