"""Every worked case of every rule answers as the publication does; the id names the rule and the case in its file."""

from __future__ import annotations

from typing import Any

import pytest

from dentalpain.clinical.prescribing.judging import Bench
from dentalpain.clinical.rules import Rule
from dentalpain.knowledge.cases import answer_of, cases_of
from dentalpain.knowledge.load import load_knowledge

CASES = [
    pytest.param(rule, case, id=f"{rule.id}-{number}")
    for rule in load_knowledge().rules.rules
    for number, case in enumerate(load_knowledge().worked_cases(rule.id), start=1)
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_the_rule_answers_as_its_worked_case_says(rule: Rule, case: dict[str, Any], bench: Bench) -> None:
    assert cases_of(rule, case, bench), f"nothing in this case is in the scope of {rule.id}"
    finding = answer_of(rule, case, bench)
    told = f"{case['story']} {case['working']} {list(finding.because)}"
    assert finding.answer.value == case["answer"], told
    assert finding.presumed == case.get("presumed", False), told
    if case["answer"] == "unknown" or finding.presumed:
        assert any(fact.value is None or fact.stale for fact in finding.because), f"nothing to ask: {told}"
