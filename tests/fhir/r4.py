"""FHIR R4 resources held against two published libraries and the closed lists of codes.

fhirclient has the models of R4 4.0.1. fhir.resources has those of R4B, which for these resources are the same, and looks
closer: patterns of ids and codes, one value of a choice. Neither checks the required codes; fhir.resources lists them.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from fhir.resources.R4B import get_fhir_model_class

# R4, value set item-type, without `question`, which stands for the questions and cannot be chosen.
ITEM_TYPES = [
    *("group", "display", "boolean", "decimal", "integer", "date", "dateTime", "time", "string", "text", "url", "choice"),
    *("open-choice", "attachment", "reference", "quantity"),
]


def valid(resource: Mapping[str, Any]) -> bool:
    """Raise for anything that is not R4; the resources of a Bundle are checked as well."""
    plain = json.loads(json.dumps(resource, default=lambda value: float(value) if isinstance(value, Decimal) else str(value)))
    kind = plain["resourceType"]
    module = importlib.import_module(f"fhirclient.models.{kind.lower()}")
    getattr(module, kind)(plain)
    _check_codes(get_fhir_model_class(kind).model_validate(plain), kind)
    return True


def _check_codes(model: BaseModel, where: str) -> None:
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        allowed = [] if name == "format" else list(extra.get("enum_values") or ())  # a content type, and no closed list
        if "+" in allowed:  # the list goes on in the specification
            allowed = ITEM_TYPES if where.startswith("Questionnaire.item") else []
        for index, one in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(one, BaseModel):
                _check_codes(one, f"{where}.{name}[{index}]")
            elif allowed and one is not None:
                assert one in allowed, f"{where}.{name}: '{one}' is none of {allowed}"
