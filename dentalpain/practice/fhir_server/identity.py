"""Who signed in: the id_token of the record system, its signature, audience, times and nonce."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...errors import SignInError
from ...fhir.elements import Json, string

# Signatures with a key pair alone: a shared secret or no signature proves nothing of the record system.
ALGORITHMS = ("ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "EdDSA")
LEEWAY = 30  # seconds that clocks may differ
STAFF = frozenset({"Practitioner", "PractitionerRole"})


@dataclass(frozen=True, slots=True)
class Clinician:
    """The person at the screen: `id` is the absolute address of their FHIR resource, `name` what the token calls them."""

    id: str
    name: str


def read_identity(token: str, keys: Json, *, issuer: str, client_id: str, nonce: str, base: str) -> Clinician:
    """The clinician of an id_token. Raises SignInError, also for a patient who signed in: our pages are for staff."""
    claims = _verified(token, keys, issuer, client_id)
    if not hmac.compare_digest(string(claims.get("nonce")).encode(), nonce.encode()):
        raise SignInError("The record system answered another sign-in than this one. Open the patient from it again.")
    if not isinstance(claims["aud"], str) and len(claims["aud"]) > 1 and claims.get("azp") != client_id:
        raise SignInError("The sign-in was given to another application. Open the patient from the record system again.")
    return _clinician(claims, base)


def _verified(token: str, keys: Json, issuer: str, client_id: str) -> Mapping[str, Any]:
    import jwt

    try:
        held = jwt.PyJWKSet.from_dict(keys).keys
        name = jwt.get_unverified_header(token).get("kid")
        fitting = [key for key in held if key.key_id == name] if name is not None else held
        if len(fitting) != 1:
            raise jwt.InvalidKeyError
        claims: Mapping[str, Any] = jwt.decode(
            token,
            fitting[0],
            algorithms=list(ALGORITHMS),
            audience=client_id,
            issuer=issuer,
            leeway=LEEWAY,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        raise SignInError("The record system did not prove who signed in. Open the patient from it again.") from None
    return claims


def _clinician(claims: Mapping[str, Any], base: str) -> Clinician:
    """The person of `fhirUser`, which may be relative to the FHIR server or absolute."""
    user = string(claims.get("fhirUser")).split("/_history/")[0]
    kind, _, name = user.removeprefix(f"{base}/").rpartition("/")
    if kind.rpartition("/")[2] not in STAFF or not name:
        raise SignInError("These pages are for clinicians, and the record system did not say that one signed in.")
    address = user if "://" in user else f"{base}/{user}"
    return Clinician(address, string(claims.get("name")).strip() or name)
