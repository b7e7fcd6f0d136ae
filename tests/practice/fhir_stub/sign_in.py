"""The sign-in of the stub: SMART App Launch 2 as the specification says, and the faults that a client must survive."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
import time
from typing import Any
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from .charts import ANN, BO

Json = dict[str, Any]
REDIRECT = re.compile(r"http://(127\.0\.0\.1|localhost)(:[0-9]{1,5})?/smart/callback")  # registered for every port: RFC 8252, 7.3
PUBLIC, SECRET_CLIENT, KEY_CLIENT = "dentalpain-public", "dentalpain secret", "dentalpain-key"
SECRET = "s3cret: ü%+"
LAUNCHES = {"launch-ann": ANN, "launch-bo": BO}
KEY, OTHER_KEY = ec.generate_private_key(ec.SECP384R1()), ec.generate_private_key(ec.SECP384R1())


def jwks() -> Json:
    held = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(KEY.public_key()))
    return {"keys": [{**held, "kid": "k1", "use": "sig", "alg": "ES384"}]}


class SignIn:
    """The authorization server of one base."""

    client_key = ""  # the public key of the client that signs, as PEM

    def __init__(self, base: str, modes: frozenset[str]) -> None:
        self.base, self.modes = base, modes
        self.home = base.removesuffix("/r4")
        self.codes: dict[str, Json] = {}
        self.tokens: dict[str, tuple[str, float]] = {}
        self.refreshes: dict[str, str] = {}
        self.used: set[str] = set()
        self.given = 0

    def configuration(self) -> Json:
        told: Json = {
            "issuer": self.home,
            "authorization_endpoint": f"{self.home}/auth/authorize",
            "token_endpoint": f"{self.home}/auth/token",
            "jwks_uri": f"{self.home}/auth/keys",
            "code_challenge_methods_supported": ["S256"],
            "capabilities": ["launch-ehr", "launch-standalone", "client-public", "sso-openid-connect", "permission-v2"],
        }
        if "plain_pkce" in self.modes:
            told["code_challenge_methods_supported"] = ["plain"]
        if "no_jwks" in self.modes:
            del told["jwks_uri"]
        if "unsafe_token" in self.modes:
            told["token_endpoint"] = "http://ehr.example/token"
        return told

    def authorize(self, asked: dict[str, str]) -> tuple[int, str]:
        """302 with where the browser goes, or 400 where it must not be sent anywhere."""
        known = asked.get("client_id") in (PUBLIC, SECRET_CLIENT, KEY_CLIENT)
        if not known or not REDIRECT.fullmatch(asked.get("redirect_uri", "")):
            return 400, "unknown client"
        back: dict[str, str] = {"state": asked.get("state", "")}
        wrong = self._wrong(asked)
        if wrong or "denied" in self.modes:
            back["error"] = wrong or "access_denied"
        else:
            code = secrets.token_urlsafe(16)
            self.codes[code] = {**asked, "at": time.time()}
            back["code"] = code
        if "wrong_state" in self.modes:
            back["state"] = secrets.token_urlsafe(32)
        if "wrong_iss_answer" in self.modes:
            back["iss"] = "http://127.0.0.1/other"
        return 302, f"{asked['redirect_uri']}?{urlencode(back)}"

    def _wrong(self, asked: dict[str, str]) -> str:
        scopes = asked.get("scope", "").split()
        if asked.get("response_type") != "code" or len(asked.get("state", "")) < 22:  # 122 bits in base64
            return "invalid_request"
        if asked.get("code_challenge_method") != "S256" or len(asked.get("code_challenge", "")) != 43:
            return "invalid_request"
        if asked.get("aud", "").rstrip("/") != self.base:
            return "invalid_request"
        if ("launch" in asked) != ("launch" in scopes) or ("launch" not in asked) != ("launch/patient" in scopes):
            return "invalid_scope"
        if "launch" in asked and asked["launch"] not in LAUNCHES:
            return "invalid_request"
        return ""

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, Json]:
        if not self._client_is(form, authorization):
            return 401, {"error": "invalid_client"}
        if form.get("grant_type") == "refresh_token":
            ref = self.refreshes.pop(form.get("refresh_token", ""), None)  # good for one use
            if ref is None or "no_refresh" in self.modes:
                return 400, {"error": "invalid_grant"}
            return 200, self._grant(ref)
        code = self.codes.pop(form.get("code", ""), None)
        if code is None or code["redirect_uri"] != form.get("redirect_uri"):
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != code["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        ref = LAUNCHES.get(code.get("launch", ""), BO)  # standalone: the person picks Bo
        told = self._grant(ref) | {"id_token": self._id_token(code), "need_patient_banner": "banner" in self.modes}
        for mode, member in (("no_id_token", "id_token"), ("no_patient", "patient"), ("unsaid_banner", "need_patient_banner")):
            if mode in self.modes:
                del told[member]
        if "no_scope" in self.modes:
            told["scope"] = "openid fhirUser"
        return 200, told

    def _grant(self, ref: str) -> Json:
        token, refresh = f"access-{secrets.token_urlsafe(16)}", f"refresh-{secrets.token_urlsafe(16)}"
        self.given += 1
        dead = "expired" in self.modes and self.given == 1  # it says an hour, and is refused at once
        self.tokens[token] = (ref, time.time() - 1 if dead else time.time() + 3600)
        told = {"access_token": token, "token_type": "Bearer", "expires_in": 3600, "patient": ref}
        told |= {"scope": "launch openid fhirUser patient/*.rs"}
        if "no_refresh_token" not in self.modes:
            self.refreshes[refresh] = ref
            told["refresh_token"] = refresh
        return told

    def _client_is(self, form: dict[str, str], authorization: str) -> bool:
        if authorization:
            # RFC 6749, 2.3.1: each half form-encoded, then joined and base64
            return authorization == "Basic " + base64.b64encode(b"dentalpain+secret:s3cret%3A+%C3%BC%25%2B").decode()
        if "client_assertion" in form:
            return self._assertion_is_good(form)
        return form.get("client_id") == PUBLIC

    def _assertion_is_good(self, form: dict[str, str]) -> bool:
        try:
            claims = jwt.decode(
                form["client_assertion"], self.client_key, algorithms=["ES384"], audience=f"{self.home}/auth/token",
                issuer=KEY_CLIENT, options={"require": ["iss", "sub", "aud", "exp", "jti"]},
            )  # fmt: skip
        except jwt.PyJWTError:
            return False
        fresh = claims["jti"] not in self.used and claims["exp"] <= time.time() + 300
        self.used.add(claims["jti"])
        return fresh and claims["sub"] == KEY_CLIENT and jwt.get_unverified_header(form["client_assertion"])["kid"] == "c1"

    def _id_token(self, code: Json) -> str:
        now = int(time.time())
        claims = {
            "iss": self.home, "sub": "u7", "aud": code["client_id"], "iat": now, "exp": now + 300, "nonce": code.get("nonce"),
            "fhirUser": f"{self.base}/Practitioner/reyes", "name": "Dr. Dana Reyes",
        }  # fmt: skip
        faults: dict[str, Json] = {
            "wrong_nonce": {"nonce": "another"},
            "wrong_aud": {"aud": "another-client"},
            "two_auds": {"aud": [code["client_id"], "another-client"]},
            "wrong_iss": {"iss": "http://127.0.0.1/other"},
            "old_id_token": {"exp": now - 3600},
            "patient_user": {"fhirUser": f"{self.base}/Patient/{ANN}"},
            "no_user": {"fhirUser": None},
            "relative_user": {"fhirUser": "Practitioner/reyes"},
        }
        for mode in self.modes & set(faults):
            claims |= faults[mode]
        if "unsigned" in self.modes:
            return jwt.encode(claims, None, algorithm="none", headers={"kid": "k1"})
        return jwt.encode(claims, OTHER_KEY if "wrong_key" in self.modes else KEY, algorithm="ES384", headers={"kid": "k1"})
