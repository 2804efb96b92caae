"""The process of a run on this machine: whether it lives, and its end."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_PROCESSES = Path("/proc")
# Prefect gives it to the process that it starts for a run.
_RUN = "PREFECT__FLOW_RUN_ID"


def is_here(run: Mapping[str, Any]) -> bool:
    """A process of its own on this machine, which its worker is named for, has begun it."""
    return run["labels"].get("prefect.worker.name") == socket.gethostname() and _number(run) is not None


def is_alive(run: Mapping[str, Any]) -> bool:
    """Its process, and no other that was given the same number since."""
    number = _number(run)
    if number is None or not _lives(number):
        return False
    is_own = _is_own(number, str(run["id"]))
    return is_own is None or is_own


def end_process(run: Mapping[str, Any]) -> bool:
    """At once, with all of its session. False where there is none that is surely its own."""
    number = _number(run)
    if number is None or not _is_own(number, str(run["id"])):
        return False
    with suppress(ProcessLookupError):
        os.killpg(os.getpgid(number), signal.SIGKILL)
    return True


def _number(run: Mapping[str, Any]) -> int | None:
    number = str(run["infrastructure_pid"] or "")
    return int(number) if number.isdigit() else None


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_own(number: int, run: str) -> bool | None:
    """None where the system does not tell."""
    try:
        environment = (_PROCESSES / str(number) / "environ").read_bytes()
    except OSError:
        return None
    return f"{_RUN}={run}".encode() in environment.split(b"\0")
