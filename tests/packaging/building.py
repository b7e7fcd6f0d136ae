"""Building the wheel and the sdist, and running what was installed of them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def run(*command: str | Path, cwd: Path, **more: str) -> str:
    environment = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "COV_CORE_SOURCE"}}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env={**environment, **more}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def build_once(place: Path) -> Path:
    """The folder with the wheel and the sdist: made by the worker that comes first, while the others wait."""
    out, claim = place / "dist", place / "dist-claimed"
    try:
        claim.touch(exist_ok=False)
    except FileExistsError:
        until = time.monotonic() + 60
        while not out.exists():
            assert time.monotonic() < until, "the worker that builds the wheel has not done it"
            time.sleep(0.2)
        return out
    made = place / "dist-under-way"
    run(sys.executable, "-m", "build", "--outdir", made, ROOT, cwd=place)
    return made.rename(out)
