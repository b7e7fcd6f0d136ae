"""The store in a database, through SQLAlchemy: SQLite for one office, PostgreSQL for many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import URL, Engine, Select, column, insert, inspect, literal, select, table

from ..engine_log import discreet
from ..errors import NotStoredError, StoreError
from . import asked_once, audit_trail, patients
from .chain import Seal, Tip
from .engines import check_backend, clear_log, open_engine, store_errors
from .port import (
    RETENTION_YEARS,
    AuditEntry,
    DecisionCount,
    FiledAssessment,
    KeptAnswer,
    LinkedEntry,
    Override,
    ShownCount,
    Signature,
    StoredAssessment,
)
from .rows import (
    Row,
    assessment_of,
    assessment_row,
    checked_limit,
    filed,
    new_id,
    override_entry,
    override_of,
    override_row,
    saving_entry,
    signature_of,
    signature_row,
    signing_entry,
)
from .sql_forms import SQLForms
from .sql_mutes import SQLMutes
from .tables import REVISION, VERSION_TABLE, assessments, overrides, signatures, tenants
from .transactions import TenantOf, Transactions, Work, rows


class SQLStore(SQLMutes, SQLForms):
    """An AssessmentStore in SQLite or PostgreSQL; may be shared by threads.

    `database` is an address (`sqlite:///office.db`, `postgresql://…`) or an engine of the host, which is used with the
    settings that the host gave it. `tenant` names the office, or is a callable that names it for each transaction,
    such as one that asks who is signed in; what it answers with None is refused. An SQLite file belongs to the first
    tenant that opens it, which must be named. With `create`, missing tables are made. Raises StoreError where the
    tables are missing, of another revision, or another office's.
    """

    def __init__(
        self, database: str | URL | Engine, tenant: str | TenantOf = "default", *, create: bool = False
    ) -> None:
        self._owns_engine = not isinstance(database, Engine)
        self._engine = discreet(database) if isinstance(database, Engine) else open_engine(database, create=create)
        try:
            check_backend(self._engine)
            self._transactions = Transactions(self._engine, tenant)
            self._open(create)
        except BaseException:
            self.close()
            raise

    @property
    def tenant(self) -> str:
        """The office that this store shows at this moment. Raises StoreError where the host's callable names none."""
        return self._transactions.tenant

    @property
    def is_shared(self) -> bool:
        """Whether the host's callable names the office anew for each transaction."""
        return self._transactions.fixed_tenant is None

    @property
    def engine(self) -> Engine:
        """The engine that the store works on."""
        return self._engine

    def of_tenant(self, tenant: str) -> SQLStore:
        """The store of one office on the same engine, for work without anybody signed in."""
        return self if self._transactions.fixed_tenant == tenant else SQLStore(self._engine, tenant)

    def close(self) -> None:
        """Give back the connections; those of a host's engine stay with the host."""
        if self._owns_engine:
            self._engine.dispose()

    def save(self, assessment: StoredAssessment, cards: Sequence[str] = ()) -> str:
        """Keep an assessment, its audit entry and its cards in one transaction; see AssessmentStore.save."""
        assessment_id = new_id()
        row = {"id": assessment_id, **assessment_row(assessment)}
        with self._transactions.writing() as work:
            work.connection.execute(insert(assessments).values(tenant=work.tenant, **row))
            audit_trail.append(work, saving_entry(assessment, assessment_id))
            asked_once.link_cards(work, assessment_id, cards)
        return assessment_id

    def assessment_of_card(self, card: str) -> str | None:
        """The id of the last assessment that was saved with this card, or None."""
        with self._transactions.reading() as work:
            return asked_once.assessment_of_card(work, card)

    def find(self, assessment_id: str) -> StoredAssessment:
        """The assessment with this id. Raises NotStoredError."""
        with self._transactions.reading() as work:
            return assessment_of(_assessment(work, assessment_id))

    def for_patient(
        self, patient_ref: str, limit: int = 20, before: str | None = None, kind: str | None = None
    ) -> tuple[FiledAssessment, ...]:
        """The patient's assessments, the last saved first; see AssessmentStore.for_patient."""
        wanted = checked_limit(limit)
        with self._transactions.reading() as work:
            query = _of_patient(work, patient_ref, kind).limit(wanted)
            if before is not None:
                query = query.where(assessments.c.number < _number(work, patient_ref, before))
            return tuple(filed(row) for row in rows(work, query))

    def latest(self, patient_ref: str, kind: str | None = None) -> FiledAssessment | None:
        """The patient's last saved assessment, or None; see AssessmentStore.latest."""
        with self._transactions.reading() as work:
            return next((filed(row) for row in rows(work, _of_patient(work, patient_ref, kind).limit(1))), None)

    def sign(self, signature: Signature, at: dt.datetime, actor: str | None = None) -> None:
        """Add a signature and its audit entry; see AssessmentStore.sign."""
        row = signature_row(signature)
        with self._transactions.writing() as work:
            work.connection.execute(insert(signatures).values(tenant=work.tenant, **row))
            audit_trail.append(work, signing_entry(signature, at, actor))

    def signatures(self) -> tuple[Signature, ...]:
        """All signatures of this office in the order of signing."""
        with self._transactions.reading() as work:
            query = select(signatures).where(signatures.c.tenant == work.tenant).order_by(signatures.c.number)
            return tuple(signature_of(row) for row in rows(work, query))

    def override(self, override: Override) -> None:
        """Keep a decision against a flag and its audit entry. Raises NotStoredError."""
        row = override_row(override)
        with self._transactions.writing() as work:
            patient_ref = _assessment(work, override.assessment)["patient_ref"]
            work.connection.execute(insert(overrides).values(tenant=work.tenant, **row))
            audit_trail.append(work, override_entry(override, patient_ref))

    def overrides(self, assessment_id: str) -> tuple[Override, ...]:
        """The decisions against flags of this assessment, in the order of arrival."""
        with self._transactions.reading() as work:
            mine = (overrides.c.tenant == work.tenant, overrides.c.assessment_id == assessment_id)
            query = select(overrides).where(*mine).order_by(overrides.c.number)
            return tuple(override_of(row) for row in rows(work, query))

    def decision_counts(self, since: dt.date, before: dt.date) -> tuple[DecisionCount, ...]:
        """How flags were decided on, by rule and reason; see AssessmentStore.decision_counts."""
        with self._transactions.reading() as work:
            return asked_once.decision_counts(work, since, before)

    def shown_counts(self, since: dt.date, before: dt.date) -> tuple[ShownCount, ...]:
        """How often each rule spoke; see AssessmentStore.shown_counts."""
        with self._transactions.reading() as work:
            return asked_once.shown(work, since, before)

    def claim(self, wanted: KeptAnswer, at: dt.datetime) -> KeptAnswer | None:
        """Begin a request under its key, or what is held under it; see AssessmentStore.claim."""
        with self._transactions.writing() as work:
            return asked_once.claim(work, wanted, at)

    def keep_answer(self, answer: KeptAnswer) -> None:
        """Put an answer in the place of what is held under its key."""
        with self._transactions.writing() as work:
            asked_once.keep_answer(work, answer)

    def release(self, key: str) -> None:
        """Forget what is held under a key."""
        with self._transactions.writing() as work:
            asked_once.release(work, key)

    def use_once(self, token: str, until: dt.datetime, at: dt.datetime) -> bool:
        """Whether a token is used for the first time; it is remembered until then."""
        with self._transactions.writing() as work:
            return asked_once.use_once(work, token, until, at)

    def append(self, entry: AuditEntry) -> None:
        """Add an entry to the end of the audit trail."""
        with self._transactions.writing() as work:
            audit_trail.append(work, entry)

    def trail(self, after: int = 0, limit: int = 100) -> tuple[LinkedEntry, ...]:
        """The audit entries behind a number, oldest first; see AssessmentStore.trail."""
        with self._transactions.reading() as work:
            return audit_trail.page(work, after, limit)

    def verify(self, tip: Tip | None = None) -> int | None:
        """The number of the first audit row that is not as it was written, or None; see AssessmentStore.verify."""
        with self._transactions.reading() as work:
            return audit_trail.first_broken(work, tip)

    def tip(self) -> Tip:
        """The last link of the audit trail."""
        with self._transactions.reading() as work:
            return audit_trail.tip(work)

    def prune(self, before: dt.date, who: str, at: dt.datetime, keep_years: int = RETENTION_YEARS) -> Seal | None:
        """Replace the audit rows before a day by one seal, in one transaction; see AssessmentStore.prune."""
        with self._transactions.writing() as work:
            return audit_trail.prune(work, before, who, at, keep_years)

    def export_patient(self, patient_ref: str, who: str, at: dt.datetime) -> dict[str, Any]:
        """All that is stored about a patient; see AssessmentStore.export_patient."""
        with self._transactions.writing() as work:
            return patients.export_patient(work, patient_ref, who, at)

    def delete_patient(self, patient_ref: str, who: str, at: dt.datetime) -> int:
        """Remove a patient's assessments and decisions; see AssessmentStore.delete_patient."""
        with self._transactions.writing() as work:
            removed = patients.delete_patient(work, patient_ref, who, at)
        clear_log(self._engine)
        return removed

    def move_patient(self, old_ref: str, new_ref: str, who: str, at: dt.datetime) -> int:
        """Give a patient's assessments to another reference; see AssessmentStore.move_patient."""
        with self._transactions.writing() as work:
            return patients.move_patient(work, old_ref, new_ref, who, at)

    def _open(self, create: bool) -> None:
        revision = self._revision()
        if revision is None and create:
            from . import migrate  # Alembic is loaded only by whoever needs it

            migrate.upgrade(self._engine)
            revision = self._revision()
        if revision is None:
            raise StoreError("The store has no tables yet. Run: dentalpain db upgrade")
        if revision != REVISION:
            raise StoreError(
                f"The tables of the store are of revision {revision}, this package needs {REVISION}. "
                "Run: dentalpain db upgrade; if that knows no newer one, install the newer package."
            )
        if self._engine.dialect.name == "sqlite":
            self._claim_file()

    def _revision(self) -> str | None:
        with store_errors(), self._engine.connect() as connection:
            if not inspect(connection).has_table(VERSION_TABLE):
                return None
            return connection.execute(select(column("version_num")).select_from(table(VERSION_TABLE))).scalar()

    def _claim_file(self) -> None:
        if self._transactions.fixed_tenant is None:
            raise StoreError("An SQLite file holds one office: name its tenant, or keep many offices in PostgreSQL.")
        owner = self._owner()
        if owner is None:
            mine = select(literal(self.tenant)).where(~select(tenants.c.tenant).exists())
            with self._transactions.writing() as work:
                work.connection.execute(insert(tenants).from_select(["tenant"], mine))
            owner = self._owner()
        if owner != self.tenant:
            raise StoreError("This SQLite file belongs to another office. Name its tenant, or use a file per office.")

    def _owner(self) -> str | None:
        with self._transactions.reading() as work:
            return work.connection.execute(select(tenants.c.tenant)).scalar()


def _assessment(work: Work, assessment_id: str) -> Row:
    query = select(assessments).where(assessments.c.tenant == work.tenant, assessments.c.id == assessment_id)
    for row in rows(work, query):
        return row
    raise NotStoredError("No assessment with this id is stored for this office.")


def _of_patient(work: Work, patient_ref: str, kind: str | None) -> Select[Any]:
    mine = (assessments.c.tenant == work.tenant, assessments.c.patient_ref == patient_ref)
    query = select(assessments).where(*mine).order_by(assessments.c.number.desc())
    return query if kind is None else query.where(assessments.c.kind == kind)


def _number(work: Work, patient_ref: str, assessment_id: str) -> int:
    row = _assessment(work, assessment_id)
    if row["patient_ref"] != patient_ref:
        raise NotStoredError("This patient has no assessment with the id from which the list should go on.")
    return int(row["number"])
