"""A long-running process of ours: started so that it can be stopped, and stopped with all that it started."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from clientdesk.cli.held import end_holder, held, name_holder

_LOG_BYTES = 5_000_000
_HOUR, _RESTARTS_AN_HOUR = 3_600.0, 5
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Child:
    """One process in a session of its own: Ctrl-C reaches us first, and we stop it in our order.

    It holds the file `holding`, by which others see whether it lives; whoever did so before is ended first.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        folder: Path,
        holding: Path | None = None,
    ) -> None:
        self.log = log
        self._command, self._environment, self._folder = command, dict(environment), folder
        self._holding = holding
        self._restarts: list[float] = []
        self._process = self._begun()

    def _begun(self) -> subprocess.Popen[bytes]:
        if self._holding is None:
            return self._opened()
        end_holder(self._holding)
        with held(self._holding) as file:
            process = self._opened(file.fileno())
            name_holder(file, process.pid)
            return process

    def _opened(self, *descriptors: int) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as output:
            if output.tell() > _LOG_BYTES:
                output.truncate(0)
            return subprocess.Popen(  # noqa: S603 (this interpreter and our own arguments)
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=self._environment,
                cwd=self._folder,
                start_new_session=True,
                pass_fds=descriptors,
                preexec_fn=_begin,  # noqa: PLW1509 (nothing in it waits for a lock that a thread of ours could hold)
            )

    def restart(self) -> bool:
        """Begin anew after it has ended by itself, without what it left. False where that has been tried too often."""
        now = time.monotonic()
        self._restarts = [*(each for each in self._restarts if now - each < _HOUR), now]
        if len(self._restarts) > _RESTARTS_AN_HOUR:
            return False
        self.stop(0)
        self._process = self._begun()
        return True

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def status(self) -> int | None:
        """What it ended with; None while it runs."""
        return self._process.poll()

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def stop(self, seconds: float) -> None:
        """Ask it to end, then end what is left of its session."""
        if not self.has_ended:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _begin() -> None:
    """Prefect stops its worker by an interrupt, which a shell's background jobs ignore, and their children too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if _LIBC is not None:  # if we are killed, it is told to end, or the next start would find its port taken
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
