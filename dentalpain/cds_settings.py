"""The settings of the CDS Hooks services: whose requests are answered, under which address, and what may be fetched."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from marshmallow import Schema, ValidationError, fields

# marshmallow 4 makes Field generic; in 3.26 it cannot be subscripted at run time.
if TYPE_CHECKING:
    AnyField = fields.Field[Any]
else:
    AnyField = fields.Field

BASE_URL = (
    "write the address under which /cds-services stands; it starts with https:// (http:// on this machine alone), "
    'such as "https://office.example/pain".'
)
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
ANY_ORIGIN = "*"


def is_web_address(value: object, *, bare: bool = False) -> bool:
    """Whether this is https, or http on this machine; `bare`: scheme, host and port alone."""
    try:
        parts = urlsplit(value if isinstance(value, str) else "")
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or parts.username or parts.password)
    reachable = parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL)
    return bool(host) and plain and reachable and not (bare and parts.path)


class _Addresses(AnyField):
    """A list of addresses without a slash at the end; `bare` for the origins of pages."""

    def __init__(self, *, bare: bool = False, **kwargs: Any) -> None:
        super().__init__(load_default=tuple, **kwargs)
        self._bare = bare

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> tuple[str, ...]:
        if not isinstance(value, list | tuple):
            raise ValidationError('write a list of addresses, such as ["https://ehr.example"].')
        for each in value:
            if not (is_web_address(each, bare=self._bare) or (self._bare and each == ANY_ORIGIN)):
                kind = "origins without a path" if self._bare else "base addresses"
                raise ValidationError(f"write {kind} that start with https:// (http:// on this machine alone).")
        return tuple(each.rstrip("/") for each in value)


class _Issuers(AnyField):
    """For each issuer of tokens its keys: the path of a JWK Set, its https address, or the set itself."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping) or not all(isinstance(name, str) and name for name in value):
            raise ValidationError('write a dictionary such as {"https://ehr.example": "/srv/office/ehr-jwks.json"}.')
        for keys in value.values():
            if isinstance(keys, str) and "://" in keys and not is_web_address(keys):
                raise ValidationError("write the address of a JWK Set with https:// (http:// on this machine alone).")
            if not isinstance(keys, str | PathLike | Mapping) or not keys:
                raise ValidationError("write for each issuer the path, the address or the contents of its JWK Set.")
        return dict(value)


class CdsFields(Schema):
    """The part of the settings that speaks of CDS Hooks and of other sites."""

    cds_issuers = _Issuers(load_default=dict)
    cds_base_url = fields.String(
        load_default=None,
        allow_none=True,
        validate=lambda value: _must(is_web_address(value), BASE_URL),
    )
    cds_origins = _Addresses(bare=True)
    frame_ancestors = _Addresses(bare=True)
    cds_fhir_servers = _Addresses()


def _must(right: bool, message: str) -> bool:
    if not right:
        raise ValidationError(message)
    return True


def conflicts(settings: Mapping[str, Any]) -> str | None:
    """A sentence about settings that cannot stand together, or None."""
    if settings["cds_issuers"] and settings["cds_open"]:
        return "DENTALPAIN_CDS_OPEN: leave it out where DENTALPAIN_CDS_ISSUERS names who may ask; open means anybody."
    if settings["cds_issuers"] and not settings["cds_base_url"]:
        return (
            "DENTALPAIN_CDS_BASE_URL: write the public address under which /cds-services stands, "
            'such as "https://office.example/pain": tokens name it as their audience.'
        )
    if settings["cds_fhir_servers"] and importlib.util.find_spec("urllib3") is None:
        return "DENTALPAIN_CDS_FHIR_SERVERS: servers are read with urllib3; install dentalpain[fhir]."
    if ANY_ORIGIN in settings["cds_origins"] and not settings["cds_open"]:
        return "DENTALPAIN_CDS_ORIGINS: name the origins; every origin is for development alone (DENTALPAIN_CDS_OPEN)."
    if ANY_ORIGIN in settings["frame_ancestors"]:
        return "DENTALPAIN_FRAME_ANCESTORS: name the origins that may hold our pages in a frame; never all of them."
    return None


def cookie_conflict(settings: Mapping[str, Any], config: Mapping[str, Any]) -> str | None:
    """A sentence about a session cookie that the frames of the settings would not send, or None.

    Browsers take a cookie without SameSite for Lax, and refuse SameSite=None without Secure (RFC 6265bis, 5.7).
    """
    same_site = config.get("SESSION_COOKIE_SAMESITE")
    if not settings["frame_ancestors"]:
        return None
    if same_site is None:
        return (
            "DENTALPAIN_FRAME_ANCESTORS: forms in the frame of another site need the session cookie. Set "
            'SESSION_COOKIE_SAMESITE = "None" and SESSION_COOKIE_SECURE = True, or "Lax" where the frames are of your own site.'
        )
    if str(same_site).lower() == "none" and not config.get("SESSION_COOKIE_SECURE"):
        return "DENTALPAIN_FRAME_ANCESTORS: browsers drop a cookie with SameSite=None unless SESSION_COOKIE_SECURE = True."
    return None
