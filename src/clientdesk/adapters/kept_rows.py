"""Opens a file of rows that only save time: made when needed, shared by any number of processes, lost without harm."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

_PATIENCE = 10.0


@contextmanager
def kept_rows(file: Path, *tables: str) -> Iterator[sqlite3.Connection]:
    """With its tables, which are made where they are missing; nobody else on the machine may read it.

    Raises `sqlite3.Error` and `OSError`.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)
    with closing(sqlite3.connect(file, timeout=_PATIENCE)) as rows:
        rows.execute("PRAGMA journal_mode = WAL")
        rows.execute("PRAGMA synchronous = NORMAL")
        for table in tables:
            rows.execute(table)
        yield rows
