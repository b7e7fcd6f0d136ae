"""The two keys of Open Dental's API, read from the environment or from files: never from code, never shown."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...errors import SettingsError

DEVELOPER, CUSTOMER = "OPEN_DENTAL_DEVELOPER_KEY", "OPEN_DENTAL_CUSTOMER_KEY"
IN_A_FILE = "_FILE"
KEY = re.compile(r"[!-.0-~]{8,200}")  # visible ASCII without the slash that stands between the two
READABLE_BY_OTHERS = stat.S_IROTH | stat.S_IWOTH


@dataclass(frozen=True, slots=True)
class ApiKeys:
    """The key of the developer and that of the office, as the API's developer portal gives them out."""

    developer: str = field(repr=False)
    customer: str = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what can be no key; raises SettingsError, which repeats nothing of it."""
        for name, key in ((DEVELOPER, self.developer), (CUSTOMER, self.customer)):
            if not isinstance(key, str) or not KEY.fullmatch(key):
                raise SettingsError(f"{name}: this is no key of Open Dental's API. Copy it from the developer portal.")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> ApiKeys:
        """The keys that OPEN_DENTAL_DEVELOPER_KEY and OPEN_DENTAL_CUSTOMER_KEY hold, or files that …_FILE names.

        Raises SettingsError for a key that is missing or named twice, and for a file that everybody may read.
        """
        given = os.environ if environ is None else environ
        return cls(_secret(given, DEVELOPER), _secret(given, CUSTOMER))

    def authorization(self) -> str:
        """The header that each request carries."""
        return f"ODFHIR {self.developer}/{self.customer}"


def _secret(environ: Mapping[str, str], name: str) -> str:
    held, file = environ.get(name), environ.get(name + IN_A_FILE)
    if bool(held) == bool(file):
        said = "is set twice" if held else "is missing"
        raise SettingsError(f"{name} {said}. Set it, or name a file that holds it with {name}{IN_A_FILE}.")
    return held or _from_file(Path(str(file)), name + IN_A_FILE)


def _from_file(path: Path, name: str) -> str:
    try:
        mode, text = path.stat().st_mode, path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"{name}: the file cannot be read. Write its path, and one key in it.") from None
    if os.name == "posix" and mode & READABLE_BY_OTHERS:
        raise SettingsError(f"{name}: everybody may read this file. Take that right away: chmod o-rw.")
    return text.strip()
