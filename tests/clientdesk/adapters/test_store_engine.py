"""Transactions: whole or not at all, and what goes wrong said in a sentence."""

import sqlite3
import sys

import pytest
from fakes.business import a_client

from clientdesk.adapters import store_engine
from clientdesk.adapters.store import SqlStore
from clientdesk.adapters.store_engine import BadDatabaseAddress, Database
from clientdesk.ports.records import StoreUnavailable


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "can't be read"),
        ("mysql://root@localhost/x", "mysql"),
        ("sqlite://", "needs a file"),
        ("sqlite:////proc/nothing/here.db", "can't be made"),
    ],
)
def test_address_that_is_no_use_is_refused_at_once(url, said):
    with pytest.raises(BadDatabaseAddress, match=said):
        Database(url)


def test_postgresql_without_its_driver_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(BadDatabaseAddress, match="psycopg"):
        Database("postgresql://desk@127.0.0.1/business")


def test_password_is_never_said():
    pytest.importorskip("psycopg", reason="the driver is not installed")
    store = SqlStore("postgresql://desk:s3cret@127.0.0.1:1/business?connect_timeout=2")

    with pytest.raises(StoreUnavailable) as refusal:
        store.client("anybody")

    assert "s3cret" not in str(refusal.value)
    assert "127.0.0.1" in str(refusal.value)


def test_database_without_tables_says_what_to_do(tmp_path):
    with pytest.raises(StoreUnavailable, match="clientdesk doctor"):
        SqlStore(f"sqlite:///{tmp_path / 'empty.db'}").client("anybody")


def test_folder_of_a_new_database_is_made(tmp_path):
    Database(f"sqlite:///{tmp_path / 'deep' / 'down' / 'new.db'}")

    assert (tmp_path / "deep" / "down").is_dir()


def test_database_kept_locked_by_another_says_so(database_url, monkeypatch):
    if not database_url.startswith("sqlite"):
        pytest.skip("SQLite's own lock")
    monkeypatch.setattr(store_engine, "_BUSY_SECONDS", 0.1)
    rival = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    rival.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreUnavailable, match="locked"):
        a_client(SqlStore(database_url))

    rival.close()


def test_full_disk_loses_nothing_that_was_there(database_url):
    if not database_url.startswith("sqlite"):
        pytest.skip("SQLite's own limit")
    store = SqlStore(database_url)
    client = a_client(store, "First")
    database = store._database
    with pytest.raises(StoreUnavailable, match="disk is full"), database.writing() as session:  # noqa: PT012  # both in one
        session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
        session.connection().exec_driver_sql("INSERT INTO counters VALUES ('x', zeroblob(9000000))")

    assert store.client(client).company == "First"
    with database.reading() as session:
        assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert session.connection().exec_driver_sql("SELECT count(*) FROM counters").scalar() == 0
