"""One worker, as the main process holds it: start, send, wait no longer than this, kill."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

from clientdesk.adapters.analysers import wire
from clientdesk.adapters.analysers.limits import Limits

# Imports on a slow disk; an analyser that takes longer is not coming up.
_START_SECONDS = 60.0
_FATES = {
    signal.SIGXCPU: "took more computing time than one file may have",
    signal.SIGSEGV: "crashed the parser",
    signal.SIGBUS: "crashed the parser",
    signal.SIGABRT: "crashed the parser",
    signal.SIGKILL: "its analysis was killed, most likely for want of memory",
}


class Overdue(Exception):
    """No answer within the time given."""


class Gone(Exception):
    """The worker has ended; the message says of what, in the words of a report."""


class WorkerProcess:
    """Raises `Gone` or `Overdue` from its constructor if the worker does not come up."""

    def __init__(self, analyser: str, limits: Limits) -> None:
        module = "clientdesk.adapters.analysers.worker"
        # -I: neither the working folder nor PYTHON* variables choose what is imported.
        command = [sys.executable, "-I", "-X", "utf8", "-m", module]
        command += [analyser, str(limits.memory_bytes), str(limits.file_cpu_seconds)]
        self._process = subprocess.Popen(  # noqa: S603  our own module, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=os.sep,
            start_new_session=True,  # Ctrl-C is for the main process, which kills its workers itself
        )
        assert self._process.stdout is not None  # noqa: S101  Popen was given a pipe
        self._poll = select.poll()  # select would refuse high descriptors
        self._poll.register(self._process.stdout, select.POLLIN)
        try:
            self.answer(_START_SECONDS)
        except BaseException:
            self.kill()
            self.close()
            raise

    def send(self, jobs: Sequence[wire.Job]) -> None:
        """A worker that died meanwhile is noticed when its answer is waited for."""
        assert self._process.stdin is not None  # noqa: S101  Popen was given a pipe
        with suppress(BrokenPipeError):
            self._process.stdin.write(wire.batch_bytes(jobs))
            self._process.stdin.flush()

    def answer(self, seconds: float) -> wire.Result:
        """The next answer; raises `Overdue` or `Gone`."""
        due = time.monotonic() + seconds
        try:
            return wire.answer_of(self._read(wire.answer_size(self._read(wire.HEAD, due)), due))
        except ValueError as error:
            raise Gone("its analysis gave no sense") from error

    def _read(self, size: int, due: float) -> bytes:
        assert self._process.stdout is not None  # noqa: S101  Popen was given a pipe
        pipe = self._process.stdout.fileno()
        parts: list[bytes] = []
        while size:
            if not self._poll.poll(max(0.0, due - time.monotonic()) * 1000):
                raise Overdue
            part = os.read(pipe, min(size, 1 << 20))
            if not part:
                raise Gone(self._fate())
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _fate(self) -> str:
        try:
            code = self._process.wait(5)
        except subprocess.TimeoutExpired:
            return "its analysis ended without an answer"
        return _FATES.get(signal.Signals(-code), "crashed the parser") if code < 0 else f"its analysis ended ({code})"

    def kill(self) -> None:
        """At once, with whatever it may have started. Safe from another thread, whose `answer` then raises `Gone`."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """After `kill`: returns when nothing is left of it."""
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
