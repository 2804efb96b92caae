"""The files of a commit, held in columns: as values they would take four times the room, for as long as an audit lasts.

A value is made anew each time one is looked at.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from clientdesk.audit.repository import FileEntry

_LINK, _EXECUTABLE = 1, 2


class FileList(Sequence[FileEntry]):
    """Sorted by path. No two of the entries given may have the same one."""

    def __init__(self, entries: Iterable[FileEntry]) -> None:
        self._paths: list[str] = []
        self._sizes = array("q")
        self._blobs = bytearray()
        self._kinds = bytearray()
        for entry in entries:
            self._paths.append(entry.path)
            self._sizes.append(entry.size)
            self._blobs += bytes.fromhex(entry.blob)
            self._kinds.append(_LINK * entry.is_link | _EXECUTABLE * entry.is_executable)
        self._width = len(self._blobs) // max(1, len(self._paths))
        self._sort()

    def _sort(self) -> None:
        """git sorts nearly so: names that are no UTF-8 have their own place."""
        order = sorted(range(len(self._paths)), key=self._paths.__getitem__)
        self._blobs = bytearray().join(map(self._blob, order))
        self._sizes = array("q", map(self._sizes.__getitem__, order))
        self._kinds = bytearray(map(self._kinds.__getitem__, order))
        self._paths.sort()

    def get(self, path: str) -> FileEntry | None:
        place = bisect_left(self._paths, path)
        return self[place] if place < len(self._paths) and self._paths[place] == path else None

    def at(self, path: str) -> FileEntry:
        """Raises `KeyError` for a path not there."""
        entry = self.get(path)
        if entry is None:
            raise KeyError(path)
        return entry

    def same(self, path: str) -> str:
        """The path as it is held here, if it is: whoever keeps that one keeps no other."""
        place = bisect_left(self._paths, path)
        held = self._paths[place] if place < len(self._paths) else path
        return held if held == path else path

    def __len__(self) -> int:
        return len(self._paths)

    def __iter__(self) -> Iterator[FileEntry]:
        return map(self._entry, range(len(self._paths)))

    @overload
    def __getitem__(self, place: int) -> FileEntry: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[FileEntry]: ...
    def __getitem__(self, place: int | slice) -> FileEntry | Sequence[FileEntry]:
        if isinstance(place, slice):
            return [self._entry(one) for one in range(len(self))[place]]
        return self._entry(range(len(self))[place])

    def _entry(self, place: int) -> FileEntry:
        kind = self._kinds[place]
        return FileEntry(
            self._paths[place],
            self._sizes[place],
            self._blob(place).hex(),
            bool(kind & _LINK),
            bool(kind & _EXECUTABLE),
        )

    def _blob(self, place: int) -> bytearray:
        return self._blobs[place * self._width : (place + 1) * self._width]
