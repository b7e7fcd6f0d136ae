"""What a reader must be told about a record before any advice: nobody in it, no birth date, or a patient who died."""

from __future__ import annotations

from collections.abc import Iterable

from .quantities import PartialDate
from .record import NotRead


def cautions(*, patient: bool, birth: PartialDate | None, deceased: bool, where: str = "/patient") -> Iterable[NotRead]:
    """The lines that go to the head of `not_read`."""
    if not patient:
        yield NotRead(where, "patient", "the record names no patient: age and sex are unknown")
        return
    if birth is None:
        yield NotRead(where, "birth date", "it is missing: the age is unknown, and every rule that reads it is open")
    if deceased:
        yield NotRead(where, "patient", "the record says that this patient has died: check whose record it is")
