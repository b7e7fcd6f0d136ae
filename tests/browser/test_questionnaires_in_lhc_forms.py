"""Our Questionnaires in LHC-Forms, the renderer of the National Library of Medicine, in a real browser.

A form is filled in with the mouse, and the QuestionnaireResponse that LHC-Forms writes is scored here.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dentalpain.clinical.record import Record
from dentalpain.clinical.screening.tables import ALL_INSTRUMENTS
from dentalpain.fhir.asked_items import read_questionnaire
from dentalpain.fhir.questionnaires import questionnaire
from dentalpain.fhir.responses import read_response
from dentalpain.service import Service, default_service
from tests.browser.browsing import IN_A_BROWSER

NPM = shutil.which("npm")

pytestmark = [
    *IN_A_BROWSER,
    pytest.mark.skipif(NPM is None, reason="no LHC-Forms: install npm"),
]

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / "build" / "npm"
ADDRESS = "http://forms.test"
PAGE = """<!doctype html><meta charset="utf-8"><title>Form</title>
<link rel="stylesheet" href="/webcomponent/styles.css"><div id="form"></div>
<script src="/webcomponent/assets/lib/zone.min.js"></script>
<script src="/webcomponent/lhc-forms.js"></script>
<script src="/fhir/R4/lformsFHIR.min.js"></script>"""
ADD = "form => LForms.Util.addFormToPage(form, 'form')"
RESPONSE = "() => LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4')"


@pytest.fixture(scope="module")
def lforms() -> Path:
    """The files of the version that package.json names, packed by npm once and kept in build/."""
    version = json.loads((HERE / "package.json").read_text("utf-8"))["devDependencies"]["lforms"]
    kept = CACHE / f"lforms-{version}"
    if not kept.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            command = [str(NPM), "pack", f"lforms@{version}", "--pack-destination", folder, "--silent"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
            if done.returncode:
                pytest.skip("no LHC-Forms: npm cannot reach its registry")
            with tarfile.open(next(Path(folder).glob("*.tgz"))) as packed:
                packed.extractall(folder, filter="data")
            try:
                (Path(folder) / "package").rename(kept)
            except OSError:  # another worker was first
                assert kept.exists()
    return kept / "dist" / "lforms"


@pytest.fixture(scope="module")
def page(chromium: Any, lforms: Path) -> Iterator[Any]:
    """An empty page with LHC-Forms, which reaches nothing but these files."""

    def serve(route: Any) -> None:
        path = route.request.url.removeprefix(ADDRESS).lstrip("/")
        if not path:
            route.fulfill(body=PAGE, content_type="text/html")
        elif (lforms / path).is_file():
            route.fulfill(path=lforms / path)
        else:
            route.abort()

    context = chromium.new_context()
    context.route("**/*", serve)
    opened = context.new_page()
    opened.goto(ADDRESS)
    yield opened
    context.close()


@pytest.fixture(scope="module")
def service() -> Service:
    return default_service()


def show(page: Any, name: str, service: Service) -> None:
    """Put a fresh form in the place of the one before."""
    page.evaluate("document.getElementById('form').replaceChildren()")
    page.evaluate(ADD, questionnaire(name, service.tools.screening, service.knowledge.version))
    page.locator("label[id^='label-']").first.wait_for()


def choose(page: Any, key: str, option: str) -> None:
    page.locator(f"[id='{key}/1|{option}']").click()


def asked(page: Any) -> set[str]:
    """The keys of the questions that are on the page."""
    labels = page.locator("label[id^='label-']:visible").evaluate_all("labels => labels.map(label => label.id)")
    return {label.removeprefix("label-").removesuffix("/1") for label in labels}


def screened(response: dict[str, Any], service: Service) -> dict[str, Any]:
    on = dt.datetime.now(dt.UTC).date()  # LHC-Forms dates a response by the clock of the browser
    found = service.screen(Record(on), answers=[response])
    assert found["not_read"] == []
    return dict(found)


@pytest.mark.parametrize("name", ALL_INSTRUMENTS)
def test_every_questionnaire_is_shown_there_with_all_its_questions(page: Any, service: Service, name: str) -> None:
    show(page, name, service)
    form = read_questionnaire(questionnaire(name, service.tools.screening, service.knowledge.version))
    page.locator(f"[id='label-{form.items[-1].link_id}/1']").wait_for()
    assert {item.link_id for item in form.items} <= asked(page)


def test_a_phq_4_filled_in_there_scores_the_same_here(page: Any, service: Service) -> None:
    show(page, "phq-4", service)
    assert page.get_by_text("not the validated wording").count() == 1
    for key, points in (("nervous", 3), ("worry", 2), ("interest", 0), ("down", 1)):
        choose(page, key, f"urn:dentalpain:points:phq-4|{points}")
    response = page.evaluate(RESPONSE)
    assert response["questionnaire"].startswith("urn:dentalpain:questionnaire:phq-4|")
    (score,) = screened(response, service)["scores"]
    assert (score["status"], score["score"], score["band"]) == ("complete", 6, "moderate")  # 3 + 2 + 0 + 1; moderate from 6


def test_a_form_left_empty_has_no_score_and_not_a_score_of_zero(page: Any, service: Service) -> None:
    show(page, "phq-4", service)
    (score,) = screened(page.evaluate(RESPONSE), service)["scores"]
    assert (score["status"], score["score"], score["partial_sum"]) == ("not_scorable", None, None)


def test_the_symptom_questionnaire_asks_there_what_its_skip_logic_says(page: Any, service: Service) -> None:
    show(page, "dc-tmd-sq", service)
    choose(page, "10", "true")
    choose(page, "9", "false")
    choose(page, "5", "false")
    choose(page, "13", "false")
    # SQ5 no skips 6 and 7, SQ9 no skips 10 to 12, SQ13 no skips 14.
    page.locator("[id='label-10/1']").wait_for(state="detached")
    assert not asked(page) & {"6", "7A", "7B", "7C", "7D", "10", "11", "12", "14"}
    choose(page, "1", "true")
    choose(page, "3", "urn:dentalpain:points:dc-tmd-sq|1")
    for key, answer in (("4A", "true"), ("4B", "false"), ("4C", "false"), ("4D", "true"), ("8", "true")):
        choose(page, key, answer)
    page.locator("[id='2/1']").fill("18")
    page.locator("[id='2/1']").blur()
    read = read_response(page.evaluate(RESPONSE), service.tools.screening, dt.date(2200, 1, 1))
    # What was ticked above; the yes at 10 went with the question.
    told = {"1": True, "2": 18, "3": 1, "4A": True, "4B": False, "4C": False, "4D": True}
    assert read.answers["items"] == told | {"5": False, "8": True, "9": False, "13": False}
    (score,) = screened(page.evaluate(RESPONSE), service)["scores"]
    assert (score["status"], score["missing"]) == ("complete", [])


def test_a_lock_that_never_came_free_is_asked_about_now(page: Any, service: Service) -> None:
    show(page, "dc-tmd-sq", service)
    choose(page, "9", "true")
    choose(page, "11", "false")
    assert "12" in asked(page)  # asked whenever 9 is yes, whatever 11 says


def test_none_of_these_places_is_an_answer_and_not_a_blank(page: Any, service: Service) -> None:
    show(page, "pain-drawing", service)
    choose(page, "areas", "urn:dentalpain:points:pain-drawing|none")
    (score,) = screened(page.evaluate(RESPONSE), service)["scores"]
    assert (score["status"], score["score"], score["band"]) == ("complete", 0, "none")


def test_something_avoided_as_too_difficult_counts_ten_there_too(page: Any, service: Service) -> None:
    show(page, "jfls-8", service)
    for key in ("1", "2", "3", "4", "5", "6", "7"):
        choose(page, key, "urn:dentalpain:points:jfls-8|2")
    choose(page, "8", "urn:dentalpain:points:jfls-8|too%20difficult")
    (score,) = screened(page.evaluate(RESPONSE), service)["scores"]
    assert (score["status"], score["score"]) == ("complete", 3)  # (7 × 2 + 10) / 8
