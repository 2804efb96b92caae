"""One ecosystem's advisories in one SQLite file: written once, then only read, and replaced as a whole."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

from clientdesk.adapters.advisories.osv_record import OsvRecord
from clientdesk.audit.affected import Affected, Span, beyond_spans
from clientdesk.audit.result import Severity

_SHAPE = "1"
_SCHEMA = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE advisory (
    id TEXT PRIMARY KEY, aliases TEXT NOT NULL, summary TEXT NOT NULL, severity TEXT NOT NULL, score REAL
) WITHOUT ROWID;
CREATE TABLE affected (
    name TEXT NOT NULL, advisory TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (name, advisory)
) WITHOUT ROWID;
"""


class BadMirror(Exception):
    """The file can't be read as a mirror; the message says why."""


@dataclass(frozen=True, slots=True)
class MirrorState:
    """What one file holds. `newest` is the day of the newest entry, None where no entry is dated."""

    ecosystem: str
    advisories: int
    newest: date | None
    loaded_at: datetime
    bytes: int


@dataclass(frozen=True, slots=True)
class KnownWeakness:
    """An advisory about a package, whatever the version."""

    id: str
    aliases: tuple[str, ...]
    summary: str
    severity: Severity | None
    score: float | None
    affected: tuple[Affected, ...]


def write_mirror(file: Path, ecosystem: str, records: Iterable[OsvRecord], loaded_at: datetime) -> MirrorState:
    """Replace the file by one with these records; whoever reads the old one goes on reading it. Raises `OSError`.

    Of two records with one id the last one's words count. Nothing changes when `records` raises.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file.with_name(f".{uuid4().hex}.part")
    try:
        _write(part, ecosystem, records, loaded_at)
        descriptor = os.open(part, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        part.replace(file)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return mirror_state(file)


def _write(part: Path, ecosystem: str, records: Iterable[OsvRecord], loaded_at: datetime) -> None:
    newest = ""
    with closing(sqlite3.connect(part)) as rows:
        # Nobody reads this file before it is whole: a journal would only cost time.
        rows.execute("PRAGMA journal_mode = OFF")
        rows.execute("PRAGMA synchronous = OFF")
        rows.executescript(_SCHEMA)
        for record in records:
            newest = max(newest, record.modified)
            _add(rows, ecosystem, record)
        facts = {"shape": _SHAPE, "ecosystem": ecosystem, "newest": newest, "loaded_at": loaded_at.isoformat()}
        rows.executemany("INSERT INTO fact VALUES (?, ?)", facts.items())
        rows.commit()
        rows.execute("VACUUM")


def _add(rows: sqlite3.Connection, ecosystem: str, record: OsvRecord) -> None:
    severity = record.severity.value if record.severity else ""
    values = (record.id, json.dumps(record.aliases), record.summary, severity, record.score)
    rows.execute("INSERT OR REPLACE INTO advisory VALUES (?, ?, ?, ?, ?)", values)
    for (kind, name), affected in record.affected.items():
        if kind == ecosystem:
            content = json.dumps([_packed(ecosystem, each) for each in affected], separators=(",", ":"))
            rows.execute("INSERT OR REPLACE INTO affected VALUES (?, ?, ?)", (name, record.id, content))


def _packed(ecosystem: str, affected: Affected) -> list[object]:
    """Spans, and of the listed versions only those that are in no span: lists are nine tenths of the data."""
    spans = [[span.introduced, span.fixed, span.last] for span in affected.spans]
    return [spans, list(beyond_spans(ecosystem, affected))]


def mirror_state(file: Path) -> MirrorState:
    """Raises `BadMirror`."""
    with _reading(file) as rows:
        facts = dict(rows.execute("SELECT name, value FROM fact"))
        count = rows.execute("SELECT count(*) FROM advisory").fetchone()[0]
        newest = facts["newest"][:10]
        return MirrorState(
            ecosystem=facts["ecosystem"],
            advisories=int(count),
            newest=date.fromisoformat(newest) if newest else None,
            loaded_at=datetime.fromisoformat(facts["loaded_at"]),
            bytes=file.stat().st_size,
        )


def weaknesses(file: Path, names: Sequence[str]) -> dict[str, tuple[KnownWeakness, ...]]:
    """What is known about each of these packages; raises `BadMirror`."""
    with _reading(file) as rows:
        return {name: tuple(_weaknesses(rows, name)) for name in dict.fromkeys(names)}


def _weaknesses(rows: sqlite3.Connection, name: str) -> Iterator[KnownWeakness]:
    query = (
        "SELECT id, aliases, summary, severity, score, content FROM affected JOIN advisory ON id = advisory"
        " WHERE name = ? ORDER BY id"
    )
    for number, aliases, summary, severity, score, content in rows.execute(query, (name,)):
        affected = tuple(
            Affected(tuple(Span(*span) for span in spans), tuple(versions)) for spans, versions in json.loads(content)
        )
        yield KnownWeakness(
            number, tuple(json.loads(aliases)), summary, Severity(severity) if severity else None, score, affected
        )


@contextmanager
def _reading(file: Path) -> Iterator[sqlite3.Connection]:
    try:
        # Immutable: the file is only ever replaced, so it needs neither locks nor a journal beside it.
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as rows:
            shape = rows.execute("SELECT value FROM fact WHERE name = 'shape'").fetchone()
            if shape != (_SHAPE,):
                raise BadMirror(f"{file.name} is of another version of clientdesk: load it again")
            yield rows
    except (sqlite3.Error, OSError, ValueError, KeyError, TypeError) as error:
        raise BadMirror(f"{file.name} can't be read ({type(error).__name__}): load it again") from error
