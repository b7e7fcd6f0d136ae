"""Reading what a client did not send, from its own FHIR server: only where the host named that server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

from ..errors import NotAnsweredError, PracticeError
from ..fhir.elements import Json, objects

SECONDS = 4.0  # for all together: the person waits
MOST_PAGES = 5
TOKEN = "{{context.patientId}}"

NOT_ALLOWED = "Parts of the record were not sent, and reading them from the server that was named is not allowed here."
NOT_SENT = "Parts of the record were not sent."
UNREAD = {"resourceType": "OperationOutcome"}  # stands for what was asked for and did not come
FAILED = "Parts of the record could not be read from the FHIR server."


def missing(templates: Mapping[str, str], prefetch: Mapping[str, Any]) -> list[str]:
    """The members of the prefetch that did not arrive; null says that there is nothing and counts as arrived."""
    return [name for name in templates if name not in prefetch]


def fetch(
    names: Iterable[str], templates: Mapping[str, str], server: str, token: str, patient_id: str, most_bytes: int
) -> tuple[dict[str, Any], bool]:
    """The resources behind these templates, and whether all could be read. Never raises for what a server does."""
    from ..practice.fhir_server.access import FixedAccess
    from ..practice.fhir_server.transport import AT_ONCE, Limits, Transport

    limits = Limits(answer_seconds=SECONDS, total_seconds=SECONDS, most_bytes=most_bytes, most_pages=MOST_PAGES)
    transport = Transport(server, FixedAccess(token), limits=limits)
    until, wanted = transport.until(), list(names)

    def one(name: str) -> Json | None:
        query = templates[name].replace(TOKEN, quote(patient_id, safe=""))
        try:
            return _read(transport, transport.address(query), until)
        except PracticeError:
            return None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = dict(zip(wanted, pool.map(one, wanted), strict=True))
    return {name: UNREAD if held is None else held for name, held in found.items()}, None not in found.values()


def _read(transport: Any, address: str, until: float) -> Json:
    """A resource, or the pages of a search put together; the last page keeps its link where there are more."""
    from ..practice.fhir_server.searching import follow

    if "?" not in address:
        whole: Json = transport.read(address, until)
        return whole
    pages: list[Json] = []
    try:
        pages.extend(follow(transport, address, until))
    except NotAnsweredError:
        if not pages:
            raise
    entries = [entry for page in pages for entry in objects(page.get("entry"))]
    return {**pages[0], "entry": entries, "link": pages[-1].get("link", [])}
