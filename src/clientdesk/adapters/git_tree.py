"""Lists the files of a commit: names and sizes, nothing read, nothing written, and an end to bombs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import IO

from clientdesk.adapters.commit_log import printable_path
from clientdesk.adapters.file_list import FileList
from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_process import running
from clientdesk.audit.repository import FileEntry
from clientdesk.domain.refusal import Refusal

_LINK, _EXECUTABLE = b"120000", b"100755"
_FORGED = frozenset({b"", b".", b"..", b".git"})


def read_tree(folder: GitFolder, commit: str, *, files: int, unfetched_bytes: int) -> FileList:
    """Every file, sorted by path. One that was left out of the clone gets `unfetched_bytes` for its size.

    Raises a `Refusal` for more than so many files, which no audit could read, and for names that lead elsewhere.
    """
    with running(folder, ["ls-tree", "-r", "-l", "-z", commit]) as tree:
        listed = (entry for line in _lines(tree.stdout) if (entry := _entry(line, unfetched_bytes)))
        found = FileList(_at_most(files, _told_apart(listed)))
        tree.finish()
    return found


def _at_most(files: int, entries: Iterable[FileEntry]) -> Iterator[FileEntry]:
    for number, entry in enumerate(entries, start=1):
        if number > files:
            raise Refusal(f"the repository has more than {files} files, too many to audit; is the address right?")
        yield entry


def _told_apart(entries: Iterable[FileEntry]) -> Iterator[FileEntry]:
    """Two spellings of bytes that are no UTF-8, or a forged tree, may give one path to several files."""
    paths: set[str] = set()
    for entry in entries:
        one = replace(entry, path=f"{entry.path}~{entry.blob[:8]}") if entry.path in paths else entry
        if one.path not in paths:
            paths.add(one.path)
            yield one


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read(65536):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole


def _entry(line: bytes, unfetched_bytes: int) -> FileEntry | None:
    """None for a submodule: it is another repository, and never fetched."""
    about, _, path = line.partition(b"\t")
    mode, kind, blob, size = about.split()
    if kind != b"blob":
        return None
    if not _FORGED.isdisjoint(path.lower().split(b"/")):
        raise Refusal(f"the repository holds the forged file name {printable_path(path)!r} and is not read")
    known = int(size) if size.isdigit() else unfetched_bytes
    return FileEntry(printable_path(path), known, blob.decode(), mode == _LINK, mode == _EXECUTABLE)
