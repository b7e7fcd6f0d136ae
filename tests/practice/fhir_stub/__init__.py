"""A FHIR server and its sign-in, in a process of their own, with one fault by name: `stub.base("paging")`."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]


class Stub:
    """The running stub. Each base is a server of its own, with its own memory."""

    def __init__(self, port: int, client_pem: str) -> None:
        self.origin, self.client_pem = f"http://127.0.0.1:{port}", client_pem
        self._runs = itertools.count(1)

    def base(self, *modes: str) -> str:
        """The base address of a fresh FHIR server that behaves so."""
        return f"{self.origin}/{'+'.join(modes) or 'plain'}/{next(self._runs)}/r4"

    def seen(self, base: str) -> list[dict[str, Any]]:
        """The requests that this server has had: method, path, authorization, body."""
        with urllib.request.urlopen(f"{base.removesuffix('/r4')}/seen", timeout=10) as response:
            found: list[dict[str, Any]] = json.load(response)
        return found

    def paths(self, base: str, kind: str) -> list[str]:
        """The paths and queries under the base that asked for a type of resource."""
        held = (one["path"].partition("/r4/")[2] for one in self.seen(base))
        return [path for path in held if path.partition("?")[0].partition("/")[0] == kind]


@contextmanager
def open_stub() -> Iterator[Stub]:
    """Start the stub on a free port of this machine, and stop it; `client_pem` is the key of the client that signs."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

    key = ec.generate_private_key(ec.SECP384R1())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    command = [sys.executable, "-W", "ignore", "-m", "tests.practice.fhir_stub.server", public]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as started:
        try:
            assert started.stdout is not None
            yield Stub(int(started.stdout.readline()), private)
        finally:
            started.terminate()
