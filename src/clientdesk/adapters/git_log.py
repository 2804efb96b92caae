"""Asks git who changed what and when, and reads its answer into a `CommitLog`."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from itertools import islice
from typing import IO

from clientdesk.adapters.commit_log import Change, CommitLog, Record, author_of
from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_process import GitFailed, Running, run, running
from clientdesk.audit.repository import Author

_FORMAT = "%x01%H%x00%ct%x00%ae%x00%an%x00%aE%x00%aN%x00"
_PERSON = "%H%x00%aE%x00%aN"
_ASKED_AT_ONCE = 1_000
_SEPARATORS = re.compile(rb"[-_ ]")
_COMMON_NAMES = (b"index.", b"init.", b"main.", b"mod.", b"readme.", b"package.", b"show.", b"new.", b"edit.")


class LogEnd(Enum):
    """Why the reading ended: there was no more, there were as many as asked for, or something went wrong on the way."""

    ALL = "all"
    ENOUGH = "enough"
    CUT = "cut"


class _Cut(Exception):
    """A limit was met; what was read so far stands."""


def read_log(
    folder: GitFolder, commit: str, since: str, *, commits: int, paths: int, seconds: float
) -> tuple[CommitLog, LogEnd]:
    """At most so many commits, and paths in one of them, in so many seconds, in git's order.

    `since`: without what that commit's history has, and with the parents of each; "" for all, without parents.
    """
    told = [*_mailmap(commit), "log", "-z", f"--format={_FORMAT}{'%P' if since else ''}"]
    told += ["--name-status", "-M100%", commit, *([f"^{since}"] if since else []), "--"]
    log = CommitLog()
    try:
        with running(folder, told) as started, killed_after(started, seconds):
            records = _records(fields_of(started.stdout), paths)
            for record in islice(records, commits):
                log.add(record)
            log.finish()
            if next(records, None) is not None:
                return log, LogEnd.ENOUGH
            started.finish()
    except (_Cut, GitFailed):
        return log, LogEnd.CUT
    return log, LogEnd.ALL


def people_of(folder: GitFolder, commit: str, log: CommitLog) -> list[Author]:
    """The authors of an earlier log as the mailmap of `commit` has them; raises `GitFailed`."""
    first = {who: number for number, who in reversed(tuple(enumerate(log.who)))}
    examples = {log.id(number).hex(): who for who, number in first.items()}
    people = list(log.authors)
    asked = list(examples)
    for start in range(0, len(asked), _ASKED_AT_ONCE):
        some = asked[start : start + _ASKED_AT_ONCE]
        told = [*_mailmap(commit), "log", "-z", "--no-walk=unsorted", f"--format={_PERSON}", *some, "--"]
        fields = run(folder, told).split(b"\0")[:-1]
        if len(fields) != len(some) * 3:
            raise GitFailed("not every author was told")
        for head, mail, name in zip(*[iter(fields)] * 3, strict=True):
            people[examples[head.decode()]] = author_of(mail, name)
    return people


def _mailmap(commit: str) -> list[str]:
    return ["-c", f"mailmap.blob={commit}:.mailmap"]


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


def _records(fields: Iterator[bytes], paths: int) -> Iterator[Record]:
    """Everything is told by its position, so no name or path can pass for something else."""
    field = next(fields, b"")
    while field.startswith(b"\x01"):
        try:
            at, *author = next(fields), next(fields), next(fields)
            mail, name, parents = next(fields), next(fields), next(fields)
            changes = []
            head, field = field[1:], next(fields, b"")
            while field and not field.startswith(b"\x01"):
                changes.append(_change(field.lstrip(b"\n")[:1], fields))
                field = next(fields, b"")
                if len(changes) > paths:
                    raise _Cut
        except StopIteration:
            raise _Cut from None
        yield Record(head, at, (author[0], author[1]), mail, name, tuple(parents.split()), _with_edited_moves(changes))


def _with_edited_moves(changes: Sequence[Change]) -> Sequence[Change]:
    """A file removed and one of its name added elsewhere in the same commit are one that moved and was edited.

    Only where the name is the one such name on both sides, and not one that every other folder has.
    """
    gone = _by_name(old for status, old, _ in changes if status == b"D")
    come = _by_name(new for status, _, new in changes if status == b"A") if gone else {}
    pairs = {come[name]: old for name, old in gone.items() if old and come.get(name)}
    if not pairs:
        return changes
    left = set(pairs.values())
    return [
        (b"R", pairs[new], new) if status == b"A" and new in pairs else (status, old, new)
        for status, old, new in changes
        if not (status == b"D" and old in left)
    ]


def _by_name(paths: Iterable[bytes]) -> dict[bytes, bytes]:
    """Each path by its file name without case and separators; b"" where several paths have it."""
    known: dict[bytes, bytes] = {}
    for path in paths:
        name = _SEPARATORS.sub(b"", path.rpartition(b"/")[2]).lower()
        if not name.startswith(_COMMON_NAMES):
            known[name] = b"" if name in known else path
    return known


def _change(status: bytes, fields: Iterator[bytes]) -> Change:
    old = next(fields)
    return (status, old, next(fields) if status in {b"R", b"C"} else old)
