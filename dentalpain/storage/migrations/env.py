"""Run by Alembic: the steps go over the connection that `storage.migrate` hands in."""

from __future__ import annotations

from alembic import context

from dentalpain.storage.tables import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
context.run_migrations()
