"""What is asked once: cards and their assessments, answers under an idempotency key, and tokens that were used.

Rows of the last two are of no use after a day at the most, and go then; nobody reads a history from them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES = ("dentalpain_cards", "dentalpain_kept_answers", "dentalpain_used_tokens")

# As in 0002: unset, the setting is NULL or empty, and neither is the name of an office.
_OWN = "tenant = NULLIF(current_setting('dentalpain.tenant', true), '')"


def upgrade() -> None:
    """Add the three tables, and show each office its own rows alone."""
    _create_cards()
    _create_kept_answers()
    _create_used_tokens()
    if op.get_bind().dialect.name != "sqlite":
        for table in _TABLES:
            op.execute(f"CREATE POLICY {table}_own ON {table} USING ({_OWN}) WITH CHECK ({_OWN})")
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    """Remove the three tables; their policies go with them."""
    for table in _TABLES:
        op.drop_table(table)


def _create_cards() -> None:
    op.create_table(
        "dentalpain_cards",
        *(_text(name) for name in ("tenant", "card", "assessment_id")),
        sa.PrimaryKeyConstraint("tenant", "card", name=op.f("pk_dentalpain_cards")),
        sa.ForeignKeyConstraint(
            ["tenant", "assessment_id"],
            ["dentalpain_assessments.tenant", "dentalpain_assessments.id"],
            name=op.f("fk_dentalpain_cards_tenant_assessment_id"),
        ),
    )
    op.create_index(op.f("ix_dentalpain_cards_tenant_assessment_id"), "dentalpain_cards", ["tenant", "assessment_id"])


def _create_kept_answers() -> None:
    op.create_table(
        "dentalpain_kept_answers",
        *(_text(name) for name in ("tenant", "key", "request", "until")),
        sa.Column("status", sa.Integer(), nullable=True),
        *(_text(name, nullable=True) for name in ("headers", "body", "patient_ref")),
        sa.PrimaryKeyConstraint("tenant", "key", name=op.f("pk_dentalpain_kept_answers")),
    )
    op.create_index(
        op.f("ix_dentalpain_kept_answers_tenant_patient_ref"), "dentalpain_kept_answers", ["tenant", "patient_ref"]
    )


def _create_used_tokens() -> None:
    op.create_table(
        "dentalpain_used_tokens",
        *(_text(name) for name in ("tenant", "token", "until")),
        sa.PrimaryKeyConstraint("tenant", "token", name=op.f("pk_dentalpain_used_tokens")),
    )


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)
