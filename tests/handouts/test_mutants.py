"""The checks of accessibility can fail: each spoilt file is refused, and what validators cannot see is heard."""

from __future__ import annotations

from pathlib import Path

import page
import pytest

from dentalpain.handouts.layout import to_pdf

from .hearing import expected
from .mutants import MUTANTS, UNSEEN, spoilt
from .reading_pdf import spoken
from .samples import VISITS
from .verapdf import PROFILES, validate

GOOD = VISITS["extraction"]


def failures(data: bytes) -> list[str]:
    reports = [page.validate_pdf_bytes(data, profile=profile) for profile in PROFILES]
    return [failure.rule_id for report in reports for failure in report.failures]


def test_a_file_that_was_only_written_anew_passes() -> None:
    assert failures(spoilt(to_pdf(GOOD), lambda pdf: None)) == []


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_check_refuses(mutant: str) -> None:
    assert failures(spoilt(to_pdf(GOOD), MUTANTS[mutant]))


@pytest.mark.nightly
def test_verapdf_refuses_each_of_them_too_and_passes_the_good_file(tmp_path: Path) -> None:
    ways = {"good": lambda pdf: None, **MUTANTS}
    files = [tmp_path / f"{number}.pdf" for number in range(len(ways))]
    for file, way in zip(files, ways.values(), strict=True):
        file.write_bytes(spoilt(to_pdf(GOOD), way))
    verdicts = validate(files)
    refused = [all(verdicts[file.stem, profile].passed for profile in PROFILES) for file in files]
    assert [name for name, passed in zip(ways, refused, strict=True) if passed] == ["good"]


@pytest.mark.parametrize("mutant", UNSEEN)
def test_what_no_validator_can_see_is_heard(mutant: str) -> None:
    data = spoilt(to_pdf(GOOD), UNSEEN[mutant])
    assert failures(data) == []
    assert spoken(to_pdf(GOOD)) == expected(GOOD, large=False)
    assert spoken(data) != expected(GOOD, large=False)
