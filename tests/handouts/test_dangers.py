"""What is dangerous in ReportLab itself, in a machine's settings, or in what people type: none of it reaches the paper."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.colors import toColor
from reportlab.lib.utils import ImageReader

from dentalpain.errors import WordingError
from dentalpain.handouts.content import Heading, Office, Paragraph, Run
from dentalpain.handouts.layout import to_pdf
from dentalpain.handouts.tagging import Element, TaggedParagraph

from .hearing import expected
from .reading_pdf import spoken
from .samples import OFFICE, handout, small
from .test_tagging import STYLE

# The proof of CVE-2023-33733: an attribute that older versions of ReportLab evaluated; here it would write a file.
EXPRESSION = (
    "[[[getattr(pow,Word('__globals__'))['os'].system('touch {file}') for Word in [orgTypeFun('Word', (str,), "
    "{{'mutated': 1, 'startswith': lambda self, x: False, '__eq__': lambda self, x: self.mutate() and self.mutated < 0 "
    "and str(self) == x, 'mutate': lambda self: {{setattr(self, 'mutated', self.mutated - 1)}}, '__hash__': lambda self: "
    "hash(str(self))}})]] for orgTypeFun in [type(type(1))]] and 'red'"
)


def test_a_color_that_is_an_expression_is_an_error_and_is_not_run(tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    with pytest.raises(ValueError):
        toColor(EXPRESSION.format(file=proof))
    with pytest.raises(ValueError):
        TaggedParagraph(f'<font color="{EXPRESSION.format(file=proof)}">x</font>', STYLE, Element("P"))
    assert not proof.exists()


def test_a_color_expression_in_a_name_is_printed_as_it_was_typed(tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    text = f'<font color="{EXPRESSION.format(file=proof)}">x</font>'
    document = small(Heading(text), office=Office(text), title=text)
    assert spoken(to_pdf(document)) == expected(document, large=False)
    assert not proof.exists()


SOURCES = ["/etc/passwd", "http://127.0.0.1:9/x.png", "ftp://127.0.0.1:9/x.png", "data:image/png;base64,AA"]


@pytest.mark.parametrize("source", SOURCES)
def test_an_image_in_a_name_is_text_and_nothing_is_opened(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: Any, **__: Any) -> None:
        raise AssertionError("something was opened")

    monkeypatch.setattr("reportlab.lib.utils.open_for_read", opened)
    monkeypatch.setattr("socket.socket.connect", opened)
    text = f'<img src="{source}" width="9" height="9"/>'
    document = small(Paragraph((Run(text),)), office=Office(text), title=text)
    assert spoken(to_pdf(document)) == expected(document, large=False)


def test_reportlab_fetches_nothing_from_other_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr("socket.socket.connect", lambda *given: asked.append(given))
    with pytest.raises(Exception, match=r"127\.0\.0\.1|identify|trusted|open resource"):
        ImageReader("http://127.0.0.1:9/x.png")
    assert not asked


@pytest.mark.parametrize("field", ["name", "next_visit", "prepared_for"])
def test_a_word_of_200_000_letters_is_refused_at_once(field: str) -> None:
    word = "a" * 200_000
    more = {"prepared_for": word} if field == "prepared_for" else {"office": OFFICE | {field: word}}
    started = time.monotonic()
    with pytest.raises(WordingError, match="too long"):
        handout(**more)
    assert time.monotonic() - started < 1


def test_the_longest_text_that_is_let_in_is_printed_within_seconds() -> None:
    text = "m" * 2000
    started = time.monotonic()
    assert spoken(to_pdf(small(Paragraph((Run(text),)))))[-1] == ("P", text)
    assert time.monotonic() - started < 5


def test_marks_that_would_turn_a_dose_around_are_not_printed() -> None:
    data = to_pdf(handout(office=OFFICE | {"next_visit": "\u202e1-2\u2066\u0000 \u200fFriday"}))
    assert ("P", "Your next visit: 1-2 Friday") in spoken(data)


# -- settings of the machine -------------------------------------------------------------------------------------

_PRINT = """
import hashlib, sys
sys.path.insert(0, "tests")
from handouts.samples import VISITS
from dentalpain.handouts.layout import to_pdf
print(hashlib.sha256(to_pdf(VISITS["jaw"], large_print=True)).hexdigest())
"""
HOSTILE = {
    "invariant": "0", "useA85": "1", "pageCompression": "0", "pdfComments": "1", "documentLang": "'xx'",
    "ttfAsciiReadable": "0", "canvas_basefontname": "'Courier'", "defaultEncoding": "'MacRomanEncoding'",
    "trustedHosts": "['*']", "shapeChecking": "1", "verbose": "1",
    "defaultPageSize": "'A6'", "baseUnderlineOffset": "'3*F'", "encryptLicense": "1",
}  # fmt: skip


def printed_with(tmp_path: Path, **environment: str) -> str:
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _PRINT], capture_output=True, text=True, check=False,
        env={"HOME": str(tmp_path), "PATH": os.environ["PATH"], **environment},
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return told.stdout.split()[-1]


def test_settings_of_the_machine_do_not_change_a_byte(tmp_path: Path) -> None:
    plain = printed_with(tmp_path)
    assert printed_with(tmp_path, **{f"RL_{name}": value.strip("'") for name, value in HOSTILE.items()}) == plain
    settings = "".join(f"{name} = {value}\n" for name, value in HOSTILE.items())
    (tmp_path / ".reportlab_settings").write_text(settings, encoding="utf-8")
    (tmp_path / ".reportlab_mods").write_text("from reportlab import rl_config\nrl_config.useA85 = 1\n", encoding="utf-8")
    assert printed_with(tmp_path) == plain


def test_processes_with_other_hashes_print_the_same_bytes_in_large_print_too() -> None:
    prints = {
        subprocess.run(
            [sys.executable, "-c", _PRINT], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "7")
    }
    assert len(prints) == 1


# -- nothing of the patient outside the page ---------------------------------------------------------------------


def test_unfolded_by_qpdf_the_name_of_the_patient_stands_on_the_pages_alone(tmp_path: Path) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("no qpdf: install qpdf")
    document = handout(prepared_for="Zebulon Quartermain", office=OFFICE | {"next_visit": "Friday"})
    (tmp_path / "handout.pdf").write_bytes(to_pdf(document))
    command = ["qpdf", "--qdf", "--object-streams=disable", tmp_path / "handout.pdf", tmp_path / "unfolded.pdf"]
    assert subprocess.run(command, check=False).returncode == 0
    unfolded = (tmp_path / "unfolded.pdf").read_bytes()
    forms = [written for name in ("Zebulon", "Quartermain") for written in _written(name)]
    assert any(form in unfolded for form in forms)
    elsewhere = re.sub(rb"%% Contents for page \d+\n.*?\nendstream", b"", unfolded, flags=re.DOTALL)
    assert b"StructElem" in elsewhere and b"dc:title" in elsewhere  # the tree and the properties are still looked at
    assert [form for form in forms if form in elsewhere] == []


def _written(name: str) -> list[bytes]:
    """The ways in which a PDF writes a text: as letters, and in hexadecimal as bytes or UTF-16."""
    return [name.encode(), name.encode().hex().encode(), name.encode("utf-16-be").hex().encode()]
