"""SMART App Launch 2: from the record system's launch, or from nothing, to a grant. Without pages and without state."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode, urlsplit

from ...errors import NotAnsweredError, SettingsError, SignInError
from ...fhir.elements import Json, string
from . import discovery, identity
from .addresses import checked_base, is_safe
from .client_keys import ClientProof, NoProof
from .discovery import Endpoints
from .identity import Clinician
from .transport import Answer, Limits, Transport, as_json

# What we ask for: who signs in, which patient, and to read that patient's record.
SCOPES = ("openid", "fhirUser", "patient/*.rs")
LAUNCH, STANDALONE = "launch", "launch/patient"
FORM = "application/x-www-form-urlencoded"
LIFE_WHEN_UNSAID = 300  # seconds: the least that is usual, so that an untold end is never overrun by much
EARLY = 30  # seconds before its end at which a token is no longer used
LONGEST_LAUNCH = 4000  # characters of the opaque launch value


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in under way: what must come back, and what proves that it was ours."""

    endpoints: Endpoints
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    scope: str


@dataclass(frozen=True, slots=True)
class Grant:
    """What the record system granted. Tokens stand in no text made from it."""

    endpoints: Endpoints
    clinician: Clinician
    patient: str
    need_patient_banner: bool
    scope: str
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    ends: float  # time.time()

    @property
    def base(self) -> str:
        """The FHIR server."""
        return self.endpoints.base

    @property
    def of_one_patient(self) -> bool:
        """Whether only the patient of the launch may be read."""
        return not any(scope.startswith(("user/", "system/")) for scope in self.scope.split())


class SmartClient:
    """Our application as the record systems know it.

    `issuers` are the FHIR servers that may launch us; any other is refused before it is asked anything. `redirect_uri`
    is registered there, and so is `proof` (`ClientSecret`, `ClientKey`; a public client without). `scopes` are asked
    for beside `launch` or `launch/patient`. Raises SettingsError and SignInError.
    """

    def __init__(
        self,
        client_id: str,
        redirect_uri: str,
        issuers: Sequence[str],
        *,
        proof: ClientProof | None = None,
        scopes: Sequence[str] = SCOPES,
        limits: Limits | None = None,
        ca_file: str | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        if not client_id or isinstance(issuers, str) or not issuers:
            raise SettingsError("SmartClient: name the client_id and a list of the FHIR servers that may launch it.")
        if not is_safe(redirect_uri):
            raise SettingsError("SmartClient: write redirect_uri with https:// (http:// on this machine alone).")
        if not {"openid", "fhirUser"} <= set(scopes):
            raise SettingsError("SmartClient: keep openid and fhirUser in scopes, so that every look has a name.")
        self.client_id, self.redirect_uri, self.ca_file = client_id, redirect_uri, ca_file
        self.issuers = tuple(checked_base(each, "SmartClient, issuers") for each in issuers)
        self.limits = limits or Limits()
        self._proof, self._scopes, self._clock = proof or NoProof(), tuple(scopes), clock
        self._known = discovery.Directory(self._transport)

    def check(self, base: str) -> None:
        """Whether the record system offers its sign-in. Raises NotAnsweredError and SignInError."""
        self._known.of(base)

    # -- the way there -----------------------------------------------------------------------------------------------

    def begin(self, issuer: str, launch: str | None = None) -> tuple[str, Pending]:
        """Start a sign-in: the address for the browser, to which the state is added, and what to keep under that state.

        `launch` is the value of an EHR launch; without it the launch is a standalone one. Raises SignInError for an
        issuer that is not expected, and NotAnsweredError where it does not answer.
        """
        base = issuer.rstrip("/")
        if base not in self.issuers:
            raise SignInError("This record system is not one of those that may open this application.")
        if launch is not None and not 0 < len(launch) <= LONGEST_LAUNCH:
            raise SignInError("The record system did not say what it opens. Open the patient from it again.")
        endpoints = self._known.of(base)
        scope = " ".join([STANDALONE if launch is None else LAUNCH, *self._scopes])
        pending = Pending(endpoints, secrets.token_urlsafe(32), secrets.token_urlsafe(64), scope)
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": scope,
            "aud": issuer,
            "nonce": pending.nonce,
            "code_challenge": _challenge(pending.verifier),
            "code_challenge_method": "S256",
            **({} if launch is None else {"launch": launch}),
        }
        return endpoints.authorize + ("&" if urlsplit(endpoints.authorize).query else "?") + urlencode(asked), pending

    # -- the way back ------------------------------------------------------------------------------------------------

    def finish(self, pending: Pending, answered: Mapping[str, str]) -> Grant:
        """The grant for what the browser brought back. Whoever calls has found `pending` by its state. Raises SignInError."""
        named = answered.get("iss")  # RFC 9207
        if named is not None and not hmac.compare_digest(named.encode(), pending.endpoints.issuer.encode()):
            raise SignInError("Another record system answered than the one that was asked.")
        if "error" in answered or not answered.get("code"):
            raise SignInError("The record system did not grant access. Open the patient from it again.")
        form = {
            "grant_type": "authorization_code",
            "code": answered["code"],
            "redirect_uri": self.redirect_uri,
            "code_verifier": pending.verifier,
        }
        told = self._ask_for_token(pending.endpoints, form)
        scope = string(told.get("scope")) or pending.scope
        if not any(each.startswith(("patient/", "user/")) for each in scope.split()):
            raise SignInError("The record system granted no access to the record.")
        if not string(told.get("patient")):
            raise SignInError("The record system named no patient. Open one there first.")
        return Grant(
            pending.endpoints,
            self._clinician(pending, told),
            string(told["patient"]),
            told.get("need_patient_banner") is not False,
            scope,
            string(told["access_token"]),
            string(told.get("refresh_token")),
            self._end_of(told),
        )

    def refreshed(self, grant: Grant) -> Grant | None:
        """The grant with another token; None where the record system gives none any more."""
        if not grant.refresh_token:
            return None
        form = {"grant_type": "refresh_token", "refresh_token": grant.refresh_token}
        try:
            told = self._ask_for_token(grant.endpoints, form)
        except SignInError:
            return None
        if string(told.get("patient")) not in ("", grant.patient):
            return None
        return replace(
            grant,
            access_token=string(told["access_token"]),
            scope=string(told.get("scope")) or grant.scope,
            refresh_token=string(told.get("refresh_token")) or grant.refresh_token,
            ends=self._end_of(told),
        )

    def runs_out(self, grant: Grant) -> bool:
        """Whether the token of a grant is at its end."""
        return self._clock() >= grant.ends - EARLY

    def _clinician(self, pending: Pending, told: Json) -> Clinician:
        return identity.read_identity(
            string(told.get("id_token")),
            self._known.keys(pending.endpoints),
            issuer=pending.endpoints.issuer,
            client_id=self.client_id,
            nonce=pending.nonce,
            base=pending.endpoints.base,
        )

    def _end_of(self, told: Json) -> float:
        life = told.get("expires_in")
        if not isinstance(life, int) or isinstance(life, bool) or life <= 0:
            life = LIFE_WHEN_UNSAID
        return self._clock() + life

    def _ask_for_token(self, endpoints: Endpoints, form: dict[str, str]) -> Json:
        """The answer of the token endpoint. Raises SignInError, and NotAnsweredError where it is not reached."""
        headers = {"Content-Type": FORM, "Accept": "application/json"}
        self._proof.add(self.client_id, endpoints.token, form, headers)
        transport = self._transport(endpoints.token)
        answer = transport.send("POST", endpoints.token, transport.until(), headers, urlencode(form).encode())
        told = _token_of(answer)
        if told is None:
            raise SignInError("The record system gave no access. Open the patient from it again.")
        return told

    def _transport(self, address: str) -> Transport:
        return Transport(address.split("?")[0], limits=self.limits, ca_file=self.ca_file)


def _token_of(answer: Answer) -> Json | None:
    try:
        told = as_json(answer)
    except NotAnsweredError:
        return None
    bearer = string(told.get("token_type")).lower() == "bearer"
    return told if answer.status == 200 and bearer and string(told.get("access_token")) else None


def _challenge(verifier: str) -> str:
    """RFC 7636: the SHA-256 of the verifier, base64url without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
