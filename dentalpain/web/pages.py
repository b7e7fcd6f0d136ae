"""How our pages are filled: the layout, the hidden form token, and the words of the knowledge."""

from __future__ import annotations

from typing import Any

from flask import render_template

from .mount import mount
from .security import token_field
from .words import Words


def render(template: str, **values: Any) -> str:
    """A page of ours inside the host's layout, or inside our own."""
    return render_template(
        f"dentalpain/{template}",
        dentalpain_base=mount.base_template or "dentalpain/layout.html",
        token=token_field(),
        office=mount.settings.office,
        url_of=mount.url,
        forms_on=bool(mount.settings.patient_link_minutes),
        **values,
    )


def words() -> Words:
    """The words for ids, from the knowledge of this mount."""
    return Words(mount.knowledge)
