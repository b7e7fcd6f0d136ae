"""The tables as the newest migration leaves them.

All names begin with `dentalpain_`, every table names the tenant, and nothing points at a table of the host. JSON and
times are text: exact numbers, and times in UTC that sort as text, are then the same in every database.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from .guest import VERSION_TABLE

__all__ = [
    "REVISION",
    "VERSION_TABLE",
    "assessments",
    "audit",
    "cards",
    "kept_answers",
    "metadata",
    "moved_patients",
    "mutes",
    "overrides",
    "patient_forms",
    "seals",
    "signatures",
    "tenants",
    "used_tokens",
]

REVISION = "0005"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts up by itself only where the key is a plain INTEGER.
_COUNTER = BigInteger().with_variant(Integer(), "sqlite")


def _text(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text, nullable=nullable)


def _number() -> Column[int]:
    return Column("number", _COUNTER, primary_key=True, autoincrement=True)


tenants = Table("dentalpain_tenants", metadata, Column("tenant", Text, primary_key=True))

assessments = Table(
    "dentalpain_assessments",
    metadata,
    _number(),
    _text("tenant"),
    _text("id"),
    _text("kind"),
    _text("patient_ref"),
    Column("judged_on", Date, nullable=False),
    _text("saved_at"),
    _text("actor"),
    _text("inputs"),
    _text("result"),
    _text("package_version"),
    _text("digest"),
    UniqueConstraint("tenant", "id"),
    Index(None, "tenant", "patient_ref", "number"),
    sqlite_autoincrement=True,
)

signatures = Table(
    "dentalpain_signatures",
    metadata,
    _number(),
    _text("tenant"),
    _text("item"),
    _text("digest"),
    _text("who"),
    _text("licence"),
    _text("role"),
    Column("signed_on", Date, nullable=False),
    Index(None, "tenant", "number"),
    sqlite_autoincrement=True,
)

overrides = Table(
    "dentalpain_overrides",
    metadata,
    _number(),
    _text("tenant"),
    _text("assessment_id"),
    _text("rule"),
    _text("actor"),
    _text("overridden_at"),
    _text("reason_code", nullable=True),
    _text("reason_text", nullable=True),
    ForeignKeyConstraint(["tenant", "assessment_id"], ["dentalpain_assessments.tenant", "dentalpain_assessments.id"]),
    Index(None, "tenant", "assessment_id"),
    sqlite_autoincrement=True,
)

audit = Table(
    "dentalpain_audit",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    _text("who"),
    _text("action"),
    _text("patient_ref", nullable=True),
    _text("assessment_id", nullable=True),
    _text("at"),
    _text("result"),
    _text("previous_hash"),
    _text("row_hash"),
    Index(None, "tenant", "patient_ref"),
)

seals = Table(
    "dentalpain_audit_seals",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("first_number", BigInteger, primary_key=True, autoincrement=False),
    Column("last_number", BigInteger, nullable=False),
    _text("first_hash"),
    _text("last_hash"),
    Column("entries", BigInteger, nullable=False),
    Column("sealed_on", Date, nullable=False),
)

moved_patients = Table(
    "dentalpain_moved_patients",
    metadata,
    _number(),
    _text("tenant"),
    _text("old_ref"),
    _text("new_ref"),
    _text("moved_at"),
    _text("actor"),
    Index(None, "tenant", "number"),
    sqlite_autoincrement=True,
)

cards = Table(
    "dentalpain_cards",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("card", Text, primary_key=True),
    _text("assessment_id"),
    ForeignKeyConstraint(["tenant", "assessment_id"], ["dentalpain_assessments.tenant", "dentalpain_assessments.id"]),
    Index(None, "tenant", "assessment_id"),
)

kept_answers = Table(
    "dentalpain_kept_answers",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    _text("request"),
    _text("until"),
    Column("status", Integer, nullable=True),
    _text("headers", nullable=True),
    _text("body", nullable=True),
    _text("patient_ref", nullable=True),
    Index(None, "tenant", "patient_ref"),
)

mutes = Table(
    "dentalpain_mutes",
    metadata,
    _number(),
    _text("tenant"),
    _text("id"),
    _text("patient_ref"),
    _text("rule"),
    _text("severity"),
    _text("basis"),
    _text("rule_digest"),
    Column("muted_until", Date, nullable=False),
    _text("actor"),
    _text("muted_at"),
    _text("reason_code", nullable=True),
    _text("reason_text", nullable=True),
    _text("lifted_by", nullable=True),
    _text("lifted_at", nullable=True),
    UniqueConstraint("tenant", "id"),
    Index(None, "tenant", "patient_ref"),
    sqlite_autoincrement=True,
)

patient_forms = Table(
    "dentalpain_patient_forms",
    metadata,
    _number(),
    _text("tenant"),
    _text("id"),
    _text("patient_ref"),
    _text("instruments"),
    _text("language"),
    _text("token_hash"),
    _text("asked_by"),
    _text("asked_at"),
    _text("expires_at"),
    *(_text(name, nullable=True) for name in ("answered_at", "answers", "closed_by", "closed_at", "taken_into")),
    UniqueConstraint("tenant", "id"),
    UniqueConstraint("tenant", "token_hash"),
    Index(None, "tenant", "patient_ref"),
    Index(None, "tenant", "asked_at"),
    sqlite_autoincrement=True,
)

used_tokens = Table(
    "dentalpain_used_tokens",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("token", Text, primary_key=True),
    _text("until"),
)
