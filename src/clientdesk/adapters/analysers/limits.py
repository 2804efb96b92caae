"""How much a client's file may cost: set by the worker on itself, before it reads a single byte of a client's."""

from __future__ import annotations

import resource
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Per file: size, wall and CPU seconds. Per worker: address space. `total_seconds` for a whole repository."""

    file_bytes: int = 1_000_000
    file_seconds: float = 20.0
    file_cpu_seconds: int = 15
    memory_bytes: int = 1 << 30
    total_seconds: float = 900.0


def confine(memory_bytes: int) -> None:
    """From here on this process writes no file, opens few, leaves no core, and has so much memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    except (ValueError, OSError):
        if sys.platform != "darwin":  # macOS knows the limit but does not take it; the others hold there
            raise


def allow_cpu(seconds: int) -> None:
    """The process ends with SIGXCPU when it has used so many seconds more than now."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, hard))
