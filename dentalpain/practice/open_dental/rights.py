"""What the account of the database may do: reading single columns, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable

# GRANT SELECT (`a`, `b`), UPDATE ON `opendental`.`patient` TO …
GRANT = re.compile(r"GRANT (?P<rights>.+?) ON (?P<rest>.+)", re.S)
COLUMNS = re.compile(r"\([^)]*\)")
HARMLESS = {"USAGE"}
FORBIDDEN = re.compile(r"`?\bSSN\b`?", re.I)


def too_wide(grants: Iterable[str]) -> str:
    """What an account has beyond reading single columns, as words for a sentence; empty where it has nothing."""
    for line in grants:
        found = GRANT.match(line)
        if found is None:
            return "has a role of the server"
        rights = found["rights"]
        if FORBIDDEN.search(rights):
            return "may read the SSN"
        for right in COLUMNS.sub("()", rights).split(","):
            plain = right.strip().upper()
            if plain == "SELECT":
                return "may read whole tables"
            if plain.removesuffix("()").strip() != "SELECT" and plain not in HARMLESS:
                return "may do more than read"
        if "WITH GRANT OPTION" in found["rest"].upper():
            return "may hand on its rights"
    return ""
