"""Reads who changed what and when: commits newest first, paths under their names of today."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import IO

from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_process import GitFailed, Running, run, running
from clientdesk.audit.repository import Author, Commit, History

_LATEST = 253_402_300_799  # the last second of the year 9999
_FORMAT = "%x01%H%x00%ct%x00%aE%x00%aN"
_SEPARATORS = re.compile(rb"[-_ ]")
_COMMON_NAMES = (b"index.", b"init.", b"main.", b"mod.", b"readme.", b"package.", b"show.", b"new.", b"edit.")
_Change = tuple[bytes, bytes, bytes]


class _Enough(Exception):
    """A limit was met; what was read so far stands."""


@dataclass(frozen=True, slots=True)
class _Record:
    """A commit as git tells it: `changes` are (status letter, old path, new path)."""

    id: bytes
    at: bytes
    mail: bytes
    name: bytes
    changes: tuple[_Change, ...]


def read_history(folder: GitFolder, commit: str, *, commits: int, paths: int, seconds: float) -> History:
    """At most so many commits, and paths in one of them, in so many seconds; beyond, `complete` is false.

    A move is followed where the content stayed the same, or where the name did: old contents, which a fuller comparison
    needs, are not here. The instant is the committer's. Tags are those of this line of history, newest first.
    """
    told = ["-c", f"mailmap.blob={commit}:.mailmap", "log", "-z", f"--format={_FORMAT}", "--name-status", "-M100%"]
    names = _Names()
    read: list[Commit] = []
    is_whole = False
    try:
        with running(folder, [*told, commit, "--"]) as log, killed_after(log, seconds):
            records = _records(fields_of(log.stdout), paths)
            read.extend(names.commit(record) for record in islice(records, commits))
            _refuse_more(records)
            log.finish()
            is_whole = not (folder.repository / "shallow").exists()
    except (_Enough, GitFailed):
        pass
    read.sort(key=lambda one: one.at, reverse=True)
    return History(tuple(read), _tags(folder, commit), complete=is_whole)


def _refuse_more(records: Iterator[_Record]) -> None:
    if next(records, None) is not None:
        raise _Enough


@contextmanager
def killed_after(log: Running, seconds: float) -> Iterator[None]:
    """git may think for long before it writes the first byte, so a timer watches instead of the reader."""
    timer = threading.Timer(seconds, log.process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def fields_of(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream cut at its NUL bytes."""
    rest = b""
    while chunk := stream.read(65536):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole


def _records(fields: Iterator[bytes], paths: int) -> Iterator[_Record]:
    """Everything is told by its position, so no name or path can pass for something else."""
    field = next(fields, b"")
    while field.startswith(b"\x01"):
        try:
            at, mail, name = next(fields), next(fields), next(fields)
            changes = []
            head, field = field[1:], next(fields, b"")
            while field and not field.startswith(b"\x01"):
                changes.append(_change(field.lstrip(b"\n")[:1], fields))
                field = next(fields, b"")
                if len(changes) > paths:
                    raise _Enough
        except StopIteration:
            raise _Enough from None
        yield _Record(head, at, mail, name, _with_edited_moves(changes))


def _with_edited_moves(changes: Sequence[_Change]) -> tuple[_Change, ...]:
    """A file removed and one of its name added elsewhere in the same commit are one that moved and was edited.

    Only where the name is the one such name on both sides, and not one that every other folder has.
    """
    gone = _by_name(old for status, old, _ in changes if status == b"D")
    come = _by_name(new for status, _, new in changes if status == b"A")
    pairs = {come[name]: old for name, old in gone.items() if old and come.get(name)}
    if not pairs:
        return tuple(changes)
    left = set(pairs.values())
    return tuple(
        (b"R", pairs[new], new) if status == b"A" and new in pairs else (status, old, new)
        for status, old, new in changes
        if not (status == b"D" and old in left)
    )


def _by_name(paths: Iterable[bytes]) -> dict[bytes, bytes]:
    """Each path by its file name without case and separators; b"" where several paths have it."""
    known: dict[bytes, bytes] = {}
    for path in paths:
        name = _SEPARATORS.sub(b"", path.rpartition(b"/")[2]).lower()
        if not name.startswith(_COMMON_NAMES):
            known[name] = b"" if name in known else path
    return known


def _change(status: bytes, fields: Iterator[bytes]) -> _Change:
    old = next(fields)
    return (status, old, next(fields) if status in {b"R", b"C"} else old)


class _Names:
    """Knows, while reading back in time, what each path and each author is called today."""

    def __init__(self) -> None:
        self._today: dict[bytes, bytes] = {}
        self._texts: dict[bytes, str] = {}
        self._authors: dict[tuple[bytes, bytes], Author] = {}

    def commit(self, record: _Record) -> Commit:
        touched = {self._today.get(new, new): None for _, _, new in record.changes}
        paths = tuple(self._text(path) for path in touched)
        self._step_back(record)
        return Commit(record.id.decode(), instant_of(record.at), self._author(record.mail, record.name), paths)

    def _step_back(self, record: _Record) -> None:
        """Before this commit, a moved file had its old name, and the name of an added one was someone else's."""
        moved = {old: self._today.get(new, new) for status, old, new in record.changes if status == b"R"}
        for status, _, new in record.changes:
            if status in {b"A", b"R"}:
                self._today.pop(new, None)
        self._today.update(moved)

    def _text(self, path: bytes) -> str:
        return self._texts.setdefault(path, printable_path(path))

    def _author(self, mail: bytes, name: bytes) -> Author:
        known = self._authors.get((mail, name))
        if known is None:
            key = hashlib.sha256(mail.decode(errors="replace").strip().lower().encode()).hexdigest()[:16]
            text = "".join(one if one.isprintable() else " " for one in name.decode(errors="replace"))
            known = self._authors[mail, name] = Author(key, " ".join(text.split()))
        return known


def printable_path(raw: bytes) -> str:
    r"""A path as text; bytes that are no UTF-8 are written \xff, so that two names never become one silently."""
    return raw.decode("utf-8", errors="backslashreplace")


def instant_of(seconds: bytes) -> datetime:
    """Commits may claim any date; what no calendar holds is cut to 1970 or 9999."""
    try:
        return datetime.fromtimestamp(min(max(int(seconds), 0), _LATEST), UTC)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)


def _tags(folder: GitFolder, commit: str) -> tuple[tuple[str, datetime], ...]:
    arguments = ["for-each-ref", f"--merged={commit}", "--format=%(refname:strip=2)%00%(creatordate:unix)", "refs/tags"]
    try:
        lines = run(folder, arguments).splitlines()
    except GitFailed:
        return ()
    pairs = (line.partition(b"\0") for line in lines)
    tags = [(printable_path(name), instant_of(at)) for name, _, at in pairs if at]
    return tuple(sorted(tags, key=lambda tag: (tag[1], tag[0]), reverse=True))
