"""The store in a database, through SQLAlchemy: SQLite for one office, PostgreSQL for many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, Select, column, insert, inspect, literal, select, table

from ..errors import NotStoredError, StoreError
from . import chain
from .chain import Tip
from .engines import check_backend, hold_writers, open_engine, store_errors
from .port import AuditEntry, FiledAssessment, Override, Signature, StoredAssessment
from .rows import (
    Row,
    assessment_of,
    assessment_row,
    audit_row,
    checked_limit,
    checked_text,
    filed,
    new_id,
    override_of,
    override_row,
    saving_entry,
    signature_of,
    signature_row,
)
from .tables import REVISION, VERSION_TABLE, assessments, audit, overrides, signatures, tenants


class SQLStore:
    """An AssessmentStore in SQLite or PostgreSQL; may be shared by threads.

    `database` is an address (`sqlite:///office.db`, `postgresql://…`) or an engine of the host, which is used with the
    settings that the host gave it. An SQLite file belongs to the first tenant that opens it. With `create`, missing
    tables are made. Raises StoreError where the tables are missing, of another revision, or another office's.
    """

    def __init__(self, database: str | URL | Engine, tenant: str = "default", *, create: bool = False) -> None:
        self._tenant = checked_text("The tenant", tenant)
        self._owns_engine = not isinstance(database, Engine)
        self._engine = database if isinstance(database, Engine) else open_engine(database, create=create)
        check_backend(self._engine)
        try:
            self._open(create)
        except BaseException:
            self.close()
            raise

    @property
    def tenant(self) -> str:
        """The office that this store belongs to."""
        return self._tenant

    def close(self) -> None:
        """Give back the connections; those of a host's engine stay with the host."""
        if self._owns_engine:
            self._engine.dispose()

    def save(self, assessment: StoredAssessment) -> str:
        """Keep an assessment and its audit entry in one transaction; see AssessmentStore.save."""
        assessment_id = new_id()
        row = {"tenant": self._tenant, "id": assessment_id, **assessment_row(assessment)}
        with self._writing() as connection:
            connection.execute(insert(assessments).values(row))
            self._append(connection, saving_entry(assessment, assessment_id))
        return assessment_id

    def find(self, assessment_id: str) -> StoredAssessment:
        """The assessment with this id. Raises NotStoredError."""
        with self._reading() as connection:
            return assessment_of(self._assessment(connection, assessment_id))

    def for_patient(self, patient_ref: str, limit: int = 20, before: str | None = None) -> tuple[FiledAssessment, ...]:
        """The patient's assessments, the last saved first; see AssessmentStore.for_patient."""
        query = self._of_patient(patient_ref).limit(checked_limit(limit))
        with self._reading() as connection:
            if before is not None:
                query = query.where(assessments.c.number < self._number(connection, patient_ref, before))
            return tuple(filed(row) for row in _rows(connection, query))

    def latest(self, patient_ref: str, kind: str | None = None) -> FiledAssessment | None:
        """The patient's last saved assessment, or None; see AssessmentStore.latest."""
        query = self._of_patient(patient_ref).limit(1)
        if kind is not None:
            query = query.where(assessments.c.kind == kind)
        with self._reading() as connection:
            return next((filed(row) for row in _rows(connection, query)), None)

    def sign(self, signature: Signature) -> None:
        """Add a signature."""
        row = {"tenant": self._tenant, **signature_row(signature)}
        with self._writing() as connection:
            connection.execute(insert(signatures).values(row))

    def signatures(self) -> tuple[Signature, ...]:
        """All signatures of this office in the order of signing."""
        query = select(signatures).where(signatures.c.tenant == self._tenant).order_by(signatures.c.number)
        with self._reading() as connection:
            return tuple(signature_of(row) for row in _rows(connection, query))

    def override(self, override: Override) -> None:
        """Keep a decision against a flag. Raises NotStoredError."""
        row = {"tenant": self._tenant, **override_row(override)}
        with self._writing() as connection:
            self._assessment(connection, override.assessment)
            connection.execute(insert(overrides).values(row))

    def overrides(self, assessment_id: str) -> tuple[Override, ...]:
        """The decisions against flags of this assessment, in the order of arrival."""
        query = (
            select(overrides)
            .where(overrides.c.tenant == self._tenant, overrides.c.assessment_id == assessment_id)
            .order_by(overrides.c.number)
        )
        with self._reading() as connection:
            return tuple(override_of(row) for row in _rows(connection, query))

    def append(self, entry: AuditEntry) -> None:
        """Add an entry to the end of the audit trail."""
        with self._writing() as connection:
            self._append(connection, entry)

    def verify(self, tip: Tip | None = None) -> int | None:
        """The number of the first audit row that is not as it was written, or None; see AssessmentStore.verify."""
        query = select(audit).where(audit.c.tenant == self._tenant).order_by(audit.c.number)
        with self._reading() as connection:
            return chain.first_broken(_rows(connection, query.execution_options(yield_per=1000)), tip)

    def tip(self) -> Tip:
        """The last link of the audit trail."""
        with self._reading() as connection:
            return self._tip(connection)

    def _assessment(self, connection: Connection, assessment_id: str) -> Row:
        query = select(assessments).where(assessments.c.tenant == self._tenant, assessments.c.id == assessment_id)
        for row in _rows(connection, query):
            return row
        raise NotStoredError("No assessment with this id is stored for this office.")

    def _of_patient(self, patient_ref: str) -> Select[Any]:
        mine = (assessments.c.tenant == self._tenant, assessments.c.patient_ref == patient_ref)
        return select(assessments).where(*mine).order_by(assessments.c.number.desc())

    def _number(self, connection: Connection, patient_ref: str, assessment_id: str) -> int:
        row = self._assessment(connection, assessment_id)
        if row["patient_ref"] != patient_ref:
            raise NotStoredError("This patient has no assessment with the id from which the list should go on.")
        return int(row["number"])

    def _append(self, connection: Connection, entry: AuditEntry) -> None:
        row = audit_row(entry, self._tenant)
        connection.execute(insert(audit).values(chain.linked(row, self._tip(connection))))

    def _tip(self, connection: Connection) -> Tip:
        query = select(audit.c.number, audit.c.row_hash).where(audit.c.tenant == self._tenant)
        row = connection.execute(query.order_by(audit.c.number.desc()).limit(1)).first()
        return chain.EMPTY if row is None else Tip(row.number, row.row_hash)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with store_errors(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction; other writers of this tenant wait until it ends."""
        with store_errors(), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                # After waiting for the lock, the next statement must see the row that the other writer left.
                connection = connection.execution_options(isolation_level="READ COMMITTED")
            with connection.begin():
                hold_writers(connection, self._tenant)
                yield connection

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
        with self._reading() as connection:
            if not inspect(connection).has_table(VERSION_TABLE):
                return None
            return connection.execute(select(column("version_num")).select_from(table(VERSION_TABLE))).scalar()

    def _claim_file(self) -> None:
        owner = self._owner()
        if owner is None:
            mine = select(literal(self._tenant)).where(~select(tenants.c.tenant).exists())
            with self._writing() as connection:
                connection.execute(insert(tenants).from_select(["tenant"], mine))
            owner = self._owner()
        if owner != self._tenant:
            raise StoreError("This SQLite file belongs to another office. Name its tenant, or use a file per office.")

    def _owner(self) -> str | None:
        with self._reading() as connection:
            return connection.execute(select(tenants.c.tenant)).scalar()


def _rows(connection: Connection, query: Select[Any]) -> Iterator[Row]:
    return (row._asdict() for row in connection.execute(query))
