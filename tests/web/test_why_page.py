"""Why this advice? The rule in plain words, its limits with dates, sources, status and worked cases."""

from __future__ import annotations

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
