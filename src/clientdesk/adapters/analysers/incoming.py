"""What workers are asked and what they say: each content once, its result to every path that has it, and kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from clientdesk.adapters.analysers.packed import Packed
from clientdesk.adapters.analysers.results_by_path import ResultsByPath
from clientdesk.adapters.analysers.wire import Job, Result
from clientdesk.audit.repository import FileEntry

# Ids come in no order: each time, a page of the cache's index is written for nearly each, unless many come at once.
_KEPT_AT_ONCE, _KEPT_BYTES_AT_ONCE = 8_000, 4_000_000
Key: TypeAlias = tuple[str, str]
Read: TypeAlias = Callable[[Iterable[str]], Iterator[tuple[str, bytes]]]
Keep: TypeAlias = Callable[[str, Mapping[str, Result]], None]


@dataclass(frozen=True, slots=True)
class Target:
    """A file to analyse, and its language."""

    entry: FileEntry
    kind: str


def key_of(target: Target) -> Key:
    return target.kind, target.entry.blob


def beginning(blob: str) -> int:
    return int(blob[:16], 16)


class Incoming:
    """`alike` are the beginnings of ids that may come twice: of the others nothing is remembered once they are done."""

    def __init__(
        self, found: ResultsByPath, alike: Container[int], settled: Callable[[Result], Result], keep: Keep
    ) -> None:
        self._found, self._alike, self._settled, self._keep = found, alike, settled, keep
        self._lock = threading.Lock()
        self._waiting: dict[Key, list[str]] = {}
        self._told: dict[Key, str] = {}
        self._fresh: dict[str, Packed[str]] = {}
        self._fresh_number = self._fresh_bytes = 0

    def jobs(self, read: Read, targets: Iterable[Target]) -> Iterator[Job]:
        asked: dict[str, Target] = {}
        for path, data in read(self._paths(targets, asked)):
            target = asked.pop(path)
            yield Job(target.kind, target.entry.blob, data)

    def _paths(self, targets: Iterable[Target], asked: dict[str, Target]) -> Iterator[str]:
        """Of contents that nobody has asked for yet."""
        for target in targets:
            path = target.entry.path
            if self._is_first(key_of(target), path):
                asked[path] = target
                yield path

    def _is_first(self, key: Key, path: str) -> bool:
        with self._lock:
            if key in self._told:
                self._found.put(path, self._found[self._told[key]])
                return False
            waiting = self._waiting.setdefault(key, [])
            waiting.append(path)
            return len(waiting) == 1

    def take(self, job: Job, result: Result) -> None:
        """Safe to call from several threads."""
        settled = self._settled(result)
        with self._lock:
            paths = self._waiting.pop((job.kind, job.blob))
            for path in paths:
                self._found.put(path, settled)
            if beginning(job.blob) in self._alike:
                self._told[job.kind, job.blob] = paths[0]
            if not settled.get("passing"):
                self._fresh.setdefault(job.kind, Packed()).put(job.blob, settled)
            self._fresh_number += 1
            self._fresh_bytes += len(job.data)
            is_enough = self._fresh_number >= _KEPT_AT_ONCE or self._fresh_bytes >= _KEPT_BYTES_AT_ONCE
        if is_enough:
            self.keep()

    def keep(self) -> None:
        """What came since the last time: an audit that is broken off has not worked in vain."""
        with self._lock:
            fresh, self._fresh = self._fresh, {}
            self._fresh_number = self._fresh_bytes = 0
        for kind, results in fresh.items():
            self._keep(kind, results)
