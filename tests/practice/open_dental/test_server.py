"""A large office and a strict or careless server: reads stay along an index, and a chart says the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine, event, text

from dentalpain.practice.open_dental import OpenDental, queries

from . import office as charts
from .server import Office, open_office

ON = dt.date(2026, 11, 24)
PATIENTS = 20_000  # numbered from 1001, with two rows in each list and one appointment each, on 2,000 days
ROWS = f"seq_1001_to_{1000 + PATIENTS}"

GROWN = (
    "INSERT INTO patient (PatNum, LName, FName, PatStatus, Gender, Birthdate, SSN, ImageFolder, MedUrgNote) "
    f"SELECT seq, 'X', 'Y', 0, 0, '1980-01-01', '', '', '' FROM {ROWS}",
    *(
        f"INSERT INTO {table} (PatNum, {columns}) SELECT r.seq, {values} FROM {ROWS} r JOIN seq_1_to_2"
        for table, columns, values in (
            ("medicationpat", "MedicationNum, PatNote, MedDescript, RxCui", "6, '', '', 0"),
            ("allergy", "AllergyDefNum, Reaction, StatusIsActive", "4, '', 1"),
            ("disease", "DiseaseDefNum, PatNote, ProbStatus", "5, '', 0"),
            ("rxpat", "Drug, Sig, Disp, Refills, DaysOfSupply, RxType", "'x', '', '', '', 0, 0"),
            ("procedurelog", "AptNum, ProcDate, ProcStatus, CodeNum", "r.seq, '2020-01-01', 2, 1"),
        )
    ),
    "INSERT INTO appointment (AptNum, PatNum, AptStatus, AptDateTime, ClinicNum) "
    f"SELECT seq, seq, 1, DATE_ADD('2020-01-01 09:00:00', INTERVAL seq MOD 2000 DAY), 1 FROM {ROWS}",
    "INSERT INTO medication (MedName, GenericNum, RxCui) SELECT 'x', 0, 0 FROM seq_1_to_2000",
    "INSERT INTO procedurecode (ProcCode) SELECT 'D9999' FROM seq_1_to_1000",
    "INSERT INTO allergydef (Description, SnomedType, MedicationNum) SELECT 'x', 0, 0 FROM seq_1_to_1000",
    "INSERT INTO diseasedef (DiseaseName, SnomedCode, Icd10Code) SELECT 'x', '', '' FROM seq_1_to_1000",
)


@pytest.fixture(scope="module")
def large() -> Iterator[Office]:
    with open_office() as found:
        for statement in GROWN:
            found.run(statement)
        yield found


NAMES = [name for name, sql in vars(queries).items() if sql in queries.ALL]


def test_the_list_of_all_statements_holds_all() -> None:
    assert len(NAMES) == len(queries.ALL) == sum(name.isupper() and isinstance(sql, str) for name, sql in vars(queries).items())


@pytest.mark.parametrize("name", NAMES)
def test_in_a_large_office_no_table_is_read_whole(large: Office, name: str) -> None:
    values = {"patient": 1500, "most": 501, "day": "2022-05-03", "next_day": "2022-05-04", "clinic": 0}
    with large.owner.begin() as connection:
        plan = connection.execute(text(f"EXPLAIN {getattr(queries, name)}"), values).mappings().all()
    for step in plan:
        # https://mariadb.com/kb/en/explain/: ALL reads the table, index the whole index; 10 appointments are on a day
        assert step["type"] not in ("ALL", "index") and step["key"] is not None, dict(step)
        assert int(step["rows"] or 0) <= 40, dict(step)


def test_a_review_of_one_patient_reads_the_rows_of_one_patient(large: Office) -> None:
    engine = create_engine(large.url, pool_size=1, max_overflow=0)
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    adapter = OpenDental(engine)
    adapter.find_record("1500", ON)
    # One patient and five lists, whatever they hold; the rest opens and ends the transaction.
    assert len([sql for sql in asked if sql.lstrip().startswith("SELECT")]) == 6
    with engine.connect() as connection:
        before = _read(connection)
        adapter_rows = connection.execute(text(queries.MEDICINES), {"patient": 1500, "most": 501}).all()
        assert len(adapter_rows) == 2 and _read(connection) - before < 100
    engine.dispose()


def _read(connection: Any) -> int:
    """Rows that this session has read so far, by a key or one after the other."""
    rows = connection.execute(text("SHOW SESSION STATUS LIKE 'Handler_read%'")).all()
    return sum(int(value) for name, value in rows if name not in ("Handler_read_rnd_deleted",))


STRICT = "STRICT_ALL_TABLES,STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ONLY_FULL_GROUP_BY,ERROR_FOR_DIVISION_BY_ZERO"


@pytest.mark.parametrize("mode", ["", STRICT, "ANSI", "TRADITIONAL", "NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT"])
def test_a_chart_and_a_day_read_the_same_however_strict_the_server_is(office: Office, practice: OpenDental, mode: str) -> None:
    engine = create_engine(office.url, connect_args={"charset": "utf8mb4", "init_command": f"SET SESSION sql_mode = '{mode}'"})
    adapter = OpenDental(engine)
    for number in (charts.DELIA, charts.OTHERS, charts.LEFTOVERS, charts.CHANGED):
        assert adapter.find_record(str(number), ON) == practice.find_record(str(number), ON)
    assert adapter.patients_on(ON) == practice.patients_on(ON)
    engine.dispose()


def test_the_date_0000_that_old_imports_left_is_no_date(office: Office, practice: OpenDental) -> None:
    zero = "0000-00-00"
    with office.owner.connect() as connection:  # a session of its own, whose mode ends with it
        connection.exec_driver_sql("SET SESSION sql_mode = ''")
        made = (
            f"INSERT INTO patient (PatNum, LName, FName, PatStatus, Gender, Birthdate, SSN, ImageFolder, MedUrgNote, DateTStamp, "
            f"DateTimeDeceased) VALUES (900, 'Zero', 'Ann', 0, 1, '{zero}', '', '', '', '{zero}', '{zero}')",
            f"INSERT INTO medicationpat (PatNum, MedicationNum, PatNote, DateTStamp, DateStart, DateStop, MedDescript, RxCui) "
            f"VALUES (900, 2, '', '{zero}', '2019-03-01', '{zero}', '', 0)",
            f"INSERT INTO rxpat (PatNum, RxDate, Drug, Sig, Disp, Refills, DaysOfSupply, RxType) "
            f"VALUES (900, '{zero}', 'BambooAccess', '', '', '', 0, 2)",
        )
        for statement in made:
            connection.exec_driver_sql(statement)
        connection.commit()
        connection.invalidate()
    try:
        found = [entry["resource"] for entry in practice.find_record("900", ON)["entry"]]
        assert "birthDate" not in found[0] and "deceasedDateTime" not in found[0] and "deceasedBoolean" not in found[0]
        taken = next(one for one in found if one["resourceType"] == "MedicationStatement")
        assert taken["status"] == "active" and taken["effectivePeriod"] == {"start": "2019-03-01"}
        assert not any("performedDateTime" in one for one in found)  # a look-up without a day proves none
    finally:
        for table in ("patient", "medicationpat", "rxpat"):
            office.run(f"DELETE FROM {table} WHERE PatNum = 900")
