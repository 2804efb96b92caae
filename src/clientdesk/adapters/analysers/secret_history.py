"""Secrets in the history of a commit, by kingfisher; the next audit scans only what has come since."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Protocol, runtime_checkable

from clientdesk.adapters.analysers.bounded_command import CommandFailed
from clientdesk.adapters.analysers.clean_pack import Hits, hits_in
from clientdesk.adapters.analysers.history_suspects import suspects
from clientdesk.adapters.analysers.kingfisher import Kingfisher, text_of
from clientdesk.adapters.analysers.leak_records import EDITION, kept, leak, leaks_of, tree_basis, tree_key
from clientdesk.adapters.analysers.passage_files import numbered
from clientdesk.adapters.analysers.result_cache import ResultCache
from clientdesk.adapters.analysers.secret_mask import mask
from clientdesk.adapters.analysers.wire import Result
from clientdesk.adapters.git_contents import OldContent
from clientdesk.adapters.git_process import GitFailed
from clientdesk.audit.repository import Repository, ToolFailed
from clientdesk.audit.scans import SECRETS, HistoryReport, Leak

_log = logging.getLogger(__name__)
# Among so many of the last commits one is looked for whose history is known.
_COMMITS_BACK = 5_000
# Fewer are scanned whole sooner than their passages are found.
_MANY = 3_000
_BATCH_BYTES = 500_000_000
_BATCH_FILES = 20_000
_INCOMPLETE = "some contents of earlier commits are not in the clone"
_SHALLOW = "the clone holds only the last commits"


@runtime_checkable
class OldContents(Protocol):
    """Gives contents of earlier commits."""

    @property
    def bare_folder(self) -> Path:
        """Where git's own files are."""

    def why_no_old_contents(self) -> str:
        """Why the contents of earlier commits can't be had, "" if they can."""

    @property
    def lacks_large_old_contents(self) -> bool:
        """Whether it was fetched without those above a limit, so that their want tells nothing."""

    def old_contents(self, since: str, seconds: float) -> Sequence[OldContent]: ...

    def contents(self, blobs: Sequence[str]) -> Iterator[bytes | None]: ...


class Past(Repository, OldContents, Protocol):
    """A repository with the contents of its history."""


@dataclass(frozen=True, slots=True)
class Looked:
    """`missing` contents could not be had."""

    leaks: tuple[Leak, ...]
    missing: int = 0


@dataclass(slots=True)
class _Batch:
    """`places`: of which content each text of the last batch is, by its name; oldest first."""

    done: int = 0
    missing: int = 0
    places: dict[str, OldContent] = field(default_factory=dict)

    def texts(self, contents: Iterator[tuple[OldContent, bytes | None]]) -> Iterator[tuple[str, bytes]]:
        """As many as are scanned at once."""
        self.places = {}
        size = 0
        for one, content in islice(contents, _BATCH_FILES):
            self.done += 1
            self.missing += content is None
            if text := text_of(content or b""):
                name = numbered(one.path, self.done)
                self.places[name] = one
                size += len(text)
                yield name, text
            if size > _BATCH_BYTES:
                break


@dataclass(frozen=True, slots=True)
class SecretHistory:
    """`seconds` for one repository. From `many` contents on, only what is new in each is scanned of most."""

    kingfisher: Kingfisher
    cache: ResultCache | None = None
    seconds: float = 180.0
    many: int = _MANY

    def report(self, repository: Past) -> HistoryReport:
        """Raises `ToolFailed`, also where old contents are not here."""
        if reason := repository.why_no_old_contents():
            raise ToolFailed(reason, self.kingfisher.tool)
        since, before = self._known(repository)
        if since == repository.commit:
            return before
        due = time.monotonic() + self.seconds
        try:
            listed = repository.old_contents(since, self.seconds)
            looked = self._looked(repository, listed, due)
        except OSError as error:
            raise ToolFailed(f"there was no room for it ({error.strerror})", self.kingfisher.tool) from error
        except GitFailed as failure:
            raise ToolFailed(
                f"git did not list the contents of earlier commits: {failure}", self.kingfisher.tool
            ) from failure
        except CommandFailed as failure:
            raise ToolFailed(f"kingfisher gave no result: {failure}", self.kingfisher.tool) from failure
        report = replace(
            before,
            leaks=_distinct([*before.leaks, *looked.leaks]),
            contents=before.contents + len(listed) - looked.missing,
            limits=_limits(looked, repository),
        )
        self._keep(repository.commit, report)
        return report

    def _looked(self, repository: Past, listed: Sequence[OldContent], due: float) -> Looked:
        told, unknown = self._told_of_files(repository, listed)
        looked = self._whole(repository, self._suspects(repository, unknown, due), due)
        if listed and looked.missing == len(listed):
            raise CommandFailed("the contents of earlier commits are not in the clone")
        leaks = [*told, *looked.leaks]
        places = {(one.commit, one.path) for one in leaks}
        age = {place: number for number, one in enumerate(listed) if (place := (one.commit, one.path)) in places}
        oldest_first = sorted(leaks, key=lambda one: (age[one.commit, one.path], one.line))
        return replace(looked, leaks=tuple(oldest_first))

    def _told_of_files(self, repository: Past, listed: Sequence[OldContent]) -> tuple[list[Leak], Sequence[OldContent]]:
        """What the scan of a commit's files told already, and what is left; many contents are not worth the look."""
        if self.cache is None or len(listed) >= self.many:
            return [], listed
        with suppress(ToolFailed):  # it may still be at it
            repository.tool(SECRETS)
        keys = {tree_key(one.blob, one.path): one for one in listed}
        known = self.cache.found(tree_basis(self.kingfisher.tool), keys)
        leaks = [replace(told, commit=keys[key].commit) for key, row in known.items() for told in leaks_of(row)]
        return leaks, [one for key, one in keys.items() if key not in known]

    def _suspects(self, repository: Past, listed: Sequence[OldContent], due: float) -> Sequence[OldContent]:
        """Those to be scanned whole: where what is new can't be told, all of them."""
        if len(listed) < self.many:
            return listed
        try:
            return [
                listed[number] for number in suspects(self.kingfisher, repository.bare_folder / "objects", listed, due)
            ]
        except CommandFailed as failure:
            _log.warning("all old contents of %s are scanned whole: %s", repository.address, failure)
            return listed

    def _whole(self, repository: Past, listed: Sequence[OldContent], due: float) -> Looked:
        contents = zip(listed, repository.contents([one.blob for one in listed]), strict=True)
        leaks: list[Leak] = []
        batch = _Batch()
        while batch.done < len(listed):
            hits = hits_in(batch.texts(contents), self.kingfisher, due)
            leaks += _leaks(repository, batch.places, hits)
        return Looked(tuple(leaks), batch.missing)

    @property
    def _basis(self) -> str:
        return f"kingfisher history {self.kingfisher.tool.version} {EDITION}"

    def _known(self, repository: Past) -> tuple[str, HistoryReport]:
        """The newest commit whose history is known and what is known of it; "" and nothing where there is none."""
        if self.cache is None or not self.cache.blobs(self._basis):
            return "", self._report({})
        recent = [repository.commit, *(commit.id for commit in repository.history().commits[:_COMMITS_BACK])]
        kept_before = self.cache.found(self._basis, recent)
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


def _leaks(repository: OldContents, places: Mapping[str, OldContent], hits: Hits) -> Iterator[Leak]:
    """Oldest first."""
    named = [name for name in places if name in hits]
    for name, content in zip(named, repository.contents([places[name].blob for name in named]), strict=True):
        if content is None:
            raise CommandFailed("a content with something in it could not be read again")
        old, text = places[name], text_of(content)
        told = (
            leak(replace(hit, commit=old.commit), old.path, mask(text, hit.line, hit.first, hit.last))
            for hit in hits[name]
        )
        yield from sorted(told, key=lambda one: one.line)


def _limits(looked: Looked, repository: OldContents) -> str:
    if (repository.bare_folder / "shallow").exists():
        return _SHALLOW
    return _INCOMPLETE if looked.missing and not repository.lacks_large_old_contents else ""


def _distinct(leaks: Sequence[Leak]) -> tuple[Leak, ...]:
    """The first of each secret; those that can't be told apart all stay."""
    first: dict[tuple[str, str], Leak] = {}
    for one in leaks:
        first.setdefault((one.rule, one.digest or f"{one.commit} {one.path} {one.line}"), one)
    return tuple(first.values())
