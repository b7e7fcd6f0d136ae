"""Handouts on their way into the Imaging module: a whole file under a name that says nothing of the patient, or none."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from dentalpain.errors import InputError, PracticeError, UnknownNameError
from dentalpain.practice.open_dental import HotFolder, OpenDental

from . import office as charts
from .server import Office

PDF = b"%PDF-1.7 handout"


@pytest.fixture
def folder(tmp_path: Path) -> HotFolder:
    return HotFolder(tmp_path, 133)


def files(folder: HotFolder) -> list[Path]:
    return [path for path in folder.folder.rglob("*") if path.is_file()]


def test_a_handout_stands_under_letter_folder_and_category(office: Office, folder: HotFolder) -> None:
    adapter = OpenDental(office.url, documents=folder)
    adapter.file_document(str(charts.DELIA), "handout.pdf", PDF)
    (made,) = files(folder)
    assert made.parent == folder.folder / "M" / "MarshDelia101" and made.read_bytes() == PDF
    assert re.fullmatch(r"_133_handout-[0-9a-f]{8}\.pdf", made.name)  # no name of a patient
    adapter.close()


def test_a_second_handout_of_the_day_does_not_replace_the_first(folder: HotFolder) -> None:
    folder.put("MarshDelia101", "handout.pdf", PDF)
    folder.put("MarshDelia101", "handout.pdf", PDF + b" 2")
    assert sorted(path.read_bytes() for path in files(folder)) == [PDF, PDF + b" 2"]


def test_filing_is_off_unless_a_folder_is_given(practice: OpenDental) -> None:
    with pytest.raises(PracticeError, match="off"):
        practice.file_document(str(charts.DELIA), "handout.pdf", PDF)


def test_nothing_is_filed_for_a_deleted_chart_or_one_without_an_image_folder(office: Office, folder: HotFolder) -> None:
    adapter = OpenDental(office.url, documents=folder)
    with pytest.raises(UnknownNameError):
        adapter.file_document(str(charts.DELETED), "handout.pdf", PDF)
    with pytest.raises(PracticeError, match="no image folder"):
        adapter.file_document(str(charts.BLANK), "handout.pdf", PDF)
    assert files(folder) == []
    adapter.close()


@pytest.mark.parametrize("image_folder", ["..", "../other", "a/b", "a\\b", "C:x", ".hidden", "x\0y", "trailing.", ""])
def test_no_chart_leads_out_of_the_image_folder(folder: HotFolder, image_folder: str) -> None:
    with pytest.raises(PracticeError):
        folder.put(image_folder, "handout.pdf", PDF)
    assert files(folder) == []


@pytest.mark.parametrize("name", ["../x.pdf", "x.exe", ".pdf", "a/b.pdf", "_9_x.pdf", "x.pdf\n", "x" * 80 + ".pdf"])
def test_a_file_name_that_could_mean_something_else_is_refused(folder: HotFolder, name: str) -> None:
    with pytest.raises(InputError):
        folder.put("MarshDelia101", name, PDF)


def test_only_a_pdf_is_filed(folder: HotFolder) -> None:
    with pytest.raises(InputError):
        folder.put("MarshDelia101", "handout.pdf", b"<html>")


def test_a_write_that_fails_half_way_leaves_nothing(folder: HotFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(PracticeError, match="cannot be written"):
        folder.put("MarshDelia101", "handout.pdf", PDF)
    assert files(folder) == []


def test_a_folder_that_is_not_there_and_a_category_of_0_are_refused_at_start(tmp_path: Path) -> None:
    with pytest.raises(PracticeError, match="cannot be found"):
        HotFolder(tmp_path / "nowhere", 133)
    with pytest.raises(PracticeError, match="DefNum"):
        HotFolder(tmp_path, 0)


def test_the_day_of_the_chart_is_untouched_by_filing(office: Office, folder: HotFolder) -> None:
    adapter = OpenDental(office.url, documents=folder)
    before = adapter.find_record(str(charts.DELIA), dt.date(2026, 11, 24))
    adapter.file_document(str(charts.DELIA), "handout.pdf", PDF)
    assert adapter.find_record(str(charts.DELIA), dt.date(2026, 11, 24)) == before
    adapter.close()
