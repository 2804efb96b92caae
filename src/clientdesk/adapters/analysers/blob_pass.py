"""One analyser over a repository's files: known results from the cache, the others from workers, each content once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from clientdesk.adapters.analysers.crew import Crew, workers_for
from clientdesk.adapters.analysers.limits import Limits
from clientdesk.adapters.analysers.packed import Packed
from clientdesk.adapters.analysers.result_cache import ResultCache
from clientdesk.adapters.analysers.wire import Job, Result
from clientdesk.audit.repository import TEXT_LIMIT, FileEntry, Repository

_AT_ONCE = 1_000


@runtime_checkable
class Bulk(Protocol):
    """Gives the contents of many files at once."""

    def blob_bytes(self, paths: Iterable[str], limit: int = TEXT_LIMIT) -> Iterator[tuple[str, bytes]]:
        """Path and content, in any order; what can't be read, or is larger than `limit` bytes, is left out."""


class Blobs(Repository, Bulk, Protocol):
    """A repository whose files can be had in bulk."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file to analyse, and its language."""

    entry: FileEntry
    kind: str


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

    def results(self, repository: Blobs, targets: Sequence[Target]) -> Mapping[str, Result]:
        """A result for every target, by path."""
        small = [target for target in targets if target.entry.size <= self.limits.file_bytes]
        known = self._known(small)
        missing = {_key(target): target.entry for target in small if _key(target) not in known}
        fresh = self._analysed(repository, missing)
        results: Packed[str] = Packed()
        for target in targets:
            key, path = _key(target), target.entry.path
            if key in known or key in fresh:
                results.take(path, known if key in known else fresh, key)
            else:
                results.put(path, {"unread": self._why_none(target)})
        return results

    def _why_none(self, target: Target) -> str:
        if target.entry.size > self.limits.file_bytes:
            return f"larger than {self.limits.file_bytes / 1_000_000:g} MB"
        return "its content could not be read from the repository"

    def _known(self, targets: Sequence[Target]) -> Packed[tuple[str, str]]:
        known: Packed[tuple[str, str]] = Packed()
        for kind in {target.kind for target in targets} if self.cache else ():
            blobs = {target.entry.blob for target in targets if target.kind == kind}
            for blob, result in self.cache.each(self._basis(kind), blobs) if self.cache else ():
                known.put((kind, blob), result)
        return known

    def _analysed(self, repository: Blobs, missing: Mapping[tuple[str, str], FileEntry]) -> Packed[tuple[str, str]]:
        if not missing:
            return Packed()
        kinds: dict[str, list[tuple[str, str]]] = {}
        for (kind, blob), entry in missing.items():
            kinds.setdefault(entry.path, []).append((kind, blob))
        jobs = (
            Job(kind, blob, data) for path, data in repository.blob_bytes(sorted(kinds)) for kind, blob in kinds[path]
        )
        size = sum(entry.size for entry in missing.values())
        results = Crew(self.analyser, self.limits, workers_for(size), self.settled).results(jobs)
        self._remember(results)
        return results

    def _remember(self, results: Packed[tuple[str, str]]) -> None:
        """A thousand at a time."""
        if self.cache is None:
            return
        kept = sorted(results)
        for first in range(0, len(kept), _AT_ONCE):
            by_kind: dict[str, dict[str, Result]] = {}
            for kind, blob in kept[first : first + _AT_ONCE]:
                result = results[kind, blob]
                if not result.get("passing"):
                    by_kind.setdefault(kind, {})[blob] = result
            for kind, some in by_kind.items():
                self.cache.keep(self._basis(kind), some)

    def _basis(self, kind: str) -> str:
        return f"{self.analyser} {kind} {self.basis} {self.limits.file_bytes}"


def _key(target: Target) -> tuple[str, str]:
    return target.kind, target.entry.blob
