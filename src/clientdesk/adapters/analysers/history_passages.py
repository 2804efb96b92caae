"""Writes what each content of a history has that the one it changes has not: a process of its own, meant to be killed.

`python -m clientdesk.adapters.analysers.history_passages OBJECTS CONTENTS FOLDER MARK`: CONTENTS has a line for each,
an id and a name, and a content goes by the number of its line. What is new goes into FOLDER as `PassageFiles` lays it
out. On its output it says of each, as a number of four bytes, which content that one changes, or what became of it.
"""

from __future__ import annotations

import gc
import sys
from array import array
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from clientdesk.adapters.analysers.deltas import Malformed, Span, changed, passages
from clientdesk.adapters.analysers.kingfisher import UTF_16, text_of
from clientdesk.adapters.analysers.passage_files import Full, PassageFiles
from clientdesk.adapters.git_packs import Pack, Stored, Unreadable, indexes_of

# Of a content: to be read in another way; written whole; nothing that is scanned.
LEFT, WHOLE, PASSED_OVER = -1, -2, -3
_HELD_BYTES = 20_000_000


class Families:
    """The contents of one pack, each right after the one that it changes, so that none is held for long."""

    def __init__(self, pack: Pack, numbers: Mapping[int, int], files: PassageFiles, bases: array[int]) -> None:
        """`numbers`: of what is wanted, by its place in the pack."""
        self._pack, self._numbers, self._files, self._bases = pack, numbers, files, bases
        self._stored: dict[int, Stored] = {}
        self._followers: dict[int, list[int]] = {}
        self._stranger: tuple[int, bytes] = (-1, b"")

    def write(self) -> None:
        """Leaves out what can't be read, with all that builds on it. Raises `Full`."""
        for first in self._firsts():
            waiting: list[tuple[int, bytes | None]] = [(first, None)]
            while waiting:
                place, base = waiting.pop()
                with suppress(Unreadable, Malformed):
                    content, spans = self._read(self._stored[place], base)
                    self._note(place, content, spans)
                    waiting += [(one, content) for one in self._followers.get(place, ())]
            self._files.flush()

    def _firsts(self) -> Sequence[int]:
        """Where those begin that change nothing wanted."""
        firsts = []
        for place in sorted(self._numbers):
            with suppress(Unreadable):
                stored = self._stored[place] = self._pack.stored(place)
                if stored.base is not None and stored.base in self._numbers:
                    self._followers.setdefault(stored.base, []).append(place)
                else:
                    firsts.append(place)
        return firsts

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

    def _note(self, place: int, content: bytes, spans: Sequence[Span] | None) -> None:
        number = self._numbers[place]
        if content[:2] in UTF_16:
            return
        if not text_of(content):
            self._bases[number] = PASSED_OVER
            return
        base = self._numbers[self._stored[place].base or 0] if spans is not None else WHOLE
        if base == WHOLE or self._bases[base] in {LEFT, PASSED_OVER}:
            self._bases[number] = WHOLE
            self._files.add(number, content, [(0, len(content))])
        else:
            self._bases[number] = base
            self._files.add(number, content, passages(content, spans or ()))


def main(objects: str, contents: str, folder: str, mark: str) -> None:
    gc.disable()
    lines = Path(contents).read_text(encoding="utf-8").splitlines()
    wanted = {bytes.fromhex(line.partition(" ")[0]): number for number, line in enumerate(lines)}
    names = {name: name for line in lines if (name := line.partition(" ")[2])}
    files = PassageFiles(Path(folder), [names[line.partition(" ")[2]] for line in lines], mark)
    del lines, names
    bases = array("i", [LEFT]) * len(files.names)
    with suppress(Full):
        for index in indexes_of(Path(objects)):
            with suppress(Unreadable, OSError):
                pack = Pack(index)
                numbers = {place: wanted.pop(name) for name, place in list(pack.places(wanted))}
                Families(pack, numbers, files, bases).write()
    sys.stdout.buffer.write(bases.tobytes())


if __name__ == "__main__":
    main(*sys.argv[1:])
