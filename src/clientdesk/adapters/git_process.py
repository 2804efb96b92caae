"""Runs git, through GitPython: in a process group of its own, watched, and gone when it is no longer wanted."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO

from clientdesk.adapters.git_access import Access, handed_over
from clientdesk.adapters.git_environment import GitFolder, environment, without_foreign_variables
from clientdesk.domain.refusal import Refusal

OUTPUT_LIMIT = 64_000_000
_COMPLAINT_LIMIT = 200_000
_TICK = 0.1
_PATIENCE = 5.0
_MEMORY = 3_000_000_000


class GitFailed(Exception):
    """git ended with an error; the message is what it wrote."""


class _Drain(threading.Thread):
    """Reads a pipe to its end so that git never waits; keeps no more than `limit` bytes."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        super().__init__(daemon=True)
        self._stream = stream
        self._limit = limit
        self.content = bytearray()
        self.is_over = False
        self.start()

    def run(self) -> None:
        while chunk := os.read(self._stream.fileno(), 65536):
            self.is_over = self.is_over or len(self.content) + len(chunk) > self._limit
            if not self.is_over:
                self.content += chunk


@dataclass(frozen=True, slots=True)
class Running:
    """A git process that was started; `stdin` only where asked for."""

    process: subprocess.Popen[bytes]
    stdout: IO[bytes]
    stdin: IO[bytes] | None
    complaints: _Drain
    drains: list[_Drain]

    def drain(self, stream: IO[bytes], limit: int) -> _Drain:
        """Read a pipe in a thread of its own, which ends before the pipe is closed."""
        self.drains.append(_Drain(stream, limit))
        return self.drains[-1]

    def finish(self, watch: Callable[[], None] = lambda: None) -> None:
        """Wait for the end, calling `watch` (which may raise) ten times a second; raises `GitFailed`."""
        while True:
            with suppress(subprocess.TimeoutExpired):
                status = self.process.wait(_TICK)
                break
            watch()
        self.complaints.join(_PATIENCE)
        if status != 0:
            raise GitFailed(self.complaints.content.decode(errors="replace").strip() or f"git ended with {status}")

    def kill(self) -> None:
        """End git and whatever it started: they are a process group of their own."""
        if self.process.poll() is None:  # else the number may be another's by now
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for drain in (self.complaints, *self.drains):
            drain.join(_PATIENCE)
            if drain.is_alive():
                return  # a daemon holds the pipe; closing it would give its number, and its reader, to another
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def start(
    folder: GitFolder,
    arguments: Sequence[str],
    *,
    protocol: str = "",
    takes_input: bool = False,
    access: Access | None = None,
) -> Running:
    """Start git; whoever starts it kills it. Without a `protocol` it can't reach anything."""
    from git import Git  # noqa: PLC0415 - GitPython takes 0.1 s to import, and fails at once where git is missing

    if shutil.which("git") is None:
        raise Refusal("git is not installed; install it (apt install git, dnf install git or brew install git)")
    with handed_over(access) as given:
        handle = Git(folder.path).execute(
            [*without_foreign_variables(), "git", *given.options, *arguments],
            istream=subprocess.PIPE if takes_input else None,
            as_process=True,
            env=environment(folder, protocol, given.ssh),
            start_new_session=True,
            pass_fds=given.pipes,
        )
    process = handle.proc
    handle.proc = None  # else GitPython ends it a second time, when nobody waits for it
    if process is not None and hasattr(resource, "prlimit"):  # Linux; elsewhere only time and disk are limited
        with suppress(OSError, ValueError):
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    if process is None or process.stdout is None or process.stderr is None:
        raise GitFailed("git could not be started")
    return Running(process, process.stdout, process.stdin, _Drain(process.stderr, _COMPLAINT_LIMIT), [])


@contextmanager
def running(
    folder: GitFolder,
    arguments: Sequence[str],
    *,
    protocol: str = "",
    takes_input: bool = False,
    access: Access | None = None,
) -> Iterator[Running]:
    """A git process that is gone when the block ends, however it ends."""
    started: Running | None = None
    try:
        with _undisturbed():
            started = start(folder, arguments, protocol=protocol, takes_input=takes_input, access=access)
        yield started
    finally:
        if started is not None:
            started.kill()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits for the end of the block: between the start of a process and our knowing it, it would be lost."""
    handler = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(handler):
        yield
        return
    struck: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: struck.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
    if struck:
        handler(struck[0], None)


def run(
    folder: GitFolder,
    arguments: Sequence[str],
    *,
    protocol: str = "",
    watch: Callable[[], None] = lambda: None,
    access: Access | None = None,
) -> bytes:
    """What git wrote; raises `GitFailed`, and whatever `watch` raises."""
    with running(folder, arguments, protocol=protocol, access=access) as started:
        output = started.drain(started.stdout, OUTPUT_LIMIT)
        started.finish(watch)
        output.join()
        watch()  # what grew within one tick
    if output.is_over:
        raise GitFailed(f"the answer is larger than {OUTPUT_LIMIT // 1_000_000} MB")
    return bytes(output.content)
