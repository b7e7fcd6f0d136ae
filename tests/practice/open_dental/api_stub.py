"""Open Dental's API as its vendor documents it, in a thread of the test: keys, pages, explanations, uploads.

Source of each behaviour: opendental.com/site, pages apiimplementation, apisetup, apidefinitions, apidocuments (2025-11).
"""

from __future__ import annotations

import base64
import contextlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

DEVELOPER, CUSTOMER = "DevKey0123456789", "OfficeKey98765432"
STATUS = {101: "Patient", 104: "Archived", 105: "Deleted", 107: "Deceased"}  # PatStatus, as text
CATEGORY, HIDDEN = 333, 334


def definition(number: int, hidden: str = "false", category: int = 18) -> dict[str, Any]:
    return {"DefNum": number, "ItemName": f"Kind {number}", "ItemValue": "", "Category": category,
            "category": "ImageCats", "isHidden": hidden}  # fmt: skip


@dataclass
class Stub:
    """What it saw, and how it shall behave."""

    base: str = ""
    fault: tuple[int, Any] | None = None  # a status and a body in place of every answer
    once: list[tuple[int, Any]] = field(default_factory=list)  # the same, each for one request
    delay: float = 0.0
    drop: bool = False  # take an upload and hang up
    definitions: list[dict[str, Any]] = field(default_factory=list)
    seen: list[tuple[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    filed: list[dict[str, Any]] = field(default_factory=list)
    made: dict[str, Any] | None = None  # the answer to an upload, in place of the documented one

    def answer(self, method: str, path: str, query: dict[str, list[str]], headers: Any, body: bytes) -> tuple[int, Any]:
        if self.once:
            return self.once.pop(0)
        if self.fault:
            return self.fault
        if headers.get("Content-Type") != "application/json":
            return 400, "Invalid Content-Type"
        if headers.get("Authorization") != f"ODFHIR {DEVELOPER}/{CUSTOMER}":
            return 401, "Invalid credentials"
        if (method, path) == ("GET", "/api/v1/definitions"):
            return 200, self._page(query)
        if method == "GET" and path.startswith("/api/v1/patients/"):
            number = int(path.rpartition("/")[2])
            return (200, {"PatNum": number, "LName": "Marsh", "PatStatus": STATUS[number]}) if number in STATUS else (
                404, "Patient not found"
            )  # fmt: skip
        if (method, path) == ("POST", "/api/v1/documents/Upload"):
            return self._upload(json.loads(body))
        return 404, "Not found"

    def _page(self, query: dict[str, list[str]]) -> list[dict[str, Any]]:
        wanted = [one for one in self.definitions if [str(one["Category"])] == query.get("Category")]
        shown = [one for one in wanted if one["isHidden"] == "false" or query.get("includeHidden") == ["true"]]
        start = int(query.get("Offset", ["0"])[0])
        return shown[start : start + 100]

    def _upload(self, body: dict[str, Any]) -> tuple[int, Any]:
        if any(name not in body for name in ("PatNum", "rawBase64", "extension")):
            return 400, "PatNum, rawBase64 and extension are required."
        if body["PatNum"] not in STATUS:
            return 404, "Patient not found"
        self.filed.append({**body, "data": base64.b64decode(body["rawBase64"], validate=True)})
        made = {"DocNum": 92 + len(self.filed), "PatNum": body["PatNum"], "DocCategory": body["DocCategory"],
                "Description": body["Description"], "ImgType": body["ImgType"], "PrintHeading": "false"}  # fmt: skip
        return 201, self.made or made


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    stub: ClassVar[Stub]

    def do_GET(self) -> None:
        self._serve("GET")

    def do_POST(self) -> None:
        self._serve("POST")

    def _serve(self, method: str) -> None:
        stub = self.stub
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        stub.times.append(time.monotonic())
        stub.seen.append((method, self.path))
        status, answer = stub.answer(method, parts.path, parse_qs(parts.query), self.headers, body)
        time.sleep(stub.delay)
        if stub.drop:
            self.close_connection = True
            return
        # Explanations come as text, not as JSON.
        plain = isinstance(answer, str)
        data = answer.encode() if plain else json.dumps(answer).encode()
        with contextlib.suppress(ConnectionError):  # who asked may have gone
            self.send_response(status)
            self.send_header("Content-Type", "text/plain" if plain else "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the output of the tests quiet."""


@contextmanager
def open_stub() -> Iterator[Stub]:
    """The stub on a free port of this machine."""
    stub = Stub(definitions=[definition(CATEGORY), definition(HIDDEN, "true")])
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"stub": stub}))
    server.daemon_threads = True
    stub.base = f"http://127.0.0.1:{server.server_address[1]}/api/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
