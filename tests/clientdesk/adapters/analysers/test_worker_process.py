from __future__ import annotations

import os
import signal

import pytest

from clientdesk.adapters.analysers.limits import Limits
from clientdesk.adapters.analysers.wire import Job
from clientdesk.adapters.analysers.worker_process import Gone, Overdue, WorkerProcess

# Radon's own reading of it takes minutes.
SLOW = b"x = [\n" + b"1, \\\n" * 4_000 + b"\\\n\n]\n"


@pytest.fixture
def worker():
    worker = WorkerProcess("python_pass", Limits())
    yield worker
    worker.kill()
    worker.close()


def test_worker_answers(worker):
    worker.send([Job("python", "1", b"x = 1\n")])

    assert worker.answer(10)["figures"] == [1, 1, 0, 0]


def test_worker_without_an_answer_in_time_is_overdue(worker):
    worker.send([Job("python", "1", SLOW)])

    with pytest.raises(Overdue):
        worker.answer(0.2)


@pytest.mark.parametrize(("number", "words"), [(signal.SIGSEGV, "crashed"), (signal.SIGKILL, "memory")])
def test_worker_that_died_says_of_what(worker, number, words):
    worker.send([Job("python", "1", SLOW)])
    os.kill(worker._process.pid, number)

    with pytest.raises(Gone, match=words):
        worker.answer(10)


def test_sending_to_a_dead_worker_is_no_error_until_its_answer_is_wanted(worker):
    worker.kill()
    worker._process.wait()

    worker.send([Job("python", "1", b"x = 1\n" * 100_000)])

    with pytest.raises(Gone):
        worker.answer(1)


def test_worker_that_does_not_come_up_is_gone():
    with pytest.raises(Gone):
        WorkerProcess("no_such_analyser", Limits())
