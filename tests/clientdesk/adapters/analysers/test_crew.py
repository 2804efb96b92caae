from __future__ import annotations

import threading

import psutil
import pytest

from clientdesk.adapters.analysers.crew import Crew, WorkersFailed, workers_for
from clientdesk.adapters.analysers.limits import Limits
from clientdesk.adapters.analysers.wire import Job

SLOW = b"x = [\n" + b"1, \\\n" * 4_000 + b"\\\n\n]\n"
FINE = [Job("python", f"fine{number}", b"def f%d(): pass\n" % number) for number in range(5)]


def work(crew, jobs):
    found = {}
    crew.work(jobs, lambda job, result: found.update({(job.kind, job.blob): result}))
    return found


def children():
    return [child for child in psutil.Process().children() if "analysers.worker" in " ".join(child.cmdline())]


def test_file_that_takes_too_long_costs_itself_and_no_other():
    jobs = [*FINE[:2], Job("python", "slow", SLOW), *FINE[2:]]

    found = work(Crew("python_pass", Limits(file_seconds=1), workers=1), jobs)

    assert "took longer than the 1 seconds" in found["python", "slow"]["unread"]
    assert all(found["python", job.blob]["functions"] for job in FINE)


def test_file_that_computes_too_long_is_ended_by_its_worker():
    found = work(Crew("python_pass", Limits(file_cpu_seconds=0), workers=1), [Job("python", "slow", SLOW)])

    assert "computing time" in found["python", "slow"]["unread"]
    assert found["python", "slow"]["passing"]


def test_file_that_wants_too_much_memory_costs_itself_and_no_other():
    # Each of these tuples is an object of its own until the parser is done.
    greedy = Job("python", "greedy", b"x = [" + b"(a,)," * 190_000 + b"]\n")

    found = work(Crew("python_pass", Limits(memory_bytes=200 << 20), workers=1), [greedy, *FINE])

    assert "memory" in found["python", "greedy"]["unread"]
    assert all(found["python", job.blob]["functions"] for job in FINE)


def test_time_for_the_whole_used_up_leaves_the_rest_unread_with_the_reason():
    found = work(Crew("python_pass", Limits(total_seconds=-1), workers=1), FINE)

    assert {result["unread"] for result in found.values()} == {"the time for the whole analysis was used up"}


def test_several_workers_leave_nothing_out():
    jobs = [Job("python", str(number), b"x = %d\n" % number) for number in range(300)]

    found = work(Crew("python_pass", Limits(), workers=2), jobs)

    assert len(found) == 300
    assert not any("unread" in result for result in found.values())


def test_no_process_is_left_behind_when_reading_fails():
    def broken():
        yield from [Job("python", str(number), b"x = 1\n") for number in range(100)]
        raise OSError("the repository is gone")

    with pytest.raises(OSError, match="gone"):
        work(Crew("python_pass", Limits(), workers=2), broken())

    assert children() == []
    assert not any(thread.name.startswith("python_pass") for thread in threading.enumerate())


def test_workers_that_do_not_come_up_fail_the_tool():
    with pytest.raises(WorkersFailed, match="does not start"):
        work(Crew("no_such_analyser", Limits(), workers=1), FINE)


def test_small_repositories_get_one_worker():
    assert workers_for(10) == 1
    assert workers_for(10**9) >= 1
