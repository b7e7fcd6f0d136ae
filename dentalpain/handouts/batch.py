"""Many handouts at once, over several processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from types import TracebackType

from .content import Document
from .layout import to_pdf

AT_A_TIME = 8  # documents that a process takes over in one go


class Press:
    """Processes that print: the handouts of a day, without holding up the process that serves people.

    Use it in a `with` statement; the processes start with the first handouts and end with the block. They are started
    anew rather than forked, since the host's process may have threads and open connections. Two processes on two cores
    print nearly twice as fast; more than there are cores do not help.
    """

    def __init__(self, processes: int = 2) -> None:
        self._pool = ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"))

    def print(self, documents: Iterable[Document], *, paper: str = "letter", large_print: bool = False) -> Sequence[bytes]:
        """Each document as a PDF, in order, with the same bytes as `to_pdf`; raises what `to_pdf` raises."""
        one = partial(to_pdf, paper=paper, large_print=large_print)
        return list(self._pool.map(one, documents, chunksize=AT_A_TIME))

    def __enter__(self) -> Press:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=error is not None)
