"""The process of a run on this machine: whether it lives, and its end."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator, Mapping
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
    _end(number)
    return True


def end_left_over(home: Path) -> int:
    """End the runs that a worker of Prefect's home folder `home` began, whatever a server knows of them; how many."""
    left = tuple(_of_runs(f"PREFECT_HOME={home}".encode()))
    for number in left:
        _end(number)
    return len(left)


def _of_runs(home: bytes) -> Iterator[int]:
    for place in _PROCESSES.glob("[0-9]*"):
        words = _environment(int(place.name)) or ()
        if home in words and any(word.startswith(f"{_RUN}=".encode()) for word in words):
            yield int(place.name)


def _end(number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(os.getpgid(number), signal.SIGKILL)


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
    words = _environment(number)
    return None if words is None else f"{_RUN}={run}".encode() in words


def _environment(number: int) -> list[bytes] | None:
    """Its variables as `NAME=value`; None where the system does not tell."""
    try:
        return (_PROCESSES / str(number) / "environ").read_bytes().split(b"\0")
    except OSError:
        return None
