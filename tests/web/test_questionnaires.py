"""Every questionnaire can be answered on the page of a visit, blank stays blank, and nothing is chosen beforehand."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dentalpain.clinical.screening.tables import ALL_INSTRUMENTS
from dentalpain.knowledge.load import load_knowledge
from dentalpain.service import Service
from dentalpain.storage import MemoryStore

from .samples import SCREEN, Host
from .test_visit_page import text_of

ON_THE_PAGE = [name for name in ALL_INSTRUMENTS if name not in ("red-flags", "tmd-pain-screener-short")]


def sheets(**form: Any) -> list[dict[str, Any]]:
    """The answers that the service is asked with after this form."""
    host = Host()
    assert host.post(host.open(), **form).status_code == 303
    given: list[dict[str, Any]] = host.service.last("screen")["answers"]
    return given


def opened(host: Host, name: str) -> str:
    """The page with one questionnaire open, as a click on its name leaves it."""
    response = host.post(host.open(), **{"open-form": name})
    assert response.headers["Location"].endswith(f"form={name}#form-{name}")
    return str(host.client.get(response.headers["Location"].split("#")[0]).get_data(as_text=True))


def field_names(host: Host, name: str) -> list[str]:
    instrument = host.service.tools.screening.instruments[name]
    prefix = "screener-" if name.startswith("tmd-pain") else f"{name}."
    return [f"{prefix}{item.key}" for item in instrument.items]


@pytest.mark.parametrize("name", [name for name in ON_THE_PAGE if name != "tmd-pain-screener"])
def test_each_questionnaire_opens_with_every_question_blank(name: str) -> None:
    host = Host()
    page = opened(host, name)
    assert f'name="form-shown" value="{name}"' in page
    for field in field_names(host, name):
        assert f'name="{field}"' in page or f'name="{field}-years"' in page, field
        chosen = re.findall(rf'<input[^>]*name="{re.escape(field)}"[^>]*checked', page)
        assert all('value=""' in one for one in chosen), field  # only "not asked" may be chosen
        assert not re.search(rf'<select name="{re.escape(field)}".*?</select>', page, re.S) or " selected" not in (
            re.findall(rf'<select name="{re.escape(field)}".*?</select>', page, re.S)[0]
        )
    assert "not the validated wording" in page


def test_the_first_page_holds_the_screener_alone_and_names_the_others() -> None:
    host = Host()
    page = host.client.get(host.open()).get_data(as_text=True)
    assert 'name="form-shown"' not in page
    assert {name for name in ON_THE_PAGE if f'value="{name}"' in page} == set(ON_THE_PAGE) - {"tmd-pain-screener"}


def test_what_is_due_stands_on_the_page_with_its_reason_and_by_its_title() -> None:
    host = Host()
    step = {"do": "Give the short forms.", "why": "Not handed in yet: phq-4, obc", "forms": ["phq-4", "obc"]}
    host.service.screen_result = {**SCREEN, "next": [step]}
    page = host.client.get(host.open()).get_data(as_text=True)
    assert re.findall(r'name="form-shown" value="([^"]+)"', page) == ["obc", "phq-4"]
    words = text_of(page)
    assert "Not handed in yet: PHQ-4, distress in four questions, Oral Behaviors Checklist" in words
    assert "2 due" in words


def test_blank_items_are_null_and_a_form_without_an_answer_is_not_handed_in() -> None:
    given = sheets(**{"form-shown": ["phq-4", "obc"], "phq-4.nervous": "0", "phq-4.worry": ""})
    assert given == [
        {
            "instrument": "phq-4",
            "answered_by": "staff",
            "on": "2026-11-24",
            "items": {"nervous": 0, "worry": None, "interest": None, "down": None},
        }
    ]


@pytest.mark.parametrize("value", ["4", "-1", "often", "01x"])
def test_a_point_that_the_item_does_not_have_is_no_answer(value: str) -> None:
    assert sheets(**{"form-shown": "phq-4", "phq-4.nervous": value}) == []


def test_words_numbers_periods_and_places_are_read_as_the_answers_file_holds_them() -> None:
    form = {
        "form-shown": ["jfls-8", "phq-15", "gcps-1-month", "dc-tmd-sq", "fm-2016", "pain-drawing"],
        "jfls-8.2": "too difficult",
        "phq-15.4": "not applicable",
        "gcps-1-month.5": "30",
        "dc-tmd-sq.1": "1",
        "dc-tmd-sq.2-years": "2",
        "dc-tmd-sq.9": "0",
        "fm-2016.sites": ["left jaw", "neck", "a place that is none"],
        "fm-2016.months_at_similar_level-months": "2.9",
        "pain-drawing.areas-asked": "1",
    }
    items = {sheet["instrument"]: sheet["items"] for sheet in sheets(**form)}
    assert items["jfls-8"]["2"] == "too difficult" and items["phq-15"]["4"] == "not applicable"
    assert items["gcps-1-month"]["5"] == 30
    assert items["dc-tmd-sq"] | {"1": 1, "2": {"years": Decimal(2)}, "9": 0} == items["dc-tmd-sq"]
    assert items["fm-2016"]["sites"] == ["left jaw", "neck"]
    assert items["fm-2016"]["months_at_similar_level"] == {"months": Decimal("2.9")}
    assert items["pain-drawing"]["areas"] == []  # asked, and nothing hurts


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("gcps-1-month.5", "31", "from 0 to 30"),
        ("gcps-1-month.5", "2.5", "Write a whole number"),
        ("dc-tmd-sq.2-years", "126", "up to 125"),
        ("dc-tmd-sq.2-months", "soon", "Write the months"),
    ],
)
def test_a_number_that_does_not_fit_is_an_error_beside_its_field_and_nothing_is_lost(
    field: str, text: str, said: str
) -> None:
    host = Host()
    form = {"form-shown": field.split(".")[0], field: text, "prescribe": "Norco 5/325", "dc-tmd-sq.1": "1"}
    response = host.post(host.open(), **form)
    page = response.get_data(as_text=True)
    assert response.status_code == 422 and said in page and "Norco 5/325" in page and f'value="{text}"' in page


def test_the_short_screener_is_handed_in_only_where_somebody_says_so() -> None:
    answered = {"screener-1": "1", "screener-2": "1", "screener-3A": "0"}
    (whole,) = sheets(**answered)
    assert whole["instrument"] == "tmd-pain-screener" and whole["items"]["3B"] is None
    (short,) = sheets(**answered, **{"screener-short": "1", "screener-3B": "1"})
    assert short["instrument"] == "tmd-pain-screener-short" and short["items"] == {"1": 1, "2": 1, "3A": 0}


def test_answers_of_a_form_that_is_not_on_the_page_stay_and_cleared_ones_go() -> None:
    host = Host()
    visit = host.post(host.open(), **{"form-shown": "peg", "peg.1": "3"}).headers["Location"].split("#")[0]
    kept = host.post(visit, prescribe="x").headers["Location"].split("#")[0]
    assert host.service.last("screen")["answers"][0]["items"]["1"] == 3
    assert 'name="form-shown" value="peg"' in host.client.get(kept).get_data(as_text=True)
    host.post(kept, **{"form-shown": "peg", "peg.1": ""})
    assert host.service.last("screen")["answers"] == []


def test_answers_that_did_not_change_keep_who_gave_them_and_when() -> None:
    host = Host()
    visit = host.open().split("/")[-1]
    given = {"instrument": "dc-tmd-sq", "answered_by": "patient", "on": "2026-11-20", "items": {"1": True, "8": ["right"]}}
    host.service.kept[visit]["inputs"]["arguments"]["answers"] = [given]
    host.post(f"/pain/visits/{visit}", **{"form-shown": "dc-tmd-sq", "dc-tmd-sq.1": "1", "dc-tmd-sq.8": "1"})
    assert host.service.last("screen")["answers"] == [given]
    host.post(f"/pain/visits/{visit}", **{"form-shown": "dc-tmd-sq", "dc-tmd-sq.1": "0", "dc-tmd-sq.8": "1"})
    changed = host.service.last("screen")["answers"][0]
    assert (changed["answered_by"], changed["on"], changed["items"]["1"]) == ("staff", "2026-11-24", 0)


def test_what_a_no_passes_over_stands_inside_the_question_that_passes_it_over() -> None:
    page = opened(Host(), "dc-tmd-sq")
    gate = page.split('id="dc-tmd-sq.9-label"')[1].split('id="dc-tmd-sq.13-label"')[0]
    inside = gate.split('class="dp-after"')[1]
    assert [key for key in ("10", "11", "12") if f'name="dc-tmd-sq.{key}"' in inside] == ["10", "11", "12"]


def test_the_form_shows_again_what_was_answered() -> None:
    host = Host()
    form = {"form-shown": ["peg", "fm-2016"], "peg.1": "3", "fm-2016.sites": ["neck"], "fm-2016.fatigue": "2"}
    visit = host.post(host.open(), **form).headers["Location"].split("#")[0]
    page = host.client.get(visit).get_data(as_text=True)
    assert re.search(r'<select name="peg\.1".*?value="3" selected', page, re.S)
    assert 'name="fm-2016.sites" value="neck" checked' in page
    assert 'name="fm-2016.fatigue" value="2" checked' in page


def test_with_the_real_service_a_positive_screener_brings_the_short_forms_and_a_score_shows_its_band() -> None:
    store = MemoryStore()
    host = Host(service=Service(store=store))
    positive = {f"screener-{key}": "1" for key in ("1", "2", "3A", "3B", "3C", "3D")}
    visit = host.post(host.open(), **positive).headers["Location"].split("#")[0]
    page = host.client.get(visit).get_data(as_text=True)
    shown = re.findall(r'name="form-shown" value="([^"]+)"', page)
    assert shown == ["dc-tmd-sq", "gcps-6-month", "jfls-8", "obc", "phq-4", "pain-drawing"]
    worried = {f"phq-4.{key}": "2" for key in ("nervous", "worry", "interest", "down")}
    visit = host.post(visit, **positive, **{"form-shown": shown}, **worried).headers["Location"].split("#")[0]
    page = host.client.get(visit).get_data(as_text=True)
    assert "8, moderate" in text_of(page)  # PHQ-4: 6 and more is moderate
    assert "phq-9" in re.findall(r'name="form-shown" value="([^"]+)"', page)  # and calls for the long forms


def test_a_host_asks_in_the_official_words_that_its_practice_installed(tmp_path: Path) -> None:
    items = {
        key: {"ask": f"Official {key}", "link_id": key, "loinc": "", "options": {}, "translations": {}, "option_translations": {}}
        for key in "123"
    }
    head = {"instrument": "peg", "title": "The official PEG", "url": "http://publisher.example/peg", "version": "3"}
    rest = {"publisher": "", "copyright": "Free.", "language": "es", "sha256": "0" * 64, "installed_on": "2026-11-24"}
    (tmp_path / "questionnaires").mkdir()
    pack = json.dumps({**head, **rest, "items": items})
    (tmp_path / "questionnaires" / "peg.json").write_text(pack, encoding="utf-8")
    store = f"sqlite:///{(tmp_path / 'office.db').as_posix()}"
    host = Host(config={"DENTALPAIN_PACKS": str(tmp_path), "DENTALPAIN_STORE": store}, service=None)
    mount = host.app.extensions["dentalpain"]["dentalpain"]
    assert mount.service.knowledge.packs == tmp_path
    mount.service.store.close()
    page = opened(Host(service=Service(load_knowledge(tmp_path), MemoryStore())), "peg")
    words = text_of(page.split('id="form-peg"')[1].split("</details>")[0])
    assert "Official 1" in words and "The official wording: The official PEG, version 3" in words
    assert "not the validated wording" not in words and '<div class="dp-items" lang="es">' in page
