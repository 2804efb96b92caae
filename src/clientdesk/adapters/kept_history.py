"""Keeps what git's log told of a commit, so that for a later one git is asked only what has come since."""

from __future__ import annotations

import sys
import zlib
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientdesk.adapters.commit_log import PLAIN, CommitLog
from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_process import GitFailed, run, running
from clientdesk.audit.repository import Author

if TYPE_CHECKING:
    from clientdesk.adapters.analysers.result_cache import ResultCache

# Raise it when what is kept, or what it is made of, changes.
_EDITION = "1"
# Among so many of the last commits one is looked for whose log is known.
_COMMITS_BACK = 5_000
_NUMBERS = ("at", "who", "counts", "olds", "news")
_BYTES = ("ids", "letters")


@dataclass(frozen=True, slots=True)
class KeptLog:
    """The log of a commit. `is_whole`: with the first commit of all; `reached` is that of `Tags`."""

    commit: str
    mailmap: str
    log: CommitLog
    is_whole: bool
    reached: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class KeptLogs:
    """In `cache`, those that were read under equal terms: limits. `mailmap` as of today, by git's id of it."""

    cache: ResultCache
    terms: str
    mailmap: str

    def newest(self, folder: GitFolder, commit: str) -> KeptLog | None:
        """That of `commit`, or of the newest commit of its history that has one; what is damaged is not there."""
        basis = self._basis(folder)
        kept = set(self.cache.blobs(basis)) if basis else set()
        known = commit if commit in kept else _newest(folder, commit, kept)
        rows = self.cache.found(basis, [known]) if known else {}
        return _unpacked(known, rows[known]) if known in rows else None

    def keep(self, folder: GitFolder, one: KeptLog) -> None:
        if basis := self._basis(folder):
            self.cache.keep(basis, {one.commit: _packed(one)})

    def _basis(self, folder: GitFolder) -> str:
        """Another git might find other moves; "" where it does not say which one it is."""
        try:
            version = run(folder, ["version"]).decode(errors="replace").strip()
        except GitFailed:
            return ""
        return f"log {_EDITION} {version} {sys.byteorder} {self.terms}"


def _newest(folder: GitFolder, commit: str, kept: set[str]) -> str:
    if not kept:
        return ""
    try:
        with running(folder, ["rev-list", f"--max-count={_COMMITS_BACK}", commit, "--"]) as listed:
            names = (line.strip().decode() for line in listed.stdout)
            return next((name for name in names if name in kept), "")
    except GitFailed:
        return ""


def _packed(one: KeptLog) -> dict[str, object]:
    log = one.log
    columns = {name: getattr(log, name).tobytes() for name in _NUMBERS} | {name: getattr(log, name) for name in _BYTES}
    columns["paths"] = b"\0".join(log.paths)
    return {
        "columns": {name: b64encode(zlib.compress(column, 1)).decode() for name, column in columns.items()},
        "authors": [[author.key, author.name] for author in log.authors],
        "mailmap": one.mailmap,
        "is_whole": one.is_whole,
        "reached": dict(one.reached),
    }


def _unpacked(commit: str, row: Mapping[str, object]) -> KeptLog | None:
    """None for what does not fit together."""
    try:
        columns: Mapping[str, str] = row["columns"]  # type: ignore[assignment]  # _packed wrote it
        authors: Sequence[Sequence[str]] = row["authors"]  # type: ignore[assignment]  # as above
        reached: Mapping[str, bool] = row["reached"]  # type: ignore[assignment]  # as above
        raw = {name: zlib.decompress(b64decode(columns[name], validate=True)) for name in (*_NUMBERS, *_BYTES, "paths")}
        log = CommitLog(
            ids=bytearray(raw["ids"]),
            letters=bytearray(raw["letters"]),
            authors=[Author(key, name) for key, name in authors],
            paths=raw["paths"].split(b"\0"),
        )
        for name in _NUMBERS:
            column: array[int] = getattr(log, name)
            column.frombytes(raw[name])
        fits = _fits(log, commit) and all(isinstance(one, bool) for one in reached.values())
        return KeptLog(commit, str(row["mailmap"]), log, row["is_whole"] is True, reached) if fits else None
    except (KeyError, TypeError, ValueError, AttributeError, zlib.error):
        return None


def _fits(log: CommitLog, commit: str) -> bool:
    commits, changes = len(log.at), len(log.letters)
    return (
        len(log.ids) == commits * len(commit) // 2
        and log.ids.startswith(bytes.fromhex(commit))
        and len(log.who) == len(log.counts) == commits
        and len(log.olds) == len(log.news) == changes == sum(log.counts)
        and 0 <= min(log.at, default=0) <= max(log.at, default=0) < PLAIN
        and _within(log.who, log.authors)
        and _within(log.olds, log.paths)
        and _within(log.news, log.paths)
    )


def _within(numbers: Iterable[int], named: Sequence[object]) -> bool:
    return max(numbers, default=-1) < len(named)
