"""schema: the JSON Schemas of what goes in and what comes out, made from the forms that read it."""

from __future__ import annotations

import click

from .printing import write_json
from .result_schemas import outcomes_schema, review_schema, screen_schema

NAMES = ("record", "answers", "findings", "office", "screen", "review", "outcomes")


@click.command()
@click.argument("name", metavar="|".join(NAMES), type=click.Choice(NAMES))
def schema(name: str) -> None:
    """Print the JSON Schema of a file that goes in, or of a result that comes out."""
    from . import input_schemas

    made = {
        "record": input_schemas.record_schema,
        "answers": input_schemas.answers_schema,
        "findings": input_schemas.findings_schema,
        "office": input_schemas.office_schema,
        "screen": screen_schema,
        "review": review_schema,
        "outcomes": outcomes_schema,
    }[name]
    write_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **made()})
