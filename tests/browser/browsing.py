"""The browser of these tests, and a host served to it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from examples.office.people import PEOPLE

CHROMIUM = os.environ.get("DENTALPAIN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
IN_A_BROWSER = [
    pytest.mark.skipif(CHROMIUM is None, reason="no browser: install chromium"),
    # A browser that goes away leaves sockets of the test server behind; when they are collected is chance.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def free_port() -> int:
    """A port for a host that must know its own address before it is served."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextmanager
def served(app: Flask, port: int = 0) -> Iterator[str]:
    """The address of a host while it is served on this computer, on any free port where none is named."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def sign_in(page: Any, who: str) -> None:
    """Sign somebody of the example office in on its sign-in page, which stands open."""
    password = next(person.password for person in PEOPLE if person.id == who)
    page.get_by_label("Name").fill(who)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()
