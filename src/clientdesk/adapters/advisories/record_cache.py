"""Advisories' records kept by id and time of change, so that the next audit asks only for what is new."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from clientdesk.adapters.kept_rows import kept_rows

_SCHEMA = "CREATE TABLE IF NOT EXISTS record (id TEXT PRIMARY KEY, modified TEXT, content TEXT) WITHOUT ROWID"


@dataclass(frozen=True, slots=True)
class RecordCache:
    """`file` is made when needed; any number of processes may share it. Losing it loses time, nothing else."""

    file: Path

    def found(self, wanted: Mapping[str, str]) -> dict[str, object]:
        """The records of these ids (each with its time of change) that are kept as they stand now."""
        found: dict[str, object] = {}
        with suppress(sqlite3.Error, OSError, ValueError), kept_rows(self.file, _SCHEMA) as rows:
            for number, changed in wanted.items():
                row = rows.execute("SELECT content FROM record WHERE id = ? AND modified = ?", (number, changed))
                found.update((number, json.loads(content)) for (content,) in row)
        return found

    def keep(self, records: Mapping[str, tuple[str, object]]) -> None:
        """Add records by id, each with its time of change; one without a time is not kept."""
        some = [(number, changed, json.dumps(value)) for number, (changed, value) in records.items() if changed]
        with suppress(sqlite3.Error, OSError), kept_rows(self.file, _SCHEMA) as rows, rows:
            rows.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", some)
