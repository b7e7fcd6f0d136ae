"""Under 12 years the guideline for children speaks in a review, from the twelfth birthday on the other one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run


@pytest.mark.parametrize(
    ("born", "evidence"),
    [
        # 12 completed years on the birthday itself; ADA 2023 is for children under 12, ADA 2024 from 12 years on.
        ("2014-11-25", ("very_low", "ada-2023-children")),
        ("2014-11-24", ("not_graded", "ada-2024-acute-pain")),
        # A year alone: she may be either, and the younger guideline is not claimed for her.
        ("2014", ("not_graded", "ada-2024-acute-pain")),
    ],
)
def test_a_review_takes_the_guideline_of_the_age(dentalpain: Run, tmp_path: Path, born: str, evidence: tuple[str, str]) -> None:
    path = tmp_path / "record.json"
    path.write_text(json.dumps({"patient": {"id": "p1", "birth_date": born, "sex": "female"}}), encoding="utf-8")
    told = dentalpain("review", path, "--for", "surgical_extraction", "--on", "2026-11-24", "--json").json
    ibuprofen = next(one for one in told["alternatives"] if one["id"] == "ibuprofen")
    assert (ibuprofen["evidence"]["certainty"], ibuprofen["evidence"]["citations"][0]) == evidence
    opioid = next(one for one in told["alternatives"] if one["id"] == "hydrocodone")
    assert (opioid["line"] is None) == (evidence[0] == "very_low")
