"""What the office says of itself holds on the page, over the API and in cards alike; and quiet stays quiet on all of them."""

from __future__ import annotations

from typing import Any

import pytest

from dentalpain.practice.memory import MemoryPractice

from .cds import CdsHost, asked, of_record, order, taking, topics

Json = dict[str, Any]
DAYS = dict.fromkeys(("problems", "medicines", "allergies"), "2026-11-20")
MAN: Json = {
    "patient": {"id": "p1", "birth_date": "1980-05-06", "sex": "male"},
    "facts": {"alcohol_drinks_per_day": 0, "weight_kg": {"value": 82, "date": "2026-11-20"}},
    "reviewed_on": DAYS,
}
IBUPROFEN, NORCO = "ibuprofen 400 mg q6h #12", "Norco 5/325 1 tab q6h prn pain #12"
TOO_LONG = "Norco 5/325 1 tab q6h #40"  # ten days
HARMLESS = ["metformin 500 mg bid", "atorvastatin 20 mg daily"]


def host(chart: Json = MAN, **settings: Any) -> CdsHost:
    return CdsHost(config={"DENTALPAIN_CDS_OPEN": True, **settings}, practice=MemoryPractice({"p1": chart}))


def send(office: CdsHost, path: str, **data: str) -> Any:
    office.client.get("/pain/")
    with office.client.session_transaction() as session:
        return office.client.post(path, data={"csrf_token": session["_dentalpain_form"], **data})


def on_the_page(office: CdsHost, text: str, indication: str = "simple_extraction", **more: str) -> tuple[str, Json]:
    """The page of a visit with this prescription, and the review behind it."""
    opened = send(office, "/pain/visits", patient="p1").headers["Location"]
    path = send(office, opened, prescribe=text, indication=indication, **more).headers["Location"].split("#")[0]
    page = office.client.get(path).get_data(as_text=True)
    return page, office.service.find(path.partition("?")[0].rsplit("/", 1)[1])["result"]["review"]


def over_the_api(office: CdsHost, text: str, **more: Any) -> Json:
    body = {"record": MAN, "prescribe": [text], "for": "simple_extraction", **more}
    response = office.client.post("/pain/api/v1/review", json=body)
    assert response.status_code == 200, response.get_data(as_text=True)
    return dict(response.get_json())


STATE_RULE = "STATE-DAYS"  # Ohio: seven days for an adult with acute pain

# -- the state -----------------------------------------------------------------------------------------------------------


def limited(review: Json) -> bool:
    return any(one["rule"] == STATE_RULE and one["answer"] == "yes" for one in review["flags"])


@pytest.mark.parametrize("state", [None, "OH"])
def test_the_limits_of_a_state_are_off_until_the_office_names_it_and_then_hold_everywhere(state: str | None) -> None:
    office = host(DENTALPAIN_STATE=state)
    _, shown = on_the_page(office, TOO_LONG)
    reason = [{"text": "simple extraction"}]
    cards = office.cards(asked(order("Norco 5/325", "1 tab q6h", reasonCode=reason, dispenseRequest={"quantity": {"value": 40}})))
    told = [limited(shown), limited(over_the_api(office, TOO_LONG)), STATE_RULE in topics(cards)]
    assert told == [state is not None] * 3


# -- who prescribes low-dose naltrexone -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "word"), [(None, "has not said"), ("dentist", "its dentist"), ("physician", "a physician")])
def test_the_setting_says_who_prescribes_low_dose_naltrexone(said: str | None, word: str, tmp_path: Any) -> None:
    settings = {} if said is None else {"DENTALPAIN_NALTREXONE_PRESCRIBER": said}
    store = f"sqlite:///{(tmp_path / 'office.db').as_posix()}"
    office = CdsHost(config={**settings, "DENTALPAIN_STORE": store}, service=None, practice=MemoryPractice({"p1": MAN}))
    found = over_the_api(office, IBUPROFEN, **{"for": "chronic_tmd"})
    plan = next(one["plan"] for one in found["alternatives"] if one["id"] == "low_dose_naltrexone")
    assert word in plan["who_prescribes"]
    office.app.extensions["dentalpain"]["dentalpain"].service.store.close()


# -- the factors of 2016 --------------------------------------------------------------------------------------------------


def test_the_factors_of_2016_are_shown_on_page_and_api_only_where_somebody_asks() -> None:
    # Tramadol 50 mg × 4: × 0.2 = 40 by CDC 2022, × 0.1 = 20 by CDC 2016.
    office, tramadol = host(), "tramadol 50 mg q6h #12"
    assert over_the_api(office, tramadol, legacy_mme=True)["mme_per_day_legacy"]["total"] == 20
    assert "mme_per_day_legacy" not in over_the_api(office, tramadol)
    page, review = on_the_page(office, tramadol, **{"legacy-mme": "1"})
    assert "by the factors of 2016, which no rule reads: 20 MME" in page and 'name="legacy-mme" value="1" checked' in page
    plain, without = on_the_page(office, tramadol)
    assert "which no rule reads" not in plain and 'value="1" checked' not in plain.partition("legacy-mme")[2][:60]
    assert (review["mme_per_day"], review["flags"]) == (without["mme_per_day"], without["flags"])
    refused = office.client.post("/pain/api/v1/review", json={"record": MAN, "legacy_mme": "yes"})
    assert refused.status_code == 400


def test_a_letter_shows_no_factors_of_2016_and_says_so_when_it_is_asked_for_them() -> None:
    office = host()
    body = {"record": MAN, "letter": "chart-summary", "legacy_mme": True}
    refused = office.client.post("/pain/api/v1/letter", json=body)
    assert refused.status_code == 400 and refused.get_json()["errors"] == [
        {"pointer": "/legacy_mme", "detail": "A letter shows no morphine equivalents of 2016: leave this out."}
    ]
    assert office.client.post("/pain/api/v1/letter", json={**body, "legacy_mme": False}).status_code == 200


def test_a_kept_handout_holds_what_it_was_asked_for_and_its_facts_give_the_same_again() -> None:
    office = host()
    body = {"record": MAN, "prescribe": ["tramadol 50 mg q6h #12"], "legacy_mme": True, "patient": "p1"}
    printed = office.client.post("/pain/api/v1/handout", json=body)
    assert printed.status_code == 201, printed.get_data(as_text=True)
    kept = office.client.get(printed.headers["Location"]).get_json()
    assert kept["result"]["review"]["mme_per_day_legacy"]["total"] == 20  # 50 mg × 4 × 0.1 (CDC 2016)
    assert office.client.get(f"{printed.headers['Location']}/replay").get_json()["equal"] is True


# -- quiet ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("current", [[], HARMLESS])
def test_ibuprofen_for_a_healthy_adult_raises_nothing_on_the_page_and_no_card(current: list[str]) -> None:
    office = host({**MAN, "medicines": current})
    page, review = on_the_page(office, IBUPROFEN, "surgical_extraction")
    assert [one["rule"] for one in review["flags"] if one["answer"] == "yes"] == []
    weighty = [one["rule"] for one in review["flags"] if one["severity"] in ("contraindicated", "major")]
    assert weighty == [] and 'class="dp-flag dp-m' not in page and 'class="dp-flag dp-contra' not in page
    drinks = {"resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/p1"}}
    drinks |= {"code": {"coding": [{"system": "http://loinc.org", "code": "11287-0"}]}, "effectiveDateTime": "2026-11-20"}
    drinks |= {"valueQuantity": {"value": 0, "unit": "{drinks}/d", "system": "http://unitsofmeasure.org", "code": "{drinks}/d"}}
    held = of_record(*map(taking, current), drinks)
    body = asked(order("ibuprofen 400 mg tablet", "1 tab every 6 hours for 3 days"), prefetch=held)
    assert office.post(body).get_json() == {"cards": []}


@pytest.mark.parametrize("indication", ["simple_extraction", "surgical_extraction", "toothache_no_care", ""])
def test_norco_for_a_median_adult_is_three_thoughts_at_most_on_page_and_cards(indication: str) -> None:
    office = host()
    page, _ = on_the_page(office, NORCO, indication)
    assert 1 <= sum(page.count(f'<article class="dp-flag dp-{one}"') for one in ("contraindicated", "major", "moderate")) <= 3
    reason = [{"text": indication.replace("_", " ")}] if indication else []
    twelve = {"quantity": {"value": 12}}
    cards = office.cards(asked(order("Norco 5/325", "1 tab q6h prn pain", reasonCode=reason, dispenseRequest=twelve)))
    assert 1 <= len([one for one in topics(cards) if one != "NOT-CHECKED"]) <= 3
