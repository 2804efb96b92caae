"""Writing a file on this machine whole or not at all."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def write_whole(file: Path, content: bytes) -> None:
    """Under another name first, on the disk for sure, then renamed: whoever looks sees the old file or the new one.

    Raises `OSError`, and leaves no part behind. A killed process may leave one: a name that begins with a dot.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{uuid4().hex}.part")
    try:
        with part.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    _sync_folder(file.parent)


def not_written(place: str, error: OSError) -> str:
    """One sentence for whoever reads it."""
    if error.errno in _NO_ROOM:
        return f"{place} was not written: the disk is full; make room and run it again, what was there is unchanged"
    return f"{place} was not written: {error.strerror or error}"


def _sync_folder(folder: Path) -> None:
    """The rename is on the disk, too. Not every system lets a folder be opened."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
