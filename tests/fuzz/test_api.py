"""The JSON API under requests that nobody thought of: made from its own document, the same ones in every run.

Each operation is asked with what the document allows and with what it forbids. DENTALPAIN_NIGHTLY=1 asks much longer.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks as openapi
from web.samples import Host, Person

from dentalpain.knowledge.load import load_knowledge
from dentalpain.service import Service
from dentalpain.storage import MemoryStore

pytestmark = pytest.mark.search
EXAMPLES = 100 if os.environ.get("DENTALPAIN_NIGHTLY") == "1" else 3
SIGNED_IN = "a session of the host"
CANARY = "Zanzibar"
RECORD = {"patient": {"id": "x", "birth_date": "1955-03-04"}, "medicines": ["alprazolam 0.5 mg bid"]}

# Not among them: that all that the document allows is taken. Which options, facts and cursors there are, it does not say.
CHECKS = [
    not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_headers_conformance,
    openapi.response_schema_conformance,
    openapi.negative_data_rejection,
]


class SignedInHost(Host):
    """A host whose session cookie signs somebody in, with two assessments of one patient."""

    def __init__(self) -> None:
        super().__init__(service=Service(load_knowledge(), MemoryStore()), current_user=self.signed_in)
        self.app.testing = False  # a fault is answered as on a real server
        self.client.set_cookie("session", SIGNED_IN)
        asked = {"record": RECORD, "prescribe": ["Norco 5/325 1 tab q6h #12"], "for": "surgical_extraction", "patient": "p"}
        sent = self.client.post("/pain/api/v1/review", json=asked)
        assert sent.status_code == 201, sent.get_data(as_text=True)
        self.assessment = sent.get_json()["assessment"]
        rule = next(flag["rule"] for flag in sent.get_json()["flags"] if flag["answer"] == "yes" and flag["severity"] == "moderate")
        mute = {"rule": rule, "until": "2026-12-24", "reason": "will_be_monitored"}
        muted = self.client.post(f"/pain/api/v1/assessments/{self.assessment}/mutes", json=mute)
        assert muted.status_code == 201, muted.get_data(as_text=True)
        self.mute = muted.get_json()["id"]

    @staticmethod
    def signed_in() -> Person | None:
        from flask import request

        return Person() if request.cookies.get("session") == SIGNED_IN else None


HOST = SignedInHost()
SCHEMA = schemathesis.openapi.from_dict(HOST.client.get("/pain/api/v1/openapi.json").get_json())
SCHEMA.app = HOST.app
OPERATIONS = {f"{one.ok().method.upper()} {one.ok().path}": one.ok() for one in SCHEMA.get_all_operations()}
KNOWN = {"assessment_id": HOST.assessment, "mute_id": HOST.mute, "rule_id": "OPI-BENZO"}
SAME_EVERY_RUN = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


def send(case: Any) -> Any:
    case.cookies = {"session": SIGNED_IN}
    return case.call()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["allowed", "forbidden"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_one_that_the_document_describes(name: str, mode: GenerationMode) -> None:
    @SAME_EVERY_RUN
    @given(case=OPERATIONS[name].as_strategy(generation_mode=mode), known=st.booleans())
    def ask(case: Any, known: bool) -> None:
        if known and mode is GenerationMode.POSITIVE:
            case.path_parameters = {place: KNOWN[place] for place in case.path_parameters or ()}
        case.validate_response(send(case), checks=CHECKS)

    ask()


@pytest.mark.parametrize("name", OPERATIONS)
def test_nobody_is_answered_who_is_not_signed_in(name: str) -> None:
    one = OPERATIONS[name]
    address = "/pain/api/v1" + one.path.format(**KNOWN)
    sent = HOST.app.test_client().open(address, method=one.method, json={} if one.method == "post" else None)
    assert (sent.status_code, sent.content_type) == (403, "application/problem+json")


def leaves(part: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of every value that is no object and no list."""
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    found = list(inner)
    if not found and place:
        yield place
    for key, value in found:
        yield from leaves(value, (*place, key))


@pytest.mark.parametrize("name", [name for name, one in OPERATIONS.items() if one.method == "post"])
def test_no_refusal_repeats_a_value_that_was_sent(name: str) -> None:
    @SAME_EVERY_RUN
    @given(case=OPERATIONS[name].as_strategy(generation_mode=GenerationMode.POSITIVE), data=st.data())
    def ask(case: Any, data: st.DataObject) -> None:
        body = json.loads(json.dumps(case.body)) if isinstance(case.body, dict) else {}
        places = list(leaves(body))
        if places:
            *path, last = data.draw(st.sampled_from(places))
            held = body
            for key in path:
                held = held[key]
            held[last] = CANARY
        case.body = body
        case.path_parameters = {place: data.draw(st.sampled_from([KNOWN[place], CANARY])) for place in case.path_parameters or ()}
        case.headers = {**(case.headers or {}), "If-Match": CANARY, "Idempotency-Key": CANARY * data.draw(st.sampled_from([1, 99]))}
        response = send(case)
        assert response.status_code < 500
        if response.status_code >= 400:
            assert response.headers["content-type"] == ["application/problem+json"]
            assert CANARY not in response.text

    ask()
