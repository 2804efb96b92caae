"""Secrets in the files of a commit, by kingfisher; a file that was scanned before is not scanned again."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from clientdesk.adapters.analysers.blob_pass import Blobs
from clientdesk.adapters.analysers.bounded_command import CommandFailed
from clientdesk.adapters.analysers.clean_pack import Hits, hits_in
from clientdesk.adapters.analysers.kingfisher import LARGEST_FILE, Kingfisher, text_of
from clientdesk.adapters.analysers.leak_records import kept, leak, leaks_of, tree_basis, tree_key
from clientdesk.adapters.analysers.result_cache import ResultCache
from clientdesk.adapters.analysers.secret_mask import mask
from clientdesk.adapters.analysers.wire import Result
from clientdesk.audit.repository import FileEntry, ToolFailed, UnreadFile
from clientdesk.audit.scans import Leak, SecretReport

_MOST_BYTES = 2_000_000_000
# Laid out and scanned at once: more would take room on disk and in memory, fewer the start of another scan.
_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class SecretTree:
    """`seconds` for one scan of so many files."""

    kingfisher: Kingfisher
    cache: ResultCache | None = None
    seconds: float = 180.0

    def report(self, repository: Blobs) -> SecretReport:
        """Raises `ToolFailed`. Files that are binary hold nothing that could be told, and count as examined."""
        waiting = (entry for entry in repository.files if not entry.is_link)
        leaks: list[Leak] = []
        unread: list[UnreadFile] = []
        number = 0
        while entries := list(islice(waiting, _AT_ONCE)):
            small = [entry for entry in entries if entry.size <= LARGEST_FILE]
            results = self._results(repository, small)
            leaks += (leak for entry in small for leak in leaks_of(results.get(_key(entry), {})))
            unread += (
                UnreadFile(entry.path, "could not be read" if entry.size <= LARGEST_FILE else "too large")
                for entry in entries
                if _key(entry) not in results
            )
            number += len(entries)
        return SecretReport(self.kingfisher.tool, tuple(leaks), number - len(unread), tuple(unread))

    def _results(self, repository: Blobs, entries: Sequence[FileEntry]) -> dict[str, Result]:
        """By key, of every file that could be read."""
        tool = self.kingfisher.tool
        basis = tree_basis(tool)
        known = self.cache.found(basis, map(_key, entries)) if self.cache else {}
        missing = [entry for entry in entries if _key(entry) not in known]
        try:
            fresh = self._scanned(repository, missing) if missing else {}
        except OSError as error:
            raise ToolFailed(f"the files could not be laid out for kingfisher ({error.strerror})", tool) from error
        except CommandFailed as failure:
            raise ToolFailed(f"kingfisher gave no result: {failure}", tool) from failure
        if self.cache:
            self.cache.keep(basis, fresh)
        return known | fresh

    def _scanned(self, repository: Blobs, entries: Sequence[FileEntry]) -> dict[str, Result]:
        read: set[str] = set()
        hits = hits_in(_texts(repository, entries, read), self.kingfisher, time.monotonic() + self.seconds)
        told = {path: kept(leaks) for path, leaks in _leaks(repository, hits)}
        if len(told) < len(hits):
            raise CommandFailed("a file with something in it could not be read again")
        nothing = kept(())
        return {_key(entry): told.get(entry.path, nothing) for entry in entries if entry.path in read}


def _texts(repository: Blobs, entries: Sequence[FileEntry], read: set[str]) -> Iterator[tuple[str, bytes]]:
    """Path and text of each, where it is one; `read` gets the paths of all that could be read."""
    size = 0
    for path, content in repository.blob_bytes([entry.path for entry in entries], LARGEST_FILE):
        size += len(content)
        if size > _MOST_BYTES:
            break
        read.add(path)
        if text := text_of(content):
            yield path, text


def _leaks(repository: Blobs, hits: Hits) -> Iterator[tuple[str, list[Leak]]]:
    """Every place, also of one and the same secret."""
    for path, content in repository.blob_bytes(list(hits), LARGEST_FILE):
        text = text_of(content)
        yield path, [leak(hit, path, mask(text, hit.line, hit.first, hit.last)) for hit in hits[path]]


def _key(entry: FileEntry) -> str:
    return tree_key(entry.blob, entry.path)
