"""Questions to one server: bounded in time and size, never to another server, asked again only where it says so."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from ...errors import NotAnsweredError, RecordError, SettingsError, SignInError
from ...fhir.elements import Json
from ...fhir.json_input import load_json
from ...fhir.unread import REASONS
from .access import Access, FixedAccess
from .addresses import checked_base, origin_of

AT_ONCE = 4
PART = 64 * 1024  # bytes that are read before the time is looked at again
FIRST_PAUSE = 0.25  # seconds; doubled each time
TOO_MANY, UNAVAILABLE = 429, 503
UNSUPPORTED = frozenset({400, 405, 406, 410, 422, 501})
FHIR_JSON = "application/fhir+json"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much: seconds, bytes, pages of one search, and further tries of one question."""

    answer_seconds: float = 5.0  # until a server connects, and between two parts of an answer
    total_seconds: float = 15.0  # for one record, one list of a day, one document
    most_bytes: int = 10 * 1024 * 1024  # of one answer
    most_pages: int = 20
    tries: int = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `headers` has names in lower case."""

    status: int
    data: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)


def not_answered(reason: str, status: int = 0) -> NotAnsweredError:
    """The error for a reason of `fhir.unread.REASONS`, as a sentence."""
    return NotAnsweredError(f"The record could not be read: {REASONS[reason]}.", reason=reason, status=status)


class Transport:
    """Asks one server at `base`. Redirects are not followed, cookies are not kept, proxies of the machine are not used.

    Raises NotAnsweredError with its reason, and SignInError when the server no longer accepts the token.
    """

    def __init__(
        self,
        base: str,
        access: Access | None = None,
        *,
        limits: Limits | None = None,
        ca_file: str | None = None,
        pool: Any = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base = checked_base(base, "FHIR server")
        self.limits = limits or Limits()
        self._access, self._sleep = access or FixedAccess(), sleep
        self._pool = pool or _make_pool(ca_file)

    def with_access(self, access: Access) -> Transport:
        """The same connections under another sign-in."""
        return Transport(self.base, access, limits=self.limits, pool=self._pool, sleep=self._sleep)

    def has_token(self) -> bool:
        """Whether questions carry a token."""
        return bool(self._access.token())

    def until(self) -> float:
        """The time, as time.monotonic() tells it, at which whatever begins now must have ended."""
        return time.monotonic() + self.limits.total_seconds

    def address(self, path: str) -> str:
        """The address of a path under the base."""
        return f"{self.base}/{path}"

    def read(self, address: str, until: float) -> Json:
        """The JSON object behind an address of this server."""
        answer = self.ask("GET", address, until)
        if not 200 <= answer.status < 300:
            raise not_answered(_reason(answer.status), answer.status)
        return as_json(answer)

    def ask(self, method: str, address: str, until: float, body: Json | None = None) -> Answer:
        """The answer of the server, whatever its status, under the token of the sign-in."""
        token = self._access.token()
        answer = self._patiently(method, address, until, token, body)
        if answer.status == 401 and token:
            renewed = self._access.renewed(token)
            answer = self._patiently(method, address, until, renewed, body) if renewed else answer
        if answer.status == 401:
            raise SignInError("The record system no longer accepts this sign-in. Open the patient from it again.")
        return answer

    def _patiently(self, method: str, address: str, until: float, token: str, body: Json | None) -> Answer:
        headers = {"Accept": FHIR_JSON, **({"Authorization": f"Bearer {token}"} if token else {})}
        data = None
        if body is not None:
            headers["Content-Type"], data = FHIR_JSON, json.dumps(body).encode()
        return self.send(method, address, until, headers, data)

    def send(self, method: str, address: str, until: float, headers: Mapping[str, str], data: bytes | None) -> Answer:
        """The answer; asked again after 429 and, where nothing is written, 503, as far as the time reaches."""
        again = {TOO_MANY, UNAVAILABLE} if method == "GET" else {TOO_MANY}
        for tried in range(1, self.limits.tries + 1):
            answer = self._once(method, address, until, headers, data)
            pause = _pause(answer, tried)
            if answer.status not in again or tried == self.limits.tries or time.monotonic() + pause >= until:
                break
            self._sleep(pause)
        return answer

    def _once(self, method: str, address: str, until: float, headers: Mapping[str, str], data: bytes | None) -> Answer:
        import urllib3

        if origin_of(address) != origin_of(self.base):
            raise not_answered("elsewhere")
        # Not compressed: what is small on the wire could be endless in memory.
        sent = {"Accept-Encoding": "identity", "User-Agent": "dentalpain", **headers}
        wait = urllib3.Timeout(connect=self._left(until), read=self._left(until))
        try:
            response = self._pool.request(
                method, address, body=data, headers=sent, timeout=wait, redirect=False, preload_content=False
            )
            with closing(response):  # one that was read to its end is back in the pool by then
                return Answer(response.status, self._body(response, until), _lower(response.headers))
        except urllib3.exceptions.NewConnectionError:
            raise not_answered("unreachable") from None
        except (urllib3.exceptions.TimeoutError, TimeoutError):
            raise not_answered("late") from None
        except (urllib3.exceptions.HTTPError, OSError):
            raise not_answered("unreachable") from None

    def _body(self, response: Any, until: float) -> bytes:
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise not_answered("unreadable")
        parts, size = [], 0
        while part := response.read1(PART, decode_content=False):
            parts.append(part)
            size += len(part)
            if size > self.limits.most_bytes:
                raise not_answered("large")
            self._left(until)
        return b"".join(parts)

    def _left(self, until: float) -> float:
        """Seconds until the next part of an answer must have come."""
        left = until - time.monotonic()
        if left <= 0:
            raise not_answered("late")
        return min(left, self.limits.answer_seconds)


def as_json(answer: Answer) -> Json:
    """The JSON object of an answer; raises NotAnsweredError."""
    try:
        return load_json(answer.data, "the answer of the server")
    except RecordError:
        raise not_answered("unreadable", answer.status) from None


def _make_pool(ca_file: str | None) -> Any:
    try:
        import urllib3
    except ImportError:
        raise SettingsError("FHIR servers are read with urllib3: install dentalpain[fhir].") from None
    trust: dict[str, Any] = {"ca_certs": ca_file} if ca_file else {}
    once = urllib3.Retry(total=False)  # when to ask again is for `Transport.send`, which knows the time that is left
    return urllib3.PoolManager(num_pools=4, maxsize=AT_ONCE, retries=once, cert_reqs="CERT_REQUIRED", **trust)


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _pause(answer: Answer, tried: int) -> float:
    """Seconds to wait: what the server says in Retry-After, else longer each time and not all at once."""
    import urllib3

    written = answer.headers.get("retry-after")
    try:
        if written is not None:
            told: float = urllib3.Retry().parse_retry_after(written)
            return told
    except (urllib3.exceptions.InvalidHeader, ValueError, OverflowError):
        pass
    return float(FIRST_PAUSE * 2 ** (tried - 1) * random.uniform(1, 1.5))


def _reason(status: int) -> str:
    if status in (TOO_MANY, UNAVAILABLE):
        return "busy"
    if status == 403:
        return "refused"
    if 300 <= status < 400:
        return "elsewhere"
    if status == 404:
        return "absent"  # FHIR R4, http.html: for a search, the type of resource is not supported
    return "unsupported" if status in UNSUPPORTED else "fault"
