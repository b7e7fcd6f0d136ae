"""Flags that are muted for one patient, up to a day; lifting one fills the last two columns, and removes nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLE = "dentalpain_mutes"

# As in 0002: unset, the setting is NULL or empty, and neither is the name of an office.
_OWN = "tenant = NULLIF(current_setting('dentalpain.tenant', true), '')"


def upgrade() -> None:
    """Add the table, and show each office its own rows alone."""
    op.create_table(
        _TABLE,
        sa.Column("number", _COUNTER, nullable=False, autoincrement=True),
        *(_text(name) for name in ("tenant", "id", "patient_ref", "rule", "severity", "basis", "rule_digest")),
        sa.Column("muted_until", sa.Date(), nullable=False),
        *(_text(name) for name in ("actor", "muted_at")),
        *(_text(name, nullable=True) for name in ("reason_code", "reason_text", "lifted_by", "lifted_at")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_dentalpain_mutes")),
        sa.UniqueConstraint("tenant", "id", name=op.f("uq_dentalpain_mutes_tenant_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_dentalpain_mutes_tenant_patient_ref"), _TABLE, ["tenant", "patient_ref"])
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"CREATE POLICY {_TABLE}_own ON {_TABLE} USING ({_OWN}) WITH CHECK ({_OWN})")
        op.execute(f"ALTER TABLE {_TABLE} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {_TABLE} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    """Remove the table; its policy goes with it, and each flag speaks again."""
    op.drop_table(_TABLE)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)
