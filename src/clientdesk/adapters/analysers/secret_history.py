"""Secrets in the history of a commit, by kingfisher; the next audit scans only what has come since."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, runtime_checkable

from clientdesk.adapters.analysers.bounded_command import CommandFailed
from clientdesk.adapters.analysers.kingfisher import Hit, Kingfisher, Scanned
from clientdesk.adapters.analysers.leak_records import EDITION, kept, leak, leaks_of
from clientdesk.adapters.analysers.result_cache import ResultCache
from clientdesk.adapters.analysers.secret_mask import Mask, mask
from clientdesk.adapters.analysers.secret_tree import LARGEST_FILE
from clientdesk.adapters.analysers.wire import Result
from clientdesk.audit.repository import Repository, ToolFailed
from clientdesk.audit.scans import HistoryReport, Leak

# Among so many of the last commits one is looked for whose history is known.
_COMMITS_BACK = 5_000
_INCOMPLETE = "some contents of earlier commits are not in the clone"
_SHALLOW = "the clone holds only the last commits"


@runtime_checkable
class OldContents(Protocol):
    """Gives contents of earlier commits."""

    @property
    def bare_folder(self) -> Path:
        """Where git's own files are, for a tool to read."""

    def why_no_old_contents(self) -> str:
        """Why the contents of earlier commits can't be had, "" if they can."""

    @property
    def lacks_large_old_contents(self) -> bool:
        """Whether it was fetched without those above a limit, so that their want tells nothing."""

    def content_at(self, commit: str, path: str) -> bytes | None: ...


class Past(Repository, OldContents, Protocol):
    """A repository with the contents of its history."""


@dataclass(frozen=True, slots=True)
class SecretHistory:
    """`seconds` for one repository."""

    kingfisher: Kingfisher
    cache: ResultCache | None = None
    seconds: float = 180.0

    def report(self, repository: Past) -> HistoryReport:
        """Raises `ToolFailed`, also where old contents are not here."""
        if reason := repository.why_no_old_contents():
            raise ToolFailed(reason, self.kingfisher.tool)
        since, before = self._known(repository)
        if since == repository.commit:
            return before
        try:
            scanned = self._scanned(repository, since)
        except OSError as error:
            raise ToolFailed(f"there was no room for it ({error.strerror})", self.kingfisher.tool) from error
        except CommandFailed as failure:
            raise ToolFailed(f"kingfisher gave no result: {failure}", self.kingfisher.tool) from failure
        fresh = [_leak(hit, repository) for hit in _first_seen(scanned.hits, repository)]
        report = replace(
            before,
            leaks=_distinct([*before.leaks, *fresh]),
            contents=before.contents + scanned.contents,
            limits=_limits(scanned, repository),
        )
        self._keep(repository.commit, report)
        return report

    def _scanned(self, repository: Past, since: str) -> Scanned:
        arguments = [str(repository.bare_folder), "--git-history", "full", "--branch", repository.commit]
        arguments += ["--max-file-size", str(LARGEST_FILE // 1_000_000)]
        arguments += ["--since-commit", since] if since else []
        with tempfile.TemporaryDirectory(prefix="clientdesk-") as name:
            scanned = self.kingfisher.scan(Path(name), arguments, time.monotonic() + self.seconds)
        if not scanned.is_whole and not scanned.contents:
            raise CommandFailed("the contents of earlier commits are not in the clone")
        return scanned

    @property
    def _basis(self) -> str:
        return f"kingfisher history {self.kingfisher.tool.version} {EDITION}"

    def _known(self, repository: Past) -> tuple[str, HistoryReport]:
        """The newest commit whose history is known and what is known of it; "" and nothing where there is none."""
        recent = [repository.commit, *(commit.id for commit in repository.history().commits[:_COMMITS_BACK])]
        kept_before = self.cache.found(self._basis, recent) if self.cache else {}
        newest = next((commit for commit in recent if commit in kept_before), "")
        return newest, self._report(kept_before.get(newest, {}))

    def _report(self, result: Result) -> HistoryReport:
        contents = result.get("contents")
        return HistoryReport(
            self.kingfisher.tool, tuple(leaks_of(result)), contents if isinstance(contents, int) else 0
        )

    def _keep(self, commit: str, report: HistoryReport) -> None:
        if self.cache and not report.limits:
            self.cache.keep(self._basis, {commit: kept(report.leaks) | {"contents": report.contents}})


def _limits(scanned: Scanned, repository: OldContents) -> str:
    if (repository.bare_folder / "shallow").exists():
        return _SHALLOW
    return "" if scanned.is_whole or repository.lacks_large_old_contents else _INCOMPLETE


def _first_seen(hits: Sequence[Hit], repository: Past) -> Sequence[Hit]:
    """Each secret where the oldest commit has it."""
    commits = repository.history().commits
    age = {commit.id: place for place, commit in enumerate(reversed(commits))}
    first: dict[tuple[str, str], Hit] = {}
    for hit in sorted(hits, key=lambda one: (age.get(one.commit, len(age)), one.commit, one.path, one.line)):
        first.setdefault((hit.rule, hit.mark), hit)
    return list(first.values())


def _leak(hit: Hit, repository: OldContents) -> Leak:
    content = repository.content_at(hit.commit, hit.path)
    return leak(hit, hit.path, mask(content, hit.line, hit.first, hit.last) if content is not None else Mask())


def _distinct(leaks: Sequence[Leak]) -> tuple[Leak, ...]:
    """One of each secret; those that can't be told apart all stay."""
    return tuple({(one.rule, one.digest or f"{one.commit} {one.path} {one.line}"): one for one in leaks}.values())
