"""The staff hands questionnaires to a patient, is told at once what cannot wait, and takes the answers over by a click."""

from __future__ import annotations

from typing import Any

import pytest

from .patients_hands import START, Office
from .test_patient_pages import phq_9

URGENT = "A clinician sees this patient before they leave."


@pytest.fixture
def office() -> Office:
    return Office()


def counts(office: Office) -> dict[str, int]:
    return dict(office.staff.get("/pain/forms/news").get_json())


# RF-12: PHQ-9 item 9 from one point on (screening facts); blank is unknown, and no points clear nobody.
@pytest.mark.parametrize(("item_9", "rules"), [("1", ("RF-12",)), ("3", ("RF-12",)), ("0", ()), ("", ())])
def test_a_mark_at_item_9_is_told_to_the_host_at_the_moment_of_sending(office: Office, item_9: str, rules: Any) -> None:
    office.device.post(office.hand("phq-9"), data=phq_9(item_9))
    assert office.told == [
        {"mount": "dentalpain", "actor": "patient", "patient_ref": "p1", "assessment": None, "rules": rules}
    ]
    assert (URGENT in office.page()) is bool(rules)
    assert counts(office) == {"waiting": 1, "urgent": len(rules)}


def test_the_list_says_that_a_clinician_is_needed_and_the_visit_says_why(office: Office) -> None:
    office.device.post(office.hand("phq-9"), data=phq_9("2"))
    day, visit = office.page(), office.page(office.visit())
    assert URGENT in day and "suicide" not in day.lower()
    assert "Thoughts of suicide</strong></p><p>Before the patient leaves" in visit and ">9:30 AM</time>" in visit


def test_answers_count_only_after_somebody_took_them_over(office: Office) -> None:
    office.device.post(office.hand("phq-9"), data=phq_9("1"))
    visit = office.visit()
    assert office.service.find(visit.rpartition("/")[2])["result"]["screen"]["scores"] == []
    taken = office.send(f"{visit}/forms/{office.form_id}/take")
    assert taken.status_code == 303
    new = str(taken.headers["Location"]).split("#")[0].rpartition("/")[2]
    result = office.service.find(new)["result"]["screen"]
    # Eight times no points and one point at item 9.
    assert [(one["instrument"], one["score"]) for one in result["scores"]] == [("phq-9", 1)]
    assert [flag["rule"] for flag in result["red_flags"] if flag["answer"] == "yes"] == ["RF-12"]
    assert office.store.forms("p1")[0].taken_into == new
    assert counts(office) == {"waiting": 0, "urgent": 0}
    assert office.told[-1]["rules"] == ("RF-12",) and office.told[-1]["assessment"] == new


def test_answers_are_taken_over_once_and_into_a_visit_of_the_same_patient(office: Office) -> None:
    office.device.post(office.hand("phq-4"), data={"phq-4.nervous": "1"})
    other, visit, name = office.visit("p2"), office.visit(), office.form_id
    assert office.send(f"{other}/forms/{name}/take").status_code == 400
    assert office.send(f"{visit}/forms/{name}/take").status_code == 303
    assert office.send(f"{visit}/forms/{name}/take").status_code == 400


def test_the_patients_screener_stands_in_the_place_of_the_other_screener_and_other_answers_stay(office: Office) -> None:
    visit = office.visit()
    typed = {
        "screener-1": "2",
        "screener-2": "1",
        "screener-3A": "1",
        "screener-short": "1",
        "form-shown": "phq-4",
        "phq-4.nervous": "1",
    }
    visit = str(office.send(visit, **typed).headers["Location"]).split("#")[0].split("?")[0]
    office.device.post(office.hand("tmd-pain-screener"), data={"screener-1": "0", "screener-2": "0"})
    taken = office.send(f"{visit}/forms/{office.form_id}/take")
    new = office.service.find(str(taken.headers["Location"]).split("#")[0].rpartition("/")[2])
    sheets = {sheet["instrument"]: sheet["answered_by"] for sheet in new["inputs"]["arguments"]["answers"]}
    assert sheets == {"phq-4": "staff", "tmd-pain-screener": "patient"}


def test_answers_that_are_put_aside_are_shown_no_more_and_stay_in_the_patients_data(office: Office) -> None:
    office.device.post(office.hand("phq-9"), data=phq_9("1"))
    visit = office.visit()
    back = office.send(f"/pain/forms/{office.form_id}/close", visit=visit.rpartition("/")[2])
    assert back.headers["Location"] == visit
    assert "The patient answered" not in office.page(visit) and counts(office)["waiting"] == 0
    [told] = office.store.export_patient("p1", "keeper-1", START)["patient_forms"]
    assert told["answers"][0]["items"]["9"] == 1 and told["closed_by"] == "user-7"


def test_unanswered_questions_stand_as_not_answered_before_they_are_taken_over(office: Office) -> None:
    office.device.post(office.hand("phq-4", "pain-drawing"), data={"phq-4.nervous": "2", "phq-4.worry": ""})
    page = office.page(office.visit())
    assert "Left blank: Pain drawing" in page and page.count('<dd class="dp-warn">not answered</dd>') == 3


def test_the_three_questions_and_the_six_are_not_handed_together(office: Office) -> None:
    both = ["tmd-pain-screener", "tmd-pain-screener-short"]
    refused = office.send("/pain/forms", patient="p1", instrument=both, make="1")
    assert refused.status_code == 422 and "tick one of the two" in refused.get_data(as_text=True)
    assert office.send("/pain/forms", patient="p1", make="1").status_code == 422
    assert office.send("/pain/forms", make="1").status_code == 400
    assert office.store.forms("p1") == ()


def test_what_is_due_in_a_visit_is_ticked(office: Office) -> None:
    visit = office.visit()
    positive = {
        "screener-1": "2",
        "screener-2": "1",
        "screener-3A": "1",
        "screener-3B": "0",
        "screener-3C": "0",
        "screener-3D": "0",
    }
    visit = str(office.send(visit, **positive).headers["Location"]).split("#")[0].split("?")[0]
    due = {
        name
        for step in office.service.find(visit.rpartition("/")[2])["result"]["screen"]["next"]
        for name in step.get("forms", ())
    }
    page = office.send(f"{visit}/forms").get_data(as_text=True)
    for name in due:
        assert f'value="{name}" checked' in page
    assert due and 'value="tmd-pain-screener" checked' not in page


@pytest.mark.parametrize("granted", [("see", "list"), ("see", "list", "assess")])
def test_nobody_hands_a_form_whom_the_host_has_not_granted_it(office: Office, granted: tuple[str, ...]) -> None:
    office.access.allow(*granted)
    assert office.send("/pain/forms", patient="p1", instrument="phq-4", make="1").status_code == 403
    assert "Hand questionnaires" not in office.page()
    assert office.store.forms("p1") == () and office.store.trail()[0].entry.result == "refused"


def test_the_desk_hands_and_closes_and_takes_nothing_over_and_puts_nothing_aside(office: Office) -> None:
    visit = office.visit()
    office.access.allow("list", "see", "hand")
    address = office.hand("phq-9")
    office.device.post(address, data=phq_9("1"))
    assert office.send(f"{visit}/forms/{office.form_id}/take").status_code == 403
    assert office.send(f"/pain/forms/{office.form_id}/close").status_code == 403
    assert URGENT in office.page() and "Put aside" not in office.page()


def test_a_visit_that_stands_open_asks_for_news_only_for_who_may_see_the_list(office: Office) -> None:
    visit = office.visit()
    assert 'data-address="/pain/forms/news"' in office.page(visit)
    office.access.allow("see", "assess")
    assert "data-address" not in office.page(visit)


def test_of_a_patient_whom_somebody_may_not_see_not_even_the_count_is_told(office: Office) -> None:
    office.device.post(office.hand("phq-9"), data=phq_9("1"))
    office.access.allow("list")
    assert counts(office) == {"waiting": 0, "urgent": 0} and URGENT not in office.page()
    office.access.allow("see")
    assert office.staff.get("/pain/forms/news").status_code == 403


def test_answers_of_a_patient_who_is_not_on_todays_list_are_not_lost(office: Office) -> None:
    office.device.post(office.hand("phq-9", patient="p2"), data=phq_9("1"))
    page = office.page()
    assert "Of patients who are not on today" in page and URGENT in page
    office.clock.move_to(START.replace(month=12))  # a week later the answers still wait
    assert counts(office) == {"waiting": 1, "urgent": 1}


def test_the_square_code_and_the_address_on_the_page_are_the_same(office: Office) -> None:
    import re

    from dentalpain.handouts.qr import drawn_code

    page = office.send("/pain/forms", patient="p1", instrument="phq-4", make="1").get_data(as_text=True)
    address = re.search(r"http://localhost/pain/p/[A-Za-z0-9_-]{43}", page)
    assert address and drawn_code(address[0])[0][0].path in page


def test_answers_that_fit_their_questionnaire_no_longer_hide_no_flag_of_another_and_call_for_a_look(office: Office) -> None:
    office.device.post(office.hand("phq-9", "phq-4"), data={**phq_9("1"), "phq-4.nervous": "1"})
    for row in office.store._forms:  # as if they had been answered before the questionnaire was changed
        row["answers"] = row["answers"].replace('"nervous"', '"gone"')
    visit = office.page(office.visit())
    assert "Thoughts of suicide</strong>" in visit and "Cannot be read for warning signs any more" in visit
    assert counts(office) == {"waiting": 1, "urgent": 1}


def test_answers_that_nobody_can_read_for_warning_signs_are_never_taken_for_none(office: Office) -> None:
    office.device.post(office.hand("phq-4"), data={"phq-4.nervous": "0"})
    assert counts(office) == {"waiting": 1, "urgent": 0}
    for row in office.store._forms:
        row["answers"] = row["answers"].replace('"nervous"', '"gone"')
    assert counts(office) == {"waiting": 1, "urgent": 1} and URGENT in office.page()
