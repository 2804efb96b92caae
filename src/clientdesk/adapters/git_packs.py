"""Reads git's packs as they lie on disk: which contents are kept whole, and which as changes to which others.

Whoever needs contents asks git for them. This is for whoever needs to know what changed, of a hundred thousand contents
at once: a pack says that already, and git would work it out again. What can't be read here is left to git.
"""

from __future__ import annotations

import mmap
import struct
import zlib
from bisect import bisect_left
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

_INDEX_BEGINS = b"\xfftOc\x00\x00\x00\x02"
_NAMES_AT = 8 + 1024
_ID_BYTES = 20
_FAR = 0x80000000
_BLOB, _BY_OFFSET, _BY_NAME = 3, 6, 7
_LENDERS_DEEP = 5
# zlib's worst: what can't be made smaller grows by five bytes in each 16 KB, and by a frame.
_SLACK = 64


class Unreadable(Exception):
    """Not as git writes it, or not of a kind that is read here."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Where something begins in its pack, and what of. `base` is where that begins which it changes, None if whole.

    `size` is of what is stored: the content, or the changes.
    """

    at: int
    size: int
    base: int | None


class Pack:
    """One pack and its index, which lies beside it. Raises `Unreadable` for what is no pack."""

    def __init__(self, index: Path) -> None:
        with index.open("rb") as file:
            self._index = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        with index.with_suffix(".pack").open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._view = memoryview(self._data)
        if self._index[: len(_INDEX_BEGINS)] != _INDEX_BEGINS:
            raise Unreadable(f"{index.name} is no index of version 2")
        (self._count,) = struct.unpack_from(">I", self._index, _NAMES_AT - 4)
        self._offsets_at = _NAMES_AT + self._count * (_ID_BYTES + 4)
        if len(self._index) < self._offsets_at + 4 * self._count + 2 * _ID_BYTES:
            raise Unreadable(f"{index.name} is cut short")

    def places(self, wanted: Container[bytes]) -> Iterator[tuple[bytes, int]]:
        """Id and place of all that is wanted and is here."""
        names = memoryview(self._index)[_NAMES_AT : _NAMES_AT + self._count * _ID_BYTES]
        for number, (name,) in enumerate(struct.iter_unpack(f"{_ID_BYTES}s", names)):
            if name in wanted:
                yield name, self._place(number)

    def stored(self, place: int) -> Stored:
        """What begins there; raises `Unreadable` for what is no content."""
        data = self._data
        try:
            byte = data[place]
            kind, size, shift, at = byte >> 4 & 7, byte & 15, 4, place + 1
            while byte & 128:
                byte, at = data[at], at + 1
                size |= (byte & 127) << shift
                shift += 7
            if kind == _BLOB:
                return Stored(at, size, None)
            if kind == _BY_NAME:
                return Stored(at + _ID_BYTES, size, self._place_of(data[at : at + _ID_BYTES]))
            if kind != _BY_OFFSET:
                raise Unreadable(f"no content begins at {place}")
            byte, at = data[at], at + 1
            back = byte & 127
            while byte & 128:
                byte, at = data[at], at + 1
                back = (back + 1) << 7 | byte & 127
        except IndexError as error:
            raise Unreadable("a pack is cut short") from error
        if not 0 < back < place:
            raise Unreadable(f"what begins at {place} changes nothing that is here")
        return Stored(at, size, place - back)

    def bytes_of(self, stored: Stored) -> bytes:
        """The content, or the changes; raises `Unreadable` where it is damaged."""
        end = stored.at + stored.size + (stored.size >> 10) + _SLACK
        try:
            content = zlib.decompressobj().decompress(self._view[stored.at : end], stored.size + 1)
        except zlib.error as error:
            raise Unreadable(f"what is stored at {stored.at} is damaged") from error
        if len(content) != stored.size:
            raise Unreadable(f"what is stored at {stored.at} has another size than it says")
        return content

    def _place(self, number: int) -> int:
        (near,) = struct.unpack_from(">I", self._index, self._offsets_at + 4 * number)
        if not near & _FAR:
            return int(near)
        try:
            (far,) = struct.unpack_from(">Q", self._index, self._offsets_at + 4 * self._count + 8 * (near ^ _FAR))
        except struct.error as error:
            raise Unreadable("an index is cut short") from error
        return int(far)

    def _place_of(self, name: bytes) -> int:
        number = bisect_left(_Names(self._index, self._count), name)
        if number == self._count or _Names(self._index, self._count)[number] != name:
            raise Unreadable("something changes what is in no pack of its own")
        return self._place(number)


@dataclass(frozen=True, slots=True)
class _Names:
    """The ids in an index, in their order."""

    index: mmap.mmap
    count: int

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, number: int) -> bytes:
        return self.index[_NAMES_AT + number * _ID_BYTES : _NAMES_AT + (number + 1) * _ID_BYTES]


def indexes_of(objects: Path) -> list[Path]:
    """The indexes of a folder of objects and of those that it borrows from."""
    found: list[Path] = []
    folders, seen = [(objects, 0)], set()
    while folders:
        folder, depth = folders.pop()
        if folder in seen or depth > _LENDERS_DEEP:
            continue
        seen.add(folder)
        found += sorted(file for file in (folder / "pack").glob("*.idx") if file.with_suffix(".pack").is_file())
        lenders = folder / "info" / "alternates"
        if lenders.is_file():
            lines = lenders.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
            folders += [(folder / line, depth + 1) for line in lines if line and not line.startswith("#")]
    return found
