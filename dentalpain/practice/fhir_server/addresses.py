"""Addresses of servers: encrypted ones alone, and where each ends."""

from __future__ import annotations

from urllib.parse import urlsplit

from ...errors import SettingsError

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
PORTS = {"https": 443, "http": 80}

Origin = tuple[str, str, int]


def origin_of(address: str) -> Origin | None:
    """Scheme, host and port; None for what is no web address."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname and parts.scheme in PORTS else None


def is_safe(address: object) -> bool:
    """Whether secrets may go there: https, or http on this machine; no user in it and no fragment."""
    if not isinstance(address, str) or not address.isascii() or any(sign.isspace() for sign in address):
        return False
    origin = origin_of(address)
    if origin is None or "@" in urlsplit(address).netloc or "#" in address:
        return False
    return origin[0] == "https" or origin[1] in LOCAL


def checked_base(address: str, what: str) -> str:
    """The address without a slash at its end; raises SettingsError, which names `what`, if it cannot be a base."""
    if not is_safe(address) or urlsplit(address).query:
        raise SettingsError(f"{what}: write an address that starts with https:// (http:// on this machine alone).")
    return address.rstrip("/")
