"""Idempotency-Key: a write that is sent again is answered as before and done once.

The answer is kept in the store of the tenant for a day. Its times are the time of day, never the clock of the mount:
that one may be set back to evaluate old requests.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Callable

from flask import Response, g, request
from werkzeug.exceptions import BadRequest, Conflict, UnprocessableEntity

from ..storage.port import AssessmentStore, KeptAnswer
from .mount import mount

HEADER = "Idempotency-Key"
LONGEST_KEY = 255
KEPT_FOR = dt.timedelta(days=1)
CARRIED = ("Content-Type", "Content-Disposition", "Content-Security-Policy", "ETag", "Location")
AS_BYTES = "application/pdf"


def time_of_day() -> dt.datetime:
    """The present moment."""
    return dt.datetime.now(dt.UTC)


def answered_once(run: Callable[[], Response], patient_ref: str | None) -> Response:
    """What `run` answers, or what it answered before to the same request under the same key.

    `patient_ref`: whose data the request writes; None: it writes nothing, and is run again. Raises Conflict while the
    first one is under way, UnprocessableEntity for another request under the same key.
    """
    key, store = _key(), mount.service.store
    if key is None or store is None:
        return run()
    now = time_of_day()
    name, what = _digest("key", mount.name, str(g._dentalpain_actor.id), key), _request(key)
    claimed = KeptAnswer(name, what, now + KEPT_FOR, patient_ref=patient_ref)
    held = store.claim(claimed, now)
    if held is not None and held.request != what:
        raise UnprocessableEntity("This Idempotency-Key came with another request before. Take a new one.")
    if held is not None and held.status is None:
        raise Conflict("The request under this Idempotency-Key is under way, or broke off: see first what was kept.")
    if held is not None and held.body is not None:
        return _again(held)
    return _run(run, store, claimed)


def _run(run: Callable[[], Response], store: AssessmentStore, claimed: KeptAnswer) -> Response:
    try:
        response = run()
    except Exception:
        store.release(claimed.key)
        raise
    headers = {name: response.headers[name] for name in CARRIED if name in response.headers}
    body = _written(response) if claimed.patient_ref is not None else None
    until = time_of_day() + KEPT_FOR
    status = response.status_code
    store.keep_answer(KeptAnswer(claimed.key, claimed.request, until, status, headers, body, claimed.patient_ref))
    return response


def _key() -> str | None:
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not key.strip('"') or len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise BadRequest(f"Write an {HEADER} of 1 to {LONGEST_KEY} plain characters, such as a uuid.")
    return key


def _request(key: str) -> str:
    """Tells requests under one key apart; without the key nobody can try bodies against it."""
    return _digest(key, request.method, request.path, request.headers.get("Accept", ""), g._dentalpain_body.hex())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _written(response: Response) -> str:
    data = response.get_data()
    return base64.b64encode(data).decode("ascii") if response.mimetype == AS_BYTES else data.decode("utf-8")


def _again(held: KeptAnswer) -> Response:
    body = held.body or ""
    binary = held.headers.get("Content-Type", "").startswith(AS_BYTES)
    data = base64.b64decode(body) if binary else body.encode("utf-8")
    response = Response(data, held.status)
    response.headers.update(held.headers)
    response.headers["Idempotency-Replayed"] = "true"
    return response
