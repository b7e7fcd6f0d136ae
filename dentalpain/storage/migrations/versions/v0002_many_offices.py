"""Many offices: PostgreSQL shows each its own rows; pruned audit rows leave a seal; moved patients leave a trace.

From here on the policies bind the owner of the tables as well. A later step that has to read or change rows takes
`FORCE ROW LEVEL SECURITY` off first.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dentalpain.errors import StoreError

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TENANTED = (
    "dentalpain_tenants",
    "dentalpain_assessments",
    "dentalpain_signatures",
    "dentalpain_overrides",
    "dentalpain_audit",
    "dentalpain_audit_seals",
    "dentalpain_moved_patients",
)
_ADDED_ONLY = {"dentalpain_audit_seals": ("tenant", "first_number"), "dentalpain_moved_patients": ("number",)}

# Unset, the setting is NULL; after a transaction that had set it, it is empty. Neither is the name of an office.
_OWN = "tenant = NULLIF(current_setting('dentalpain.tenant', true), '')"


def upgrade() -> None:
    """Add the tables, let sealed audit rows go, and show each office its own rows alone."""
    _create_seals()
    _create_moved_patients()
    op.create_index(op.f("ix_dentalpain_audit_tenant_patient_ref"), "dentalpain_audit", ["tenant", "patient_ref"])
    if op.get_bind().dialect.name == "sqlite":
        _guard_on_sqlite()
    else:
        _guard_on_postgresql()
        _part_offices()


def downgrade() -> None:
    """Take the policies and the two tables away; refused once audit rows were pruned."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if not sqlite:
        _join_offices()
    _refuse_pruned()
    op.drop_table("dentalpain_audit_seals")
    op.drop_table("dentalpain_moved_patients")
    op.drop_index(op.f("ix_dentalpain_audit_tenant_patient_ref"), "dentalpain_audit")
    if sqlite:
        _guard_all_on_sqlite()
    else:
        _guard_all_on_postgresql()


def _create_seals() -> None:
    op.create_table(
        "dentalpain_audit_seals",
        _text("tenant"),
        sa.Column("first_number", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        *(_text(name) for name in ("first_hash", "last_hash")),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("sealed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "first_number", name=op.f("pk_dentalpain_audit_seals")),
    )


def _create_moved_patients() -> None:
    op.create_table(
        "dentalpain_moved_patients",
        sa.Column("number", _COUNTER, nullable=False, autoincrement=True),
        *(_text(name) for name in ("tenant", "old_ref", "new_ref", "moved_at", "actor")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_dentalpain_moved_patients")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_dentalpain_moved_patients_tenant_number"), "dentalpain_moved_patients", ["tenant", "number"]
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _refuse_pruned() -> None:
    if op.get_bind().execute(sa.text("SELECT count(*) FROM dentalpain_audit_seals")).scalar():
        raise StoreError("Audit entries were pruned, and the earlier tables cannot hold their seals.")


# -- SQLite ------------------------------------------------------------------------------------------------------------

_TRUE_SEAL = """
    NEW.first_number = 1 + (SELECT coalesce(max(last_number), 0) FROM dentalpain_audit_seals WHERE tenant = NEW.tenant)
    AND NEW.entries = NEW.last_number - NEW.first_number + 1
    AND NEW.entries = (SELECT count(*) FROM dentalpain_audit
                       WHERE tenant = NEW.tenant AND number BETWEEN NEW.first_number AND NEW.last_number)
    AND NEW.first_hash = (SELECT row_hash FROM dentalpain_audit
                          WHERE tenant = NEW.tenant AND number = NEW.first_number)
    AND NEW.last_hash = (SELECT row_hash FROM dentalpain_audit
                         WHERE tenant = NEW.tenant AND number = NEW.last_number)
"""


def _guard_on_sqlite() -> None:
    for table, key in _ADDED_ONLY.items():
        refusal = _refusal(f"{table}: rows are only ever added")
        for change in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} BEGIN {refusal} END")
        # INSERT OR REPLACE removes the old row without asking the DELETE trigger.
        same = " AND ".join(f"{column} = NEW.{column}" for column in key)
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) BEGIN {refusal} END"
        )
    op.execute(
        "CREATE TRIGGER dentalpain_audit_seals_true BEFORE INSERT ON dentalpain_audit_seals "
        f"WHEN ({_TRUE_SEAL}) IS NOT TRUE BEGIN {_refusal('dentalpain_audit_seals: not what the trail holds')} END"
    )
    op.execute("DROP TRIGGER dentalpain_audit_no_delete")
    op.execute(
        "CREATE TRIGGER dentalpain_audit_no_delete BEFORE DELETE ON dentalpain_audit "
        "WHEN NOT EXISTS (SELECT 1 FROM dentalpain_audit_seals "
        "WHERE tenant = OLD.tenant AND OLD.number BETWEEN first_number AND last_number) "
        f"BEGIN {_refusal('dentalpain_audit: rows are only ever added')} END"
    )


def _guard_all_on_sqlite() -> None:
    op.execute("DROP TRIGGER dentalpain_audit_no_delete")
    op.execute(
        "CREATE TRIGGER dentalpain_audit_no_delete BEFORE DELETE ON dentalpain_audit "
        f"BEGIN {_refusal('dentalpain_audit: rows are only ever added')} END"
    )


def _refusal(message: str) -> str:
    return f"SELECT RAISE(ABORT, '{message}');"


# -- PostgreSQL --------------------------------------------------------------------------------------------------------

# Tables are named with their schema, and the path holds the catalog first: a temporary table or an operator of the
# caller's own must not answer in the place of ours.
_FUNCTION = "RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS"

_REFUSE_UNSEALED = f"""
CREATE FUNCTION dentalpain_refuse_unsealed() {_FUNCTION} $$
DECLARE sealed boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.dentalpain_audit_seals '
                 'WHERE tenant = $1 AND $2 BETWEEN first_number AND last_number)', TG_TABLE_SCHEMA)
    INTO sealed USING OLD.tenant, OLD.number;
  IF sealed THEN RETURN OLD; END IF;
  RAISE EXCEPTION '%: rows are only ever added', TG_TABLE_NAME;
END $$
"""

_REFUSE_FALSE_SEAL = f"""
CREATE FUNCTION dentalpain_refuse_false_seal() {_FUNCTION} $$
DECLARE next_number bigint; held bigint; first_held text; last_held text;
BEGIN
  EXECUTE format('SELECT coalesce(max(last_number), 0) + 1 FROM %I.dentalpain_audit_seals WHERE tenant = $1',
                 TG_TABLE_SCHEMA) INTO next_number USING NEW.tenant;
  EXECUTE format('SELECT count(*), max(row_hash) FILTER (WHERE number = $2), max(row_hash) FILTER (WHERE number = $3) '
                 'FROM %I.dentalpain_audit WHERE tenant = $1 AND number BETWEEN $2 AND $3', TG_TABLE_SCHEMA)
    INTO held, first_held, last_held USING NEW.tenant, NEW.first_number, NEW.last_number;
  IF NEW.first_number = next_number AND NEW.entries = NEW.last_number - NEW.first_number + 1 AND NEW.entries = held
     AND NEW.first_hash = first_held AND NEW.last_hash = last_held THEN RETURN NEW; END IF;
  RAISE EXCEPTION '%: not what the trail holds', TG_TABLE_NAME;
END $$
"""


def _guard_on_postgresql() -> None:
    op.execute(_REFUSE_UNSEALED)
    op.execute(_REFUSE_FALSE_SEAL)
    for table in _ADDED_ONLY:
        _refuse_on_postgresql(table, "UPDATE OR DELETE OR TRUNCATE")
    op.execute(
        "CREATE TRIGGER dentalpain_audit_seals_true BEFORE INSERT ON dentalpain_audit_seals "
        "FOR EACH ROW EXECUTE FUNCTION dentalpain_refuse_false_seal()"
    )
    op.execute("DROP TRIGGER dentalpain_audit_no_change ON dentalpain_audit")
    _refuse_on_postgresql("dentalpain_audit", "UPDATE OR TRUNCATE")
    op.execute(
        "CREATE TRIGGER dentalpain_audit_no_delete BEFORE DELETE ON dentalpain_audit "
        "FOR EACH ROW EXECUTE FUNCTION dentalpain_refuse_unsealed()"
    )


def _guard_all_on_postgresql() -> None:
    op.execute("DROP TRIGGER dentalpain_audit_no_delete ON dentalpain_audit")
    op.execute("DROP TRIGGER dentalpain_audit_no_change ON dentalpain_audit")
    _refuse_on_postgresql("dentalpain_audit", "UPDATE OR DELETE OR TRUNCATE")
    op.execute("DROP FUNCTION dentalpain_refuse_unsealed()")
    op.execute("DROP FUNCTION dentalpain_refuse_false_seal()")


def _refuse_on_postgresql(table: str, changes: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE {changes} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION dentalpain_refuse_change()"
    )


def _part_offices() -> None:
    for table in _TENANTED:
        op.execute(f"CREATE POLICY {table}_own ON {table} USING ({_OWN}) WITH CHECK ({_OWN})")
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _join_offices() -> None:
    for table in _TENANTED:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        op.execute(f"DROP POLICY {table}_own ON {table}")
