"""Living beside a host's own tables and migrations. Nothing here needs SQLAlchemy or Alembic."""

from __future__ import annotations

TABLE_PREFIX = "dentalpain_"
VERSION_TABLE = "dentalpain_alembic_version"


def keep_our_tables(object_: object, name: str | None, type_: str, reflected: bool, compare_to: object) -> bool:
    """Whether a host's autogenerate may look at something: not at the tables of dentalpain, which it would drop.

    For `context.configure(…, include_object=keep_our_tables)` in the host's `env.py`. A host with a rule of its own
    asks both: `keep_our_tables(*args) and mine(*args)`.
    """
    return not (type_ == "table" and (name or "").startswith(TABLE_PREFIX))
