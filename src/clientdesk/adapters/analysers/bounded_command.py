"""Runs one command with limits of time, memory and output, and a process group of its own, in a folder of ours."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from clientdesk.adapters.analysers.stopping import is_stopping
from clientdesk.adapters.scratch import scratch

_OUTPUT_LIMIT = 32 << 20
_KEPT_OF_ERRORS = 64_000


class CommandFailed(Exception):
    """It did not start, took too long or said too much; the message says which."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`errors` is the end of what it wrote there."""

    code: int
    output: bytes
    errors: str


def run(command: Sequence[str], files: Mapping[str, str], seconds: float, environment: Mapping[str, str]) -> Answer:
    """`files` are written into the command's own folder, by name; `environment` is all it gets."""
    with scratch() as folder:
        for file, content in files.items():
            (folder / file).write_text(content, encoding="utf-8")
        return run_in(folder, command, seconds, environment)


def run_in(
    folder: Path, command: Sequence[str], seconds: float, environment: Mapping[str, str], *, memory_bytes: int = 0
) -> Answer:
    """In a folder that holds only what we wrote there. `memory_bytes` 0: as much as there is."""
    with scratch() as place:
        output, errors = place / "output", place / "errors"
        code = _run(command, folder, (output, errors), seconds, environment, memory_bytes)
        if output.stat().st_size > _OUTPUT_LIMIT:
            raise CommandFailed(f"it wrote more than {_OUTPUT_LIMIT >> 20} MB")
        return Answer(code, output.read_bytes(), _tail(errors))


def _run(
    command: Sequence[str],
    folder: Path,
    streams: tuple[Path, Path],
    seconds: float,
    environment: Mapping[str, str],
    memory_bytes: int,
) -> int:
    with streams[0].open("wb") as output, streams[1].open("wb") as errors:
        try:
            process = subprocess.Popen(  # noqa: S603  no shell; the command is ours, its words are checked
                command,
                cwd=folder,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                start_new_session=True,
            )
        except OSError as error:
            raise CommandFailed(f"it could not be started ({error.strerror})") from error
        try:
            _limit(process.pid, memory_bytes)
            return _wait(process, streams, seconds)
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _limit(process: int, memory_bytes: int) -> None:
    """Data and no address space: some runtimes reserve a terabyte of the latter and use none of it."""
    if memory_bytes and hasattr(resource, "prlimit"):  # Linux; elsewhere only time and output are limited
        with suppress(OSError, ValueError):
            resource.prlimit(process, resource.RLIMIT_DATA, (memory_bytes, memory_bytes))


def _wait(process: subprocess.Popen[bytes], streams: tuple[Path, Path], seconds: float) -> int:
    due = time.monotonic() + seconds
    while True:
        with suppress(subprocess.TimeoutExpired):
            return process.wait(timeout=max(0.0, min(0.5, due - time.monotonic())))
        if time.monotonic() >= due:
            raise CommandFailed(f"it took longer than {seconds:g} seconds")
        if is_stopping():
            raise CommandFailed("it was stopped")
        if any(stream.stat().st_size > _OUTPUT_LIMIT for stream in streams):
            raise CommandFailed(f"it wrote more than {_OUTPUT_LIMIT >> 20} MB")


def _tail(file: Path) -> str:
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - _KEPT_OF_ERRORS))
        return stream.read().decode("utf-8", "replace")
