"""CDS Hooks 2.0: discovery, the three services and their feedback, on a blueprint of their own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, g, request
from werkzeug.exceptions import PreconditionFailed, UnsupportedMediaType

from ..fhir.bundle import STRANGERS
from ..fhir.card_actions import Substance
from ..fhir.cards import Frame, cards
from ..fhir.elements import Json
from ..fhir.hook_bundle import HookBundle, make_bundle
from ..shapes import plain
from ..signals import alert_shown
from . import body, cds_feedback, cds_fetch, cds_services, errors, security
from .cds_request import HookRequest, read_request
from .cds_trust import Trust, trust_of
from .mount import Mount, mount
from .words import OVERRIDE_REASONS, Words

ANALGESICS = frozenset({"opioid", "nsaid", "acetaminophen"})  # set aside while an alternative is judged
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
DIED = "The record says that this patient has died: check whose record it is."
NOTHING: Json = {"flags": [], "questions": [], "prescriptions": [], "alternatives": []}


def make_cds_blueprint(app: Flask, held: Mount) -> Blueprint:
    """The blueprint of one mount, for programs alone: no page, no form, no session."""
    blueprint = Blueprint(f"{held.name}_cds", "dentalpain.web")
    trust = trust_of(held.settings.cds_issuers, held.settings.cds_open)
    _bind(blueprint, held, trust)
    add = blueprint.add_url_rule
    add("/cds-services", "cds_discovery", discovery)
    add("/cds-services/<service_id>", "cds_service", call, methods=["POST"])
    add("/cds-services/<service_id>/feedback", "cds_feedback", feedback, methods=["POST"])
    add("/cds-services", "cds_other", other, methods=METHODS[1:], defaults={"path": ""})
    add("/cds-services/", "cds_nothing", other, methods=METHODS, defaults={"path": "/"})
    add("/cds-services/<path:path>", "cds_other", other, methods=METHODS)
    errors.register(blueprint)
    host = app.extensions.get("csrf")
    if host is not None:
        # Programs have no form token; the token that they have is checked in _bind.
        host.exempt(blueprint)
    return blueprint


def _bind(blueprint: Blueprint, held: Mount, trust: Trust) -> None:
    @blueprint.url_value_preprocessor
    def use_this_mount(endpoint: str | None, values: object) -> None:
        g._dentalpain = held

    @blueprint.before_request
    def check_client() -> None:
        name = (request.endpoint or "").rpartition(".")[2]
        if request.method == "OPTIONS" or name in ("cds_other", "cds_nothing"):
            return
        if request.method == "POST" and not _is_json():
            raise UnsupportedMediaType("Send the request with Content-Type: application/json.")
        if (request.content_length or 0) > held.settings.max_body:
            raise body.too_large(held.settings.max_body)
        header = request.headers.get("Authorization", "")
        g._dentalpain_client = trust.check(header, _audiences(held), lambda: held.service.store)

    @blueprint.after_request
    def finish(response: Response) -> Response:
        _allow_origin(held, response)
        return security.finish(held, response)


def _is_json() -> bool:
    return request.mimetype == "application/json" or request.mimetype.endswith("+json")


def _audiences(held: Mount) -> tuple[str, ...]:
    """The address of the service that is called; feedback may also be sent in the name of its service."""
    path = "/cds-services" + request.path.partition("/cds-services")[2]
    base = (held.settings.cds_base_url or request.host_url + request.script_root.lstrip("/")).rstrip("/")
    return tuple(dict.fromkeys((base + path, base + path.removesuffix("/feedback"))))


def _allow_origin(held: Mount, response: Response) -> None:
    allowed = held.settings.cds_origins
    if not allowed:
        return
    response.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if origin and (origin in allowed or "*" in allowed):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Methods"] = "GET, POST"
        response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
        response.headers["Access-Control-Max-Age"] = "600"


# -- routes ------------------------------------------------------------------------------------------------------


def discovery() -> Response:
    """GET /cds-services."""
    return _json({"services": cds_services.described(mount.knowledge)})


def call(service_id: str) -> Response:
    """POST /cds-services/{id}: the cards for one moment of the work."""
    hook = cds_services.HOOKS.get(service_id)
    if hook is None:
        return other(service_id)
    asked = read_request(body.read_object(mount.settings.max_body), hook)
    held, notes = _gathered(asked)
    if hook == "patient-view":
        if not held.has_patient:
            raise PreconditionFailed("The patient did not arrive: send the prefetch, or a FHIR server that may be read.")
    elif not held.orders:
        found = cards(NOTHING, _frame(asked, held, notes)) if held.orders_left_out else []
        _noted(asked, None, None, found)
        return _json({"cards": found})
    record = mount.read_record(held.bundle, mount.today())
    notes += [f"{one.what}: {one.why}." for one in record.not_read if one.why == STRANGERS]
    result = mount.mutes.marked(mount.service.review(record, state=mount.settings.state), asked.patient_id)
    found = cards(result, _frame(asked, held, notes, record))
    _noted(asked, record, result, found)
    return _json({"cards": found})


def feedback(service_id: str) -> Response:
    """POST /cds-services/{id}/feedback: what became of cards."""
    if service_id not in cds_services.HOOKS:
        return other(service_id)
    given = cds_feedback.read_feedback(body.read_object(mount.settings.max_body))
    return _json({"stored": cds_feedback.keep(given, f"cds-hooks {g._dentalpain_client}")})


def other(path: str) -> Response:
    """Everything else under /cds-services: no such path, or a path that answers to another method."""
    allowed = cds_services.method_of(path)
    if allowed is None or request.method == allowed:
        return errors.problem(404, "There is no such path among the CDS Hooks services.")
    response = errors.problem(405, f"Send {allowed}.")
    response.headers["Allow"] = allowed
    return response


def _json(result: Mapping[str, Any]) -> Response:
    written = json.dumps(result, ensure_ascii=False, default=plain) + "\n"
    return Response(written, content_type="application/json")


# -- one request -------------------------------------------------------------------------------------------------


def _gathered(asked: HookRequest) -> tuple[HookBundle, list[str]]:
    """All resources of the request, with those that may be fetched, and sentences about what did not come."""
    templates = cds_services.templates(mount.knowledge)
    lacking = cds_fetch.missing(templates, asked.prefetch)
    record, notes = dict(asked.prefetch), []
    if lacking and asked.server in mount.settings.cds_fhir_servers:
        most = mount.settings.max_body
        fetched, whole = cds_fetch.fetch(lacking, templates, asked.server, asked.token, asked.patient_id, most)
        record |= fetched
        notes += [] if whole else [cds_fetch.FAILED]
    elif lacking:
        notes.append(cds_fetch.NOT_ALLOWED if asked.server else cds_fetch.NOT_SENT)
    held = make_bundle(asked.patient_id, record, asked.drafts, selections=asked.selections, server=asked.server)
    return held, [*held.orders_left_out, *held.others, *held.gaps, *notes]


def _frame(asked: HookRequest, held: HookBundle, notes: list[str], record: Any = None) -> Frame:
    """What the cards need beside the review."""
    proposed = record.proposed if record is not None and len(record.proposed) == len(held.orders) else ()
    chosen = frozenset(index for index, order in enumerate(held.orders) if order.selected)
    index = mount.knowledge.rule_index
    died = record is not None and record.deceased
    return Frame(
        request=(asked.hook, asked.instance, asked.patient_id),
        why=_why,
        names=Words(mount.knowledge),
        merged_into={rule: row["card_merged_into"].split(";") for rule, row in index.items()},
        reasons=OVERRIDE_REASONS,
        substances=_substances,
        orders=[order.resource for order in held.orders],
        analgesics=frozenset(i for i, one in enumerate(proposed) if one.tags & ANALGESICS),
        selected=chosen if asked.hook == "order-select" and proposed else None,
        notes=notes,
        insist=bool(held.orders_left_out or held.others or died),
        headline=DIED if died else "",
    )


def _why(rule: str) -> str:
    """The absolute address of the page of a rule, on the host that the settings name."""
    base = urlsplit(mount.settings.cds_base_url or request.host_url)
    return f"{base.scheme}://{base.netloc}" + mount.url("why", rule_id=rule)


def _substances(option: str) -> list[Substance]:
    held = mount.service.tools.bench.options[option].prescription
    return [Substance(part.name, part.rxcui) for part in held.ingredients] if held else []


def _noted(asked: HookRequest, record: Any, result: Any, found: list[Json]) -> None:
    """One row of the trail for each answer; with DENTALPAIN_STORE_HOOKS the assessment, its row and its cards in one."""
    who = f"cds-hooks {g._dentalpain_client} {asked.user}".strip()
    kept = None
    if result is None or not mount.settings.store_hooks or mount.service.store is None:
        mount.trail.note(who, "cds-hooks", "done", asked.patient_id, None)
    else:
        kept = _kept(asked, record, result, who, [card["uuid"] for card in found])
    if found:
        mount.tell(alert_shown, who, asked.patient_id, kept, [card["source"]["topic"]["code"] for card in found])


def _kept(asked: HookRequest, record: Any, result: Any, who: str, shown: list[str]) -> str:
    arguments: Json = {"prescribe": [], "state": mount.settings.state}
    told = {"patient_ref": asked.patient_id, "actor": who, "at": mount.clock(), "cards": shown}
    return str(mount.service.save("review", record, arguments, result, **told))
