"""The paths under /fhir/. The views, and all that they need of the screening, are loaded by the first request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, Response

from ..fhir.systems import RESULT_KINDS
from .fhir_outcomes import ENDPOINTS

SCORE = "QuestionnaireResponse/$score"
ANY_METHOD = ("GET", "POST", "PUT", "PATCH", "DELETE")


def add_routes(blueprint: Blueprint, app: Flask) -> None:
    """Add the paths; the host's form token is not asked of programs, `security.check_api` is their check."""
    kinds = f"<any({', '.join(RESULT_KINDS)}):kind>"
    score, other = _view("score"), _view("other")
    for path, name in (
        ("metadata", "metadata"),
        ("Questionnaire", "search_forms"),
        ("Questionnaire/<name>", "read_form"),
        (kinds, "search"),
        (f"{kinds}/<resource>", "read"),
    ):
        blueprint.add_url_rule(f"/fhir/{path}", f"{ENDPOINTS}{name}", _view(name))
    blueprint.add_url_rule(f"/fhir/{SCORE}", f"{ENDPOINTS}score", score, methods=["POST"])
    blueprint.add_url_rule("/fhir/", f"{ENDPOINTS}other", other, methods=ANY_METHOD, defaults={"path": ""})
    blueprint.add_url_rule("/fhir/<path:path>", f"{ENDPOINTS}other", other, methods=ANY_METHOD)
    host = app.extensions.get("csrf")
    if host is not None:
        for view in (score, other):
            host.exempt(view)


def _view(name: str) -> Callable[..., Response]:
    """The view of that name of `fhir_api`."""

    def view(**values: Any) -> Response:
        from . import fhir_api

        found: Response = getattr(fhir_api, name)(**values)
        return found

    view.__name__ = f"{ENDPOINTS}{name}"  # by which a host's CSRF protection knows it
    return view
