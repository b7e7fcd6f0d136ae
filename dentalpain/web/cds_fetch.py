"""Reading what a client did not send, from its own FHIR server: only where the host named that server."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

from ..errors import RecordError
from ..fhir.elements import Json, objects, string
from ..fhir.json_input import load_json

AT_ONCE = 4
SECONDS = 4.0  # for all together: the person waits
MOST_PAGES = 5
TOKEN = "{{context.patientId}}"

NOT_ALLOWED = "Parts of the record were not sent, and reading them from the server that was named is not allowed here."
NOT_SENT = "Parts of the record were not sent."
UNREAD = {"resourceType": "OperationOutcome"}  # stands for what was asked for and did not come
FAILED = "Parts of the record could not be read from the FHIR server."


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect could carry the token to another server."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def missing(templates: Mapping[str, str], prefetch: Mapping[str, Any]) -> list[str]:
    """The members of the prefetch that did not arrive; null says that there is nothing and counts as arrived."""
    return [name for name in templates if name not in prefetch]


def fetch(
    names: Iterable[str], templates: Mapping[str, str], server: str, token: str, patient_id: str, most_bytes: int
) -> tuple[dict[str, Any], bool]:
    """The resources behind these templates, and whether all could be read. Never raises for what a server does."""
    until = time.monotonic() + SECONDS
    wanted = list(names)

    def one(name: str) -> Json | None:
        query = templates[name].replace(TOKEN, quote(patient_id, safe=""))
        try:
            return _read_pages(f"{server}/{query}", server, token, most_bytes, until)
        except (OSError, ValueError, RecordError):
            return None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = dict(zip(wanted, pool.map(one, wanted), strict=True))
    return {name: UNREAD if held is None else held for name, held in found.items()}, None not in found.values()


def _read_pages(address: str, server: str, token: str, most_bytes: int, until: float) -> Json:
    """A resource, or the pages of a search put together; the last page keeps its link where there are more."""
    whole = _read(address, token, most_bytes, until)
    page = whole
    for _ in range(MOST_PAGES - 1):
        following = _next(page)
        if not following.startswith(f"{server}/") and not following.startswith(f"{server}?"):
            break
        page = _read(following, token, most_bytes, until)
        whole = {**whole, "entry": [*objects(whole.get("entry")), *objects(page.get("entry"))], "link": page.get("link", [])}
    return whole


def _next(bundle: Json) -> str:
    links = objects(bundle.get("link"))
    return next((string(link.get("url")) for link in links if link.get("relation") == "next"), "")


def _read(address: str, token: str, most_bytes: int, until: float) -> Json:
    headers = {"Accept": "application/fhir+json", **({"Authorization": f"Bearer {token}"} if token else {})}
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    with _opener.open(urllib.request.Request(address, headers=headers), timeout=left) as response:
        data = response.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise ValueError("too large")
    return load_json(data, "the answer of the FHIR server")
