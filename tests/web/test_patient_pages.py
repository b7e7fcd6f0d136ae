"""A patient answers on a page of their own: questions and thanks, once, and nothing of it is seen by anybody but the staff."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dentalpain.cli import verbs
from dentalpain.errors import NotStoredError, StoreError
from dentalpain.knowledge.bench import tools
from dentalpain.knowledge.load import load_knowledge
from dentalpain.patient_forms import PatientForms
from dentalpain.storage import MemoryStore
from dentalpain.web.slowing import SECONDS, TRIES, Slowing
from tests.fhir.official import asked, form, option, translated
from tests.fhir.official import phq_9 as phq_9_form
from tests.fhir.test_official_parts import FM_LINKS, fibromyalgia

from .patients_hands import START, Office, filled, some_answer

INSTRUMENTS = tools(load_knowledge()).screening.instruments
PATIENTS_OWN = [name for name, one in INSTRUMENTS.items() if one.texts["answered_by"] == "patient"]
LOW_MOOD = {str(number): "0" for number in range(1, 9)}  # PHQ-9, items 1 to 8 at no points


def phq_9(item_9: str) -> dict[str, str]:
    return {f"phq-9.{key}": value for key, value in {**LOW_MOOD, "9": item_9}.items()}


@pytest.fixture
def office() -> Office:
    return Office()


# -- one questionnaire as the other --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PATIENTS_OWN)
def test_each_questionnaire_can_be_answered_whole_and_scores_as_when_the_staff_enters_it(
    office: Office, name: str
) -> None:
    instrument = office.service.tools.screening.instruments[name]
    values = {item.key: some_answer(item) for item in instrument.items}
    address = office.hand(name)
    page = office.device.get(address).get_data(as_text=True)
    assert all(item.ask.replace("'", "&#39;") in page for item in instrument.items), "each question stands on the page"
    assert "not the validated wording" in page and " checked" not in page
    sent = office.device.post(address, data=filled(instrument, values))
    assert (sent.status_code, sent.headers["Location"]) == (303, "/pain/p/thanks?language=en")
    [sheet] = office.store.forms("p1")[0].answers
    assert (sheet["instrument"], sheet["answered_by"], sheet["on"]) == (name, "patient", "2026-11-24")
    assert {key: value for key, value in sheet["items"].items() if value is not None} == values


def test_what_is_left_out_stays_blank_and_is_never_a_no(office: Office) -> None:
    address = office.hand("phq-9")
    office.device.post(address, data={"phq-9.1": "2", "phq-9.2": "", "phq-9.3": "9"})  # 9 is no answer of the scale
    [sheet] = office.store.forms("p1")[0].answers
    assert sheet["items"] == {"1": 2, **{str(number): None for number in range(2, 11)}}


def test_an_empty_form_is_not_taken_and_can_still_be_answered(office: Office) -> None:
    address = office.hand("phq-4")
    sent = office.device.post(address, data={"phq-4.nervous": ""})
    assert sent.status_code == 422 and "Nothing is answered yet" in sent.get_data(as_text=True)
    assert office.store.forms("p1")[0].answered_at is None
    assert office.device.post(address, data={"phq-4.nervous": "0"}).status_code == 303


@pytest.mark.parametrize(("days", "taken"), [("180", True), ("181", False), ("many", False), ("", True)])
def test_of_the_last_six_months_180_days_are_all_there_are(office: Office, days: str, taken: bool) -> None:
    address = office.hand("gcps-6-month")
    sent = office.device.post(address, data={"gcps-6-month.1": days, "gcps-6-month.2": "7"})
    assert sent.status_code == (303 if taken else 422)
    if not taken:
        page = sent.get_data(as_text=True)
        assert "Write a whole number from 0 to 180." in page and re.search(r'value="7" checked', page)
        assert office.store.forms("p1")[0].answered_at is None


# -- once, and for minutes -----------------------------------------------------------------------------------------------


def test_an_address_is_good_once_and_then_says_what_a_wrong_one_says(office: Office) -> None:
    address = office.hand("phq-4")
    assert office.device.post(address, data={"phq-4.nervous": "1"}).status_code == 303
    used, wrong = office.device.get(address), office.device.get("/pain/p/" + "A" * 43)
    assert (used.status_code, wrong.status_code) == (410, 410)
    assert used.get_data() == wrong.get_data() and "This page is closed" in used.get_data(as_text=True)
    assert office.device.post(address, data={"phq-4.nervous": "3"}).status_code == 410
    assert office.store.forms("p1")[0].answers[0]["items"]["nervous"] == 1


@pytest.mark.parametrize(
    ("after", "status"),
    [(dt.timedelta(minutes=29, seconds=59), 200), (dt.timedelta(minutes=30), 410), (dt.timedelta(days=1), 410)],
    ids=["a second before its end", "at its end", "a day later"],
)
def test_an_address_of_thirty_minutes_is_closed_after_thirty_minutes(after: dt.timedelta, status: int) -> None:
    office = Office(DENTALPAIN_PATIENT_LINK_MINUTES=30)
    address = office.hand("phq-4")
    office.clock.move_to(START + after)
    assert office.device.get(address).status_code == status
    assert office.device.post(address, data={"phq-4.nervous": "1"}).status_code == (303 if status == 200 else 410)


def test_a_new_address_of_a_patient_closes_the_former_and_no_other_patients(office: Office) -> None:
    first, other = office.hand("phq-4"), office.hand("phq-4", patient="p2")
    second = office.hand("phq-9")
    assert [office.device.get(each).status_code for each in (first, other, second)] == [410, 200, 200]


def test_the_staff_can_close_an_address(office: Office) -> None:
    address = office.hand("phq-4")
    assert office.send(f"/pain/forms/{office.form_id}/close").status_code == 303
    assert office.device.get(address).status_code == 410


def test_who_tries_many_addresses_waits_also_with_a_right_one() -> None:
    office = Office()
    address = office.hand("phq-4")
    for _ in range(TRIES):
        assert office.device.get("/pain/p/wrong").status_code == 410
    waits = office.device.get(address)
    assert waits.status_code == 429 and "Please wait a minute" in waits.get_data(as_text=True)
    assert office.device.post(address, data={"phq-4.nervous": "1"}).status_code == 429
    assert office.staff.get(address, environ_overrides={"REMOTE_ADDR": "10.0.0.9"}).status_code == 200


def test_the_minute_is_over_after_a_minute_and_callers_are_told_apart() -> None:
    now = [0.0]
    slowing = Slowing(lambda: now[0])
    for _ in range(TRIES - 1):
        slowing.failed("a")
    assert not slowing.must_wait("a")
    slowing.failed("a")
    assert slowing.must_wait("a") and not slowing.must_wait("b")
    now[0] = SECONDS
    assert not slowing.must_wait("a")


# -- private -------------------------------------------------------------------------------------------------------------


def test_the_patients_pages_hold_no_name_no_result_no_way_to_the_staff_and_no_cookie(office: Office) -> None:
    address = office.hand("phq-9")
    sent = office.device.post(address, data=phq_9("3"))
    office.hand("phq-9")
    pages = [office.device.get(path) for path in (office.hand("tmd-pain-screener"), sent.headers["Location"], address)]
    for page in pages:
        text = page.get_data(as_text=True)
        assert "Maple Street Dental" in text
        for word in ("Lovelace", "Ada", "suicid", "points", "positive", "988", "Today's patients", "csrf_token"):
            assert word not in text, word
        assert page.headers["Cache-Control"] == "no-store" and page.headers["Referrer-Policy"] == "no-referrer"
        assert (
            page.headers["X-Robots-Tag"] == "noindex"
            and "default-src 'none'" in page.headers["Content-Security-Policy"]
        )
        assert "Set-Cookie" not in page.headers


def test_the_patients_pages_neither_need_nor_touch_what_a_signed_in_person_has(office: Office) -> None:
    office.hand("phq-4")
    address = office.hand("phq-4")
    office.access.person = None
    office.access.deny()
    asked = len(office.access.asked)
    assert office.device.post(address, data={"phq-4.nervous": "1"}).status_code == 303
    assert len(office.access.asked) == asked


def test_a_page_of_another_site_cannot_answer_in_the_patients_place(office: Office) -> None:
    address = office.hand("phq-4")
    refused = office.device.post(address, data={"phq-4.nervous": "1"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (
        refused.status_code == 403
        and "This did not work" in refused.get_data(as_text=True)
        and "Today" not in refused.get_data(as_text=True)
    )
    assert office.store.forms("p1")[0].answered_at is None


def test_an_error_on_the_patients_page_leads_nobody_to_the_staff(office: Office) -> None:
    address = office.hand("phq-4")
    answer = office.device.post(address, data={"phq-4.nervous": "1" * 3_000_000})
    assert answer.status_code == 413 and "Today" not in answer.get_data(as_text=True)


def test_the_token_stands_in_nothing_that_is_kept(office: Office) -> None:
    token = office.hand("phq-4").rpartition("/")[2]
    kept = f"{office.store._forms} {office.store._audit}"
    assert token not in kept and office.store.forms("p1")[0].form.token_hash in kept


def test_the_trail_says_who_handed_a_form_and_that_the_patient_answered_and_no_answer(office: Office) -> None:
    office.device.post(office.hand("phq-9"), data=phq_9("1"))
    entries = [(one.entry.who, one.entry.action, one.entry.patient_ref) for one in office.store.trail()]
    assert entries == [("user-7", "hand form to patient", "p1"), ("patient", "answer form", "p1")]
    assert office.store.verify() is None


def test_without_minutes_there_are_no_patients_pages_and_no_button_that_leads_to_them() -> None:
    office = Office(DENTALPAIN_PATIENT_LINK_MINUTES=0)
    assert office.send("/pain/forms", patient="p1").status_code == 404
    assert office.device.get("/pain/p/anything").status_code == 404
    assert "Hand questionnaires" not in office.page() and "Let the patient answer" not in office.page(office.visit())
    assert office.staff.get("/pain/forms/news").status_code == 404


# -- many offices --------------------------------------------------------------------------------------------------------


class SharedStore(MemoryStore):
    """A store of many offices, of which each request of the staff names one; a patient's names none."""

    is_shared = True

    def __init__(self) -> None:
        super().__init__("north")
        self.signed_in, self.offices = True, {"north": self, "south": MemoryStore("south")}

    @property
    def tenant(self) -> str:
        if not self.signed_in:
            raise StoreError("Nobody is signed in.")
        return "north"

    def of_tenant(self, tenant: str) -> MemoryStore:
        return self.offices[tenant]


def test_where_the_sign_in_names_the_office_the_address_leads_the_patient_to_it_and_cannot_be_changed() -> None:
    store = SharedStore()
    service: Any = type("Service", (), {"store": store})()
    forms = PatientForms(lambda: service, lambda: START, 60, lambda: "secret")
    kept, token = forms.hand("p1", ["phq-4"], "en", "desk-2")
    store.signed_in = False
    assert forms.opened(token).id == kept.id
    own, _, office = token.partition(".")
    other = PatientForms(lambda: service, lambda: START, 60, lambda: "another secret")
    store.signed_in = True
    _, foreign = other.hand("p2", ["phq-4"], "en", "desk-2")
    store.signed_in = False
    for forged in (own, f"{own}.", f"{own}.{foreign.partition('.')[2]}", f"{own}.{office[:-1]}", f"{own}.Im5vcnRoIg.x"):
        with pytest.raises(NotStoredError):
            forms.opened(forged)


def test_a_host_whose_requests_name_the_office_cannot_do_without_a_secret() -> None:
    from flask import Flask
    from flask.sessions import SessionInterface

    from dentalpain import DentalPain
    from dentalpain.errors import SettingsError
    from dentalpain.practice.memory import MemoryPractice

    app = Flask("keeps_sessions_elsewhere")
    app.session_interface = SessionInterface()
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        DentalPain().init_app(
            app,
            authorize=lambda *asked: True,
            current_user=lambda: None,
            practice=MemoryPractice({}),
            store=SharedStore(),
        )


# -- languages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def with_spanish(tmp_path: Path) -> Office:
    """An office that has installed the official PHQ-9, with its Spanish translation."""
    file = tmp_path / "phq-9.json"
    file.write_text(json.dumps(phq_9_form()), encoding="utf-8")
    packs = tmp_path / "packs"
    installed = CliRunner().invoke(verbs, ["knowledge", "install", str(file), "--as", "phq-9", "--packs", str(packs)])
    assert installed.exit_code == 0, installed.output
    return Office(packs)


def test_an_official_form_is_asked_in_the_patients_language_where_it_has_it(with_spanish: Office) -> None:
    address = with_spanish.hand("phq-9", language="es")
    page = with_spanish.device.get(address).get_data(as_text=True)
    for said in ('<html lang="es">', "Pregunta 9", "Nunca (es)", "Enviar mis respuestas", "Parte 1 de 1"):
        assert said in page
    sent = with_spanish.device.post(address, data={"phq-9.9": "1"})
    assert sent.headers["Location"].endswith("language=es")
    assert "Gracias" in with_spanish.device.get(sent.headers["Location"]).get_data(as_text=True)
    assert with_spanish.told[-1]["rules"] == ("RF-12",)


def test_the_staff_is_told_what_can_be_asked_in_spanish_and_that_no_translator_read_the_words_around_it(
    with_spanish: Office,
) -> None:
    choose = with_spanish.send("/pain/forms", patient="p1").get_data(as_text=True)
    assert "In Español can be asked: The official form." in choose
    made = with_spanish.send("/pain/forms", patient="p1", instrument="phq-9", make="1", language="es").get_data(
        as_text=True
    )
    assert "in Español" in made and "have not been read by a translator" in made


def test_a_questionnaire_that_is_not_had_in_a_language_is_refused_by_name_and_never_falls_back_in_silence(
    with_spanish: Office,
) -> None:
    asked = {"patient": "p1", "instrument": ["phq-9", "gad-7"], "make": "1", "language": "es"}
    refused = with_spanish.send("/pain/forms", **asked)
    assert refused.status_code == 422 and "Not to be had in this language: GAD-7" in refused.get_data(as_text=True)
    assert with_spanish.store.forms("p1") == ()


@pytest.fixture
def with_fibromyalgia(tmp_path: Path) -> Office:
    """An office that has installed a form that asks its nineteen places and its years and months one by one."""
    file, link_ids, packs = tmp_path / "fm.json", tmp_path / "map.json", tmp_path / "packs"
    file.write_text(json.dumps(fibromyalgia(_title=translated("Fibromialgia"))), encoding="utf-8")
    link_ids.write_text(json.dumps(FM_LINKS), encoding="utf-8")
    order = ["knowledge", "install", str(file), "--as", "fm-2016", "--map", str(link_ids), "--packs", str(packs)]
    installed = CliRunner().invoke(verbs, order)
    assert installed.exit_code == 0, installed.output
    return Office(packs)


def test_the_places_and_the_years_are_called_as_the_official_form_calls_them(with_fibromyalgia: Office) -> None:
    page = with_fibromyalgia.device.get(with_fibromyalgia.hand("fm-2016")).get_data(as_text=True)
    assert "Pain in the neck?" in page and "For how many years?" in page and ">Neck<" not in page
    spanish = with_fibromyalgia.device.get(with_fibromyalgia.hand("fm-2016", language="es")).get_data(as_text=True)
    assert "Pain in the neck? (es)" in spanish and "¿Dónde?" in spanish


def test_the_staffs_form_asks_in_each_language_of_the_official_form(with_fibromyalgia: Office) -> None:
    staff, visit = with_fibromyalgia, with_fibromyalgia.visit()
    opened = staff.send(visit, **{"open-form": "fm-2016"})
    english = staff.page(opened.headers["Location"])
    assert "Pain in the neck?" in english and "Pain in the neck? (es)" not in english
    assert 'value="fm-2016 es" lang="es">Español</button>' in english
    answered = {"form-shown": "fm-2016", "fm-2016.fatigue": "3", "open-form": "fm-2016 es"}
    clicked = staff.send(visit, **answered)
    spanish = staff.page(clicked.headers["Location"])
    assert "Pain in the neck? (es)" in spanish and '<strong lang="es">Español</strong>' in spanish
    assert re.search(r'name="fm-2016.fatigue" value="3" checked', spanish), "what was ticked is kept"
    assert '<input type="hidden" name="form-language" value="es">' in spanish  # a fault in the form leaves it in Spanish
    saved = staff.send(visit, **{**answered, "open-form": "", "form-language": "es"})
    assert "form-language=es" in saved.headers["Location"]


def test_a_language_that_no_form_has_changes_nothing(with_fibromyalgia: Office) -> None:
    visit = with_fibromyalgia.visit()
    page = with_fibromyalgia.page(f"{visit}?form=fm-2016&form-language=xx")
    assert "Pain in the neck?" in page and "(es)" not in page


def test_the_screener_at_the_head_of_a_visit_offers_the_language_too(tmp_path: Path) -> None:
    count = {"1": 3}
    items = [
        asked(
            key,
            f"Question {key}",
            answerOption=[option(str(n), f"says {n}", n) for n in range(count.get(key, 2))],
            _text=translated(f"Pregunta {key}"),
        )
        for key in ("1", "2", "3A", "3B", "3C", "3D")
    ]
    file, packs = tmp_path / "screener.json", tmp_path / "packs"
    file.write_text(json.dumps(form(*items)), encoding="utf-8")
    order = ["knowledge", "install", str(file), "--as", "tmd-pain-screener", "--packs", str(packs)]
    installed = CliRunner().invoke(verbs, order)
    assert installed.exit_code == 0, installed.output
    staff = Office(packs)
    visit = staff.visit()
    english = staff.page(visit)
    assert "Question 3A" in english and 'value="tmd-pain-screener es" lang="es">Español</button>' in english
    clicked = staff.send(visit, **{"open-form": "tmd-pain-screener es", "screener-2": "1"})
    spanish = staff.page(clicked.headers["Location"])
    assert "Pregunta 3A" in spanish and "Question 3A" not in spanish
    assert re.search(r'name="screener-2" value="1" checked', spanish), "what was ticked is kept"
