"""`dentalpain demo`: what somebody sees who has just installed it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from pypdf import PdfReader

from dentalpain.commands import demo

from .conftest import Run

HANDOUT = "handout.pdf"


def test_the_demonstration_prints_the_main_job_and_says_where_the_pdf_is(dentalpain: Run, tmp_path: Path) -> None:
    ended = dentalpain("demo", "--once", "--out", tmp_path / "build")
    assert ended.code == 0, ended.err
    for part in ("WARNING SIGNS", "DIAGNOSES BY THE DC/TMD", "WHAT SPEAKS AGAINST IT", "WHAT COULD BE GIVEN INSTEAD"):
        assert part in ended.out
    assert str(tmp_path / "build" / HANDOUT) in ended.out.replace("\n", "")


def test_its_handout_is_one_sheet_printed_on_both_sides_and_says_that_the_signature_is_fictional(
    dentalpain: Run, tmp_path: Path
) -> None:
    dentalpain("demo", "--once", "--out", tmp_path)
    pages = PdfReader(tmp_path / HANDOUT).pages
    text = " ".join("\n".join(page.extract_text() for page in pages).split())
    assert len(pages) <= 2
    assert "fictional clinician" in text and "Maple Street Dental" in text
    assert "naltrexone" not in text.lower()  # blocked by the opioid on the order


def test_the_wording_is_signed_in_a_store_that_is_thrown_away() -> None:
    service = demo.demonstration_service()
    assert service.signatures().covers("handouts/en")
    assert demo.demonstration_service().store is not service.store


def test_the_served_office_says_so_on_its_handouts_as_well() -> None:
    service = demo.demonstration_service()
    mount = demo.demonstration_app(demo._example_office(), service).extensions["dentalpain"]["dentalpain"]
    assert demo.DEMONSTRATION in mount.settings.office["lines"]
    assert mount.service.signatures().covers("handouts/en")


def test_a_port_that_somebody_has_is_not_fought_for() -> None:
    with socket.socket() as taken:
        taken.bind((demo.HOST, 0))
        taken.listen()
        assert demo._free(taken.getsockname()[1]) == 0


def test_without_the_source_the_example_office_is_said_to_be_missing(
    dentalpain: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "_example_office", lambda: None)
    ended = dentalpain("demo", "--out", tmp_path)
    assert ended.code == 0 and "comes with the source" in ended.out


def test_it_serves_the_example_office_on_this_computer_and_prints_how_to_sign_in(tmp_path: Path) -> None:
    command = [sys.executable, "-u", "-m", "dentalpain.cli", "demo", "--out", str(tmp_path), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as running:
        try:
            assert running.stdout is not None
            shown, address = "", ""
            deadline = time.monotonic() + 60
            while "password" not in shown and time.monotonic() < deadline:
                line = running.stdout.readline()
                shown += line
                if "http://127.0.0.1:" in line:
                    address = line.split("Open ", 1)[1].split()[0]
            with urllib.request.urlopen(address, timeout=30) as answer:
                page = answer.read().decode("utf-8")
            assert "password" in shown and "<form" in page
        finally:
            running.kill()
