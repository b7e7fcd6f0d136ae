"""The role that an app connects with: what it must not be, and what it needs. PostgreSQL alone has roles."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.dialects import postgresql

from ..errors import StoreError
from .engines import check_backend, store_errors
from .guest import VERSION_TABLE
from .tables import metadata

# A role that may become another one has what the other has: both are asked, and the role that signed in.
_POWERS = text(
    """
    SELECT coalesce(bool_or(rolsuper), false) AS super, coalesce(bool_or(rolbypassrls), false) AS bypass
    FROM pg_catalog.pg_roles
    WHERE pg_catalog.pg_has_role(current_user, oid, 'MEMBER') OR pg_catalog.pg_has_role(session_user, oid, 'MEMBER')
    """
)
_TABLES = text(
    """
    SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS parted,
           pg_catalog.pg_has_role(current_user, relowner, 'MEMBER')
             OR pg_catalog.pg_has_role(session_user, relowner, 'MEMBER') AS owned,
           pg_catalog.has_table_privilege(current_user, oid, 'TRUNCATE') AS truncates
    FROM pg_catalog.pg_class
    WHERE relname = ANY(:names) AND pg_catalog.pg_table_is_visible(oid) ORDER BY relname
    """
)
_MEND = "Let the app connect as a narrow role: dentalpain db grants ROLE writes what it needs."

# The app writes and reads; deleting, moving and pruning are for the role that owns the tables. It may let go what is
# of no use after a day, and let a card lead to a newer assessment.
_WRITTEN = ("assessments", "signatures", "overrides", "mutes", "patient_forms", "audit")
_READ = ("tenants", "audit_seals", "moved_patients")
_LET_GO = ("cards", "kept_answers", "used_tokens")
_COUNTED = ("assessments", "signatures", "overrides", "mutes", "patient_forms")
# All of a row that may change.
_FILLED = {"mutes": "lifted_by, lifted_at", "patient_forms": "answered_at, answers, closed_by, closed_at, taken_into"}


def check_role(engine: Engine) -> None:
    """Raise StoreError where the role of the connection could see or change what is not its office's.

    That is a superuser, a role with BYPASSRLS, the owner of the tables, one that may become any of these, or may
    empty a table; and tables whose row security is not in force. On SQLite there is nothing to check.
    """
    check_backend(engine)
    if engine.dialect.name != "postgresql":
        return
    with store_errors(), engine.connect() as connection:
        _check_powers(connection)
        _check_tables(connection)


def grants(role: str) -> tuple[str, ...]:
    """The statements that give an app's role what it needs and no more, for the role that owns the tables."""
    name = postgresql.dialect().identifier_preparer.quote(role)  # type: ignore[no-untyped-call]  # SQLAlchemy's dialect has no types
    return (
        *(f"GRANT SELECT, INSERT ON dentalpain_{table} TO {name};" for table in _WRITTEN),
        *(f"GRANT UPDATE ({columns}) ON dentalpain_{table} TO {name};" for table, columns in _FILLED.items()),
        *(f"GRANT SELECT, INSERT, DELETE ON dentalpain_{table} TO {name};" for table in _LET_GO),
        *(f"GRANT SELECT ON dentalpain_{table} TO {name};" for table in _READ),
        f"GRANT SELECT ON {VERSION_TABLE} TO {name};",
        *(f"GRANT USAGE ON SEQUENCE dentalpain_{table}_number_seq TO {name};" for table in _COUNTED),
    )


def _check_powers(connection: Connection) -> None:
    powers = connection.execute(_POWERS).one()
    if powers.super:
        raise StoreError(f"The role of the store is a superuser, whom no policy binds. {_MEND}")
    if powers.bypass:
        raise StoreError(f"The role of the store has BYPASSRLS, so that it sees every office. {_MEND}")


def _check_tables(connection: Connection) -> None:
    found: dict[str, Any] = {row.name: row for row in connection.execute(_TABLES, {"names": list(metadata.tables)})}
    missing = sorted(set(metadata.tables) - set(found))
    if missing:
        raise StoreError(f"The table {missing[0]} is not in sight of this role. Run: dentalpain db upgrade")
    for name, row in found.items():
        if row.owned:
            raise StoreError(f"The role of the store owns the table {name} and could lift its row security. {_MEND}")
        if row.truncates:
            raise StoreError(f"The role of the store may empty the table {name}. {_MEND}")
        if not row.parted:
            raise StoreError(f"The row security of the table {name} is not in force. Run: dentalpain db upgrade")
