"""Where the package finds the files that it ships."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def static_folder() -> Path:
    """The folder with stylesheets, scripts, pictures and fonts.

    An installed package holds it inside itself; an editable install and a checkout have it beside the package.
    """
    inside = _PACKAGE / "static"
    return inside if inside.is_dir() else _PACKAGE.parent / "static"


def knowledge_folder() -> Path:
    """The folder with the knowledge files."""
    return _PACKAGE / "knowledge"
