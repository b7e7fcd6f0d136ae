"""A limit on guessing at patients' addresses, for hosts without a limiter of their own."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

TRIES, SECONDS, REMEMBERED = 30, 60.0, 10_000


class Slowing:
    """Counts failures by caller within one process; after `TRIES` in `SECONDS` the caller waits.

    A token cannot be guessed: this keeps a caller that tries from asking the store each time. `clock` gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._failed: OrderedDict[str, list[float]] = OrderedDict()

    def must_wait(self, caller: str) -> bool:
        """Whether this caller has failed too often lately."""
        with self._lock:
            return len(self._lately(caller)) >= TRIES

    def failed(self, caller: str) -> None:
        """Count one failure of a caller."""
        with self._lock:
            self._failed[caller] = [*self._lately(caller), self._clock()][-TRIES:]
            self._failed.move_to_end(caller)
            while len(self._failed) > REMEMBERED:
                self._failed.popitem(last=False)

    def _lately(self, caller: str) -> list[float]:
        return [at for at in self._failed.get(caller, ()) if at > self._clock() - SECONDS]
