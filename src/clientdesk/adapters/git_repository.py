"""One commit of a clone, read out of git's object store: no file of it is ever written to disk or followed."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from clientdesk.adapters.commit_log import instant_of
from clientdesk.adapters.file_list import FileList
from clientdesk.adapters.git_blobs import GitBlobs
from clientdesk.adapters.git_clone import Limits
from clientdesk.adapters.git_contents import OldContent, old_contents
from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_history import read_history
from clientdesk.adapters.git_process import run
from clientdesk.adapters.git_tree import read_tree
from clientdesk.adapters.kept_history import KeptLogs
from clientdesk.audit.repository import TEXT_LIMIT, FileEntry, History, Repository, ToolFailed, ToolKey, Unreadable

if TYPE_CHECKING:
    from clientdesk.adapters.analysers.result_cache import ResultCache

Report = TypeVar("Report")
Tools = Callable[[Repository, ToolKey[Any]], object]


class GitRepository:
    """What `audit.repository.Repository` promises, of the bare clone in `folder`. Safe to use from several threads.

    `tools` runs one tool; each is run once. `cache` keeps what git told of the history (None: nothing is kept). A file
    whose content is not here, as a rule because it was too large to be fetched, has the size `limits.file_bytes` plus
    one.
    """

    def __init__(
        self,
        folder: Path,
        *,
        address: str,
        ref: str,
        commit: str,
        tools: Tools,
        limits: Limits | None = None,
        cache: ResultCache | None = None,
    ) -> None:
        self._folder = GitFolder(folder)
        self._address, self._ref, self._commit = address, ref, commit
        self._tools = tools
        self._limits = limits or Limits()
        self._cache = cache
        self._known = _Once()
        self._blobs = GitBlobs(self._folder)

    @property
    def address(self) -> str:
        return self._address

    @property
    def commit(self) -> str:
        return self._commit

    @property
    def ref(self) -> str:
        return self._ref

    @property
    def committed_at(self) -> datetime:
        return cast("datetime", self._known.get("committed_at", self._read_committed_at))

    @property
    def files(self) -> Sequence[FileEntry]:
        return self._entries

    def text(self, path: str, limit: int = TEXT_LIMIT) -> str:
        entry = self._entries.at(path)
        if reason := self.why_unread(entry, limit):
            raise Unreadable(f"{path} {reason}")
        content = self._blobs.one(entry.blob)
        if content is None:
            raise Unreadable(f"{path} is missing or damaged in the repository it was read from")
        if b"\0" in content:
            raise Unreadable(f"{path} is binary")
        return content.decode("utf-8-sig", errors="replace")

    def blob_bytes(self, paths: Iterable[str], limit: int = TEXT_LIMIT) -> Iterator[tuple[str, bytes]]:
        """Contents of many files, fast, in the order asked for; links, missing files and larger ones are left out.

        Raises `KeyError` for a path not there. Whoever asks sees by `why_unread` what will be left out.
        """
        asked: deque[str] = deque()
        readable = (entry for entry in map(self._entries.at, paths) if not self.why_unread(entry, limit))
        for content in self._blobs.many(_noted(readable, asked)):
            path = asked.popleft()
            if content is not None:
                yield path, content

    def why_unread(self, entry: FileEntry, limit: int = TEXT_LIMIT) -> str:
        """Why a file's content is not given out, "" if it is (binary content shows only when it is read)."""
        if entry.is_link:
            return "is a link; links are not followed"
        if entry.size == self._limits.file_bytes + 1:
            return f"is larger than {self._limits.file_bytes / 1e6:g} MB, or missing where it was read from"
        return f"is larger than {limit / 1e6:g} MB" if entry.size > limit else ""

    def history(self) -> History:
        return cast("History", self._known.get("history", self._read_history))

    @property
    def bare_folder(self) -> Path:
        return self._folder.repository

    def why_no_old_contents(self) -> str:
        """Why the contents of earlier commits can't be had, "" if they can."""
        if not self._limits.old_contents:
            return "looking for secrets in the history is switched off"
        return self._folder.why_no_old_contents()

    @property
    def lacks_large_old_contents(self) -> bool:
        """Whether large files of earlier commits were left out when the history was fetched."""
        return not (self.bare_folder / "objects" / "info" / "alternates").exists()

    def old_contents(self, since: str, seconds: float) -> Sequence[OldContent]:
        """Every content that the history ever had and that of the commit `since` has not; raises `GitFailed`."""
        return old_contents(self._folder, self._commit, since, seconds, self._entries.same)

    def contents(self, blobs: Sequence[str]) -> Iterator[bytes | None]:
        """In the order asked for, None for what is not here or damaged."""
        return self._blobs.many(blobs)

    def tool(self, key: ToolKey[Report]) -> Report:
        report = self._known.get(key, partial(_reported, self._tools, self, key))
        if isinstance(report, ToolFailed):
            raise ToolFailed(report.reason, report.tool)
        return cast("Report", report)

    def close(self) -> None:
        """End the git process that single reads share; the next read starts another."""
        self._blobs.close()

    @property
    def _entries(self) -> FileList:
        return cast("FileList", self._known.get("entries", self._read_entries))

    def _read_entries(self) -> FileList:
        limits = self._limits
        return read_tree(self._folder, self._commit, files=limits.files, unfetched_bytes=limits.file_bytes + 1)

    def _read_committed_at(self) -> datetime:
        return instant_of(run(self._folder, ["show", "--no-patch", "--format=%ct", self._commit]))

    def _read_history(self) -> History:
        limits = self._limits
        return read_history(
            self._folder,
            self._commit,
            commits=limits.commits,
            paths=limits.files,
            seconds=limits.history_seconds,
            kept=KeptLogs(self._cache, f"{limits.commits} {limits.files}", self._mailmap) if self._cache else None,
            same=self._entries.same,
        )

    @property
    def _mailmap(self) -> str:
        """What names the people of all commits; where it was too large to be fetched, git goes without."""
        entry = self._entries.get(".mailmap")
        return f"{entry.blob} {entry.size}" if entry else "no mailmap"


def _noted(entries: Iterable[FileEntry], paths: deque[str]) -> Iterator[str]:
    """The ids of their contents; the paths are kept until the contents come."""
    for entry in entries:
        paths.append(entry.path)
        yield entry.blob


def _reported(tools: Tools, repository: Repository, key: ToolKey[Any]) -> object:
    """The report, or the failure as a value: it is kept as well, so that a crash is not repeated per check."""
    try:
        return tools(repository, key)
    except ToolFailed as failed:
        return failed


class _Once:
    """Answers worked out once per key, also when several threads ask at the same time. Errors are not kept."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._locks: dict[object, threading.Lock] = {}
        self._answers: dict[object, object] = {}

    def get(self, key: object, work_out: Callable[[], object]) -> object:
        if key in self._answers:
            return self._answers[key]
        with self._guard:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            if key not in self._answers:
                self._answers[key] = work_out()
            return self._answers[key]
