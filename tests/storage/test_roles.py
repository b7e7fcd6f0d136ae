"""The role of an app in PostgreSQL: what it must not be, and what is left to the owner of the tables."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from dentalpain.errors import StoreError
from dentalpain.storage import migrate
from dentalpain.storage.roles import check_role

from .samples import ASSESSMENT, MOMENT, fill


def test_a_narrow_role_passes(offices: Any) -> None:
    check_role(offices.engine(offices.app))


def test_sqlite_has_no_roles_to_check(sqlite: Any) -> None:
    check_role(sqlite.open().engine)


def refusal(offices: Any, role: str) -> str:
    with pytest.raises(StoreError) as refused:
        check_role(offices.engine(role))
    return str(refused.value)


def test_a_superuser_is_refused(offices: Any) -> None:
    engine = create_engine(offices.superuser.url())
    with pytest.raises(StoreError, match="superuser"):
        check_role(engine)
    engine.dispose()


def test_the_owner_of_the_tables_is_refused(offices: Any) -> None:
    assert "owns the table dentalpain_assessments" in refusal(offices, offices.owner)


@pytest.mark.parametrize(
    ("grant", "said"),
    [
        ("ALTER ROLE {app} BYPASSRLS", "BYPASSRLS"),
        ("GRANT {owner} TO {app}", "owns the table"),
        ("GRANT TRUNCATE ON dentalpain_overrides TO {app}", "may empty the table dentalpain_overrides"),
        ("ALTER TABLE dentalpain_audit NO FORCE ROW LEVEL SECURITY", "of the table dentalpain_audit is not in force"),
        ("ALTER TABLE dentalpain_audit DISABLE ROW LEVEL SECURITY", "of the table dentalpain_audit is not in force"),
        ("REVOKE USAGE ON SCHEMA {schema} FROM {app}", "is not in sight"),
    ],
    ids=["bypassrls", "member-of-the-owner", "truncate", "not-forced", "not-enabled", "no-schema"],
)
def test_a_role_that_could_leave_its_office_is_refused(offices: Any, grant: str, said: str) -> None:
    [(schema,)] = offices.superuser.run("SELECT current_schema()")
    offices.superuser.run(grant.format(app=offices.app, owner=offices.owner, schema=schema))
    assert said in refusal(offices, offices.app)


def test_a_role_that_may_become_one_that_no_policy_binds_is_refused(offices: Any) -> None:
    other = f"{offices.app}_wide"
    offices.superuser.run(f"CREATE ROLE {other} BYPASSRLS", f"GRANT {other} TO {offices.app}")
    try:
        assert "BYPASSRLS" in refusal(offices, offices.app)
    finally:
        offices.superuser.run(f"DROP ROLE {other}")


def test_deleting_moving_and_pruning_are_not_for_the_role_of_the_app(offices: Any) -> None:
    store = offices.store("north")
    fill(store)
    later = MOMENT.replace(year=2033)
    for step in (
        lambda: store.delete_patient("patient-1", "dentist-7", MOMENT),
        lambda: store.move_patient("patient-1", "patient-2", "dentist-7", MOMENT),
        lambda: store.prune(later.replace(year=2027).date(), "dentist-7", later),
    ):
        with pytest.raises(StoreError, match="lacks a right"):
            step()
    assert (store.tip().number, store.verify()) == (3, None)


def test_the_owner_deletes_moves_and_prunes_for_one_office_alone(offices: Any) -> None:
    north, south = offices.store("north"), offices.store("south")
    fill(north)
    kept = fill(south)
    keeper = offices.store("north", offices.owner)
    later = MOMENT.replace(year=2033)
    assert keeper.move_patient("patient-1", "patient-2", "keeper", later) == 1
    assert keeper.delete_patient("patient-2", "keeper", later) == 1
    seal = keeper.prune(later.replace(year=2027).date(), "keeper", later)
    assert seal is not None and seal.entries == 3
    # Two entries of the move, one of the deletion, one of the pruning.
    assert (north.tip().number, north.verify(), north.latest("patient-1")) == (7, None, None)
    assert (south.find(kept), south.tip().number, south.verify()) == (ASSESSMENT, 3, None)


def test_a_temporary_table_of_the_callers_own_lets_no_audit_row_go(offices: Any) -> None:
    fill(offices.store("north"))
    with offices.engine(offices.owner).connect() as connection:
        connection.execute(text("SELECT set_config('dentalpain.tenant', 'north', true)"))
        connection.execute(
            text("CREATE TEMPORARY TABLE dentalpain_audit_seals (tenant text, first_number int, last_number int)")
        )
        connection.execute(text("INSERT INTO pg_temp.dentalpain_audit_seals VALUES ('north', 1, 3)"))
        with pytest.raises(DBAPIError, match="only ever added"):
            connection.execute(text("DELETE FROM dentalpain_audit"))


def test_the_owner_takes_the_tables_down_and_up_again_with_rows_in_place(offices: Any) -> None:
    north, south = offices.store("north"), offices.store("south")
    fill(north)
    fill(south)
    owner = offices.engine(offices.owner)
    migrate.downgrade(owner, "0001")
    migrate.upgrade(owner)
    with offices.engine(offices.owner).begin() as connection:
        connection.execute(text(f"GRANT SELECT ON dentalpain_audit_seals, dentalpain_moved_patients TO {offices.app}"))
    assert (north.verify(), south.verify(), north.tip().number) == (None, None, 3)
    check_role(offices.engine(offices.app))
