"""Runs git, through GitPython, with nothing of this machine's or the client's settings, and never beyond its limits."""

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
from pathlib import Path
from typing import IO

from clientdesk.domain.refusal import Refusal

OUTPUT_LIMIT = 64_000_000
_COMPLAINT_LIMIT = 200_000
_TICK = 0.1
_MEMORY = 3_000_000_000

# Old commits written by old tools: git's own check warns of these, and they harm nobody.
_TOLERATED = (
    "badDate", "badDateOverflow", "badEmail", "badName", "badTimezone", "gitmodulesMissing", "missingEmail",
    "missingNameBeforeEmail", "missingSpaceBeforeDate", "missingSpaceBeforeEmail", "missingTaggerEntry", "nulInCommit",
    "zeroPaddedDate", "zeroPaddedFilemode",
)  # fmt: skip

_SETTINGS = f"""\
[core]
    hooksPath = {os.devnull}
    attributesFile = {os.devnull}
    fsmonitor = false
    bigFileThreshold = 10m
[safe]
    directory = *
    bareRepository = explicit
[transfer]
    fsckObjects = true
    bundleURI = false
[fetch]
    unpackLimit = 1
    recurseSubmodules = false
[submodule]
    recurse = false
[gc]
    auto = 0
[maintenance]
    auto = false
[advice]
    detachedHead = false
[http]
    lowSpeedLimit = 1000
    lowSpeedTime = 60
[fetch "fsck"]
""" + "".join(f"    {message} = ignore\n" for message in _TOLERATED)

# Of the caller's GIT_* variables only those that say how to reach a host are let through.
_LET_THROUGH = frozenset(
    {
        "GIT_EXEC_PATH",
        "GIT_HTTP_PROXY_AUTHMETHOD",
        "GIT_PROXY_SSL_CAINFO",
        "GIT_SSH_COMMAND",
        "GIT_SSL_CAINFO",
        "GIT_SSL_CAPATH",
    }
)


class GitFailed(Exception):
    """git ended with an error; the message is what it wrote."""


@dataclass(frozen=True, slots=True)
class GitFolder:
    """A folder of ours: a bare repository, and beside it the only settings git gets to see."""

    path: Path

    @property
    def repository(self) -> Path:
        return self.path / "repository.git"

    @property
    def settings(self) -> Path:
        return self.path / "settings"

    def prepare(self) -> None:
        self.settings.write_text(_SETTINGS, encoding="utf-8")


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
        with suppress(ValueError, OSError):  # the pipe is closed when the process is killed
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

    def finish(self, watch: Callable[[], None] = lambda: None) -> None:
        """Wait for the end, calling `watch` (which may raise) ten times a second; raises `GitFailed`."""
        while True:
            with suppress(subprocess.TimeoutExpired):
                status = self.process.wait(_TICK)
                break
            watch()
        self.complaints.join()
        if status != 0:
            raise GitFailed(self.complaints.content.decode(errors="replace").strip() or f"git ended with {status}")

    def kill(self) -> None:
        """End git and whatever it started: they are a process group of their own."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.complaints.join()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def start(folder: GitFolder, arguments: Sequence[str], *, protocol: str = "", takes_input: bool = False) -> Running:
    """Start git; whoever starts it kills it. Without a `protocol` it can't reach anything."""
    from git import Git  # noqa: PLC0415 - GitPython takes 0.1 s to import, and fails at once where git is missing

    if shutil.which("git") is None:
        raise Refusal("git is not installed; install it (apt install git, dnf install git or brew install git)")
    handle = Git(folder.path).execute(
        [*_without_foreign_variables(), "git", *arguments],
        istream=subprocess.PIPE if takes_input else None,
        as_process=True,
        env=_environment(folder, protocol),
        start_new_session=True,
    )
    process = handle.proc
    handle.proc = None  # else GitPython ends it a second time, when nobody waits for it
    if process is not None and hasattr(resource, "prlimit"):  # Linux; elsewhere only time and disk are limited
        with suppress(OSError, ValueError):
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    if process is None or process.stdout is None or process.stderr is None:
        raise GitFailed("git could not be started")
    return Running(process, process.stdout, process.stdin, _Drain(process.stderr, _COMPLAINT_LIMIT))


@contextmanager
def running(
    folder: GitFolder, arguments: Sequence[str], *, protocol: str = "", takes_input: bool = False
) -> Iterator[Running]:
    """A git process that is gone when the block ends, however it ends."""
    started: Running | None = None
    try:
        with _undisturbed():
            started = start(folder, arguments, protocol=protocol, takes_input=takes_input)
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
    folder: GitFolder, arguments: Sequence[str], *, protocol: str = "", watch: Callable[[], None] = lambda: None
) -> bytes:
    """What git wrote; raises `GitFailed`, and whatever `watch` raises."""
    with running(folder, arguments, protocol=protocol) as started:
        output = _Drain(started.stdout, OUTPUT_LIMIT)
        started.finish(watch)
        output.join()
        watch()  # what grew within one tick
    if output.is_over:
        raise GitFailed(f"the answer is larger than {OUTPUT_LIMIT // 1_000_000} MB")
    return bytes(output.content)


def _without_foreign_variables() -> list[str]:
    """A prefix that removes what GitPython would inherit: GIT_DIR of a hook we run in, settings, tracing."""
    foreign = [name for name in os.environ if name.startswith("GIT_") and name not in _LET_THROUGH | _OURS]
    return ["env", *(word for name in foreign for word in ("-u", name))] if foreign else []


_OURS = frozenset(
    {
        "GIT_ALLOW_PROTOCOL",
        "GIT_ASKPASS",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_NOSYSTEM",
        "GIT_DIR",
        "GIT_LFS_SKIP_SMUDGE",
        "GIT_NO_LAZY_FETCH",
        "GIT_NO_REPLACE_OBJECTS",
        "GIT_OPTIONAL_LOCKS",
        "GIT_SSH_COMMAND",
        "GIT_TERMINAL_PROMPT",
    }
)


def _environment(folder: GitFolder, protocol: str) -> dict[str, str]:
    ssh = os.environ.get("GIT_SSH_COMMAND", "ssh")
    return {
        "GIT_DIR": str(folder.repository),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": str(folder.settings),
        "GIT_ALLOW_PROTOCOL": protocol,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_SSH_COMMAND": f"{ssh} -o BatchMode=yes -o ConnectTimeout=20",
    }
