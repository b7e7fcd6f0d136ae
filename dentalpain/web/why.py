"""Why an advice is given: the rule in plain words, its limits, sources, status and worked cases."""

from __future__ import annotations

from flask import request

from . import words
from .mount import mount
from .pages import render
from .pages import words as known_words


def show(rule_id: str) -> str:
    """The page of one rule, red flag, diagnosis, condition or questionnaire. It concerns no patient."""
    mount.allow("why")
    rule = mount.service.explain(rule_id)
    template = "why_screening.html" if "parts" in rule else "why.html"
    return render(template, rule=rule, words=words, names=known_words(), back=request.args.get("visit", "")[:64])
