"""What SQLAlchemy may log of our statements: their text, and never a value that goes in or a row that comes out."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

LOGGER = "dentalpain"  # our statements go to the logger sqlalchemy.engine.Engine.dentalpain


def discreet(engine: Engine) -> Engine:
    """The engine over the same pool, with a log of its own. What the host does with its engine is logged as before."""
    if engine.logging_name == LOGGER:
        return engine
    ours = engine.execution_options()
    ours.hide_parameters, ours.logging_name = True, LOGGER
    ours.echo = engine.echo  # gives it the logger of its new name
    logging.getLogger(f"sqlalchemy.engine.Engine.{LOGGER}").addFilter(_without_rows)
    return ours


def _without_rows(record: logging.LogRecord) -> bool:
    """At DEBUG SQLAlchemy would log each row that it reads, which `hide_parameters` does not keep back."""
    return record.levelno > logging.DEBUG
