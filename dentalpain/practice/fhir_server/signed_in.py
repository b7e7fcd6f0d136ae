"""The token of a grant for each question, renewed when it ends."""

from __future__ import annotations

import threading

from ...errors import SignInError
from .shelf import Shelf
from .smart import Grant, SmartClient

ENDED = "The sign-in through the record system has ended. Open the patient from it again."


class GrantAccess:
    """Access by the grant that is kept on a shelf; one that is not renewed any more is taken away.

    `lock` is shared by all who may renew: some record systems take a refresh token once.
    """

    def __init__(self, client: SmartClient, shelf: Shelf, key: str, lock: threading.Lock) -> None:
        self._client, self._shelf, self._key, self._lock = client, shelf, key, lock

    def token(self) -> str:
        """The token for now. Raises SignInError when the sign-in has ended."""
        grant = self._grant()
        return self.renewed(grant.access_token) if self._client.runs_out(grant) else grant.access_token

    def renewed(self, refused: str) -> str:
        """Another token, also one that somebody else has fetched meanwhile. Raises SignInError."""
        with self._lock:
            grant = self._grant()
            return grant.access_token if grant.access_token != refused else self._renew(grant).access_token

    def _grant(self) -> Grant:
        grant = self._shelf.get(self._key)
        if not isinstance(grant, Grant):
            raise SignInError(ENDED)
        return grant

    def _renew(self, grant: Grant) -> Grant:
        again = self._client.refreshed(grant)
        if again is None:
            self._shelf.take(self._key)
            raise SignInError(ENDED)
        self._shelf.replace(self._key, again)
        return again
