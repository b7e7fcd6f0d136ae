"""Where a host may put us: inside a blueprint, twice, in two apps, behind a proxy; and what stays the host's."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from flask import Blueprint, Flask, abort
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.test import Client

from dentalpain import DentalPain
from dentalpain.errors import PracticeError, SettingsError
from dentalpain.storage import MemoryStore
from tests.web.cds import SURGERY, CdsHost, asked, of_record, order, taking
from tests.web.samples import HandwrittenService, Person, ReadPractice

from .office import API, REQUEST, an_app, mount, open_visit, send

# -- inside a blueprint of the host ------------------------------------------------------------------------------------


def nested(**config: Any) -> Flask:
    app = an_app(**config)
    clinic, north = Blueprint("clinic", __name__), Blueprint("north", __name__)
    mount(app, parent=north)
    clinic.register_blueprint(north, url_prefix="/north")
    app.register_blueprint(clinic, url_prefix="/clinic")
    return app


def test_inside_the_hosts_blueprints_links_forms_and_files_are_found() -> None:
    client = nested().test_client()
    visit = open_visit(client, "/clinic/north/pain")
    assert visit.startswith("/clinic/north/pain/visits/")
    page = client.get(visit).get_data(as_text=True)
    style = re.search(r'href="([^"]+dentalpain\.css)"', page)
    assert style
    with client.get(style[1]) as sheet:
        assert sheet.status_code == 200
    assert send(client, visit, visit, prescribe="ibuprofen 400 mg").headers["Location"].startswith("/clinic/north/pain/visits/")
    assert client.post("/clinic/north" + API, json=REQUEST).status_code == 200


def test_a_button_of_the_host_leads_into_the_nested_mount() -> None:
    app = an_app()
    clinic = Blueprint("clinic", __name__)
    pain = DentalPain()
    given = {"authorize": lambda *who: True, "current_user": Person, "practice": ReadPractice({"ref-1": {}})}
    pain.init_app(app, parent=clinic, service=HandwrittenService(MemoryStore()), **given)
    app.register_blueprint(clinic, url_prefix="/clinic")
    app.add_url_rule("/own", "own", lambda: str(pain.open_button("ref-1")))
    client = app.test_client()
    assert 'action="/clinic/pain/visits"' in client.get("/own").get_data(as_text=True)
    assert send(client, "/clinic/pain/visits", "/own", patient="ref-1").status_code == 303


def test_a_parent_that_stands_already_is_refused_with_what_to_do() -> None:
    app, clinic = an_app(), Blueprint("clinic", __name__)
    app.register_blueprint(clinic)
    with pytest.raises(SettingsError, match="Call init_app before you register"):
        mount(app, parent=clinic)


# -- behind a proxy ----------------------------------------------------------------------------------------------------


def proxied(app: Flask) -> tuple[Any, dict[str, Any]]:
    app.wsgi_app = ProxyFix(app.wsgi_app, x_prefix=1, x_proto=1, x_host=1)  # type: ignore[method-assign]  # as Flask's own page on proxies does
    headers = {"X-Forwarded-Prefix": "/office", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "dental.example"}
    return app.test_client(), {"headers": headers}


def under_a_script_name(app: Flask) -> tuple[Any, dict[str, Any]]:
    return Client(DispatcherMiddleware(Flask("root"), {"/office": app})), {"base_url": "https://dental.example"}


@pytest.mark.parametrize("place", [proxied, under_a_script_name])
def test_pages_redirects_and_the_sign_in_keep_the_prefix(place: Any) -> None:
    app = an_app(DENTALPAIN_SIGN_IN_ENDPOINT="door")
    app.add_url_rule("/door", "door", lambda: "door")
    people: list[Any] = [Person()]
    mount(app, current_user=lambda: people[0])
    client, request = place(app)
    inside = "" if place is proxied else "/office"
    visit = open_visit(client, f"{inside}/pain", request=request)
    assert visit.startswith("/office/pain/visits/")
    page = client.get(visit.removeprefix("/office" if not inside else ""), **request).get_data(as_text=True)
    addresses = re.findall(r'(?:href|src|action)="([^"#]+)', page)
    assert addresses and all(one.startswith(("/office/pain/", "https://")) for one in addresses), addresses
    people[0] = None
    door = client.get(f"{inside}/pain/", **request).headers["Location"]
    assert door == "/office/door?next=/office/pain/"


def test_the_links_of_cards_keep_the_prefix_of_the_proxy() -> None:
    host = CdsHost(cds_prefix=None)
    client, request = proxied(host.app)
    drafted = order("Norco 5/325", "1 tab every 6 hours as needed, #12", reasonCode=SURGERY)
    body = asked(drafted, prefetch=of_record(taking("alprazolam 0.5 mg bid")))
    answer = client.post("/pain/cds-services/dentalpain-order-sign", json=body, **request).get_json()
    links = [link["url"] for card in answer["cards"] for link in card.get("links", ())]
    assert "https://dental.example/office/pain/why/OPI-BENZO" in links
    assert all(link.startswith("https://dental.example/office/pain/why/") for link in links)


# -- several of us -----------------------------------------------------------------------------------------------------


def test_two_mounts_have_stores_and_addresses_of_their_own() -> None:
    app, north, south = an_app(), MemoryStore(), MemoryStore()
    mount(app, service=HandwrittenService(north))
    mount(app, service=HandwrittenService(south), name="south", url_prefix="/south")
    client = app.test_client()
    visit = open_visit(client, "/south")
    assert visit.startswith("/south/visits/") and north.tip().number == 0 and south.tip().number > 0
    assert client.get(visit.replace("/south", "/pain")).status_code == 404


def test_two_apps_of_one_process_share_nothing() -> None:
    one, two = an_app(DENTALPAIN_PAPER="a4"), an_app()
    mount(one, authorize=lambda *who: False)
    mount(two)
    assert one.test_client().get("/pain/").status_code == 403
    assert two.test_client().get("/pain/").status_code == 200
    assert one.extensions["dentalpain"]["dentalpain"].settings.paper == "a4"
    assert two.extensions["dentalpain"]["dentalpain"].settings.paper == "letter"


# -- what stays the host's ---------------------------------------------------------------------------------------------


def test_a_host_without_any_other_extension_needs_nothing_but_a_secret_key() -> None:
    app = an_app()
    before = dict(app.config)
    mount(app)
    assert app.config == before and set(app.extensions) == {"dentalpain"}
    open_visit(app.test_client())


def test_the_hosts_handlers_keep_the_hosts_errors_and_ours_keep_ours() -> None:
    app = an_app()
    app.register_error_handler(404, lambda error: ("the host's 404", 404))
    app.register_error_handler(Exception, lambda error: ("the host's 500", 500))
    app.add_url_rule("/own", "own", lambda: abort(404))
    app.add_url_rule("/broken", "broken", lambda: 1 / 0)
    mount(app)
    handlers = {code: dict(held) for code, held in app.error_handler_spec[None].items()}
    assert {code: list(held) for code, held in handlers.items() if code} == {404: [_not_found()]}
    client = app.test_client()
    assert client.get("/own").get_data(as_text=True) == "the host's 404"
    assert client.get("/broken").get_data(as_text=True) == "the host's 500"
    assert "There is nothing here" in client.get("/pain/visits/nothing").get_data(as_text=True)


def _not_found() -> type[Exception]:
    from werkzeug.exceptions import NotFound

    return NotFound


def test_the_hosts_hooks_run_around_our_pages_also_when_these_fail() -> None:
    app, ran = an_app(), []
    app.before_request(lambda: ran.append("before"))
    app.after_request(lambda response: (ran.append("after"), response)[1])
    app.teardown_request(lambda error: ran.append("request over"))
    app.teardown_appcontext(lambda error: ran.append("context over"))

    class Closed(ReadPractice):
        def patients_on(self, day: dt.date) -> Any:
            raise PracticeError("The practice software does not answer.")

    mount(app, practice=Closed({}))
    assert app.test_client().get("/pain/").status_code == 503
    assert ran == ["before", "after", "request over", "context over"]


def test_nothing_of_ours_is_called_on_the_hosts_own_pages() -> None:
    app = an_app()
    app.add_url_rule("/own", "own", lambda: "own")
    mount(app)
    for hooks in (app.before_request_funcs, app.after_request_funcs, app.teardown_request_funcs, app.url_value_preprocessors):
        assert not hooks.get(None)
    assert not app.teardown_appcontext_funcs and len(app.template_context_processors[None]) == 1  # Flask's own
    answer = app.test_client().get("/own")
    assert "Content-Security-Policy" not in answer.headers and "Set-Cookie" not in answer.headers
