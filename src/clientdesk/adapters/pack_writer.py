"""Writes chosen contents as a git repository of one commit: a few files on the disk, however many there are in it.

A scanner reads it as it reads a folder, and sooner. A folder of many files costs the disk an entry for each, and a disk
without a journal (ext4 in many virtual machines) up to a millisecond for each one made soon after others were removed.
"""

from __future__ import annotations

import posixpath
import struct
import zlib
from array import array
from collections.abc import Iterable
from contextlib import suppress
from errno import EFBIG
from hashlib import sha1
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

_ID_BYTES = 20
_COMMIT, _TREE, _BLOB = 1, 2, 3
_WORDS = {_COMMIT: b"commit", _TREE: b"tree", _BLOB: b"blob"}
_NOT_PRESSED = 0
# An index says in 31 bits where something begins.
_FARTHEST = (1 << 31) - 1
_READ_BYTES = 1 << 20
_WHO = b"Clientdesk <clientdesk@example.com> 0 +0000"


class PackWriter:
    """Adds a part to the bare repository `place`: a pack, and a branch of that name. Raises `OSError`.

    Others may add other parts, also at the same time. Used as a context: at its end all is written.
    """

    def __init__(self, place: Path, part: str = "0") -> None:
        self._place, self._part = place, part
        self._layers: list[bytes] = []
        self._folders: dict[str, dict[str, bytes | None]] = {}  # None: a folder
        self._known: set[bytes] = set()
        self._ids = bytearray()
        self._checks, self._begins = array("I"), array("I")
        self._packs = place / "objects" / "pack"
        self._packs.mkdir(parents=True, exist_ok=True)
        self._pack: BinaryIO = (self._packs / f"pack-{part}.pack").open("x+b")
        self._at = self._pack.write(_head(0))

    def __enter__(self) -> PackWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        with self._pack:
            if kind is None:
                self._close()

    def add(self, path: str, content: bytes) -> str:
        """Gives its path in the repository: beside the others, or apart where one of them is in its place."""
        folder, name = posixpath.split(path)
        if not self._has_room(folder, name):
            self.forget_names()
        self._opened(folder)[name] = self._put(_BLOB, content)
        return f"{self._layer}/{path}"

    def forget_names(self) -> None:
        """Whatever comes now lies apart, and may have the same names."""
        if self._folders:
            self._layers.append(self._put_folder(""))
            self._folders.clear()
            self._known.clear()

    @property
    def _layer(self) -> str:
        return f"{self._part}-{len(self._layers)}"

    def _has_room(self, folder: str, name: str) -> bool:
        """Whether nothing has this path, and no file that of a folder above it."""
        if folder in self._folders:
            return name not in self._folders[folder]
        return not folder or self._has_room(*posixpath.split(folder))

    def _opened(self, folder: str) -> dict[str, bytes | None]:
        if folder not in self._folders:
            self._folders[folder] = {}
            if folder:
                above, name = posixpath.split(folder)
                self._opened(above)[name] = None
        return self._folders[folder]

    def _put_folder(self, folder: str) -> bytes:
        files, folders = [], []
        for name, known in self._folders[folder].items():
            if known:
                files.append((name, known))
            else:
                folders.append((name, self._put_folder(posixpath.join(folder, name))))
        return self._put_tree(files, folders)

    def _put_tree(self, files: Iterable[tuple[str, bytes]], folders: Iterable[tuple[str, bytes]]) -> bytes:
        """A folder stands where its name would with a slash behind it."""
        rows = [(name.encode(), b"100644 %s\0%s" % (name.encode(), known)) for name, known in files]
        rows += [(f"{name}/".encode(), b"40000 %s\0%s" % (name.encode(), known)) for name, known in folders]
        return self._put(_TREE, b"".join(row for _, row in sorted(rows)))

    def _put(self, kind: int, content: bytes) -> bytes:
        """Its id; what is there already is not written again."""
        name = sha1(b"%s %d\0%s" % (_WORDS[kind], len(content), content), usedforsecurity=False).digest()
        if name not in self._known:
            if self._at > _FARTHEST:
                raise OSError(EFBIG, "more than a pack may hold")
            self._known.add(name)
            entry = _size(kind, len(content)) + zlib.compress(content, _NOT_PRESSED)
            self._ids += name
            self._checks.append(zlib.crc32(entry))
            self._begins.append(self._at)
            self._at += self._pack.write(entry)
        return name

    def _close(self) -> None:
        self.forget_names()
        layers = ((f"{self._part}-{number}", known) for number, known in enumerate(self._layers))
        root = self._put_tree((), layers).hex().encode()
        commit = self._put(_COMMIT, b"tree %s\nauthor %s\ncommitter %s\n\nContents\n" % (root, _WHO, _WHO))
        self._write_index(self._finish_pack())
        branch = self._place / "refs" / "heads" / self._part
        branch.parent.mkdir(parents=True, exist_ok=True)
        branch.write_text(f"{commit.hex()}\n", encoding="ascii")
        with suppress(FileExistsError), (self._place / "HEAD").open("x", encoding="ascii") as head:
            head.write(f"ref: refs/heads/{self._part}\n")

    def _finish_pack(self) -> bytes:
        """Its sum, which is also its end: how many there are stands at its beginning."""
        self._pack.seek(0)
        self._pack.write(_head(len(self._begins)))
        self._pack.seek(0)
        told = sha1(usedforsecurity=False)
        while some := self._pack.read(_READ_BYTES):
            told.update(some)
        self._pack.write(told.digest())
        return told.digest()

    def _write_index(self, told: bytes) -> None:
        """Of version 2: how many ids are up to each first byte, then ids, checks and places in the order of ids."""
        ids = [bytes(self._ids[at : at + _ID_BYTES]) for at in range(0, len(self._ids), _ID_BYTES)]
        order = sorted(range(len(ids)), key=ids.__getitem__)
        counts = [0] * 256
        for name in ids:
            counts[name[0]] += 1
        up_to = (sum(counts[: first + 1]) for first in range(256))
        index = b"".join(
            (
                struct.pack(">4sI256I", b"\xfftOc", 2, *up_to),
                b"".join(map(ids.__getitem__, order)),
                _big_endian(array("I", map(self._checks.__getitem__, order))),
                _big_endian(array("I", map(self._begins.__getitem__, order))),
                told,
            )
        )
        (self._packs / f"pack-{self._part}.idx").write_bytes(index + sha1(index, usedforsecurity=False).digest())


def _head(count: int) -> bytes:
    return struct.pack(">4sII", b"PACK", 2, count)


def _size(kind: int, size: int) -> bytes:
    """Kind and size as they stand before a content, seven bits in a byte, but four in the first."""
    byte, size = kind << 4 | size & 15, size >> 4
    told = bytearray()
    while size:
        told.append(byte | 128)
        byte, size = size & 127, size >> 7
    told.append(byte)
    return bytes(told)


def _big_endian(numbers: array[int]) -> bytes:
    return struct.pack(f">{len(numbers)}I", *numbers)
