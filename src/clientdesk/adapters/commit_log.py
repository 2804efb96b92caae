"""Commits as git's log tells them, in columns of numbers: fifty thousand take a few MB, and are soon read again."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import accumulate

from clientdesk.audit.repository import Author, Commit

Change = tuple[bytes, bytes, bytes]
_LATEST = 253_402_300_799  # the last second of the year 9999
PLAIN = 1 << 33  # any later is no date, and git's own files have no room for much more
_NUMBER, _INSTANT = "I", "q"


@dataclass(frozen=True, slots=True)
class Record:
    """A commit as git tells it: `changes` are (status letter, old path, new path).

    `author` is who made it in the commit's own words, `mail` and `name` what the mailmap makes of that.
    """

    id: bytes
    at: bytes
    author: tuple[bytes, bytes]
    mail: bytes
    name: bytes
    parents: tuple[bytes, ...]
    changes: Sequence[Change]


@dataclass(slots=True)
class CommitLog:
    """One entry of `at`, `who` and `counts` a commit, one of `letters`, `olds` and `news` a change.

    `who` numbers `authors`, of whom each is one in the commits' own words; `olds` and `news` number `paths`. `parents`
    is not kept anywhere. `is_plain`: every instant is as the commit has it; one that no calendar holds was cut.
    """

    ids: bytearray = field(default_factory=bytearray)
    at: array[int] = field(default_factory=lambda: array(_INSTANT))
    who: array[int] = field(default_factory=lambda: array(_NUMBER))
    counts: array[int] = field(default_factory=lambda: array(_NUMBER))
    letters: bytearray = field(default_factory=bytearray)
    olds: array[int] = field(default_factory=lambda: array(_NUMBER))
    news: array[int] = field(default_factory=lambda: array(_NUMBER))
    authors: list[Author] = field(default_factory=list)
    paths: list[bytes] = field(default_factory=list)
    parents: list[tuple[bytes, ...]] = field(default_factory=list)
    is_plain: bool = True
    _author_numbers: dict[tuple[bytes, bytes], int] = field(default_factory=dict)
    _path_numbers: dict[bytes, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.at)

    @property
    def id_bytes(self) -> int:
        return len(self.ids) // len(self.at) if self.at else 0

    def id(self, number: int) -> bytes:
        width = self.id_bytes
        return bytes(self.ids[number * width : (number + 1) * width])

    def numbers(self) -> dict[bytes, int]:
        """The number of each commit, by its id."""
        ids, width = bytes(self.ids), self.id_bytes
        return {ids[number * width : (number + 1) * width]: number for number in range(len(self))}

    def has(self, commit: bytes) -> bool:
        """For a few: `numbers` is for many."""
        found = self.ids.find(commit)
        while found >= 0 and found % len(commit):
            found = self.ids.find(commit, found + 1)
        return found >= 0

    def add(self, record: Record) -> None:
        self.ids += bytes.fromhex(record.id.decode())
        self.at.append(_seconds(record.at))
        self.is_plain = self.is_plain and record.at.isdigit() and self.at[-1] < PLAIN
        self.who.append(self._author(record))
        self.counts.append(len(record.changes))
        for letter, old, new in record.changes:
            self.letters += letter
            self.olds.append(self._path(old))
            self.news.append(self._path(new))
        self.parents.append(tuple(bytes.fromhex(parent.decode()) for parent in record.parents))

    def finish(self) -> None:
        """Nothing more will be added: what only that needs is forgotten."""
        self._author_numbers, self._path_numbers = {}, {}

    def _author(self, record: Record) -> int:
        number = self._author_numbers.setdefault(record.author, len(self.authors))
        if number == len(self.authors):
            self.authors.append(author_of(record.mail, record.name))
        return number

    def _path(self, path: bytes) -> int:
        number = self._path_numbers.setdefault(path, len(self.paths))
        if number == len(self.paths):
            self.paths.append(path)
        return number


def commits_of(log: CommitLog, same: Callable[[str], str] = str) -> Iterator[Commit]:
    """In the order of the log, newest first as git sees it: each path under its name of today.

    `same` gives a path that somebody holds already, so that none is held twice.
    """
    ids, width = log.ids.hex(), 2 * log.id_bytes
    texts = [same(printable_path(path)) for path in log.paths]
    today = list(range(len(texts)))
    last = 0
    for number, (at, who, count) in enumerate(zip(log.at, log.who, log.counts, strict=True)):
        first, last = last, last + count
        paths = _named(log.news[first:last], today, texts) if count else ()
        yield Commit(ids[number * width : (number + 1) * width], _instant(at), log.authors[who], paths)
        letters = log.letters[first:last]
        if b"A" in letters or b"R" in letters:
            _step_back(today, letters, log.olds[first:last], log.news[first:last])


def _named(paths: Iterable[int], today: Sequence[int], texts: Sequence[str]) -> tuple[str, ...]:
    """Each once, however many names it had."""
    return tuple([texts[path] for path in dict.fromkeys([today[path] for path in paths])])


def _step_back(today: list[int], letters: bytearray, olds: array[int], news: array[int]) -> None:
    """Before a commit, a moved file had its old name, and the name of an added one was someone else's."""
    changes = list(zip(letters, olds, news, strict=True))
    moved = [(old, today[new]) for letter, old, new in changes if letter == ord("R")]
    for letter, _, new in changes:
        if letter in b"AR":
            today[new] = new
    for old, now in moved:
        today[old] = now


def spliced(kept: CommitLog, newer: CommitLog, places: Sequence[int], most: int) -> CommitLog:
    """The first `most` of both: the number of a place says how many kept ones come before that newer one."""
    both = CommitLog(authors=[*kept.authors, *newer.authors], paths=list(kept.paths))
    known = {path: number for number, path in enumerate(kept.paths)}
    both.paths += [path for path in newer.paths if path not in known]
    known = {path: number for number, path in enumerate(both.paths)}
    names = [known[path] for path in newer.paths]
    ends, newer_ends = [0, *accumulate(kept.counts)], [0, *accumulate(newer.counts)]
    done = 0
    for number, place in enumerate(places):
        _take(both, kept, ends, done, min(place, most - len(both) + done))
        done = place
        if len(both) >= most:
            return both
        _take_newer(both, newer, newer_ends, number, names, len(kept.authors))
    _take(both, kept, ends, done, min(len(kept), most - len(both) + done))
    return both


def _take(both: CommitLog, kept: CommitLog, ends: Sequence[int], first: int, last: int) -> None:
    changes = slice(ends[first], ends[last])
    both.ids += kept.ids[first * kept.id_bytes : last * kept.id_bytes]
    both.at += kept.at[first:last]
    both.who += kept.who[first:last]
    both.counts += kept.counts[first:last]
    both.letters += kept.letters[changes]
    both.olds += kept.olds[changes]
    both.news += kept.news[changes]


def _take_newer(
    both: CommitLog, newer: CommitLog, ends: Sequence[int], number: int, names: Sequence[int], authors: int
) -> None:
    changes = slice(ends[number], ends[number + 1])
    both.ids += newer.id(number)
    both.at.append(newer.at[number])
    both.who.append(newer.who[number] + authors)
    both.counts.append(newer.counts[number])
    both.letters += newer.letters[changes]
    both.olds.extend(names[old] for old in newer.olds[changes])
    both.news.extend(names[new] for new in newer.news[changes])


def author_of(mail: bytes, name: bytes) -> Author:
    key = hashlib.sha256(mail.decode(errors="replace").strip().lower().encode()).hexdigest()[:16]
    text = "".join(one if one.isprintable() else " " for one in name.decode(errors="replace"))
    return Author(key, " ".join(text.split()))


def printable_path(raw: bytes) -> str:
    r"""A path as text; bytes that are no UTF-8 are written \xff, so that two names never become one silently."""
    return raw.decode("utf-8", errors="backslashreplace")


def instant_of(seconds: bytes) -> datetime:
    """Commits may claim any date; what no calendar holds is cut to 1970 or 9999."""
    return _instant(_seconds(seconds))


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _seconds(text: bytes) -> int:
    try:
        return min(max(int(text), 0), _LATEST)
    except ValueError:
        return 0
