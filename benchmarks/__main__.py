"""Run every benchmark once and print a line for each: what, how long, beside what, the ratio, and the ratio to stay under."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from dentalpain.service import Service

from . import databases, printing, sample
from .timing import median_ms

ROOT = Path(__file__).parent.parent
DAY = dt.date(2026, 11, 24)
NORCO = "Norco 5/325 1-2 tabs q4-6h prn #20, max 8/day"


def fresh_process(code: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def line(what: str, ours: float, peer: str, theirs: float, limit: float) -> bool:
    ratio = ours / theirs
    verdict = "ok" if ratio <= limit else "TOO SLOW"
    print(f"{what:44} {ours:8.2f} ms   {peer:38} {theirs:8.2f} ms   ratio {ratio:5.2f} of {limit:g}   {verdict}")
    return ratio <= limit


def main() -> int:
    example = json.loads((ROOT / "examples/patients/daniel_whitcomb.json").read_text(encoding="utf-8"))
    big = {"entry": [{"resource": {"value": 1.5, "text": "x" * 400, "n": list(range(40))}} for _ in range(1500)]}
    text = json.dumps(big)
    service = Service()
    from dentalpain.practice.native import read_native

    record = read_native(example, on=DAY, vocabulary=service.tools.vocabulary, names=service.tools.names)
    parse = median_ms(lambda: json.loads(text, parse_float=Decimal), 9)

    def review() -> object:
        return service.review(record, prescribe=[NORCO], indication="surgical_extraction")

    flask_alone = median_ms(fresh_process("import flask"), 5)
    checks = [
        line("import dentalpain", median_ms(fresh_process("import dentalpain"), 5), "import flask", flask_alone, 1.6),
        line("a review, with ranked questions", median_ms(review, 9), "parsing 1 MB of JSON exactly", parse, 6),
        line("reading one prescription", median_ms(lambda: service.tools.read_all(NORCO), 50), "the same 1 MB", parse, 0.2),
    ]
    checks += databases.all_checks(service)
    checks += printing.all_checks(sample.handout())
    return 0 if all(checks) else 1


if __name__ == "__main__":
    sys.exit(main())
