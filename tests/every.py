"""One test over every row of a long table: all faults are gathered and named, instead of a test for each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any


def for_every(rows: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> Callable[[Callable[[Any], None]], Callable[[], None]]:
    """Run a check on each (name, row); the test fails with the names of all rows that fail, and why."""
    held = dict(rows)

    def decorate(check: Callable[[Any], None]) -> Callable[[], None]:
        def test() -> None:
            assert held, "the table is empty"
            faults = []
            for name, row in held.items():
                try:
                    check(row)
                except AssertionError as fault:
                    faults.append(f"{name}: {fault}")
            assert not faults, "\n".join(faults)

        test.__name__, test.__doc__ = check.__name__, check.__doc__
        return test

    return decorate
