"""One analyser over a repository's files: known results from the cache, the others from workers, each content once."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import compress, islice, pairwise
from typing import Protocol, TypeAlias, runtime_checkable

from clientdesk.adapters.analysers.crew import Crew, workers_for
from clientdesk.adapters.analysers.incoming import Incoming, Key, Target, beginning, key_of
from clientdesk.adapters.analysers.limits import Limits
from clientdesk.adapters.analysers.result_cache import ResultCache
from clientdesk.adapters.analysers.results_by_path import ResultsByPath
from clientdesk.adapters.analysers.wire import Result
from clientdesk.audit.repository import TEXT_LIMIT, FileEntry, Repository

_AT_ONCE = 2_000
Targets: TypeAlias = Callable[[], Iterable[Target]]


@runtime_checkable
class Bulk(Protocol):
    """Gives the contents of many files at once."""

    def blob_bytes(self, paths: Iterable[str], limit: int = TEXT_LIMIT) -> Iterator[tuple[str, bytes]]:
        """Path and content, in any order; what can't be read, or is larger than `limit` bytes, is left out."""


class Blobs(Repository, Bulk, Protocol):
    """A repository whose files can be had in bulk."""


@dataclass(frozen=True, slots=True)
class BlobPass:
    """`analyser` is a module of this package; `basis` names all that a result depends on besides the content.

    `settled` makes of a result of a worker what may be kept.
    """

    analyser: str
    basis: str
    limits: Limits
    cache: ResultCache | None = None
    settled: Callable[[Result], Result] = dict

    def results(self, repository: Blobs, targets: Targets) -> Mapping[str, Result]:
        """A result for every target, by path. `targets` is asked twice, and gives the same each time."""
        found = ResultsByPath()
        missing = self._put_known(targets(), found)
        if missing.number:
            incoming = Incoming(found, missing.alike(), self.settled, self._keep)
            jobs = incoming.jobs(repository.blob_bytes, missing.of(targets()))
            Crew(self.analyser, self.limits, workers_for(missing.size)).work(jobs, incoming.take)
            incoming.keep()
        for path in found.awaited:
            found.put(path, {"unread": "its content could not be read from the repository"})
        return found

    def _put_known(self, targets: Iterable[Target], found: ResultsByPath) -> _Missing:
        """What needs no worker; gives what does."""
        missing = _Missing()
        for some in _slices(targets):
            known = self._known(some)
            for target in some:
                path, key = target.entry.path, key_of(target)
                found.announce(path)
                if target.entry.size > self.limits.file_bytes:
                    found.put(path, {"unread": f"larger than {self.limits.file_bytes / 1_000_000:g} MB"})
                    missing.pass_over()
                elif key in known:
                    found.put(path, known[key])
                    missing.pass_over()
                else:
                    missing.note(target.entry)
        return missing

    def _known(self, targets: Iterable[Target]) -> dict[Key, Result]:
        if self.cache is None:
            return {}
        blobs: dict[str, set[str]] = {}
        for target in targets:
            blobs.setdefault(target.kind, set()).add(target.entry.blob)
        return {
            (kind, blob): result
            for kind, some in blobs.items()
            for blob, result in self.cache.each(self._basis(kind), some)
        }

    def _keep(self, kind: str, results: Mapping[str, Result]) -> None:
        if self.cache is not None:
            self.cache.keep(self._basis(kind), results)

    def _basis(self, kind: str) -> str:
        return f"{self.analyser} {kind} {self.basis} {self.limits.file_bytes}"


class _Missing:
    """Of which targets nothing is known, told by their order: as values they would fill the memory."""

    def __init__(self) -> None:
        self.number = self.size = 0
        self._marks = bytearray()
        self._beginnings = array("Q")

    def pass_over(self) -> None:
        self._marks.append(False)

    def note(self, entry: FileEntry) -> None:
        self._marks.append(True)
        self._beginnings.append(beginning(entry.blob))
        self.number += 1
        self.size += entry.size

    def of(self, targets: Iterable[Target]) -> Iterator[Target]:
        return compress(targets, self._marks)

    def alike(self) -> frozenset[int]:
        """Beginnings of ids that stand at more than one target, as a rule because the contents are the same."""
        return frozenset(one for one, other in pairwise(sorted(self._beginnings)) if one == other)


def _slices(targets: Iterable[Target]) -> Iterator[list[Target]]:
    waiting = iter(targets)
    while some := list(islice(waiting, _AT_ONCE)):
        yield some
