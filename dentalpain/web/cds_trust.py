"""Who asks: the JSON Web Token of a known issuer, its signature, audience, times and single use.

The time of a token is the time of day, never the clock of the mount: that one may be set back to evaluate old requests.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.util
import json
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import ServiceUnavailable, Unauthorized

from ..errors import SettingsError, StoreError

# Signatures with a key pair alone: the specification forbids shared secrets and unsigned tokens.
ALGORITHMS = ("ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "EdDSA")
CLAIMS = ("iss", "aud", "exp", "iat", "jti")
LEEWAY = 30  # seconds that clocks may differ
LONGEST_LIFE = 3600  # seconds; a longer token would have to be remembered for as long
MOST_REMEMBERED = 100_000
SECONDS_FOR_KEYS = 5
OPEN = "open"


StoreOf = Callable[[], Any]


class Trust(Protocol):
    """Decides who sent a request."""

    def check(self, header: str, audiences: tuple[str, ...], store: StoreOf) -> str:
        """The client behind an Authorization header; raises Unauthorized."""


class Nobody:
    """No client is known and the services are not open."""

    def check(self, header: str, audiences: tuple[str, ...], store: StoreOf) -> str:
        """Raises Unauthorized."""
        raise _refused("No CDS client is known here: DENTALPAIN_CDS_ISSUERS names them.")


class Anybody:
    """Open, for development alone."""

    def check(self, header: str, audiences: tuple[str, ...], store: StoreOf) -> str:
        """Whoever asks."""
        return OPEN


class KnownIssuers:
    """Tokens of the issuers that the host named, each once: in this process, and through the store in all of them."""

    def __init__(self, issuers: Mapping[str, Any]) -> None:
        self._keys = {issuer: _keys_of(where) for issuer, where in issuers.items()}
        self._seen: dict[tuple[str, str], float] = {}
        self._lock = threading.Lock()

    def check(self, header: str, audiences: tuple[str, ...], store: StoreOf) -> str:
        """The issuer of the token; raises Unauthorized without saying what of it was wrong beyond its kind."""
        import jwt

        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise _refused("Send a JSON Web Token as Authorization: Bearer.")
        try:
            claims = self._claims(token.strip(), audiences)
        except jwt.PyJWKClientConnectionError:
            raise ServiceUnavailable("The keys of this client cannot be fetched now.") from None
        except jwt.ExpiredSignatureError:
            raise _refused("The token has expired.") from None
        except jwt.InvalidAudienceError:
            raise _refused("The token is meant for another address.") from None
        except (jwt.PyJWTError, ValueError, TypeError, KeyError, OSError):
            raise _refused("The token cannot be accepted.") from None
        self._use_once(claims)
        _use_once_everywhere(claims, store())
        return str(claims["iss"])

    def _claims(self, token: str, audiences: tuple[str, ...]) -> dict[str, Any]:
        import jwt

        unverified = jwt.decode(token, options={"verify_signature": False})
        issuer = unverified.get("iss")
        keys = self._keys.get(issuer) if isinstance(issuer, str) else None
        name = jwt.get_unverified_header(token).get("kid")
        if keys is None or not isinstance(name, str):
            raise jwt.InvalidIssuerError
        claims: dict[str, Any] = jwt.decode(
            token,
            keys.key(name),
            algorithms=list(ALGORITHMS),
            audience=list(audiences),
            issuer=issuer,
            leeway=LEEWAY,
            options={"require": list(CLAIMS)},
        )
        if not isinstance(claims["jti"], str) or not claims["jti"] or claims["exp"] - claims["iat"] > LONGEST_LIFE:
            raise jwt.InvalidTokenError
        return claims

    def _use_once(self, claims: Mapping[str, Any]) -> None:
        now, name = time.time(), (str(claims["iss"]), str(claims["jti"]))
        with self._lock:
            if len(self._seen) >= MOST_REMEMBERED:
                self._seen = {each: until for each, until in self._seen.items() if until > now}
            if self._seen.get(name, 0) > now:
                raise _refused("The token was used before.")
            if len(self._seen) >= MOST_REMEMBERED:
                raise ServiceUnavailable("Too many requests at once.")
            self._seen[name] = float(claims["exp"]) + LEEWAY


def _use_once_everywhere(claims: Mapping[str, Any], store: Any) -> None:
    """Have the store remember the token, as a digest, for all processes of this office."""
    if store is None:
        return
    token = hashlib.sha256(f"{claims['iss']}\x1f{claims['jti']}".encode("utf-8", "surrogatepass")).hexdigest()
    now = dt.datetime.now(dt.UTC)
    until = max(now, dt.datetime.fromtimestamp(float(claims["exp"]), dt.UTC)) + dt.timedelta(seconds=LEEWAY)
    try:
        first = store.use_once(token, until, now)
    except StoreError:
        raise ServiceUnavailable("Whether the token was used before cannot be found out now.") from None
    if not first:
        raise _refused("The token was used before.")


class _Fixed:
    """A JWK Set in the settings or in a file; the file is read each time, so that a new key needs no restart."""

    def __init__(self, where: Any) -> None:
        self._where = where

    def key(self, name: str) -> Any:
        """The key of this id; raises KeyError."""
        import jwt

        held = self._where
        if not isinstance(held, Mapping):
            held = json.loads(Path(held).read_text(encoding="utf-8"))
        return jwt.PyJWKSet.from_dict(dict(held))[name]


class _Fetched:
    """A JWK Set behind an address, kept for five minutes."""

    def __init__(self, address: str) -> None:
        import jwt

        self._client = jwt.PyJWKClient(address, timeout=SECONDS_FOR_KEYS)

    def key(self, name: str) -> Any:
        """The key of this id; raises PyJWKClientError."""
        return self._client.get_signing_key(name)


def _keys_of(where: Any) -> _Fixed | _Fetched:
    return _Fetched(where) if isinstance(where, str) and "://" in where else _Fixed(where)


def trust_of(issuers: Mapping[str, Any], is_open: bool) -> Trust:
    """Who may ask, by the settings; raises SettingsError where the library for tokens is missing."""
    if is_open:
        return Anybody()
    if not issuers:
        return Nobody()
    if importlib.util.find_spec("jwt") is None:
        raise SettingsError("DENTALPAIN_CDS_ISSUERS: tokens are checked with PyJWT; install dentalpain[cds].")
    return KnownIssuers(issuers)


def _refused(why: str) -> Unauthorized:
    return Unauthorized(why, www_authenticate=WWWAuthenticate("bearer"))
