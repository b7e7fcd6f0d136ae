"""A fresh blueprint for each mount: routes, forged-form check, headers, and errors of these pages alone."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, g, request

from ..paths import static_folder
from . import (
    api,
    api_routes,
    body,
    course,
    errors,
    fhir_outcomes,
    fhir_routes,
    handing,
    handout,
    muting,
    patient_pages,
    patients,
    security,
    visit,
    why,
)
from .mount import Mount


def make_blueprint(mount: Mount, app: Flask) -> Blueprint:
    """The blueprint of one mount; nothing outside of it is touched."""
    blueprint = Blueprint(
        mount.name,
        "dentalpain.web",
        static_folder=str(static_folder()),
        static_url_path="/static",
        template_folder="templates",
    )
    _bind(blueprint, mount)
    _add_pages(blueprint)
    if mount.settings.patient_link_minutes:
        _add_forms(blueprint)
        patient_pages.add_routes(blueprint, app)
    if mount.settings.api:
        api_routes.add_routes(blueprint, app)
        fhir_routes.add_routes(blueprint, app)
    errors.register(blueprint)
    return blueprint


def _bind(blueprint: Blueprint, mount: Mount) -> None:
    @blueprint.url_value_preprocessor
    def use_this_mount(endpoint: str | None, values: object) -> None:
        g._dentalpain = mount

    @blueprint.before_request
    def refuse_forged_forms() -> None:
        if request.method in security.SAFE:
            return
        if (request.content_length or 0) > mount.settings.max_body:
            raise body.too_large(mount.settings.max_body)
        if (request.endpoint or "").endswith("_other"):
            return  # nothing is done there, and a 404 or 405 says more than what the body should have been
        if api.is_api_request():
            security.check_api(*fhir_outcomes.also_read())
        elif patient_pages.is_patient_page():
            security.check_patient()
        else:
            security.check_form()

    @blueprint.after_request
    def finish(response: Response) -> Response:
        return security.finish(mount, response)


def _add_pages(blueprint: Blueprint) -> None:
    add = blueprint.add_url_rule
    add("/", "today", patients.today)
    add("/visits", "start", patients.start, methods=["POST"])
    add("/visits/<visit_id>", "visit", visit.show)
    add("/visits/<visit_id>", "revise", visit.revise, methods=["POST"])
    add("/visits/<visit_id>/overrides", "override", visit.override, methods=["POST"])
    add("/visits/<visit_id>/mutes", "mute", muting.mute, methods=["POST"])
    add("/visits/<visit_id>/mutes/lift", "lift", muting.lift, methods=["POST"])
    add("/visits/<visit_id>/handout", "handout", handout.print_handout, methods=["POST"])
    add("/visits/<visit_id>/chart", "file_handout", handout.file_handout, methods=["POST"])
    add("/visits/<visit_id>/course", "course", course.show)
    add("/visits/<visit_id>/course", "judge", course.judge, methods=["POST"])
    add("/why/<rule_id>", "why", why.show)


def _add_forms(blueprint: Blueprint) -> None:
    add = blueprint.add_url_rule
    add("/forms", "hand", handing.hand, methods=["POST"])
    add("/forms/news", "news", handing.news)
    add("/forms/<form_id>/close", "close_form", handing.close, methods=["POST"])
    add("/visits/<visit_id>/forms", "hand_in_visit", handing.hand_in_visit, methods=["POST"])
    add("/visits/<visit_id>/forms/<form_id>/take", "take_form", handing.take, methods=["POST"])
