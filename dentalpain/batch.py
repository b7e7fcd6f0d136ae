"""The handouts of a day, over several processes; joined here from the service and the handouts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .handouts.content import Document
    from .service import Service


def document_of(
    service: Service,
    review: Mapping[str, Any],
    screen: Mapping[str, Any] | None = None,
    *,
    office: Mapping[str, Any],
    language: str = "en",
    **chosen: Any,
) -> Document:
    """The content of a handout, not printed yet; the arguments and errors are those of `Service.handout`."""
    from .handouts.building import build_handout

    on, signed = dt.date.fromisoformat(str(review["on"])), service.signatures().covers(f"handouts/{language}")
    told = (dict(review), dict(screen) if screen else None)
    return build_handout(*told, office=dict(office), language=language, signed=signed, on=on, **chosen)


def print_handouts(
    service: Service,
    asked: Iterable[Mapping[str, Any]],
    *,
    processes: int = 2,
    paper: str = "letter",
    large_print: bool = False,
) -> Sequence[bytes]:
    """A PDF for each of `asked`, in order; each holds arguments of `Service.handout` that are about its content.

    Two processes on two cores print nearly twice as many in the same time. Raises what `Service.handout` raises, before
    anything is printed.
    """
    from .handouts.batch import Press

    documents = [document_of(service, **one) for one in asked]
    with Press(processes) as press:
        return press.print(documents, paper=paper, large_print=large_print)
