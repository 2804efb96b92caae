"""A repository made from a dictionary: what tests of checks look at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar, cast

from fakes.git_source import Content, Executable, Link, Submodule

from clientdesk.audit.repository import TEXT_LIMIT, Commit, FileEntry, History, ToolFailed, ToolKey, Unreadable
from clientdesk.audit.result import Tool

Report = TypeVar("Report")
COMMIT = "c0ffee" + "0" * 34
COMMITTED_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday


class RepositoryFromText:
    """`files` maps paths to text, bytes, a `Link`, an `Executable` or a `Submodule`.

    `tools` maps keys to reports, or to a `ToolFailed` that is raised; any other tool is missing.
    """

    def __init__(
        self,
        files: Mapping[str, Content],
        tools: Mapping[ToolKey, object] | None = None,
        commits: Sequence[Commit] = (),
        tags: Sequence[tuple[str, datetime]] = (),
        *,
        address: str = "https://example.com/client/app.git",
        commit: str = COMMIT,
        ref: str = "main",
        committed_at: datetime = COMMITTED_AT,
        complete: bool = True,
    ) -> None:
        self.address = address
        self.commit = commit
        self.ref = ref
        self.committed_at = committed_at
        self._content = {path: content for path, content in files.items() if not isinstance(content, Submodule)}
        self._tools = dict(tools or {})
        self._history = History(tuple(commits), tuple(tags), complete)
        self.files: Sequence[FileEntry] = tuple(_entry(path, self._content[path]) for path in sorted(self._content))

    def text(self, path: str, limit: int = TEXT_LIMIT) -> str:
        content = self._content[path]
        if isinstance(content, Link):
            raise Unreadable(f"{path} is a link; links are not followed")
        raw = _raw(content)
        if len(raw) > limit:
            raise Unreadable(f"{path} is larger than {limit / 1e6:g} MB")
        if b"\0" in raw:
            raise Unreadable(f"{path} is binary")
        return raw.decode("utf-8-sig", errors="replace")

    def blob_bytes(self, paths: Iterable[str], limit: int = TEXT_LIMIT) -> Iterator[tuple[str, bytes]]:
        for path in paths:
            content = self._content[path]
            if not isinstance(content, Link) and len(_raw(content)) <= limit:
                yield path, _raw(content)

    def history(self) -> History:
        return self._history

    def tool(self, key: ToolKey[Report]) -> Report:
        report = self._tools.get(key)
        if report is None:
            raise ToolFailed(f"{key.name} is not installed", Tool(key.name, ""))
        if isinstance(report, Exception):
            raise report
        return cast("Report", report)


def _raw(content: Content) -> bytes:
    match content:
        case Link(text) | Executable(text) | str(text):
            return text.encode()
        case bytes(raw):
            return raw
    raise TypeError(f"no content: {content!r}")


def _entry(path: str, content: Content) -> FileEntry:
    raw = _raw(content)
    blob = hashlib.sha1(b"blob %d\0" % len(raw) + raw).hexdigest()
    return FileEntry(path, len(raw), blob, isinstance(content, Link), isinstance(content, Executable))
