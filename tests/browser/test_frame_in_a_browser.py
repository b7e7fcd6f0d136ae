"""A visit opened in a frame of another site, in a browser that blocks third-party cookies as its private windows do."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from dentalpain import DentalPain
from dentalpain.testing import Access, MemoryStore
from examples.office import story_clock
from examples.office.schedule import open_practice
from tests.browser.browsing import IN_A_BROWSER, free_port, served
from tests.hosts.office import an_app

pytestmark = IN_A_BROWSER


def make_host(frame_of: str, partitioned: bool) -> Flask:
    """A host as docs/hosts.md says; a browser counts http://localhost as secure, and 127.0.0.1 as another site."""
    app = an_app(
        SESSION_COOKIE_SAMESITE="None",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_PARTITIONED=partitioned,
        DENTALPAIN_FRAME_ANCESTORS=[frame_of],
    )
    access = Access()
    access.allow()
    people: dict[str, Any] = {"authorize": access.authorize, "current_user": access.current_user}
    DentalPain().init_app(app, practice=open_practice(), store=MemoryStore(), clock=story_clock, **people)
    return app


def make_record_system(address: str) -> Flask:
    """A page that holds ours in a frame."""
    app = Flask("record_system")
    app.add_url_rule("/", "chart", lambda: f'<!doctype html><title>Chart</title><iframe src="{address}/pain/"></iframe>')
    return app


@pytest.mark.skipif("SESSION_COOKIE_PARTITIONED" not in Flask.default_config, reason="partitioned cookies came with Flask 3.1")
@pytest.mark.parametrize(("partitioned", "heading"), [(True, "Margaret Oyelaran"), (False, "Something in the request")])
def test_a_form_in_the_frame_of_another_site_needs_a_partitioned_cookie(
    chromium: Any, partitioned: bool, heading: str
) -> None:
    port = free_port()
    with served(make_host(f"http://127.0.0.1:{port}", partitioned)) as address:
        ours = address.replace("127.0.0.1", "localhost")
        with served(make_record_system(ours), port) as theirs:
            page = chromium.new_context().new_page()
            page.goto(theirs)
            frame = page.frame_locator("iframe")
            frame.get_by_role("button", name="1:15 PM Margaret Oyelaran").click()
            frame.get_by_role("heading", level=1, name=heading).wait_for()
            page.context.close()
