"""A record system to try the SMART host with: `python -m tests.practice.fhir_stub`. All people in it are made up."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import suppress
from urllib.parse import urlencode

from . import open_stub

HOST = "http://127.0.0.1:5000"


def main() -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that its server ends with it
    with open_stub() as stub:
        base = stub.base("smart", "banner")
        print(f"export SMART_ISSUER={base}")
        for name in ("ann", "bo"):
            print(f"# {name}: {HOST}/smart/launch?{urlencode({'iss': base, 'launch': f'launch-{name}'})}")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
