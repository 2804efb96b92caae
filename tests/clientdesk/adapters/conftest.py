"""The business records in memory, in SQLite and, where one is named, in PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from uuid import uuid4

import pytest
from fakes.replies import MemoryReplies
from fakes.sprints import MemorySecretRegister, MemorySprints
from fakes.store import MemoryStore
from fakes.windows import MemoryWindows
from sqlalchemy import create_engine, make_url, text

from clientdesk.adapters.reply_store import SqlReplies
from clientdesk.adapters.sprint_store import SqlSecretRegister, SqlSprints
from clientdesk.adapters.store import SqlStore
from clientdesk.adapters.store_schema import migrate
from clientdesk.adapters.windows import SqlWindows

POSTGRES = os.environ.get("CLIENTDESK_TEST_POSTGRES", "")
_SERVERS = [pytest.param("postgresql", marks=pytest.mark.services)] if POSTGRES else []


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with empty tables, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "empty.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", *_SERVERS])
def database_url(request: pytest.FixtureRequest, tmp_path: Path, migrated_file: Path) -> Iterator[str]:
    """A database with empty tables of its own."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'business.db')}"
        return
    with empty_postgres() as url:
        migrate(url)
        yield url


@pytest.fixture(params=["memory", "sqlite", *_SERVERS])
def store(request: pytest.FixtureRequest, tmp_path: Path, migrated_file: Path) -> Iterator[object]:
    """The fake and the real ones: they keep the same promises."""
    if request.param == "memory":
        yield MemoryStore()
    elif request.param == "sqlite":
        yield SqlStore(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'business.db')}")
    else:
        with empty_postgres() as url:
            migrate(url)
            real = SqlStore(url)
            yield real
            real.close()


@pytest.fixture
def windows(store: object) -> Iterator[object]:
    """The windows in the same records as `store`."""
    if isinstance(store, MemoryStore):
        yield MemoryWindows(store)
        return
    real = SqlWindows(store._database.url.render_as_string(hide_password=False))
    yield real
    real.close_connections()


@pytest.fixture
def replies(store: object, windows: object) -> Iterator[object]:
    """The answers to invitations in the same records as `store`."""
    if isinstance(store, MemoryStore):
        yield MemoryReplies(windows)
        return
    real = SqlReplies(_url_of(store))
    yield real
    real.close_connections()


@pytest.fixture
def sprints(store: MemoryStore | SqlStore) -> Iterator[object]:
    """The sprints kept beside `store`."""
    if isinstance(store, MemoryStore):
        yield MemorySprints()
        return
    real = SqlSprints(_url_of(store))
    yield real
    real.close_connections()


@pytest.fixture
def register(store: MemoryStore | SqlStore) -> Iterator[object]:
    """The register of secrets kept beside `store`."""
    if isinstance(store, MemoryStore):
        yield MemorySecretRegister()
        return
    real = SqlSecretRegister(_url_of(store))
    yield real
    real.close_connections()


@pytest.fixture
def booked(store: MemoryStore | SqlStore) -> Iterator[object]:
    """The windows kept beside `store`."""
    if isinstance(store, MemoryStore):
        yield MemoryWindows(store)
        return
    real = SqlWindows(_url_of(store))
    yield real
    real.close_connections()


def _url_of(store: SqlStore) -> str:
    return store._database.url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def rivals() -> Iterator[ProcessPoolExecutor]:
    """Four processes that know nothing of this one."""
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        yield pool


@pytest.fixture
def spawned() -> Callable[..., int | None]:
    """Runs a function in a process that may die; returns its exit code."""

    def run(function: Callable[..., object], *arguments: object) -> int | None:
        process = get_context("spawn").Process(target=function, args=arguments)
        process.start()
        process.join()
        return process.exitcode

    return run


@contextmanager
def empty_postgres() -> Iterator[str]:
    """A schema of its own in the server named, dropped at the end."""
    schema = f"test_{uuid4().hex}"
    engine = create_engine(make_url(POSTGRES).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        yield (
            make_url(POSTGRES)
            .update_query_dict({"options": f"-csearch_path={schema}"})
            .render_as_string(hide_password=False)
        )
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        engine.dispose()


@pytest.fixture
def sql_store(database_url: str) -> Iterator[SqlStore]:
    """On the database that rivals are given."""
    real = SqlStore(database_url)
    yield real
    real.close()
