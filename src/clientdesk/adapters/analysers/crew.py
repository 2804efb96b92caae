"""Several workers over many files: whatever a file does to its worker costs that file alone."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeAlias

from clientdesk.adapters.analysers.limits import Limits
from clientdesk.adapters.analysers.stopping import is_stopping
from clientdesk.adapters.analysers.wire import Job, Result
from clientdesk.adapters.analysers.worker_process import Gone, Overdue, WorkerProcess

_BATCH_BYTES = 256 << 10
_BATCH_FILES = 64
# Less than this is analysed sooner than a second worker is up.
_BYTES_PER_WORKER = 500_000


Take: TypeAlias = Callable[[Job, Result], None]


class WorkersFailed(Exception):
    """No worker comes up: nothing can be assessed. The message says why."""


def workers_for(size: int) -> int:
    """How many workers so many bytes are worth: at least one, at most one for each processor we may use."""
    return max(1, min(processors(), size // _BYTES_PER_WORKER + 1))


def processors() -> int:
    """How many we may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Crew:
    """Used once: `Crew(...).work(jobs, take)`. A result marked "passing" holds for this moment only: don't keep it."""

    def __init__(self, analyser: str, limits: Limits, workers: int) -> None:
        self._analyser = analyser
        self._limits = limits
        self._count = workers
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._workers: set[WorkerProcess] = set()
        self._due = 0.0

    def work(self, jobs: Iterable[Job], take: Take) -> None:
        """Give `take` one result for every job, from several threads. Leaves no process behind, however it ends.

        Jobs are asked for by one thread at a time, when a worker is free for them.
        """
        self._due = time.monotonic() + self._limits.total_seconds
        batches = _batches(jobs)
        try:
            with ThreadPoolExecutor(self._count, thread_name_prefix=self._analyser) as threads:
                served = [threads.submit(self._serve, batches, take) for _ in range(self._count)]
                try:
                    for one in as_completed(served):
                        one.result()
                finally:
                    self._stop.set()
                    self._kill_all()
        finally:
            self._close_all()

    def _serve(self, batches: Iterator[list[Job]], take: Take) -> None:
        worker: WorkerProcess | None = None
        try:
            while batch := self._next(batches):
                worker = self._work(worker, deque(batch), take)
        finally:
            self._dismiss(worker)

    def _next(self, batches: Iterator[list[Job]]) -> list[Job]:
        with self._lock:
            return [] if self._stop.is_set() or is_stopping() else next(batches, [])

    def _work(self, worker: WorkerProcess | None, jobs: deque[Job], take: Take) -> WorkerProcess | None:
        """Do one batch, with new workers where one is lost; returns the worker to go on with."""
        while jobs and not self._stop.is_set() and not is_stopping():
            if time.monotonic() > self._due:
                take(jobs.popleft(), _passing("the time for the whole analysis was used up"))
                continue
            worker = worker or self._engaged()
            worker.send(tuple(jobs))
            try:
                while jobs:
                    take(jobs[0], worker.answer(self._limits.file_seconds))
                    jobs.popleft()
            except (Overdue, Gone) as loss:
                self._dismiss(worker)
                worker = None
                take(jobs.popleft(), _passing(str(loss) or self._overdue()))
        return worker

    def _overdue(self) -> str:
        return f"took longer than the {self._limits.file_seconds:g} seconds one file may have"

    def _engaged(self) -> WorkerProcess:
        try:
            worker = WorkerProcess(self._analyser, self._limits)
        except (Overdue, Gone, OSError) as error:
            raise WorkersFailed(f"the process that analyses files does not start ({error})") from error
        with self._lock:
            self._workers.add(worker)
        return worker

    def _dismiss(self, worker: WorkerProcess | None) -> None:
        if worker is not None:
            with self._lock:
                self._workers.discard(worker)
            worker.kill()
            worker.close()

    def _kill_all(self) -> None:
        with self._lock:
            for worker in self._workers:
                worker.kill()

    def _close_all(self) -> None:
        for worker in self._workers:
            worker.kill()
            worker.close()


def _passing(reason: str) -> Result:
    return {"unread": reason, "passing": True}


def _batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    batch: list[Job] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += len(job.data)
        if size >= _BATCH_BYTES or len(batch) >= _BATCH_FILES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
