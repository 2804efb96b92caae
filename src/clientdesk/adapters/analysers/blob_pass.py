"""One analyser over a repository's files: known results from the cache, the others from workers, each content once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from clientdesk.adapters.analysers.crew import Crew, workers_for
from clientdesk.adapters.analysers.limits import Limits
from clientdesk.adapters.analysers.result_cache import ResultCache
from clientdesk.adapters.analysers.wire import Job, Result
from clientdesk.audit.repository import TEXT_LIMIT, FileEntry, Repository


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

    def results(self, repository: Blobs, targets: Sequence[Target]) -> dict[str, Result]:
        """A result for every target, by path."""
        small = [target for target in targets if target.entry.size <= self.limits.file_bytes]
        known = self._known(small)
        missing = {_key(target): target.entry for target in small if _key(target) not in known}
        known |= self._analysed(repository, missing)
        return {target.entry.path: self._result(target, known) for target in targets}

    def _result(self, target: Target, known: Mapping[tuple[str, str], Result]) -> Result:
        if target.entry.size > self.limits.file_bytes:
            return {"unread": f"larger than {self.limits.file_bytes / 1_000_000:g} MB"}
        return known.get(_key(target), {"unread": "its content could not be read from the repository"})

    def _known(self, targets: Sequence[Target]) -> dict[tuple[str, str], Result]:
        if self.cache is None:
            return {}
        found = {}
        for kind in {target.kind for target in targets}:
            blobs = {target.entry.blob for target in targets if target.kind == kind}
            for blob, result in self.cache.found(self._basis(kind), blobs).items():
                found[kind, blob] = result
        return found

    def _analysed(
        self, repository: Blobs, missing: Mapping[tuple[str, str], FileEntry]
    ) -> dict[tuple[str, str], Result]:
        if not missing:
            return {}
        kinds: dict[str, list[tuple[str, str]]] = {}
        for (kind, blob), entry in missing.items():
            kinds.setdefault(entry.path, []).append((kind, blob))
        jobs = (
            Job(kind, blob, data) for path, data in repository.blob_bytes(sorted(kinds)) for kind, blob in kinds[path]
        )
        size = sum(entry.size for entry in missing.values())
        found = Crew(self.analyser, self.limits, workers_for(size)).results(jobs)
        results = {key: self.settled(result) for key, result in found.items()}
        self._remember(results)
        return results

    def _remember(self, results: Mapping[tuple[str, str], Result]) -> None:
        if self.cache is None:
            return
        by_kind: dict[str, dict[str, Result]] = {}
        for (kind, blob), result in results.items():
            if not result.get("passing"):
                by_kind.setdefault(kind, {})[blob] = result
        for kind, some in by_kind.items():
            self.cache.keep(self._basis(kind), some)

    def _basis(self, kind: str) -> str:
        return f"{self.analyser} {kind} {self.basis} {self.limits.file_bytes}"


def _key(target: Target) -> tuple[str, str]:
    return target.kind, target.entry.blob
