"""How our client says who it is at the token endpoint: a public one, one with a secret, one with a key pair."""

from __future__ import annotations

import base64
import secrets
import time
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import quote_plus

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_SECONDS = 240  # SMART App Launch 2.2: no more than five minutes


class ClientProof(Protocol):
    """Adds to a token request what proves the client."""

    def add(self, client_id: str, audience: str, form: dict[str, str], headers: dict[str, str]) -> None:
        """Write the proof into the form or the headers."""


class NoProof:
    """A public client, which names itself alone."""

    def add(self, client_id: str, audience: str, form: dict[str, str], headers: dict[str, str]) -> None:
        """The id of the client."""
        form["client_id"] = client_id


@dataclass(frozen=True, slots=True)
class ClientSecret:
    """A secret, sent by HTTP Basic authentication (SMART `client-confidential-symmetric`)."""

    secret: str = field(repr=False)

    def add(self, client_id: str, audience: str, form: dict[str, str], headers: dict[str, str]) -> None:
        """The Authorization header; both parts are form-encoded first (RFC 6749, 2.3.1)."""
        pair = f"{quote_plus(client_id)}:{quote_plus(self.secret)}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"


@dataclass(frozen=True, slots=True)
class ClientKey:
    """A private key as PEM, its id in the registered JWK Set, and ES384 or RS384 (`client-confidential-asymmetric`)."""

    pem: str = field(repr=False)
    kid: str
    algorithm: str = "ES384"

    def add(self, client_id: str, audience: str, form: dict[str, str], headers: dict[str, str]) -> None:
        """A signed statement that is good for one use at this token endpoint."""
        import jwt

        now = int(time.time())
        claims = {"iss": client_id, "sub": client_id, "aud": audience, "iat": now, "exp": now + ASSERTION_SECONDS}
        claims |= {"jti": secrets.token_urlsafe(24)}
        form["client_assertion_type"] = ASSERTION
        form["client_assertion"] = jwt.encode(claims, self.pem, algorithm=self.algorithm, headers={"kid": self.kid})
