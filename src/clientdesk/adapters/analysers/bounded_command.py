"""Runs one command with a time limit, a bounded output and a process group of its own, in an empty folder."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_OUTPUT_LIMIT = 32 << 20
_KEPT_OF_ERRORS = 4_000


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
    with tempfile.TemporaryDirectory(prefix="clientdesk-") as name:
        folder = Path(name)
        for file, content in files.items():
            (folder / file).write_text(content, encoding="utf-8")
        output, errors = folder / "output", folder / "errors"
        code = _run(command, folder, (output, errors), seconds, environment)
        if output.stat().st_size > _OUTPUT_LIMIT:
            raise CommandFailed(f"it wrote more than {_OUTPUT_LIMIT >> 20} MB")
        return Answer(code, output.read_bytes(), _tail(errors))


def _run(
    command: Sequence[str], folder: Path, streams: tuple[Path, Path], seconds: float, environment: Mapping[str, str]
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
            return _wait(process, streams, seconds)
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(process: subprocess.Popen[bytes], streams: tuple[Path, Path], seconds: float) -> int:
    due = time.monotonic() + seconds
    while True:
        with suppress(subprocess.TimeoutExpired):
            return process.wait(timeout=max(0.0, min(0.5, due - time.monotonic())))
        if time.monotonic() >= due:
            raise CommandFailed(f"it took longer than {seconds:g} seconds")
        if any(stream.stat().st_size > _OUTPUT_LIMIT for stream in streams):
            raise CommandFailed(f"it wrote more than {_OUTPUT_LIMIT >> 20} MB")


def _tail(file: Path) -> str:
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - _KEPT_OF_ERRORS))
        return stream.read().decode("utf-8", "replace")
