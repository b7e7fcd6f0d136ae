"""Requests to Open Dental's API as its vendor documents them: paced, paged, bounded, and silent about what was sent.

The API holds a customer key to one request in five seconds where it may only read, in one second with any other
permission; the API service on the server of the office is not held to any. The documented answers are 200, 201, 400,
401, 404, 410 and 504, the refused ones with an explanation, which may repeat values of the request and is not passed on.
Source: opendental.com/site, pages apiimplementation, apipermissions, apilocal (2025-11).
"""

from __future__ import annotations

import importlib.util
import json
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from ...errors import NotAnsweredError, PracticeError, SettingsError
from ..fhir_server.addresses import checked_base
from ..fhir_server.transport import Answer, Limits, Transport
from .api_keys import ApiKeys

Json = dict[str, Any]

REMOTE = "https://api.opendental.com/api/v1"
SECONDS_BETWEEN = 1.0  # of the remote API, for a key that may do more than read
PAGE = 100  # rows: the limits of a page are 100, 1,000 or 10,000, so that a last page is no multiple of this
MOST_PAGES = 50
TRIES = 3
NOT_SENT = "not sent"
TOO_MANY = 429  # not documented; a proxy on the way may say it, and says that nothing was done
MOST_CHARACTERS = 16_800_000  # of a body

NO_ANSWER = "Open Dental's API does not answer. Check its address, and that it runs and can be reached from here."
UNCERTAIN = (
    "Open Dental did not say whether it took the document. Look into the patient's Imaging module before filing it again."
)
SENTENCES = {
    400: "Open Dental could not use the request. Check that its eConnector runs and that its version is recent enough.",
    401: "Open Dental refuses the keys of its API. Check both, that the office has enabled its key, and that the "
    "key has the permission Documents.",
    403: "Open Dental refuses the keys of its API. Check both, and the permissions of the key.",
    404: "Open Dental's API does not know the address, the patient or the image category. Check the address first.",
    410: "This version of Open Dental's API is no longer offered. Update dentalpain.",
    TOO_MANY: "Open Dental's API was asked too often. Try again in a minute.",
    504: "Open Dental's API took too long. Try again when the server is less busy.",
}


class Pace:
    """Lets one request begin after another with so many seconds between, for all threads that share it."""

    def __init__(
        self,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._seconds, self._clock, self._sleep = seconds, clock, sleep
        self._lock, self._next = threading.Lock(), 0.0

    def wait(self) -> None:
        """Wait for one's turn; whoever comes later waits for the next."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next)
            self._next = turn + self._seconds
        if turn > now:
            self._sleep(turn - now)


class Api:
    """One office's API at `base`, under its two keys; raises PracticeError, and SettingsError where it cannot work.

    `seconds_between` requests: by default those of the remote API, and none for an API service on this machine. The
    pace is that of this process; the vendor counts all that use the key. `timeout_seconds` bounds one request.
    """

    def __init__(
        self,
        keys: ApiKeys,
        base: str = REMOTE,
        *,
        seconds_between: float | None = None,
        timeout_seconds: float = 25,
        transport: Transport | None = None,
        pace: Pace | None = None,
    ) -> None:
        if importlib.util.find_spec("urllib3") is None:
            raise SettingsError("The API of Open Dental is asked with urllib3: install dentalpain[fhir].")
        address = checked_base(base, "the API of Open Dental")
        remote = urlsplit(address).hostname == urlsplit(REMOTE).hostname
        between = seconds_between if seconds_between is not None else SECONDS_BETWEEN if remote else 0.0
        if between < 0 or timeout_seconds <= 0:
            raise SettingsError("The API of Open Dental: seconds_between and timeout_seconds count seconds, from 0.")
        # The API is asked again here, at its own pace, and not by the connection.
        limits = Limits(answer_seconds=timeout_seconds, total_seconds=timeout_seconds, tries=1)
        self._keys, self._pace = keys, pace or Pace(between)
        self._transport = transport or Transport(address, limits=limits)

    def row(self, path: str) -> Json:
        """One resource. Raises NotAnsweredError with the status 404 where there is none."""
        return _object(_settled(self._ask("GET", path)))

    def rows(self, path: str, **parameters: str | int) -> list[Json]:
        """All rows of a list, page by page. Raises PracticeError where it does not end."""
        found: list[Json] = []
        for _ in range(MOST_PAGES):
            asked = {**parameters, **({"Offset": len(found)} if found else {})}
            page = _objects(_settled(self._ask("GET", f"{path}?{urlencode(asked)}" if asked else path)))
            found += page
            if not page or len(page) % PAGE:
                return found
        raise PracticeError("A list of Open Dental's API does not end. Update dentalpain.")

    def create(self, path: str, body: Json) -> Json:
        """Make one resource, at most once: what may have been done is not asked again, and the error says so."""
        data = json.dumps(body).encode("ascii")
        if len(data) > MOST_CHARACTERS:
            raise PracticeError("The document is larger than Open Dental's API takes. Print it instead.")
        try:
            answer = self._ask("POST", path, data)
        except NotAnsweredError as error:
            raise PracticeError(NO_ANSWER if error.reason == NOT_SENT else UNCERTAIN) from None
        if answer.status >= 500:
            raise PracticeError(UNCERTAIN)
        _check_status(answer)
        try:
            return _object(_read(answer))
        except PracticeError:
            raise PracticeError(UNCERTAIN) from None

    def _ask(self, method: str, path: str, data: bytes | None = None) -> Answer:
        headers = {"Authorization": self._keys.authorization(), "Content-Type": "application/json"}
        for _ in range(TRIES):
            self._pace.wait()
            address, until = self._transport.address(path), self._transport.until()
            try:
                answer = self._transport.send(method, address, until, headers, data)
            except NotAnsweredError as error:
                raise NotAnsweredError(NO_ANSWER, reason=NOT_SENT if _unsent(error) else error.reason) from None
            if answer.status != TOO_MANY:
                break
        return answer


def _check_status(answer: Answer) -> None:
    """Raise NotAnsweredError with our own words for what was refused."""
    if answer.status not in (200, 201):
        sentence = SENTENCES.get(answer.status, f"Open Dental's API failed (status {answer.status}). Try again later.")
        raise NotAnsweredError(sentence, reason="fault", status=answer.status)


def _read(answer: Answer) -> Any:
    try:
        return json.loads(answer.data)
    except (ValueError, RecursionError):
        raise PracticeError("Open Dental's API answered with something that is not JSON.") from None


def _settled(answer: Answer) -> Any:
    """The JSON of an answer that succeeded."""
    _check_status(answer)
    return _read(answer)


def _unsent(error: NotAnsweredError) -> bool:
    """Whether no connection came about, so that nothing can have been done."""
    import urllib3

    none = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError)
    return isinstance(error.__context__, none)


def truth(cell: object) -> bool | None:
    """A boolean of the API, which writes "true" and "false"; None for anything else."""
    return {"true": True, "false": False}.get(cell) if isinstance(cell, str) else None


def number(cell: object) -> int:
    """A key of a row, which is a number or its digits; 0 for anything else."""
    if isinstance(cell, str) and cell.isascii() and cell.isdigit() and len(cell) <= 19:
        return int(cell)
    return cell if isinstance(cell, int) and not isinstance(cell, bool) else 0


def _object(read: Any) -> Json:
    if not isinstance(read, Mapping):
        raise PracticeError("Open Dental's API answered with another shape than its documentation says.")
    return dict(read)


def _objects(read: Any) -> list[Json]:
    if not isinstance(read, list):
        raise PracticeError("Open Dental's API answered with another shape than its documentation says.")
    return [_object(one) for one in read]
