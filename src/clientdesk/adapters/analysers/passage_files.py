"""Passages of many contents, laid out for a scanner: files of each name, with a heading over each passage.

The scanner sees names, and some of its rules hold for some names only. So a passage lies under the name of its content.
What several contents of one name have alike is laid out once.
"""

from __future__ import annotations

import posixpath
import re
from array import array
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field

from clientdesk.adapters.analysers.deltas import Span
from clientdesk.adapters.pack_writer import PackWriter

# Longer than what any rule takes for one word, and of nothing that one has: none reads across it.
_RULE = b"~" * 70
_HELD_BYTES, _HELD_NAMES = 8_000_000, 5_000
_MOST_BYTES = 2_000_000_000
# There the scanner leaves out what is no value for a parser, which passages would mislead.
_MARKUP = (".html", ".htm", ".css")


class Full(Exception):
    """As much is written as may be."""


def numbered(name: str, number: int) -> str:
    """A name for one of several files: in the same folder, and of the same kind, as far as a scanner can tell."""
    folder, base = posixpath.split(name)
    return posixpath.join(folder, str(number), base)


def heading(mark: str, passage: int) -> bytes:
    """`mark` is made for one run, so that no client's file holds one."""
    return b"\n%s %s %d\n" % (_RULE, mark.encode(), passage)


def passages_of(text: bytes, lines: Container[int], mark: str) -> set[int | None]:
    """The numbers of the passages in which these lines are, counted from 1; None for a line in none."""
    says = re.compile(rb"%s %s (\d{1,9})" % (_RULE, mark.encode()))
    found: set[int | None] = set()
    passage = None
    for number, line in enumerate(text.split(b"\n"), start=1):
        if told := says.fullmatch(line) if line.startswith(_RULE) else None:
            passage = int(told[1])
        if number in lines:
            found.add(passage)
    return found


def owners_of(passages: Container[int | None], owners: Sequence[int]) -> set[int]:
    """The contents that have one of these."""
    return {content for passage, content in zip(owners[::2], owners[1::2], strict=True) if passage in passages}


@dataclass(slots=True)
class PassageFiles:
    """Puts files into `pack`, some of each name as they come. Raises `Full` when there is too much.

    The passages have numbers from `first` on. `owners` has, for each that a content has, its number and the content's.
    """

    pack: PackWriter
    name_of: Callable[[int], str]
    mark: str
    first: int = 0
    owners: array[int] = field(default_factory=lambda: array("i"))
    _known: dict[int, int] = field(default_factory=dict)
    _held: dict[str, list[bytes]] = field(default_factory=dict)
    _size: int = 0
    _waiting: int = 0

    def add(self, content: int, text: bytes, spans: Iterable[Span]) -> None:
        name = self.name_of(content)
        parts = self._held.setdefault(name, [])
        for start, end in spans:
            passage = text[start:end]
            fresh = self.first + len(self._known)
            # 64 bits with a key of this process: nobody can choose two that are alike.
            number = self._known.setdefault(hash((name, passage)), fresh)
            self.owners.extend((number, content))
            if number == fresh:
                over = heading(self.mark, number)
                parts += (over, passage)
                self._waiting += len(over) + len(passage)
        if self._waiting > _HELD_BYTES or len(self._held) > _HELD_NAMES:
            self.flush()

    def flush(self) -> None:
        for name, parts in self._held.items():
            if parts:
                self.pack.add(_kind(name), b"".join(parts).replace(b"\0", b"~"))
        self._held.clear()
        self.pack.forget_names()
        self._size += self._waiting
        self._waiting = 0
        if self._size > _MOST_BYTES:
            raise Full


def _kind(name: str) -> str:
    return f"{name}.txt" if name.lower().endswith(_MARKUP) else name
