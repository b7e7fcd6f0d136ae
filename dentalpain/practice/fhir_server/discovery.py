"""What a FHIR server says of its sign-in: `.well-known/smart-configuration`, and the keys of its id_tokens."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from ...errors import SignInError
from ...fhir.elements import Json, string, strings
from .addresses import is_safe
from .transport import Transport

REMEMBERED = 300.0  # seconds


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where to sign in at one FHIR server; `issuer` is who signs its id_tokens, `keys` where the keys for them stand."""

    base: str
    authorize: str
    token: str
    issuer: str
    keys: str


class Directory:
    """The endpoints of FHIR servers, asked for once in five minutes."""

    def __init__(self, transport: Callable[[str], Transport]) -> None:
        self._transport, self._lock = transport, threading.Lock()
        self._held: dict[str, tuple[Endpoints, float]] = {}

    def of(self, base: str) -> Endpoints:
        """The endpoints of a server. Raises NotAnsweredError, and SignInError where they cannot be used."""
        with self._lock:
            found, until = self._held.get(base, (None, 0.0))
        if found is None or time.monotonic() >= until:
            found = self._read(base)
            with self._lock:
                self._held[base] = (found, time.monotonic() + REMEMBERED)
        return found

    def keys(self, endpoints: Endpoints) -> Json:
        """The JWK Set for the id_tokens; read anew each time, since keys change. Raises NotAnsweredError."""
        return self._get(endpoints.keys)

    def _read(self, base: str) -> Endpoints:
        told = self._get(f"{base}/.well-known/smart-configuration")
        methods = told.get("code_challenge_methods_supported")
        if methods is not None and "S256" not in strings(methods):
            raise SignInError("The record system does not offer the protection that its sign-in needs (PKCE with S256).")
        issuer = string(told.get("issuer")) or base
        found = Endpoints(
            base, string(told.get("authorization_endpoint")), string(told.get("token_endpoint")), issuer,
            string(told.get("jwks_uri")) or self._keys_of(issuer),
        )  # fmt: skip
        if not all(map(is_safe, (found.authorize, found.token, found.keys))):
            raise SignInError("The record system names no safe address for its sign-in.")
        return found

    def _keys_of(self, issuer: str) -> str:
        """The place of the keys by OpenID Connect Discovery, for servers that leave it out of their SMART configuration."""
        if not is_safe(issuer):
            return ""
        told = self._get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        return string(told.get("jwks_uri")) if told.get("issuer") == issuer else ""

    def _get(self, address: str) -> Json:
        transport = self._transport(address)
        return transport.read(address, transport.until())
