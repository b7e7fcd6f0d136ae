"""questionnaire: one of our questionnaires as a FHIR R4 Questionnaire, for another system to show."""

from __future__ import annotations

import click

from ..errors import UnknownNameError
from .opening import open_service
from .printing import write_json


@click.command()
@click.argument("name", metavar="ID", required=False)
def questionnaire(name: str | None) -> None:
    """Print the FHIR Questionnaire ID, such as phq-4; without ID the list of them.

    A QuestionnaireResponse to it is read by --answers.
    """
    from ..fhir import questionnaires
    from ..knowledge.screening_tables import load_screening

    knowledge = open_service(None).knowledge
    screening = load_screening(knowledge)
    if name is None:
        for known in questionnaires.names(screening):
            click.echo(known)
        return
    try:
        made = questionnaires.questionnaire(name, screening, knowledge.version)
    except UnknownNameError as error:
        raise UnknownNameError(error.what, where="ID", mend=error.mend) from error
    write_json(made)
