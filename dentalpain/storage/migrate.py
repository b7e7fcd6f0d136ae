"""The migrations that ship with the package, run from Python: nothing else of Alembic needs setting up.

Our revisions stand in a version table of their own, beside that of a host.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine

from ..errors import StoreError
from .engines import check_backend, hold_writers, store_errors
from .tables import VERSION_TABLE


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to a revision, the newest by default, in one transaction. Raises StoreError."""
    _run(engine, lambda config: command.upgrade(config, revision))


def downgrade(engine: Engine, revision: str) -> None:
    """Take the tables back to an earlier revision; "base" removes them with all that they hold. Raises StoreError."""
    _run(engine, lambda config: command.downgrade(config, revision))


def current(engine: Engine) -> str | None:
    """The revision that the database stands at, or None where there are no tables of ours. Raises StoreError."""
    with store_errors(), engine.connect() as connection:
        return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


def newest() -> str | None:
    """The newest revision that this package knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _run(engine: Engine, step: Callable[[Config], None]) -> None:
    check_backend(engine)
    with store_errors(), engine.begin() as connection:
        hold_writers(connection, "migrations")
        config = _config()
        config.attributes["connection"] = connection
        try:
            step(config)
        except CommandError:
            raise StoreError("The migrations of this package do not know that revision.") from None


def _config() -> Config:
    config = Config()
    # A percent sign in a folder's name would start an interpolation.
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    return config
