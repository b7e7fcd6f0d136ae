"""Why this advice? The rule in plain words, its limits with dates, sources, status and worked cases."""

from __future__ import annotations

import pytest

from dentalpain.service import Service

from .samples import Host
from .test_visit_page import text_of


def test_a_rule_is_shown_line_by_line() -> None:
    host = Host()
    words = text_of(host.client.get("/pain/why/NSAID-EGFR30").get_data(as_text=True))
    for line in (
        "When The latest eGFR is below the avoid limit.",
        "Then Choose an analgesic that is not an NSAID.",
        "If it is not known Ask about kidney disease.",
        "eGFR below which an NSAID is avoided 30 mL/min/1.73 m² Mar 1, 2024",
        "KDIGO guideline , 2024",
        "yes Woman of 71, eGFR 29. 29 < 30",
    ):
        assert line in words


def test_a_draft_says_that_this_practice_has_not_signed_it() -> None:
    page = Host().client.get("/pain/why/NSAID-EGFR30").get_data(as_text=True)
    assert "draft: not yet signed by this practice" in page


def test_a_rule_that_does_not_exist_is_a_page_not_a_traceback() -> None:
    response = Host().client.get("/pain/why/NO-SUCH-RULE")
    assert response.status_code == 404 and "There is no such rule." in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("RF-01", "Emergency now Phone the emergency department"),
        ("arthralgia", "Criterion A"),
        ("AX1-M2", "myofascial-pain-with-referral"),
        ("AX1-X1", "Beside others For each joint on its own"),
        ("DDX-PULP", "Cold hurts for seconds, and nothing hurts by itself."),
        ("phq-4", "Why? Questionnaire phq-4"),
    ],
)
def test_red_flags_diagnoses_conditions_and_questionnaires_are_explained_with_their_worked_cases(
    item: str, said: str
) -> None:
    host = Host(service=Service())
    response = host.client.get(f"/pain/why/{item}")
    words = text_of(response.get_data(as_text=True))
    assert response.status_code == 200 and said in words and "Worked cases:" in words
    assert "not yet signed by this practice" in words
