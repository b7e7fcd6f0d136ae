"""A flag is muted for one patient: folded on the page, no card, marked in every result, and back when anything changes."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
from flask import Flask

from dentalpain import DentalPain
from dentalpain.errors import InputError, UnknownNameError
from dentalpain.knowledge.load import load_knowledge
from dentalpain.mutes import Mutes, basis
from dentalpain.practice.memory import MemoryPractice
from dentalpain.service import Service
from dentalpain.storage import MemoryStore
from dentalpain.testing import FixedClock

from .samples import Person

Json = dict[str, Any]
START = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
LIST_DAYS = {"problems": "2026-11-20", "medicines": "2026-11-20", "allergies": "2026-11-20"}
RULE = "NSAID-RAAS-OR-DIUR"  # a moderate rule: an NSAID beside lisinopril
CHART: Json = {
    "patient": {"id": "p1", "birth_date": "1955-02-01", "sex": "male"},
    "medicines": ["lisinopril 10 mg daily"],
    "facts": {"egfr": {"value": 50, "date": "2026-11-01", "source": "laboratory"}, "alcohol_drinks_per_day": 0},
    "reviewed_on": LIST_DAYS,
}
IBUPROFEN = "ibuprofen 400 mg q6h #12"


class Office:
    """A host over one store, whose chart and clock can be changed between requests."""

    def __init__(self) -> None:
        self.clock, self.store = FixedClock(START), MemoryStore()
        self.chart = copy.deepcopy(CHART)
        self.service = Service(load_knowledge(), self.store)
        self.app = Flask("an_office")
        self.app.config.update(SECRET_KEY="for tests", TESTING=True, DENTALPAIN_CDS_OPEN=True)
        DentalPain().init_app(
            self.app,
            authorize=lambda actor, action, ref: True,
            current_user=Person,
            practice=MemoryPractice({"p1": self.chart}),
            service=self.service,
            clock=self.clock,
        )
        self.client = self.app.test_client()

    def review(self, prescribe: str = IBUPROFEN, **more: Any) -> Json:
        """A review over the API, kept under the patient."""
        asked = {"record": self.chart, "prescribe": [prescribe], "for": "simple_extraction", "patient": "p1", **more}
        response = self.client.post("/pain/api/v1/review", json=asked)
        assert response.status_code in (200, 201), response.get_data(as_text=True)
        return dict(response.get_json())

    def mute(self, review: Json, rule: str = RULE, until: str = "2027-01-31", **more: Any) -> Any:
        told = {"rule": rule, "until": until, "reason": "tolerated_before", **more}
        return self.client.post(f"/pain/api/v1/assessments/{review['assessment']}/mutes", json=told)

    def muted(self) -> Json:
        """The mark of the flag in a review of now; {} where it speaks."""
        return dict(flag(self.review()).get("muted", {}))

    def mutes(self) -> list[Json]:
        return list(self.client.get("/pain/api/v1/mutes", headers={"Dentalpain-Patient": "p1"}).get_json()["items"])


def flag(review: Json, rule: str = RULE) -> Json:
    return next(one for one in review["flags"] if one["rule"] == rule)


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_muted_flag_stays_in_the_result_with_its_mark_and_changes_no_verdict(office: Office) -> None:
    before = office.review()
    made = office.mute(before)
    assert made.status_code == 201
    after = office.review()
    mark = {"id": made.get_json()["id"], "until": "2027-01-31", "by": "user-7", "reason_code": "tolerated_before"}
    assert flag(after)["muted"] == mark
    assert [one["rule"] for one in after["flags"] if "muted" in one] == [RULE]
    assert [{**one, "muted": None} for one in after["flags"]] == [{**one, "muted": None} for one in before["flags"]]
    assert after["alternatives"] == before["alternatives"] and after["questions"] == before["questions"]


def test_what_was_reviewed_without_a_patient_is_not_marked(office: Office) -> None:
    office.mute(office.review())
    assert "muted" not in flag(office.review(patient=None))


def test_a_replay_of_an_assessment_with_a_muted_flag_gives_the_same_advice(office: Office) -> None:
    office.mute(office.review())
    assert office.service.replay(office.review()["assessment"])["equal"] is True


CHANGES: dict[str, Any] = {
    "another medicine of the kind is taken": lambda o: o.chart["medicines"].append("losartan 50 mg daily"),
    "the day has passed": lambda o: o.clock.move_to(START.replace(year=2027, month=2, day=1)),
    "somebody lifts it": lambda o: o.client.post(f"/pain/api/v1/mutes/{o.mutes()[0]['id']}/lift", json={}),
    "the severity is another": lambda o: change_rule(o, severity="info"),
    "the rule is another": lambda o: change_rule(o, rule_digest="0" * 64),
}


def change_rule(office: Office, **values: str) -> None:
    """As if it had been muted under another severity or another text of the rule."""
    office.store._mutes[-1] |= values


@pytest.mark.parametrize("change", CHANGES)
def test_a_muted_flag_comes_back_when(office: Office, change: str) -> None:
    office.mute(office.review())
    assert office.muted()
    CHANGES[change](office)
    assert not office.muted()


def test_on_its_last_day_a_mute_still_holds(office: Office) -> None:
    office.mute(office.review())
    office.clock.move_to(START.replace(year=2027, month=1, day=31))
    assert office.muted()


EGFR = "NSAID-EGFR60"  # reads eGFR, which goes stale


def told(value: float, date: str, source: str = "laboratory") -> Json:
    return {"egfr": {"value": value, "date": date, "source": source}, "alcohol_drinks_per_day": 0}


@pytest.mark.parametrize(
    ("facts", "stays"),
    [
        (told(50, "2026-11-20"), True),  # the same value, measured anew
        (told(50.0, "2026-11-01", "dentist"), True),  # the same value, told by somebody else
        (told(44, "2026-11-20"), False),  # the kidneys are worse, and the rule still says yes
    ],
)
def test_a_new_date_or_source_of_the_same_value_is_no_change_and_another_value_is(
    office: Office, facts: Json, stays: bool
) -> None:
    assert office.mute(office.review(), EGFR).status_code == 201
    office.chart["facts"] = facts
    assert ("muted" in flag(office.review(), EGFR)) is stays


def test_a_mute_for_one_medicine_does_not_silence_another(office: Office) -> None:
    office.mute(office.review())
    assert "muted" not in flag(office.review("naproxen 220 mg bid #10"))


def test_a_value_that_has_become_too_old_is_another_basis() -> None:
    one = {"fact": "egfr", "value": 50, "source": "laboratory", "date": "2026-11-01", "stale": False}
    spoken = {"because": [one], "about": []}
    old = {"because": [{**one, "stale": True}], "about": []}
    elsewhere = {"because": [{**one, "date": "2026-11-09", "source": None, "value": 50.0}], "about": []}
    empty: Json = {"prescriptions": []}
    assert basis(spoken, empty) == basis(elsewhere, empty) != basis(old, empty)
    # True is no 1, and nothing recorded is no "None".
    bases = {basis({"because": [{**one, "value": value}], "about": []}, empty) for value in (True, 1, None, "None")}
    assert len(bases) == 4


@pytest.mark.parametrize(
    ("prescribe", "chart", "answer", "severity"),
    [
        (IBUPROFEN, {"allergies": ["ibuprofen: anaphylaxis"]}, "yes", "contraindicated"),
        (IBUPROFEN, {"facts": {}, "reviewed_on": {}}, "unknown", None),
    ],
)
def test_what_is_contraindicated_or_could_not_be_checked_is_never_muted(
    office: Office, prescribe: str, chart: Json, answer: str, severity: str | None
) -> None:
    office.chart |= chart
    review = office.review(prescribe)
    rule = next(f["rule"] for f in review["flags"] if f["answer"] == answer and severity in (None, f["severity"]))
    refused = office.mute(review, rule)
    assert refused.status_code == 400 and refused.get_json()["errors"][0]["pointer"] == "/rule"
    assert office.mutes() == []


@pytest.mark.parametrize(
    "flaw",
    [
        {"until": "2026-11-23"},  # yesterday
        {"until": "2027-11-25"},  # 366 days away
        {"until": "soon"},
        {"rule": "NO-SUCH-RULE"},
        {"reason": None},
        {"reason": None, "text": "  "},
        {"reason": "because"},
    ],
)
def test_a_mute_without_reason_or_flag_or_with_a_day_too_far_away_is_refused(office: Office, flaw: Json) -> None:
    assert office.mute(office.review(), **{"rule": RULE, **flaw}).status_code == 400
    assert office.mutes() == []


def test_the_longest_mute_ends_a_year_from_today(office: Office) -> None:
    assert office.mute(office.review(), until="2027-11-24").status_code == 201


def test_a_mute_in_words_is_listed_and_lifting_keeps_it_in_the_list(office: Office) -> None:
    made = office.mute(office.review(), reason=None, text="Takes both since 2019, kidneys watched").get_json()
    [kept] = office.mutes()
    assert kept == made and (kept["state"], kept["reason_text"]) == ("standing", "Takes both since 2019, kidneys watched")
    lifted = office.client.post(f"/pain/api/v1/mutes/{kept['id']}/lift", json={}).get_json()
    assert (lifted["state"], lifted["lifted_by"]) == ("lifted", "user-7")
    assert office.mutes() == [lifted]
    assert [one.entry.action for one in office.store.trail() if "mute" in one.entry.action] == ["mute", "lift mute"]
    assert office.store.verify() is None


def test_without_a_grant_nobody_mutes_or_lifts() -> None:
    office = Office()
    made = office.mute(office.review()).get_json()
    mount = office.app.extensions["dentalpain"]["dentalpain"]
    mount._authorize = lambda actor, action, ref: action in ("api", "see")
    assert office.mute({"assessment": office.service.store.latest("p1").id}).status_code == 403  # type: ignore[union-attr]  # the visit was kept above
    assert office.client.post(f"/pain/api/v1/mutes/{made['id']}/lift", json={}).status_code == 403
    assert [one["state"] for one in office.mutes()] == ["standing"]


# -- the page ----------------------------------------------------------------------------------------------------------


def send(office: Office, path: str, **data: str) -> Any:
    office.client.get("/pain/")
    with office.client.session_transaction() as session:
        token = session["_dentalpain_form"]
    return office.client.post(path, data={"csrf_token": token, **data})


def visit(office: Office) -> str:
    opened = send(office, "/pain/visits", patient="p1").headers["Location"]
    return str(send(office, opened, prescribe=IBUPROFEN, indication="simple_extraction").headers["Location"]).split("#")[0]


def test_on_the_page_a_muted_flag_is_folded_and_a_button_lifts_it(office: Office) -> None:
    path = visit(office)
    assert "Muted for this patient" not in (page := office.client.get(path).get_data(as_text=True)) and RULE in page
    form = {"rule": RULE, "reason": "will_be_monitored", "until": "2027-01-31"}
    assert send(office, f"{path}/mutes", **form).status_code == 303
    page = office.client.get(path).get_data(as_text=True)
    fold = page[page.index('id="muted"') : page.index("</details>", page.index("Lift: tell me again"))]
    assert "Muted for this patient: 1" in fold and f"flag-{RULE}" in fold and page.count(f'id="flag-{RULE}"') == 1
    assert "Will be monitored" in fold and "Jan 31, 2027" in fold
    assert "Muted for this patient: 1" in office.client.get(visit(office)).get_data(as_text=True)
    [kept] = office.mutes()
    assert send(office, f"{path}/mutes/lift", mute=kept["id"]).status_code == 303
    assert "Muted for this patient: " not in office.client.get(path).get_data(as_text=True)


def test_the_page_offers_no_mute_for_what_is_contraindicated_and_refuses_it(office: Office) -> None:
    office.chart["allergies"] = ["ibuprofen: anaphylaxis"]
    path = visit(office)
    review = office.service.find(path.rsplit("/", 1)[1])["result"]["review"]
    never = [one["rule"] for one in review["flags"] if one["severity"] == "contraindicated" and one["answer"] == "yes"]
    assert never and f"mute-until-{never[0]}" not in office.client.get(path).get_data(as_text=True)
    refused = send(office, f"{path}/mutes", rule=never[0], reason="tolerated_before", until="2027-01-31")
    assert refused.status_code == 400 and office.mutes() == []


@pytest.mark.parametrize("flaw", [{"until": "soon"}, {"reason": ""}, {"rule": "NO-SUCH-RULE"}, {"until": "2099-01-01"}])
def test_a_form_that_mutes_nothing_is_refused(office: Office, flaw: Json) -> None:
    form = {"rule": RULE, "reason": "tolerated_before", "until": "2027-01-31", **flaw}
    assert send(office, f"{visit(office)}/mutes", **form).status_code == 400 and office.mutes() == []


def test_the_page_of_one_patient_lifts_no_mute_of_another(office: Office) -> None:
    name = office.mute(office.review()).get_json()["id"]
    office.store._mutes[-1]["patient_ref"] = "p2"
    assert send(office, f"{visit(office)}/mutes/lift", mute=name).status_code == 400
    assert office.store.find_mute(name).lifted_at is None


# -- cards -------------------------------------------------------------------------------------------------------------


def test_a_muted_flag_makes_no_card(office: Office) -> None:
    from .cds import asked, of_record, order, taking

    def topics() -> list[str]:
        body = asked(order("ibuprofen 400 mg tablet", "1 tab q6h x 3 days"), prefetch=of_record(taking("lisinopril 10 mg daily")))
        answer = office.client.post("/pain/cds-services/dentalpain-order-sign", json=body).get_json()
        return [card["source"]["topic"]["code"] for card in answer["cards"]]

    assert RULE in topics()
    record = {**CHART, "patient": {"id": "p1", "birth_date": "1980-05-06", "sex": "male"}, "facts": {}}
    office.chart = record
    office.mute(office.review("ibuprofen 400 mg tablet 1 tab q6h x 3 days"))
    assert RULE not in topics()


# -- without a host ----------------------------------------------------------------------------------------------------


def test_a_service_without_a_store_marks_nothing() -> None:
    service = Service()
    held = Mutes(lambda: service, lambda: START)
    review = {"on": "2026-11-24", "flags": [{"rule": RULE, "muted": {"until": "2027-01-31"}}]}
    assert held.marked(review, "p1")["flags"] == [{"rule": RULE}]


def test_only_what_an_assessment_says_can_be_muted(office: Office) -> None:
    held = Mutes(lambda: office.service, office.clock, days_max=30)
    name = office.review()["assessment"]
    with pytest.raises(UnknownNameError):
        held.mute(name, "OPI-BENZO", dt.date(2026, 12, 1), "dentist-7", "tolerated_before", None)
    with pytest.raises(InputError, match="30 days"):
        held.mute(name, RULE, dt.date(2026, 12, 25), "dentist-7", "tolerated_before", None)
    assert held.mute(name, RULE, dt.date(2026, 12, 24), "dentist-7", "tolerated_before", None)
