"""Writes what each content of a history has that the one it changes has not: a process of its own, meant to be killed.

`python -m clientdesk.adapters.analysers.history_passages OBJECTS FOLDER MARK SHARES`: FOLDER/contents has a line for
each, an id and a name, and a content goes by the number of its line. So many processes share the work. What is new goes
into the repository FOLDER/repository.git as `PassageFiles` lays it out, each share on a branch of its number, and
FOLDER/owners-SHARE has what it says of whose they are.
FOLDER/bases says of each content, as a number of four bytes, which one it changes, or what became of it.
"""

from __future__ import annotations

import gc
import mmap
import os
import sys
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from clientdesk.adapters.analysers.deltas import Malformed, Span, changed, passages
from clientdesk.adapters.analysers.kingfisher import UTF_16, is_text
from clientdesk.adapters.analysers.passage_files import Full, PassageFiles
from clientdesk.adapters.git_packs import Pack, Stored, Unreadable, indexes_of
from clientdesk.adapters.pack_writer import PackWriter

# Of a content: to be read in another way; written whole; nothing that is scanned.
LEFT, WHOLE, PASSED_OVER = -1, -2, -3
_NONE = -1
_HELD_BYTES = 20_000_000
# Of every share, the numbers of its passages begin so far above those of the one before.
_SHARE = 100_000_000


class Families:
    """The contents of one pack, each right after the one that it changes, so that none is held for long.

    A content goes by its place among those in the pack. Arrays: as objects, what is known of each would take ten times
    the room, in every share.
    """

    def __init__(self, pack: Pack, numbers: Mapping[int, int], bases: memoryview[int]) -> None:
        """`numbers`: of what is wanted, by where it begins in the pack."""
        self._pack, self._bases = pack, bases
        self._begins = array("Q", sorted(numbers))
        self._numbers = array("i", map(numbers.__getitem__, self._begins))
        self._base, self._follower, self._next = (array("i", [_NONE]) * len(numbers) for _ in range(3))
        self._firsts = array("i", self._related())
        self._stranger: tuple[int, bytes] = (_NONE, b"")

    def write(self, files: PassageFiles, share: int, shares: int) -> None:
        """One share of the families. Leaves out what can't be read, with all that builds on it. Raises `Full`."""
        for first in self._firsts[share::shares]:
            waiting: list[tuple[int, bytes | None, int]] = [(first, None, 0)]
            while waiting:
                place, base, zeros = waiting.pop()
                with suppress(Unreadable, Malformed):
                    content, spans = self._read(self._pack.stored(self._begins[place]), base)
                    zeros = _zeros(content, None if zeros else spans)
                    self._note(files, place, content, spans, zeros)
                    waiting += [(one, content, zeros) for one in self._followers(place)]
        files.flush()

    def _related(self) -> Iterator[int]:
        """Those that change nothing wanted; of the others it is noted what they do."""
        places = {begin: place for place, begin in enumerate(self._begins)}
        for place, begin in enumerate(self._begins):
            with suppress(Unreadable):
                stored = self._pack.stored(begin)
                base = _NONE if stored.base is None else places.get(stored.base, _NONE)
                if base == _NONE:
                    yield place
                else:
                    self._base[place] = base
                    self._next[place], self._follower[base] = self._follower[base], place

    def _followers(self, place: int) -> Iterator[int]:
        follower = self._follower[place]
        while follower != _NONE:
            yield follower
            follower = self._next[follower]

    def _read(self, stored: Stored, base: bytes | None) -> tuple[bytes, Sequence[Span] | None]:
        """The content and where it is new, None for all of it."""
        if stored.size > _HELD_BYTES:
            raise Unreadable("too large")
        found = self._pack.bytes_of(stored)
        if stored.base is None:
            return found, None
        content, spans = changed(found, self._of_others(stored.base) if base is None else base)
        if len(content) > _HELD_BYTES:
            raise Unreadable("too large")
        return content, None if base is None else spans

    def _of_others(self, place: int) -> bytes:
        """A content that only other branches have, or none any more. The last one is kept: it has several followers."""
        if self._stranger[0] != place:
            changes, stored = [], self._pack.stored(place)
            while stored.base is not None and stored.size <= _HELD_BYTES:
                changes.append(self._pack.bytes_of(stored))
                stored = self._pack.stored(stored.base)
            content, _ = self._read(stored, None)
            for change in reversed(changes):
                content, _ = changed(change, content)
            self._stranger = (place, content)
        return self._stranger[1]

    def _note(self, files: PassageFiles, place: int, content: bytes, spans: Sequence[Span] | None, zeros: int) -> None:
        number = self._numbers[place]
        if content[:2] in UTF_16:
            return
        if not is_text(len(content), zeros):
            self._bases[number] = PASSED_OVER
            return
        base = self._numbers[self._base[place]] if spans is not None else WHOLE
        if base == WHOLE or self._bases[base] in {LEFT, PASSED_OVER}:
            self._bases[number] = WHOLE
            files.add(number, content, [(0, len(content))])
        else:
            self._bases[number] = base
            files.add(number, content, passages(content, spans or ()))


def _zeros(content: bytes, spans: Sequence[Span] | None) -> int:
    """How many zero bytes it has; with `spans`, where what is not new has none."""
    if spans is None:
        return content.count(0)
    return sum(content.count(0, start, end) for start, end in spans)


class Names:
    """Read where they lie: as strings, each would take a hundred bytes in every share."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as stream:
            self._lines = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        self._begins = array("Q")

    def __len__(self) -> int:
        return len(self._begins)

    def ids(self) -> dict[bytes, int]:
        """Of all contents, their numbers; from then on their names are known."""
        found = {}
        for number, line in enumerate(iter(self._lines.readline, b"")):
            known, _, name = line.partition(b" ")
            found[bytes.fromhex(known.decode())] = number
            self._begins.append(self._lines.tell() - len(name))
        return found

    def name(self, number: int) -> str:
        begin = self._begins[number]
        return self._lines[begin : self._lines.find(b"\n", begin)].decode()


def main(objects: str, folder: str, mark: str, shares: int) -> None:
    gc.disable()
    names = Names(Path(folder, "contents"))
    wanted = names.ids()
    families = list(_families(Path(objects), wanted, _bases(Path(folder, "bases"), len(names))))
    del wanted

    def write(share: int) -> None:
        with PackWriter(Path(folder, "repository.git"), str(share)) as pack:
            files = PassageFiles(pack, names.name, mark, share * _SHARE)
            with suppress(Full):
                for family in families:
                    family.write(files, share, shares)
        Path(folder, f"owners-{share}").write_bytes(files.owners.tobytes())

    _in_shares(write, shares)


def _bases(file: Path, count: int) -> memoryview[int]:
    """One number for each content, which every share sees and may set."""
    file.write_bytes((array("i", [LEFT]) * count).tobytes())
    with file.open("r+b") as stream:
        return memoryview(mmap.mmap(stream.fileno(), 0)).cast("i")


def _families(objects: Path, wanted: dict[bytes, int], bases: memoryview[int]) -> Iterator[Families]:
    for index in indexes_of(objects):
        with suppress(Unreadable, OSError):
            pack = Pack(index)
            numbers = {place: wanted.pop(name) for name, place in list(pack.places(wanted))}
            yield Families(pack, numbers, bases)


def _in_shares(write: Callable[[int], None], shares: int) -> None:
    """Each in a process of its own, which has at once what was read so far. Ends the process if one of them failed."""
    others = []
    for share in range(1, shares):
        other = os.fork()
        if not other:
            failed = 1
            try:
                write(share)
                failed = 0
            finally:
                os._exit(failed)
        others.append(other)
    write(0)
    ends = [os.waitpid(other, 0)[1] for other in others]
    if any(ends):
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
