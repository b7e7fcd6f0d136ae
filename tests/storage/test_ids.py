"""The ids of assessments: opaque, and fit for a command line."""

from __future__ import annotations

import pytest

from dentalpain.storage import rows


def test_an_id_never_begins_like_an_option_of_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["-AAAAAAAAAAAAAAAAAAAAA", "-BBBBBBBBBBBBBBBBBBBBB", "C-CCCCCCCCCCCCCCCCCCCC"])
    monkeypatch.setattr(rows.secrets, "token_urlsafe", lambda size: next(drawn))
    assert rows.new_id() == "C-CCCCCCCCCCCCCCCCCCCC"
