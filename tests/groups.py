"""Run the checks group by group with two workers, and say what each took: the body of `make test`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent

# Group, limit in seconds on two cores, and where its tests stand.
CORE = ["tests/clinical", "tests/knowledge", "tests/fhir", "tests/commands"]
SERVERS = ["tests/storage", "tests/practice", "tests/web", "tests/hosts", "tests/examples"]
GROUPS: dict[str, tuple[int, list[str]]] = {
    "core and knowledge": (90, CORE),
    "documents": (90, ["tests/handouts"]),
    "servers": (90, SERVERS),
    "browser": (120, ["tests/browser"]),
    "packaging": (60, ["tests/packaging"]),
    "fuzz": (30, [*CORE, *SERVERS, "tests/fuzz"]),
}
# By day the cases of the knowledge must reach every line that decides, by themselves; at night every line is counted.
DECIDES = ["dentalpain/clinical", "dentalpain/knowledge"]
SEARCHES = "hypothesis or search"
ALONE = ["tests/test_layers.py", "tests/test_docs.py", "tests/test_documented.py"]
WORKERS = "2"
NIGHT = "--nightly"  # no limits of time then


def run(name: str, *command: str) -> tuple[str, bool, float]:
    started = time.monotonic()
    print(f"\n== {name}", flush=True)
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False)
    return name, done.returncode == 0, time.monotonic() - started


def tests(name: str, paths: list[str]) -> tuple[str, bool, float]:
    held = _with_searches(paths) if name == "fuzz" else [path for path in paths if (ROOT / path).exists()]
    # One wheel is built for all tests of its file, so that a file stays with one worker.
    together = ["--dist", "loadfile"] if name == "packaging" else []
    chosen = ["-m", SEARCHES if name == "fuzz" else f"not ({SEARCHES})"] if name == "fuzz" or paths in (CORE, SERVERS) else []
    return run(name, "pytest", "-n", WORKERS, *together, *chosen, *_counted(paths), "-p", "no:cacheprovider", "-rs", *held)


def _with_searches(paths: list[str]) -> list[str]:
    """The files that hold a search: only these are loaded."""
    found = sorted(file for path in paths for file in (ROOT / path).rglob("test_*.py"))
    marks = ("from hypothesis", "import hypothesis", "mark.search")
    return [str(file.relative_to(ROOT)) for file in found if any(mark in file.read_text(encoding="utf-8") for mark in marks)]


def _counted(paths: list[str]) -> list[str]:
    if NIGHT in sys.argv:
        return ["--cov=dentalpain", "--cov-append", "--cov-report="]
    return [*(f"--cov={part}" for part in DECIDES), "--cov-append", "--cov-report="] if paths is CORE else ["--no-cov"]


def main() -> int:
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    os.environ.setdefault("PYTHONHASHSEED", "0")
    # Each group starts new processes: what the first one compiled, pytest's rewritten asserts too, serves the next ones.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if NIGHT in sys.argv:
        print("at night: every document in every language, size and paper, and searches with many more examples")
        os.environ["DENTALPAIN_NIGHTLY"] = "1"
    results = [
        run("ruff", "ruff", "check", "dentalpain", "tests", "examples", "benchmarks"),
        run("mypy", "mypy"),
        tests("layers and documentation", ALONE),
    ]
    results += [tests(name, paths) for name, (_, paths) in GROUPS.items() if any((ROOT / p).exists() for p in paths)]
    core = "*/dentalpain/clinical/*,*/dentalpain/knowledge/*"
    results.append(run("coverage of clinical and knowledge", "coverage", "report", f"--include={core}", "--fail-under=100"))
    if NIGHT in sys.argv:
        results.append(run("coverage of all", "coverage", "report", "--fail-under=90"))
    print("\n== time")
    for name, passed, seconds in results:
        limit = 0 if NIGHT in sys.argv else GROUPS.get(name, (0, []))[0]
        print(f"{seconds:7.1f} s {f'of {limit} s' if limit else '':10} {'passed' if passed else 'FAILED':7} {name}")
    print(f"{sum(seconds for *_, seconds in results):7.1f} s in all")
    return 0 if all(passed for _, passed, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main())
