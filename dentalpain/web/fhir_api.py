"""Under /fhir/: the questionnaires, the scoring of a response, and what was assessed, as FHIR R4 resources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask import Response, request, url_for
from werkzeug.exceptions import BadRequest, MethodNotAllowed, NotFound

from ..clinical.record import Record
from ..errors import NotStoredError
from ..fhir import questionnaires, results, systems
from ..fhir.answers import all_answers, in_our_shape
from ..fhir.authored import RESPONSE
from ..fhir.elements import Json, mapping, objects, string
from . import body, fhir_capability
from .fhir_outcomes import answered, outcome
from .fhir_routes import SCORE
from .mount import mount

CALLED = "the response"
FORMATS = ("json", "application/json", "application/fhir+json")
IDENTIFIER, ID, URL, FORMAT = "identifier", "_id", "url", "_format"
NOT_READ = "No item of the questionnaire has this linkId; the answer is not read."


# -- questionnaires ------------------------------------------------------------------------------------------------------


def metadata() -> Response:
    """GET /fhir/metadata: what is answered here."""
    _asked_for()
    return answered(fhir_capability.statement(mount.today(), _address("fhir_other", path="").rstrip("/")))


def read_form(name: str) -> Response:
    """GET /fhir/Questionnaire/{id}."""
    _asked_for()
    if name not in questionnaires.names(_screening()):
        raise NotFound("There is no questionnaire of this id.")
    return answered(_form(name))


def search_forms() -> Response:
    """GET /fhir/Questionnaire: all of them, or the one of a url or an _id."""
    _asked_for(URL, ID)
    names = list(questionnaires.names(_screening()))
    if URL in request.args:
        names = [name for name in names if systems.canonical(name) == request.args[URL].partition("|")[0]]
    if ID in request.args:
        names = [name for name in names if name == request.args[ID]]
    return answered(_found([{"fullUrl": _address("fhir_read_form", name=name), "resource": _form(name)} for name in names]))


def _form(name: str) -> Json:
    return questionnaires.questionnaire(name, _screening(), mount.knowledge.version)


# -- scoring -------------------------------------------------------------------------------------------------------------


def score() -> Response:
    """POST /fhir/QuestionnaireResponse/$score: one response, bare or in Parameters; a Bundle of what it gives."""
    actor = mount.allow("api")
    sent = _sent(body.read_object(mount.settings.max_body))
    on = mount.today()
    answers, strange = in_our_shape(sent, _screening(), on, CALLED)
    found = mount.service.screen(Record(on), answers=(answers,), findings=None, facts={})
    assessed = results.Assessed(
        found, (answers,), _screening(), mount.knowledge.version, _subject(sent), seed=repr(sorted(sent.items()))
    )
    entries = results.resources(assessed)
    if strange:
        issues = [_unread(part.where) for part in strange]
        entries.append({"fullUrl": assessed.reference("OperationOutcome", "unread"), "resource": outcome(issues)})
    mount.note(actor, "api", None)
    return answered({"resourceType": "Bundle", "type": "collection", "entry": entries})


def _unread(where: str) -> Json:
    return {"severity": "warning", "code": "not-found", "diagnostics": f"{where}: {NOT_READ}"}


def _sent(given: Json) -> Json:
    if given.get("resourceType") != "Parameters":
        return given
    held = [mapping(part.get("resource")) for part in objects(given.get("parameter"))]
    responses = [resource for resource in held if resource.get("resourceType") == RESPONSE]
    if len(responses) != 1:
        raise BadRequest(f"Send one {RESPONSE}, by itself or as the resource of a parameter.")
    return responses[0]


def _subject(sent: Mapping[str, Any]) -> Json:
    """Whom the response is about, as the sender wrote it, without a name."""
    told = mapping(sent.get("subject"))
    identifier = {key: string(mapping(told.get("identifier")).get(key)) for key in ("system", "value")}
    named = {key: value for key, value in identifier.items() if value}
    kept: Json = {"reference": string(told.get("reference"))} if string(told.get("reference")) else {}
    kept |= {"identifier": named} if named else {}
    return {**kept, "type": "Patient"} if kept else {"type": "Patient", "display": "not said"}


# -- what was assessed -----------------------------------------------------------------------------------------------------


def search(kind: str) -> Response:
    """GET /fhir/{kind}?identifier={assessment}: the resources of one assessment, or the one of an _id."""
    _asked_for(IDENTIFIER, ID)
    named = request.args.get(IDENTIFIER, "").removeprefix(f"{systems.ASSESSMENT}|")
    wanted = request.args.get(ID, "")
    assessment = named or results.assessment_of(wanted)
    if not assessment:
        raise BadRequest(f"Name the assessment: {kind}?{IDENTIFIER}={systems.ASSESSMENT}|ID.")
    entries = [entry for entry in _kept(assessment) if entry["resource"]["resourceType"] == kind]
    if wanted:
        entries = [entry for entry in entries if entry["resource"]["id"] == wanted]
    absolute = [{**entry, "fullUrl": _address("fhir_read", kind=kind, resource=entry["resource"]["id"])} for entry in entries]
    return answered(_found(absolute))


def _kept(assessment: str) -> list[Json]:
    """The same, where an assessment that is not kept has none."""
    try:
        return _assessed(assessment)
    except NotStoredError:
        return []


def read(kind: str, resource: str) -> Response:
    """GET /fhir/{kind}/{id}."""
    if f"{kind}/{resource}" == SCORE:
        return other(SCORE)
    _asked_for()
    assessment = results.assessment_of(resource)
    if assessment is None:
        raise NotFound("There is no resource of this id.")
    place = f"{kind}/{resource}"
    found = next((entry["resource"] for entry in _assessed(assessment) if entry["fullUrl"] == place), None)
    if found is None:
        raise NotFound("There is no resource of this id.")
    return answered(found)


def _assessed(assessment: str) -> list[Json]:
    """All resources of a kept assessment, if the host lets this person see the patient. Raises NotStoredError, AccessDenied."""
    found = mount.service.find(assessment)
    actor = mount.allow("see", found["patient_ref"])
    mount.note(actor, "see", found["patient_ref"], assessment)
    on = found["on"] if isinstance(found["on"], dt.date) else dt.date.fromisoformat(found["on"])
    screen = found["result"] if found["kind"] == "screen" else found["result"].get("screen") or {"on": on.isoformat()}
    inputs = found["inputs"]
    told = [*inputs["arguments"].get("answers", ()), *inputs["record"].get("answers", ())]
    answers, _ = all_answers((), told, _screening(), on)
    subject = {"type": "Patient", "identifier": {"system": systems.PATIENT, "value": found["patient_ref"]}}
    version = screen.get("knowledge", {}).get("version", mount.knowledge.version)
    return results.resources(results.Assessed(screen, answers, _screening(), version, subject, assessment))


# -- what all share --------------------------------------------------------------------------------------------------------


def other(path: str) -> Response:
    """Everything else under /fhir/: no such path, or a path that answers to another method."""
    _asked_for(*request.args)
    kind, _, rest = path.partition("/")
    if path == SCORE:
        raise MethodNotAllowed(["POST"])
    if path == "metadata" or (kind in ("Questionnaire", *results.KINDS) and "/" not in rest):
        raise MethodNotAllowed(["GET"])
    raise NotFound("There is no such path here. See metadata.")


def _asked_for(*known: str) -> None:
    """Whether the host lets this person use the API, and whether every parameter is one that we heed."""
    actor = mount.allow("api")
    if strange := set(request.args) - {*known, FORMAT}:
        raise BadRequest(f"{len(strange)} of the parameters are not known here. Known: {', '.join((*known, FORMAT))}.")
    if request.args.get(FORMAT, "json").replace(" ", "+") not in FORMATS:
        raise BadRequest("Resources are given as JSON alone.")
    mount.note(actor, "api", None)


def _screening() -> Any:
    return mount.service.tools.screening


def _found(entries: list[Json]) -> Json:
    matches = [{**entry, "search": {"mode": "match"}} for entry in entries]
    made: Json = {"resourceType": "Bundle", "type": "searchset", "total": len(matches)}
    made["link"] = [{"relation": "self", "url": request.url}]
    return {**made, "entry": matches} if matches else made


def _address(view: str, **values: str) -> str:
    return url_for(f"{mount.name}.{view}", _external=True, **values)
