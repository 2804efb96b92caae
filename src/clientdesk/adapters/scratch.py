"""Folders in which tools read parts of a client's code: gone after use, and swept where a process was killed in it."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from clientdesk.adapters.clone_folders import CloneFolders
from clientdesk.domain.refusal import Refusal

# Prefect's worker writes a run's environment there, with its credentials, and takes it away when the run has ended.
_OF_A_RUN = "prefect-workspace-attempt-*"
_LONGEST_RUN = 12 * 3600.0  # seconds


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder that nobody else can read, removed at the end."""
    folders = _folders(_root())
    folder = folders.create()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # not under the lock that others wait for
        folders.remove(folder)


def sweep_scratch() -> None:
    """Remove what killed processes of this user left; what a killed worker of Prefect did, after half a day."""
    _folders(_root()).sweep()
    before = time.time() - _LONGEST_RUN
    for folder in Path(tempfile.gettempdir()).glob(_OF_A_RUN):
        with suppress(FileNotFoundError):
            seen = folder.lstat()
            if stat.S_ISDIR(seen.st_mode) and seen.st_uid == os.getuid() and seen.st_mtime < before:
                shutil.rmtree(folder, ignore_errors=True)


@cache
def _folders(root: Path) -> CloneFolders:
    with suppress(FileExistsError):
        root.mkdir(mode=0o700)
    seen = root.lstat()
    # The folder above belongs to all: somebody else may have been quicker, with a place of theirs by this name.
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != os.getuid() or stat.S_IMODE(seen.st_mode) & 0o077:
        raise Refusal(f"{root} is not this user's alone: remove it, or let TMPDIR name another folder")
    return CloneFolders(root)


def _root() -> Path:
    return Path(tempfile.gettempdir(), f"clientdesk-{os.getuid()}")
