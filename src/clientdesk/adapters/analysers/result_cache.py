"""Results kept by git's blob id, so that the next commit of a repository costs only what changed in it.

A row is found by the content and by everything else the result depends on: analyser, tools, Python, rules. It holds
figures, names and places, but no line of a client's code. Losing the cache loses time, nothing else: whatever is wrong
with the file, the audit goes on without it.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from clientdesk.adapters.analysers.wire import Result, answer_of
from clientdesk.adapters.kept_rows import kept_rows

# The keys stand apart from the contents: SQLite reads the whole of a row that it only compares with another.
_TABLE = """
CREATE TABLE IF NOT EXISTS kept (
    basis TEXT NOT NULL, blob TEXT NOT NULL, stored_on INTEGER NOT NULL, content TEXT NOT NULL
)
"""
_KEYS = "CREATE UNIQUE INDEX IF NOT EXISTS kept_of_blob ON kept (basis, blob)"
_OF_OLD = "DROP TABLE IF EXISTS result"
_KEPT_DAYS = 400
_TODAY = "CAST(julianday('now') AS INTEGER)"
_AT_ONCE = 500
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_BUSY_RECOVERY, sqlite3.SQLITE_BUSY_SNAPSHOT}
_PATIENCE, _PAUSE = 30.0, 0.05


class ResultCache:
    """`file` is made when needed, readable by its owner alone. Any number of processes may share it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._has_forgotten = False

    def found(self, basis: str, blobs: Iterable[str]) -> dict[str, Result]:
        """What is known, by blob; what can't be read is not known."""
        return dict(self.each(basis, blobs))

    def each(self, basis: str, blobs: Iterable[str]) -> Iterator[tuple[str, Result]]:
        """The same, one after the other."""
        with suppress(sqlite3.Error, OSError), kept_rows(self._file, _TABLE, _KEYS) as rows:
            for some in _slices(sorted(blobs)):
                marks = ",".join("?" * len(some))
                query = f"SELECT blob, content FROM kept WHERE basis = ? AND blob IN ({marks})"  # noqa: S608  marks only
                for blob, content in rows.execute(query, (basis, *some)):
                    with suppress(ValueError):
                        yield blob, answer_of(content)

    def blobs(self, basis: str) -> tuple[str, ...]:
        """All that something is known of."""
        try:
            with kept_rows(self._file, _TABLE, _KEYS) as rows:
                return tuple(blob for (blob,) in rows.execute("SELECT blob FROM kept WHERE basis = ?", (basis,)))
        except (sqlite3.Error, OSError):
            return ()

    def keep(self, basis: str, results: Mapping[str, Result]) -> None:
        """Add; the first time, forget what is older than four quarterly audits: that reads the whole file."""
        if not results:
            return
        due = time.monotonic() + _PATIENCE
        while not self._kept(basis, results) and time.monotonic() < due:
            time.sleep(_PAUSE)

    def _kept(self, basis: str, results: Mapping[str, Result]) -> bool:
        """False where others are at it: SQLite waits for them, but not while the file is made or becomes a log."""
        rows_to_add = ((basis, blob, json.dumps(result)) for blob, result in results.items())
        try:
            with kept_rows(self._file, _TABLE, _KEYS) as rows, rows:
                if not self._has_forgotten:
                    rows.execute(f"DELETE FROM kept WHERE stored_on < {_TODAY} - {_KEPT_DAYS}")  # noqa: S608  constants
                    rows.execute(_OF_OLD)
                    self._has_forgotten = True
                rows.executemany(f"INSERT OR REPLACE INTO kept VALUES (?, ?, {_TODAY}, ?)", rows_to_add)  # noqa: S608
        except sqlite3.Error as error:
            return getattr(error, "sqlite_errorcode", None) not in _BUSY
        except OSError:
            return True
        return True


def _slices(blobs: Sequence[str]) -> Iterator[Sequence[str]]:
    return (blobs[start : start + _AT_ONCE] for start in range(0, len(blobs), _AT_ONCE))
