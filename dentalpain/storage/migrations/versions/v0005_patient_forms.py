"""Questionnaires that are handed to a patient; what becomes of one fills the last five columns, and removes nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLE = "dentalpain_patient_forms"
_ASKED = ("tenant", "id", "patient_ref", "instruments", "language", "token_hash", "asked_by", "asked_at", "expires_at")
_BECAME = ("answered_at", "answers", "closed_by", "closed_at", "taken_into")

# As in 0002: unset, the setting is NULL or empty, and neither is the name of an office.
_OWN = "tenant = NULLIF(current_setting('dentalpain.tenant', true), '')"


def upgrade() -> None:
    """Add the table, and show each office its own rows alone."""
    op.create_table(
        _TABLE,
        sa.Column("number", _COUNTER, nullable=False, autoincrement=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _ASKED),
        *(sa.Column(name, sa.Text(), nullable=True) for name in _BECAME),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_dentalpain_patient_forms")),
        sa.UniqueConstraint("tenant", "id", name=op.f("uq_dentalpain_patient_forms_tenant_id")),
        sa.UniqueConstraint("tenant", "token_hash", name=op.f("uq_dentalpain_patient_forms_tenant_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_dentalpain_patient_forms_tenant_patient_ref"), _TABLE, ["tenant", "patient_ref"])
    op.create_index(op.f("ix_dentalpain_patient_forms_tenant_asked_at"), _TABLE, ["tenant", "asked_at"])
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"CREATE POLICY {_TABLE}_own ON {_TABLE} USING ({_OWN}) WITH CHECK ({_OWN})")
        op.execute(f"ALTER TABLE {_TABLE} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {_TABLE} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    """Remove the table; its policy goes with it, and no handed address opens a form any more."""
    op.drop_table(_TABLE)
