"""With which token a server is asked."""

from __future__ import annotations

from typing import Protocol


class Access(Protocol):
    """Gives the bearer token of each question; several threads may ask at the same time."""

    def token(self) -> str:
        """The token for now; '' for a server that asks for none."""

    def renewed(self, refused: str) -> str | None:
        """Another token after the server refused this one; None where there is none."""


class FixedAccess:
    """One token that nobody renews."""

    def __init__(self, token: str = "") -> None:
        self._token = token

    def token(self) -> str:
        """The token."""
        return self._token

    def renewed(self, refused: str) -> str | None:
        """None."""
        return None
