"""Reads file contents out of git's object store, one by one or many at a time."""

from __future__ import annotations

import threading
import weakref
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_process import GitFailed, Running, running, start

# As many ids as fit a pipe's buffer: git can take them all before anything of its answer is read.
_ASKED_AT_ONCE = 500
_RESTARTS = 100
_READER = ("cat-file", "--batch")


class GitBlobs:
    """Contents by blob id, or by another name that git has for one.

    Safe to use from several threads: single reads share one git, each bulk read has its own.
    """

    def __init__(self, folder: GitFolder) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._held: list[Running] = []
        weakref.finalize(self, _kill_all, self._held)

    def one(self, blob: str) -> bytes | None:
        """The content, None if it is not here or damaged."""
        with self._lock:
            for _ in range(2):  # git may have been killed from outside, by a hungry machine for one
                try:
                    return next(_answers(self._reader(), [blob]))
                except (OSError, EOFError):
                    self._close()
            return None

    def many(self, blobs: Iterable[str]) -> Iterator[bytes | None]:
        """Contents in the order asked for, None for what is not here or damaged. Ids are taken as they are needed."""
        asked = iter(blobs)
        waiting: deque[str] = deque()
        restarts = 0
        while _filled(waiting, asked):
            with running(self._folder, _READER, takes_input=True) as reader:
                try:
                    while _filled(waiting, asked):
                        for content in _answers(reader, tuple(waiting)):
                            waiting.popleft()
                            yield content
                except (OSError, EOFError):
                    waiting.popleft()
                    restarts += 1
                    if restarts > _RESTARTS:
                        raise GitFailed("too many contents are damaged") from None
                    yield None

    def close(self) -> None:
        with self._lock:
            self._close()

    def _close(self) -> None:
        _kill_all(self._held)

    def _reader(self) -> Running:
        if not self._held:
            self._held.append(start(self._folder, _READER, takes_input=True))
        return self._held[0]


def _kill_all(held: list[Running]) -> None:
    while held:
        held.pop().kill()


def _filled(waiting: deque[str], asked: Iterator[str]) -> bool:
    """Takes the next ids when there are none left; False at the end."""
    if not waiting:
        waiting.extend(islice(asked, _ASKED_AT_ONCE))
    return bool(waiting)


def _answers(reader: Running, blobs: Sequence[str]) -> Iterator[bytes | None]:
    if reader.stdin is None:
        raise EOFError
    reader.stdin.write("".join(f"{blob}\n" for blob in blobs).encode())
    reader.stdin.flush()
    for _ in blobs:
        yield _content(reader)


def _content(reader: Running) -> bytes | None:
    header = reader.stdout.readline().split()
    if header[-1:] == [b"missing"]:  # "<id> missing" or "<id> blob <size>"
        return None
    if len(header) != 3:  # noqa: PLR2004  as above
        raise EOFError
    size = int(header[2])
    content = reader.stdout.read(size + 1)
    if len(content) != size + 1:
        raise EOFError
    return content[:-1]
