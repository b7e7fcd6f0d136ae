"""What a sign-in leaves behind, kept on the server under keys that cannot be guessed, and for a time."""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Protocol

MOST = 1000
log = logging.getLogger("dentalpain")
ELSEWHERE = (
    "dentalpain: a sign-in was begun in another process of this host, or before it was started anew: with several workers, "
    "give SmartLaunch a shelf= and a waiting= that they share, or run one worker with threads."
)


class Shelf(Protocol):
    """Keeps values under keys of its own; a host with several processes gives one that they share."""

    def put(self, value: Any, seconds: float) -> str:
        """Keep a value; its key."""

    def get(self, key: str) -> Any:
        """The value, or None once its time is over."""

    def replace(self, key: str, value: Any) -> None:
        """Another value under a key that is still kept."""

    def take(self, key: str) -> Any:
        """The value, which is gone from then on, or None."""


class MemoryShelf:
    """Keeps values in the memory of one process; of too many the oldest goes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = MOST) -> None:
        self._clock, self._most, self._lock = clock, most, threading.Lock()
        self._held: OrderedDict[str, tuple[Any, float]] = OrderedDict()

    def put(self, value: Any, seconds: float) -> str:
        """Keep a value; its key names this process, and has 256 random bits."""
        key = f"{os.getpid():x}.{secrets.token_urlsafe(32)}"
        with self._lock:
            while len(self._held) >= self._most:
                self._held.popitem(last=False)
            self._held[key] = (value, self._clock() + seconds)
        return key

    def get(self, key: str) -> Any:
        """The value, or None once its time is over."""
        _say_whose(key)
        with self._lock:
            value, until = self._held.get(key, (None, 0.0))
            return value if self._clock() < until else None

    def replace(self, key: str, value: Any) -> None:
        """Another value under a key that is still kept, until the same time."""
        with self._lock:
            if key in self._held:
                self._held[key] = (value, self._held[key][1])

    def take(self, key: str) -> Any:
        """The value, which is gone from then on, or None."""
        _say_whose(key)
        with self._lock:
            value, until = self._held.pop(key, (None, 0.0))
            return value if self._clock() < until else None


def _say_whose(key: str) -> None:
    """Tell the operator of a key that this process did not make; whoever is at the screen can only sign in again."""
    process, _, rest = key.partition(".")
    if rest and process != f"{os.getpid():x}":
        log.error(ELSEWHERE)
