"""The database's shape: brought up to date, and asked how far it is."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from clientdesk.adapters import migrations
from clientdesk.adapters.store_engine import Database
from clientdesk.ports.records import StoreUnavailable

_ADVISORY_LOCK = 0x636C6465  # any number, the same for all of us: two programs that start at once migrate in turn
_WAL_SECONDS = 30


@dataclass(frozen=True, slots=True)
class MigrationState:
    """`current` is "" where there are no tables yet."""

    current: str
    head: str

    @property
    def is_current(self) -> bool:
        return self.current == self.head


def migrate(url: str) -> MigrationState:
    """Bring the database to the newest shape, making it where there is none; nothing is done twice."""
    database = Database(url)
    try:
        if database.url.get_backend_name() == "sqlite":
            _use_write_ahead_log(str(database.url.database))
        with database.connected() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
            config = _config(connection)
            if _state(connection).current != _head():
                command.upgrade(config, "head")
            return _state(connection)
    finally:
        database.close()


def migration_state(url: str) -> MigrationState:
    """Where the database stands; changes nothing but makes an empty SQLite file where there is none."""
    database = Database(url)
    try:
        with database.reading() as session:
            return _state(session.connection())
    finally:
        database.close()


def _state(connection: Connection) -> MigrationState:
    return MigrationState(MigrationContext.configure(connection).get_current_revision() or "", _head())


def _head() -> str:
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    folder = str(Path(migrations.__file__).parent)
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _use_write_ahead_log(file: str) -> None:
    """Readers and the one writer don't wait for each other. The file remembers it.

    SQLite does not wait its busy time for this switch, so two programs that start at once need the loop.
    """
    deadline = time.monotonic() + _WAL_SECONDS
    with closing(sqlite3.connect(file, timeout=1)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise StoreUnavailable(f"{file}: {error}") from error
                time.sleep(0.05)
            except sqlite3.DatabaseError as error:
                raise StoreUnavailable(f"{file} is no database of ours: {error}") from error
            else:
                return
