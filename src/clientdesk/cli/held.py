"""Which process does a task here: it holds a file locked for as long as it lives, however it ends."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_TICK, _END_SECONDS = 0.05, 10.0


class AlreadyHeld(Exception):
    """By another process, which lives."""


def holder(file: Path) -> int | None:
    """The number of the process that holds it; None where nobody does."""
    try:
        with file.open(encoding="ascii") as opened:
            return None if _is_got(opened, fcntl.LOCK_SH) else int(opened.read() or 0) or None
    except FileNotFoundError:
        return None


@contextmanager
def held(file: Path) -> Iterator[IO[str]]:
    """Hold it; a child that inherits its descriptor goes on holding it. Raises `AlreadyHeld`."""
    with file.open("a+", encoding="ascii") as opened:
        if not _is_got(opened, fcntl.LOCK_EX):
            raise AlreadyHeld(str(file))
        opened.truncate(0)
        yield opened


def name_holder(opened: IO[str], pid: int) -> None:
    """For whoever asks; not before it holds the file."""
    opened.write(str(pid))
    opened.flush()


def end_holder(file: Path) -> bool:
    """End whoever holds it, at once, with all of its session; False where nobody does."""
    pid = holder(file)
    if pid is None:
        return False
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)  # it held the file a moment ago, so the number is its own
    end = time.monotonic() + _END_SECONDS
    while holder(file) is not None and time.monotonic() < end:
        time.sleep(_TICK)
    return True


def _is_got(opened: IO[str], how: int) -> bool:
    try:
        fcntl.flock(opened, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
