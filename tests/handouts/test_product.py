"""Every document that can be made, on each paper and in each size, keeps to PDF/UA-1 and PDF/A-2a."""

from __future__ import annotations

from pathlib import Path

import page
import pytest

from dentalpain.handouts.layout import to_pdf

from .product import SIZES, everything, one_of_each_kind
from .verapdf import PROFILES, Verdict, validate

EVERYTHING = everything()
# veraPDF 1.31 makes thousands of assertions on a page of a handout; far fewer mean that it did not look.
FEWEST_ASSERTIONS = 1000


@pytest.mark.parametrize(("paper", "large"), SIZES)
@pytest.mark.parametrize("name", EVERYTHING)
def test_every_document_passes_pdf_ua_1_and_pdf_a_2a(name: str, paper: str, large: bool) -> None:
    data = to_pdf(EVERYTHING[name], paper=paper, large_print=large)
    for profile in PROFILES:
        report = page.validate_pdf_bytes(data, profile=profile)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


def refused(verdicts: dict[tuple[str, str], Verdict], files: int) -> list[tuple[str, str, str]]:
    assert len(verdicts) == files * len(PROFILES)
    assert min(verdict.assertions for verdict in verdicts.values()) > FEWEST_ASSERTIONS
    return [(*key, verdict.failed) for key, verdict in verdicts.items() if not verdict.passed]


def test_verapdf_passes_one_of_each_kind(tmp_path: Path) -> None:
    kinds = one_of_each_kind()
    files = [tmp_path / f"{kind.replace(':', ' ')}.pdf" for kind in kinds]
    for file, document in zip(files, kinds.values(), strict=True):
        file.write_bytes(to_pdf(document))
    assert refused(validate(files), len(files)) == []


@pytest.mark.nightly
def test_verapdf_passes_every_document_in_every_language_size_and_paper(tmp_path: Path) -> None:
    files = []
    for name, document in EVERYTHING.items():
        for paper, large in SIZES:
            files.append(tmp_path / f"{name.replace(':', ' ')} {paper}{' large' if large else ''}.pdf")
            files[-1].write_bytes(to_pdf(document, paper=paper, large_print=large))
    assert refused(validate(files), len(files)) == []
    print(f"\nveraPDF: {len(files)} files, {', '.join(PROFILES)}")
