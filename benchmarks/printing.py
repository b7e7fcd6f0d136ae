"""The two-page handout beside other printers, beside the least that saving costs, and by the day's batch."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dentalpain.handouts.batch import Press
from dentalpain.handouts.content import Document, texts
from dentalpain.handouts.layout import to_pdf

from . import peers

ROOT = Path(__file__).parent.parent
MOST_MEGABYTES = 60
MOST_SECONDS_TO_FIRST = 0.5
LEAST_GAIN = 1.8  # of two processes over one
DAY_OF_HANDOUTS = 320

# Ours over theirs must stay under this; None: told, and no target.
LIMITS: dict[str, tuple[Any, float | None]] = {
    "typst, a fresh compile": (peers.typst, 0.4),
    "typst, the same again": (peers.typst_again, None),
    "WeasyPrint": (peers.weasyprint, 1 / 15),
    "fpdf2, without tags": (peers.fpdf2, 0.2),
    "Chromium, running": (peers.chromium, 0.1),
}


def all_checks(document: Document) -> list[bool]:
    """Print a line for each comparison; whether each stays within its limit."""
    with one_core():
        times = beside_each_other(document)
        ours = times.pop("ours")
        checks = [told(ours, name, theirs) for name, theirs in times.items()]
    return [*checks, accessible(to_pdf(document)), *small_and_early(), batch(document)]


@contextlib.contextmanager
def one_core() -> Iterator[None]:
    """Everything inside runs on one core, peers too, where the system can hold it there."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    held = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(held)})
    yield
    os.sched_setaffinity(0, held)


def beside_each_other(document: Document) -> dict[str, float]:
    """The median time of each printer, in milliseconds, all of them taking turns so that a busy moment meets all."""
    with contextlib.ExitStack() as open_peers:
        printers: dict[str, Callable[[], bytes]] = {"ours": lambda: to_pdf(document), "saving alone": floor(document)}
        for name, (peer, _) in LIMITS.items():
            try:
                printers[name] = open_peers.enter_context(peer(document))
            except peers.Missing as missing:
                print(f"skipped: {name}: {missing}")
        accessible_peers = [name for name in LIMITS if name in printers and ua1(printers[name]())]
        print(f"passing PDF/UA-1 beside ours: {', '.join(accessible_peers) or 'none'}")
        return turns(printers)


def turns(printers: dict[str, Callable[[], bytes]], rounds: int = 9, most: int = 7) -> dict[str, float]:
    """The medians; what is fast prints several times in each round, and the first of them is not counted."""
    times: dict[str, list[float]] = {name: [] for name in printers}
    for made in printers.values():
        made()
    gc.collect()
    gc.freeze()  # what one printer has loaded is not looked through again while another one is timed
    for _ in range(rounds):
        for name, made in printers.items():
            for number in range(most if name in ("ours", "saving alone") or "typst" in name else 2):
                started = time.perf_counter()
                made()
                if number:
                    times[name].append((time.perf_counter() - started) * 1000)
    gc.unfreeze()
    return {name: statistics.median(held) for name, held in times.items()}


def told(ours: float, name: str, theirs: float) -> bool:
    limit = LIMITS.get(name, (None, None))[1]
    ratio = ours / theirs
    aim = f"of {limit:.3g}" if limit else "no target"
    verdict = "" if limit is None else "ok" if ratio <= limit else "TOO SLOW"
    print(f"{'a handout of two pages':44} {ours:8.2f} ms   {name:38} {theirs:8.2f} ms   ratio {ratio:5.3f} {aim}   {verdict}")
    return limit is None or ratio <= limit


def floor(document: Document) -> Callable[[], bytes]:
    """The least that it costs: pages that are already drawn, the same letters of the same fonts, and saving."""
    from pypdf import PdfReader
    from reportlab.pdfbase.pdfmetrics import getFont

    from dentalpain.handouts.style import BOLD, REGULAR
    from dentalpain.handouts.tagging import About, Element, TaggedCanvas

    pages = [page.get_contents().get_data().decode("latin-1") for page in PdfReader(io.BytesIO(to_pdf(document))).pages]
    letters = "".join(sorted({letter for text in texts(document) for letter in text}))
    about = About(document.title, document.language, document.on)

    def save() -> bytes:
        target = io.BytesIO()
        canvas: Any = TaggedCanvas(target, root=Element("Document"), about=about, initialFontName=REGULAR)
        for font in map(getFont, (REGULAR, BOLD)):
            font.splitString(letters, canvas._doc)
            font.getSubsetInternalName(0, canvas._doc)
        for page in pages:
            canvas._code.append(page)
            canvas.showPage()
        canvas.save()
        return target.getvalue()

    return save


def ua1(data: bytes) -> bool:
    import page

    return bool(page.validate_pdf_bytes(data, profile="ua1").is_compliant)


def accessible(data: bytes) -> bool:
    passed = ua1(data)
    print(f"{'the handout that was timed':44} {'passes' if passed else 'FAILS'} PDF/UA-1")
    return passed


_FIRST = """
import sys, time
sys.path.insert(0, ".")
from benchmarks.sample import handout
document = handout()
from dentalpain.handouts.layout import to_pdf
started = time.perf_counter()
to_pdf(document)
"""
# The highest memory of this program alone: getrusage counts that of its parent before it began.
_MANY = _FIRST + """
for _ in range(200):
    to_pdf(document)
print([line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")][0])
"""


def small_and_early() -> list[bool]:
    """The memory of a process that prints 200 handouts, and how long after its start a process has printed the first."""
    checks, took = [], []
    if Path("/proc/self/status").exists():
        megabytes = int(python(_MANY)) / 1024
        print(f"{'a process that prints 200 handouts':44} {megabytes:8.1f} MB of {MOST_MEGABYTES} MB")
        checks.append(megabytes <= MOST_MEGABYTES)
    else:
        print("skipped: memory: this system does not tell it")
    for _ in range(5):
        started = time.perf_counter()
        python(_FIRST)
        took.append(time.perf_counter() - started)
    first = statistics.median(took)
    print(f"{'start of Python to the first handout':44} {first:8.2f} s of {MOST_SECONDS_TO_FIRST} s")
    return [*checks, first <= MOST_SECONDS_TO_FIRST]


def python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True).stdout


def batch(document: Document) -> bool:
    """A day's handouts by one process and by two, both already running."""
    if (os.cpu_count() or 1) < 2:
        print("skipped: the batch over two processes: there is one core")
        return True
    documents = [document] * DAY_OF_HANDOUTS
    seconds = []
    for processes in (1, 2):
        with Press(processes) as press:
            press.print(documents[:64])
            started = time.perf_counter()
            press.print(documents)
            seconds.append(time.perf_counter() - started)
    gain = seconds[0] / seconds[1]
    rate = DAY_OF_HANDOUTS / seconds[1]
    verdict = "ok" if gain >= LEAST_GAIN else "TOO SLOW"
    print(f"{'a batch by two processes':44} {rate:8.0f} a second   {gain:.2f} times one process, of {LEAST_GAIN}   {verdict}")
    return gain >= LEAST_GAIN
