"""A long-running process of ours: started so that it can be stopped, and stopped with all that it started."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_LOG_BYTES = 5_000_000
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Child:
    """One process in a session of its own: Ctrl-C reaches us first, and we stop it in our order."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path, folder: Path) -> None:
        self.log = log
        with log.open("ab") as output:
            if output.tell() > _LOG_BYTES:
                output.truncate(0)
            self._process = subprocess.Popen(  # noqa: S603 (this interpreter and our own arguments)
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=dict(environment),
                cwd=folder,
                start_new_session=True,
                preexec_fn=_begin,  # noqa: PLW1509 (before any thread of ours begins)
            )

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
