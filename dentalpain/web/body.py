"""The body of a request to the API: bounded, strict JSON, with exact decimals."""

from __future__ import annotations

from typing import Any

from flask import g, request
from werkzeug.exceptions import RequestEntityTooLarge

from ..fhir.json_input import A_REQUEST, load_json

CALLED = "the request body"


def read_object(most_bytes: int) -> dict[str, Any]:
    """The JSON object of this request.

    Raises RequestEntityTooLarge beyond `most_bytes`, and RecordError for anything else that cannot be used.
    """
    data = request.stream.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise too_large(most_bytes)
    g._dentalpain_body = data
    return load_json(data, CALLED, A_REQUEST)


def too_large(most_bytes: int) -> RequestEntityTooLarge:
    """The error for a body beyond the limit."""
    return RequestEntityTooLarge(f"The body is larger than {most_bytes} bytes. DENTALPAIN_MAX_BODY decides.")
