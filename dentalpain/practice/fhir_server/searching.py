"""A search with all its pages, and what of it did not come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from ...errors import NotAnsweredError
from ...fhir.bundle import is_complete
from ...fhir.elements import Json, mapping, objects, string
from .transport import Transport, not_answered


@dataclass
class Found:
    """The entries of one search, and the reasons for which there may be more (`fhir.unread.REASONS`)."""

    kind: str
    entries: list[Json] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def search(transport: Transport, kind: str, ways: Sequence[Sequence[str]], until: float) -> Found:
    """Everything of a type that is found. Each way is a list of queries; the next is taken where the server takes none of one.

    Never raises for what the server does, except SignInError.
    """
    found = Found(kind)
    for queries in ways:
        found = Found(kind)
        for query in queries:
            _search(transport, found, query, until)
        if found.entries or not found.reasons or set(found.reasons) != {"unsupported"}:
            break
    return found


def _search(transport: Transport, found: Found, query: str, until: float) -> None:
    pages: list[Json] = []
    try:
        for page in follow(transport, transport.address(f"{found.kind}?{query}"), until):
            pages.append(page)
            found.entries.extend(_held(page))
    except NotAnsweredError as error:
        found.reasons.append("cut" if pages and error.reason == "absent" else error.reason)
        return
    if not _whole(pages):
        found.reasons.append("cut")


def follow(transport: Transport, address: str, until: float) -> Iterator[Json]:
    """The pages of a search. Raises NotAnsweredError: 'elsewhere' for a next page on another server, 'cut' for too many."""
    seen: set[str] = set()
    while address:
        if address in seen or len(seen) >= transport.limits.most_pages:
            raise not_answered("cut")
        seen.add(address)
        page = transport.read(address, until)
        if page.get("resourceType") != "Bundle" or not isinstance(page.get("entry", []), list):
            raise not_answered("unreadable")
        yield page
        following = _next(page)
        address = urljoin(address, following) if following else ""


def _next(page: Json) -> str:
    links = objects(page.get("link"))
    return next((string(link.get("url")) for link in links if link.get("relation") == "next"), "")


def _held(page: Json) -> Iterator[Json]:
    """The entries with a resource; outcomes say how the search went and hold nothing of the patient."""
    for entry in objects(page.get("entry")):
        kind = string(mapping(entry.get("resource")).get("resourceType"))
        if kind and kind != "OperationOutcome":
            yield entry


def _whole(pages: list[Json]) -> bool:
    """Whether the pages together hold as many as the server says, and it says of nothing that it failed."""
    entries = [entry for page in pages for entry in objects(page.get("entry")) if not _is_remark(entry)]
    return is_complete({"type": "searchset", "total": pages[0].get("total"), "entry": entries})


def _is_remark(entry: Json) -> bool:
    """Whether an entry is an outcome that only informs."""
    outcome = mapping(entry.get("resource"))
    issues = objects(outcome.get("issue"))
    informs = bool(issues) and all(issue.get("severity") == "information" for issue in issues)
    return outcome.get("resourceType") == "OperationOutcome" and informs
