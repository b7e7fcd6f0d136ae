"""The office as a handout shows it, from what a host, a file or a form says about it."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Any
from urllib.parse import urlsplit

from ..errors import WordingError
from .content import Office
from .logo import read_logo
from .text import clean

KEYS = ("name", "phone", "lines", "address", "hours", "url", "logo", "next_visit", "procedure_codes")
LONGEST = {"name": 120, "phone": 40, "lines": 120, "address": 120, "hours": 120, "url": 200, "next_visit": 120}
MOST_LINES = 6  # of lines, address and hours each


def read_office(office: Mapping[str, Any]) -> Office:
    """The office from its `name`, `phone`, `lines`, `address` and `hours` (text or a list), `url` and `logo`.

    `url` is an https address; `logo` the bytes or the path of a PNG or JPEG file. Other keys are left alone.

    Raises WordingError without a name, for a value that is no text or too long, and for a url or logo that cannot be
    printed.
    """
    name = _line(office, "name")
    if not name:
        raise WordingError("the office needs a name.", where="office.name", mend="Write 1 to 120 characters.")
    lines = [line for key in ("lines", "address", "hours") for line in _lines(office, key)]
    source = office.get("logo")
    if source is not None and not isinstance(source, bytes | str | PathLike):
        raise WordingError("this is no logo.", where="office.logo", mend="Write the path of a PNG or JPEG file.")
    return Office(
        name=name,
        phone=_line(office, "phone"),
        lines=tuple(lines),
        url=_url(_line(office, "url")),
        logo=read_logo(source) if source else None,
    )


def read_next_visit(office: Mapping[str, Any]) -> str:
    """When the patient comes again, as the office wrote it; raises WordingError for what is no text or too long."""
    return _line(office, "next_visit")


def _lines(office: Mapping[str, Any], key: str) -> list[str]:
    value = office.get(key) or []
    lines = list(value) if isinstance(value, list | tuple) else [value]
    if len(lines) > MOST_LINES:
        raise WordingError("there are too many lines.", where=f"office.{key}", mend=f"Write {MOST_LINES} at most.")
    return [line for line in (_text(line, key) for line in lines) if line]


def _line(office: Mapping[str, Any], key: str) -> str:
    return _text(office.get(key) or "", key)


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise WordingError("a value is not text.", where=f"office.{key}", mend="Put it in quotation marks.")
    if len(value) > LONGEST[key]:
        mend = f"Write {LONGEST[key]} characters at most."
        raise WordingError("a text is too long.", where=f"office.{key}", mend=mend)
    return clean(value, f"office {key}")


def _url(url: str) -> str:
    """The address, if a browser opens just this and nothing else with it."""
    try:
        parts = urlsplit(url)
        plain = url.isascii() and not set(url) & set(" \"<>\\^`{|}") and "@" not in parts.netloc
        good = parts.scheme == "https" and bool(parts.hostname) and plain
    except ValueError:
        good = False
    if url and not good:
        raise WordingError(
            "the address on the web cannot be printed.",
            where="office.url",
            mend="Write it as the browser shows it, starting with https://.",
        )
    return url
