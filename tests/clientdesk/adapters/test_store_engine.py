"""Transactions: whole or not at all, and what goes wrong said in a sentence."""

import sqlite3
import sys

import pytest
from fakes.business import a_client
from sqlalchemy import make_url

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


class Restarting:
    """As much of a dialect as connecting takes: a server that is away for the next `away` attempts."""

    loaded_dbapi = sqlite3

    def __init__(self, away):
        self.away = away

    def connect(self):
        self.away -= 1
        if self.away >= 0:
            raise sqlite3.OperationalError("connection refused")
        return "connection"


@pytest.fixture
def server(monkeypatch):
    """The address of one that no test has reached."""
    monkeypatch.setattr(store_engine, "_reached", set())
    monkeypatch.setattr(store_engine, "_AGAIN_SECONDS", 0)
    return make_url("postgresql+psycopg://desk@db.example/clientdesk")


def test_server_that_is_restarted_is_waited_for(server):
    store_engine._connected_patiently(server, Restarting(0), None, (), {})

    assert store_engine._connected_patiently(server, Restarting(3), None, (), {}) == "connection"


def test_server_that_was_never_there_is_said_at_once(server):
    with pytest.raises(sqlite3.OperationalError):
        store_engine._connected_patiently(server, Restarting(1), None, (), {})


def test_server_that_does_not_come_back_is_said_in_the_end(server):
    store_engine._connected_patiently(server, Restarting(0), None, (), {})

    with pytest.raises(sqlite3.OperationalError):
        store_engine._connected_patiently(server, Restarting(10**9), None, (), {}, seconds=0.05)
