"""An order that harms with a medicine on the list is told about, also where the rule is about the listed one."""

from __future__ import annotations

import pytest

from .cds import CdsHost
from .outside_requests import DIAZEPAM, IBUPROFEN, NORCO, OXYCODONE, asked, found, healthy, request, said, statement

AMOXICILLIN = ("308182", "amoxicillin 250 MG Oral Capsule")
CLARITHROMYCIN = ("197517", "clarithromycin 500 MG Oral Tablet")
ON_OXYCODONE = healthy(medicationStatements=found(statement(OXYCODONE)))


@pytest.fixture(scope="module")
def host() -> CdsHost:
    return CdsHost()


@pytest.mark.parametrize("hook", ["order-sign", "order-select"])
@pytest.mark.parametrize(
    ("ordered", "rule"),
    [
        (DIAZEPAM, "OPI-BENZO"),  # FDA boxed warning 2016; CDC 2022, recommendation 11
        (CLARITHROMYCIN, "OPI-CYP3A4"),  # a strong inhibitor raises oxycodone: opioid labels
    ],
)
def test_an_order_beside_an_opioid_on_the_list_is_no_silent_order(
    host: CdsHost, hook: str, ordered: tuple[str, str], rule: str
) -> None:
    body = asked(hook, request(ordered), prefetch=ON_OXYCODONE, context={"selections": ["MedicationRequest/mr1"]})
    assert rule in dict(said(host, body))


@pytest.mark.parametrize("ordered", [AMOXICILLIN, IBUPROFEN])
def test_what_the_order_does_not_bring_is_not_told_with_it(host: CdsHost, ordered: tuple[str, str]) -> None:
    """The opioid on the list has flags of its own when the chart is opened; an order that adds nothing repeats none."""
    assert said(host, asked("order-sign", request(ordered), prefetch=ON_OXYCODONE)) == []


def test_a_rule_that_speaks_of_the_order_itself_stays_about_the_order(host: CdsHost) -> None:
    both = healthy(medicationStatements=found(statement(DIAZEPAM)))
    body = asked("order-sign", request(NORCO), prefetch=both)
    card = next(c for c in host.post(body, "order-sign").get_json()["cards"] if c["source"]["topic"]["code"] == "OPI-BENZO")
    assert "HYDROcodone" in card["detail"].split("**About**")[1].split("**Because**")[0]
