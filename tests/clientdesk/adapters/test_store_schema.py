"""The database's shape: one for all, reached by migrations alone."""

from datetime import date

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from fakes import rivals as rival
from sqlalchemy import text

from clientdesk.adapters import store_schema
from clientdesk.adapters.store import SqlStore
from clientdesk.adapters.store_engine import Database
from clientdesk.adapters.store_schema import migrate, migration_state
from clientdesk.adapters.store_tables import Row
from clientdesk.adapters.windows import SqlWindows
from clientdesk.domain.proposal import ProposalState
from clientdesk.domain.windows import WindowState
from clientdesk.ports.records import StoreUnavailable


def test_migrations_make_the_tables_that_the_rows_describe(database_url):
    database = Database(database_url)
    with database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})

        assert compare_metadata(context, Row.metadata) == []
    database.close()


def test_new_database_says_how_far_it_is(tmp_path):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    before = migration_state(url)

    after = migrate(url)

    assert (before.current, before.is_current) == ("", False)
    assert after.is_current
    assert migration_state(url) == after


def test_migrating_twice_changes_nothing(database_url):
    assert migrate(database_url) == migrate(database_url)


def test_processes_that_start_at_once_on_a_new_database_migrate_it_once(tmp_path, rivals):
    url = f"sqlite:///{tmp_path / 'new.db'}"

    at_once = [rivals.submit(rival.migrate_fresh, url) for _ in range(8)]

    assert {future.result() for future in at_once} == {migration_state(url).head}


def test_readers_do_not_wait_for_a_writer(tmp_path):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    migrate(url)

    with Database(url).reading() as session:
        assert session.connection().exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_file_that_is_no_database_is_refused(tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("Dear Nora, this is no database, though it is longer than a header.\n" * 40)

    with pytest.raises(StoreUnavailable, match=r"letter\.txt"):
        migrate(f"sqlite:///{file}")


def test_records_of_the_first_version_are_kept_and_can_be_revised(tmp_path):
    url = f"sqlite:///{tmp_path / 'old.db'}"
    database = Database(url)
    with database.connected() as connection:
        command.upgrade(store_schema._config(connection), "0001")
        connection.execute(text("INSERT INTO clients VALUES (1, 'c', 'harbour', 'Harbour', '2026-03-16 08:00:00')"))
        connection.execute(
            text(
                "INSERT INTO proposals VALUES (1, 'p', 'c', 'sent', 'P-2026-0001', 2026, 1, 1, 'basis', '2026-03-16',"
                " '2026-04-15', 'p.json', 'p.pdf', '5ha')"
            )
        )
        connection.execute(
            text("INSERT INTO proposal_moves VALUES (1, 'p', 'approved', 'sent', 'Max', '2026-03-16 08:00:00', '')")
        )
    database.close()

    assert migrate(url).is_current

    record = SqlStore(url).proposal("p")
    assert (record.number, record.state, record.parent) == ("P-2026-0001", ProposalState.SENT, "")
    assert SqlStore(url).accepted("p") is None
    assert len(SqlStore(url).moves_of("p")) == 1


def test_windows_booked_before_agreements_were_kept_have_theirs_with_an_anchor(tmp_path):
    url = f"sqlite:///{tmp_path / 'old.db'}"
    database = Database(url)
    at = "'2026-03-20 08:00:00'"
    with database.connected() as connection:
        command.upgrade(store_schema._config(connection), "0004")
        connection.execute(text(f"INSERT INTO clients VALUES (1, 'c', 'harbour', 'Harbour', {at})"))
        connection.execute(
            text(
                "INSERT INTO proposals VALUES (1, 'p', 'c', 'accepted', 'P-2026-0001', 2026, 1, 1, 'basis',"
                " '2026-03-16', '2026-04-15', 'p.json', 'p.pdf', '5ha', NULL)"
            )
        )
        for window, state in (("'w'", "'booked'"), ("'v'", "'held'")):
            connection.execute(
                text(
                    "INSERT INTO windows (id, client, proposal, state, day, starts_at, ends_at, minutes, held_until)"
                    f" VALUES ({window}, 'c', 'p', {state}, '2026-04-07', '2026-04-07 07:00:00', '2026-04-07 15:00:00',"
                    f" 480, {at})"
                )
            )
        connection.execute(
            text(
                f"INSERT INTO acceptances VALUES (1, 'p', 'Nora', {at}, 'mail', 'yes', '', '5ha', 'Max', {at}, 'w', '')"
            )
        )
    database.close()

    assert migrate(url).is_current

    windows = SqlWindows(url)
    (agreement,) = windows.agreements()
    assert (agreement.anchor, agreement.since) == (date(2026, 4, 7), date(2026, 3, 20))
    assert (agreement.retainer_hours, agreement.ends_on) == (None, None)
    assert windows.slots() == {"p": {"0/1"}}
    assert (windows.window("w").uid, windows.window("w").sequence) == ("w", 0)
    assert windows.moves_of("w") == ()
    assert windows.window("v").state is WindowState.HELD
