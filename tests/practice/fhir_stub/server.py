"""The process of the stub: `python -m tests.practice.fhir_stub.server KEY` prints its port and serves until stopped."""

from __future__ import annotations

import gzip
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from . import charts, sign_in

Json = dict[str, Any]
FAULTY = "Condition"  # the type of resource whose search has the fault of the mode


def outcome(text: str, severity: str = "error") -> Json:
    # The diagnostics of real servers hold values of the request; a client repeats none of them.
    return {"resourceType": "OperationOutcome", "issue": [{"severity": severity, "code": "processing", "diagnostics": text}]}


class Run:
    """One base: its mode, what it has seen, and what was filed in it."""

    def __init__(self, modes: frozenset[str], base: str) -> None:
        self.modes, self.base = modes, base
        self.seen: list[Json] = []
        self.filed: dict[str, Json] = {}
        self.sign_in = sign_in.SignIn(base, modes)
        self.lock = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    runs: ClassVar[dict[str, Run]] = {}
    lock = threading.Lock()

    def do_GET(self) -> None:
        self._serve("GET")

    def do_POST(self) -> None:
        self._serve("POST")

    def do_DELETE(self) -> None:
        self._serve("DELETE")

    def _serve(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        parts = urlsplit(self.path)
        if parts.path == "/favicon.ico":  # a browser asks for it by itself
            return self._answer(204, None)
        _, modes, run, *rest = parts.path.split("/", 3)
        base = f"http://127.0.0.1:{self.server.server_address[1]}/{modes}/{run}/r4"
        with self.lock:
            held = self.runs.setdefault(run, Run(frozenset(modes.split("+")), base))
        path, query = rest[0] if rest else "", dict(parse_qsl(parts.query))
        if path == "seen":
            return self._answer(200, held.seen)
        with held.lock:
            authorization = self.headers.get("Authorization", "")
            held.seen.append({"method": method, "path": self.path, "host": self.headers.get("Host"),
                              "authorization": authorization, "body": body})  # fmt: skip
        if path.startswith("auth/"):
            return self._sign_in(held, path.removeprefix("auth/"), query, body)
        if path == ".well-known/openid-configuration":
            return self._answer(200, {"issuer": held.sign_in.home, "jwks_uri": f"{held.sign_in.home}/auth/keys"})
        return self._fhir(held, method, path.removeprefix("r4/"), query, body)

    # -- sign-in -----------------------------------------------------------------------------------------------------

    def _sign_in(self, run: Run, path: str, query: dict[str, str], body: str) -> None:
        if path == "authorize":
            status, told = run.sign_in.authorize(query)
            return self._answer(status, told, {"Location": told} if status == 302 else {})
        if path == "keys":
            return self._answer(200, sign_in.jwks())
        with run.lock:
            status, granted = run.sign_in.token(dict(parse_qsl(body)), self.headers.get("Authorization", ""))
        return self._answer(status, granted, {"Cache-Control": "no-store"})

    # -- FHIR --------------------------------------------------------------------------------------------------------

    def _fhir(self, run: Run, method: str, path: str, query: dict[str, str], body: str) -> None:
        if path == ".well-known/smart-configuration":
            return self._answer(200, run.sign_in.configuration())
        if path == "metadata":
            return self._answer(*self._capability(run))
        bound = None
        if "token_refused" in run.modes:
            return self._answer(401, outcome("token"))
        if "smart" in run.modes:
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            bound, until = run.sign_in.tokens.get(token, ("", 0.0))
            if time.time() >= until:
                return self._answer(401, outcome("token"))
        kind, _, name = path.partition("/")
        if method == "POST":
            return self._create(run, kind, body)
        if method == "DELETE":
            run.filed.pop(path, None)
            return self._answer(204, None)
        if name:
            return self._one(run, kind, name, bound)
        if kind == FAULTY and self._fault(run):
            return None
        return self._search(run, kind, query)

    def _capability(self, run: Run) -> tuple[int, Json]:
        if "no_metadata" in run.modes:
            return 404, outcome("no such path")
        if "other_page" in run.modes:
            return 200, {"welcome": "to the portal of Ann Berg"}
        kinds = {one["resourceType"] for one in charts.RESOURCES} | charts.ELSE_OFFERED
        kinds -= {"MedicationDispense"} if "requests_alone" in run.modes else set()
        version = "5.0.0" if "newer" in run.modes else "4.0.1"
        offered = [{"type": kind, "interaction": [{"code": "search-type"}]} for kind in sorted(kinds)]
        rest = [{"mode": "server", "resource": offered}]
        return 200, {"resourceType": "CapabilityStatement", "fhirVersion": version, "rest": rest}

    def _one(self, run: Run, kind: str, name: str, bound: str | None) -> None:
        found = run.filed.get(f"{kind}/{name}") or next(
            (one for one in charts.RESOURCES if (one["resourceType"], one["id"]) == (kind, name)), None
        )
        if (bound is not None and kind == "Patient" and name != bound) or "withheld" in run.modes:
            return self._answer(403, outcome(f"not {name}"))
        if found is None:
            return self._answer(404, outcome(f"no {name}"))
        if "merged" in run.modes and name == charts.BO:
            found = {**found, "active": False, "link": [{"type": "replaced-by", "other": {"reference": "Patient/pt-17"}}]}
        return self._answer(200, found)

    def _create(self, run: Run, kind: str, body: str) -> None:
        if "file_refused" in run.modes and kind == "DocumentReference":
            return self._answer(422, outcome("no such type"))
        name = f"f{len(run.filed) + 1}"
        made = {**json.loads(body), "id": name}
        run.filed[f"{kind}/{name}"] = made
        if "no_location" in run.modes:
            return self._answer(201, made)
        return self._answer(201, None, {"Location": f"{run.base}/{kind}/{name}/_history/1"})

    def _search(self, run: Run, kind: str, query: dict[str, str]) -> None:
        if "no_include" in run.modes and "_include" in query:
            return self._answer(400, outcome("unknown parameter"))
        for mode, status in (("forbidden", 403), ("not_offered", 404)):
            if mode in run.modes and kind == "AllergyIntolerance":
                return self._answer(status, outcome(f"no {kind} of Ann Berg"))
        if "requests_alone" in run.modes and kind in ("MedicationStatement", "MedicationDispense"):
            return self._answer(404, outcome("unknown type"))
        if "by_category" in run.modes and kind == "Observation" and "category" not in query:
            return self._answer(400, outcome("name a category"))
        found = [one for one in charts.RESOURCES if one["resourceType"] == kind]
        if "category" in query:
            found = [one for one in found if one["category"][0]["coding"][0]["code"] == query["category"]]
        if "patient" in query and "stranger" not in run.modes:
            found = [one for one in found if charts.is_of(one, query["patient"])]
        if kind == "Appointment" and "status" in query:
            found = [one for one in found if one["status"] == query["status"]]
        if kind == "List" and "list_more" in run.modes:
            item = {"item": {"reference": "AllergyIntolerance/hidden"}}
            found = [{**one, "entry": [*one["entry"], item]} if one["id"] == "allergies" else one for one in found]
        included = [charts.MEDICATION] if kind == "MedicationRequest" and "_include" in query else []
        included += charts.PATIENTS if kind == "Appointment" and "_include" in query else []
        return self._answer(200, self._page(run, kind, found, included, query))

    def _page(self, run: Run, kind: str, found: list[Json], included: list[Json], query: dict[str, str]) -> Json:
        skip = int(query.get("skip", 0))
        most = 1 if "paging" in run.modes else 100
        page = found[skip : skip + most]
        entries = [{"fullUrl": f"{run.base}/{kind}/{one['id']}", "resource": one, "search": {"mode": "match"}} for one in page]
        entries += [{"fullUrl": f"{run.base}/{one['resourceType']}/{one['id']}", "resource": one, "search": {"mode": "include"}}
                    for one in included]  # fmt: skip
        bundle: Json = {"resourceType": "Bundle", "type": "searchset", "total": len(found), "entry": entries}
        if skip + most < len(found):
            following = f"{kind}?{urlencode({**query, 'skip': str(skip + most)})}"
            relative = f"/{run.base.split('/', 3)[3]}/{following}"
            bundle["link"] = [{"relation": "next", "url": relative if "relative" in run.modes else f"{run.base}/{following}"}]
        if kind == FAULTY:
            self._bend(run, bundle)
        return bundle

    def _bend(self, run: Run, bundle: Json) -> None:
        elsewhere = run.base.replace("127.0.0.1", "localhost")
        if "foreign" in run.modes:
            bundle["link"] = [{"relation": "next", "url": f"{elsewhere}/Condition?stolen=1"}]
        if "loop" in run.modes:
            bundle["link"] = [{"relation": "next", "url": f"{run.base}/Condition?again=1"}]
        if "short" in run.modes:
            bundle["total"] = 99
        if "warned" in run.modes:
            bundle["entry"].append({"resource": outcome("part of the store is away"), "search": {"mode": "outcome"}})
        if "informed" in run.modes:
            bundle["entry"].append({"resource": outcome("took 3 ms", "information"), "search": {"mode": "outcome"}})

    def _fault(self, run: Run) -> bool:
        """Answer with the fault of the mode; False where there is none."""
        first = sum("/r4/Condition" in one["path"] for one in run.seen) == 1
        elsewhere = f"{run.base.replace('127.0.0.1', 'localhost')}/Condition?stolen=1"
        once: dict[str, tuple[int, Any, dict[str, str]]] = {
            "busy_once": (429, outcome("slow down"), {"Retry-After": "1"}),
            "fault_once": (500, outcome("fault"), {}),
        }
        always: dict[str, tuple[int, Any, dict[str, str]]] = {
            "away": (503, outcome("away"), {}),
            "long_pause": (429, outcome("come back"), {"Retry-After": "3600"}),
            "outcome": (200, outcome("fault"), {}),
            "garbage": (200, b"{'not': json", {}),
            "zipped": (200, gzip.compress(b"{}" + b" " * 100_000), {"Content-Encoding": "gzip"}),
            "large": (200, b'{"resourceType": "Bundle", "x": "' + b"x" * 200_000 + b'"}', {}),
            "redirect": (302, None, {"Location": elsewhere}),
        }
        for mode in run.modes:
            if mode in always or (mode in once and first):
                self._answer(*(once | always)[mode])
                return True
        if "drip" in run.modes:
            self._drip()
            return True
        if run.modes & {"hung", "cut_off"}:
            time.sleep(2.0 if "hung" in run.modes else 0)
            self.close_connection = True
            return True
        return False

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(40):
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                break
            time.sleep(0.1)
        self.close_connection = True

    def _answer(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/fhir+json")
            self.send_header("Content-Length", str(len(data)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)
        except OSError:
            self.close_connection = True

    def log_message(self, *args: Any) -> None:
        pass


def main() -> None:
    sign_in.SignIn.client_key = sys.argv[1]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
