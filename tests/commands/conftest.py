"""The command line as a person meets it: what it printed, where, and how it ended."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from dentalpain import cli

PATIENTS = Path(__file__).parent.parent.parent / "examples" / "patients"
STORY_DAY = ("--on", "2026-11-24")
ADULT = "1980-02-01"


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def refusal(self) -> str:
        """The one line of a refusal; anything more, or a traceback, fails the test."""
        assert self.code == 2, (self.code, self.err)
        assert self.err.count("\n") == 1 and self.err.startswith("dentalpain: "), self.err
        assert "Traceback" not in self.err + self.out
        return self.err


Run = Callable[..., Ended]


@pytest.fixture
def dentalpain(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `dentalpain` with these words, in this process, without a store from outside."""
    monkeypatch.delenv("DENTALPAIN_STORE", raising=False)

    def run(*words: object) -> Ended:
        with pytest.raises(SystemExit) as left:
            cli.main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Ended(int(str(left.value.code)), out, err)

    return run


class Screened(Protocol):
    def __call__(
        self, *sheets: Mapping[str, Any], findings: Mapping[str, Any] | None = None, born: str = ADULT, **record: Any
    ) -> Any: ...


@pytest.fixture
def screened(dentalpain: Run, tmp_path: Path) -> Screened:
    """The result for a patient with these answers and findings."""

    def write(name: str, content: object) -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    def run(*sheets: Any, findings: Any = None, born: str = ADULT, **record: Any) -> Any:
        words: list[object] = [write("record.json", {"patient": {"birth_date": born, "sex": "male"}, **record})]
        for number, sheet in enumerate(sheets):
            words += ["--answers", write(f"answers{number}.json", {"on": "2026-11-24", **sheet})]
        if findings is not None:
            words += ["--findings", write("findings.json", findings)]
        ended = dentalpain("screen", *words, *STORY_DAY, "--json")
        assert ended.code == 0, ended.err
        return ended.json

    return run


@pytest.fixture
def store(dentalpain: Run, tmp_path: Path) -> str:
    """The address of a new SQLite store with its tables."""
    url = f"sqlite:///{(tmp_path / 'office.db').as_posix()}"
    assert dentalpain("db", "upgrade", "--store", url).code == 0
    return url


def example(name: str) -> Path:
    """The record of an example patient."""
    return PATIENTS / f"{name}.json"


def answer_of(review: Any, rule: str) -> str:
    """What a rule answers in a review: 'yes', 'unknown', or 'no' where it stands in no flag."""
    return next((flag["answer"] for flag in review["flags"] if flag["rule"] == rule), "no")


def option_of(review: Any, option: str) -> Any:
    """An alternative of a review."""
    return next(one for one in review["alternatives"] if one["id"] == option)
