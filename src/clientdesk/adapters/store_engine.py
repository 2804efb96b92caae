"""Transactions: one at a time for writers on SQLite, row locks on PostgreSQL."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, ColumnElement, Connection, Dialect, Engine, NullPool, create_engine, event, make_url, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from clientdesk.adapters.store_tables import CounterRow, Row
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.records import StoreUnavailable

AnyRow = TypeVar("AnyRow", bound=Row)

# Whoever sends a proposal holds the lock while its PDF is laid out, some seconds; those behind it wait this long.
_BUSY_SECONDS = 60
_AWAY_SECONDS, _AGAIN_SECONDS = 30.0, 0.5
_BEGIN = "clientdesk_begin"
_reached: set[URL] = set()  # by this process


class BadDatabaseAddress(Refusal):
    """The database's URL can't be used."""


class Database:
    """One database by its URL; `sqlite:///…` and `postgresql://…` are known."""

    def __init__(self, url: str) -> None:
        self.url = _usable(url)
        self.engine = _engine(self.url)
        self._writer = self.engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with _explained(self.url), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back by any exception."""
        with _explained(self.url), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """A connection in a writing transaction, for what works below the rows."""
        with _explained(self.url), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def locked(session: Session, kind: type[AnyRow], *where: ColumnElement[bool]) -> AnyRow | None:
    """The row, kept from others until the transaction ends (on SQLite the whole database is, anyway)."""
    found = session.scalars(select(kind).where(*where).with_for_update().execution_options(populate_existing=True))
    return found.one_or_none()


def locked_or_added(session: Session, row: AnyRow, *where: ColumnElement[bool]) -> tuple[AnyRow, bool]:
    """The row that is there, locked, or the one given; and whether it was added.

    A rival that adds the same between the look and the insert is met by the unique constraint, and its row is taken.
    """
    found = locked(session, type(row), *where)
    if found is not None:
        return found, False
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        found = locked(session, type(row), *where)
        if found is None:
            raise
        return found, False
    return row, True


def locked_counter(session: Session, name: str) -> CounterRow:
    """The counter, locked; a new one begins at 0."""
    return locked_or_added(session, CounterRow(name=name, value=0), CounterRow.name == name)[0]


def _usable(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise BadDatabaseAddress(
            "the database's URL can't be read: it looks like sqlite:////folder/file.db or postgresql://user@host/name"
        ) from error
    backend = parsed.get_backend_name()
    if backend in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise BadDatabaseAddress(f"databases of the kind {backend!r} are not known here: use sqlite or postgresql")
    if not parsed.database or parsed.database == ":memory:":
        raise BadDatabaseAddress("an SQLite database needs a file: sqlite:////folder/file.db")
    return parsed


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return _postgresql_engine(url)
    _make_folder(Path(str(url.database)).parent)
    # A connection per transaction: nothing to inherit across a fork, no lock left behind by an idle one.
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgresql_engine(url: URL) -> Engine:
    try:
        engine = create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise BadDatabaseAddress("PostgreSQL needs its driver: pip install 'psycopg[binary]'") from error
    event.listen(engine, "do_connect", partial(_connected_patiently, url))
    return engine


def _connected_patiently(
    url: URL,
    dialect: Dialect,
    _record: object,
    arguments: Sequence[Any],
    parameters: Mapping[str, Any],
    seconds: float = _AWAY_SECONDS,
) -> DBAPIConnection:
    """A server that this process has reached before is being restarted: wait for it. Another is not there."""
    end = time.monotonic() + seconds
    while True:
        try:
            connection = dialect.connect(*arguments, **parameters)
        except dialect.loaded_dbapi.OperationalError:
            if url not in _reached or time.monotonic() > end:
                raise
            time.sleep(_AGAIN_SECONDS)
        else:
            _reached.add(url)
            return connection


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadDatabaseAddress(f"the folder {folder} for the database can't be made: {error.strerror}") from error


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN is deferred; ours is not
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(str(connection.get_execution_options().get(_BEGIN, "BEGIN")))


@contextmanager
def _explained(url: URL) -> Iterator[None]:
    try:
        yield
    except (OperationalError, ProgrammingError, DataError) as error:
        raise StoreUnavailable(f"{url.render_as_string(hide_password=True)}: {_reason(error)}") from error


def _reason(error: DBAPIError) -> str:
    said = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
    lowered = said.lower()
    if "locked" in lowered:
        return f"another process has kept the records locked for {_BUSY_SECONDS} seconds; try again ({said})"
    if "full" in lowered or "no space" in lowered:
        return f"the disk is full; make room and run it again: nothing was half written ({said})"
    if "no such table" in lowered or "does not exist" in lowered or "no such column" in lowered:
        return f"its tables are not those of this version; run `clientdesk doctor` ({said})"
    return said
