"""A machine whose clock is wrong: a library, loaded before all others, that adds to what the kernel says."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from cluster.services import MissingService

_SOURCE = r"""
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long moved(void) {
    const char *text = getenv("MOVED_CLOCK_SECONDS");
    return text ? atol(text) : 0;
}

int clock_gettime(clockid_t which, struct timespec *at) {
    int answer = (int) syscall(SYS_clock_gettime, which, at);
    if (answer == 0 && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) at->tv_sec += moved();
    return answer;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    struct timespec now;
    (void) zone;
    clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
"""


def moved_clock(folder: Path, seconds: int) -> dict[str, str]:
    """The variables that a process needs to see another time."""
    library = folder / "moved_clock.so"
    if not library.exists():
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler is None:
            raise MissingService("there is no C compiler: apt-get install gcc libc6-dev")
        command = [compiler, "-shared", "-fPIC", "-O1", "-x", "c", "-", "-o", str(library)]
        subprocess.run(command, input=_SOURCE.encode(), check=True)
    return {"LD_PRELOAD": str(library), "MOVED_CLOCK_SECONDS": str(seconds)}
