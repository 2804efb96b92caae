"""Passages of many contents, laid out for a scanner: a file for each name, with a heading over each passage.

The scanner sees names, and some of its rules hold for some names only. So a passage lies under the name of its content.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from clientdesk.adapters.analysers.deltas import Span

# Longer than what any rule takes for one word, and of nothing that one has: none reads across it.
_RULE = b"~" * 70
_FILE_BYTES = 4_000_000
_HELD_BYTES = 8_000_000
_MOST_BYTES = 2_000_000_000
# There the scanner leaves out what is no value for a parser, which passages would mislead.
_MARKUP = (".html", ".htm", ".css")


class Full(Exception):
    """As much is written as may be."""


def numbered(name: str, number: int) -> str:
    """A name for one of several files: in the same folder, and of the same kind, as far as a scanner can tell."""
    folder, base = posixpath.split(name)
    return posixpath.join(folder, str(number), base)


def heading(mark: str, content: int) -> bytes:
    """`mark` is made for one run, so that no client's file holds one."""
    return b"\n%s %s %d\n" % (_RULE, mark.encode(), content)


def contents_of(text: bytes, lines: Container[int], mark: str) -> set[int | None]:
    """The numbers over the passages in which these lines are, counted from 1; None for a line without."""
    says = re.compile(rb"%s %s (\d{1,9})" % (_RULE, mark.encode()))
    found: set[int | None] = set()
    content = None
    for number, line in enumerate(text.split(b"\n"), start=1):
        if told := says.fullmatch(line) if line.startswith(_RULE) else None:
            content = int(told[1])
        if number in lines:
            found.add(content)
    return found


@dataclass(slots=True)
class PassageFiles:
    """Appends to the file of a name, and begins another when that is large. Raises `Full` when there is too much."""

    folder: Path
    names: Sequence[str]
    mark: str
    _held: dict[str, list[bytes]] = field(default_factory=dict)
    _sizes: dict[str, int] = field(default_factory=dict)
    _size: int = 0
    _waiting: int = 0

    def add(self, content: int, text: bytes, spans: Iterable[Span]) -> None:
        parts = self._held.setdefault(self.names[content], [])
        over = heading(self.mark, content)
        for start, end in spans:
            parts += (over, text[start:end])
            self._waiting += len(over) + end - start
        if self._waiting > _HELD_BYTES:
            self.flush()

    def flush(self) -> None:
        for name, parts in self._held.items():
            text = b"".join(parts).replace(b"\0", b"~")
            self._size += len(text)
            self._sizes[name] = self._sizes.get(name, 0) + len(text)
            self._append(_kind(numbered(name, self._sizes[name] // _FILE_BYTES)), text)
        self._held.clear()
        self._waiting = 0
        if self._size > _MOST_BYTES:
            raise Full

    def _append(self, name: str, text: bytes) -> None:
        try:
            _write(self.folder / name, text)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):  # what was a folder became a file
            _write(self.folder / "moved" / f"{len(self._sizes)}-{posixpath.basename(name)}", text)


def _kind(name: str) -> str:
    return f"{name}.txt" if name.lower().endswith(_MARKUP) else name


def _write(file: Path, text: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as stream:
        stream.write(text)
