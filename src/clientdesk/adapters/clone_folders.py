"""Folders for clones: each has an owner, and what a dead owner left behind is swept away."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from clientdesk.domain.refusal import Refusal

_PREFIX = "clone-"
_LOCK = ".lock"


# Of the whole process: a clone outlives the object that made it, and is removed at the latest when the process ends.
_held: dict[Path, int] = {}
_guard = threading.Lock()


class CloneFolders:
    """Folders under one root. A process holds a lock on each of its own for as long as it lives."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._swept = 0
        self._make_root()
        self._sweep()

    def create(self) -> Path:
        with self._alone():
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._root))
            _held[folder] = _locked(folder.with_name(folder.name + _LOCK))
        return folder

    def holds(self, folder: Path) -> bool:
        """Whether this is one of the root's folders, and there: nothing else is ever opened or removed."""
        return folder.parent == self._root and folder.name.startswith(_PREFIX) and folder.is_dir()

    def remove(self, folder: Path) -> None:
        """No error when it is gone already; nothing happens to a folder that is not one of the root's."""
        if folder.parent == self._root and folder.name.startswith(_PREFIX):
            with _guard:
                _remove(folder, _held.pop(folder, -1))

    def sweep(self) -> int:
        """Remove what dead processes left; how many folders since the last time, those of the beginning included."""
        self._sweep()
        swept, self._swept = self._swept, 0
        return swept

    def _make_root(self) -> None:
        try:
            self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise Refusal(f"no folder for clones can be made at {self._root}: {error.strerror}") from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time makes or sweeps folders, so that a new one is never taken for a leftover."""
        with _guard:
            mutex = _locked(self._root / _LOCK, wait=True)
            try:
                yield
            finally:
                os.close(mutex)

    def _sweep(self) -> None:
        with self._alone():
            for folder in self._root.glob(f"{_PREFIX}*"):
                if folder.is_dir() and folder not in _held:
                    with suppress(BlockingIOError):
                        _remove(folder, _locked(folder.with_name(folder.name + _LOCK)))
                        self._swept += 1


def _locked(path: Path, *, wait: bool = False) -> int:
    """A descriptor whose lock ends with the process; raises `BlockingIOError` if another holds it."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _remove(folder: Path, lock: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.with_name(folder.name + _LOCK).unlink(missing_ok=True)
    if lock >= 0:
        os.close(lock)


@atexit.register
def _remove_all() -> None:
    """At the end of the process nothing of a client's code stays behind."""
    while _held:
        _remove(*_held.popitem())
