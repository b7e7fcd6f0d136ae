"""Writing a file whole or not at all, on Windows as elsewhere."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ..errors import InputError


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the file first, then put it in its place; raises InputError that says what stood in the way."""
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem[:40]}-", suffix=".part")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        reason = error.strerror or "it was refused"
        raise InputError(
            f"The file cannot be written: {reason}.", where=str(path), mend="Close it if it is open, or name another."
        ) from error
