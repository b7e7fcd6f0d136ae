"""The first tables: assessments, signatures, overrides and the audit trail, with the triggers that guard them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# Tables whose rows are only ever added, with the columns that make a row the same row.
_GUARDED = {"dentalpain_audit": ("tenant", "number"), "dentalpain_signatures": ("number",)}


def upgrade() -> None:
    """Make the tables and their guards."""
    _create_tenants()
    _create_assessments()
    _create_signatures()
    _create_overrides()
    _create_audit()
    if op.get_bind().dialect.name == "sqlite":
        _guard_on_sqlite()
    else:
        _guard_on_postgresql()


def downgrade() -> None:
    """Remove the tables with all that they hold."""
    for table in ("overrides", "assessments", "signatures", "audit", "tenants"):
        op.drop_table(f"dentalpain_{table}")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION dentalpain_refuse_change()")


def _create_tenants() -> None:
    op.create_table(
        "dentalpain_tenants",
        _text("tenant"),
        sa.PrimaryKeyConstraint("tenant", name=op.f("pk_dentalpain_tenants")),
    )


def _create_assessments() -> None:
    op.create_table(
        "dentalpain_assessments",
        _number(),
        *(_text(name) for name in ("tenant", "id", "kind", "patient_ref")),
        sa.Column("judged_on", sa.Date(), nullable=False),
        *(_text(name) for name in ("saved_at", "actor", "inputs", "result", "package_version", "digest")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_dentalpain_assessments")),
        sa.UniqueConstraint("tenant", "id", name=op.f("uq_dentalpain_assessments_tenant_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_dentalpain_assessments_tenant_patient_ref_number"),
        "dentalpain_assessments",
        ["tenant", "patient_ref", "number"],
    )


def _create_signatures() -> None:
    op.create_table(
        "dentalpain_signatures",
        _number(),
        *(_text(name) for name in ("tenant", "item", "digest", "who", "licence", "role")),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_dentalpain_signatures")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_dentalpain_signatures_tenant_number"), "dentalpain_signatures", ["tenant", "number"])


def _create_overrides() -> None:
    op.create_table(
        "dentalpain_overrides",
        _number(),
        *(_text(name) for name in ("tenant", "assessment_id", "rule", "actor", "overridden_at")),
        *(_text(name, nullable=True) for name in ("reason_code", "reason_text")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_dentalpain_overrides")),
        sa.ForeignKeyConstraint(
            ["tenant", "assessment_id"],
            ["dentalpain_assessments.tenant", "dentalpain_assessments.id"],
            name=op.f("fk_dentalpain_overrides_tenant_assessment_id"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_dentalpain_overrides_tenant_assessment_id"), "dentalpain_overrides", ["tenant", "assessment_id"]
    )


def _create_audit() -> None:
    op.create_table(
        "dentalpain_audit",
        _text("tenant"),
        sa.Column("number", sa.BigInteger(), nullable=False, autoincrement=False),
        *(_text(name) for name in ("who", "action")),
        *(_text(name, nullable=True) for name in ("patient_ref", "assessment_id")),
        *(_text(name) for name in ("at", "result", "previous_hash", "row_hash")),
        sa.PrimaryKeyConstraint("tenant", "number", name=op.f("pk_dentalpain_audit")),
    )


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _number() -> sa.Column[int]:
    return sa.Column("number", _COUNTER, nullable=False, autoincrement=True)


def _guard_on_sqlite() -> None:
    for table, key in _GUARDED.items():
        refusal = f"SELECT RAISE(ABORT, '{table}: rows are only ever added')"
        for change in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} BEGIN {refusal}; END")
        # INSERT OR REPLACE removes the old row without asking the DELETE trigger.
        same = " AND ".join(f"{column} = NEW.{column}" for column in key)
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) BEGIN {refusal}; END"
        )


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION dentalpain_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '%: rows are only ever added', TG_TABLE_NAME; END $$"
    )
    for table in _GUARDED:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION dentalpain_refuse_change()"
        )
