"""After all that the other tests have done to it (this one runs last): the pages show nothing that is not so."""

from __future__ import annotations

import psutil
import pytest
from cluster.waiting import until

pytestmark = [pytest.mark.services, pytest.mark.timeout(600)]

_GOING = {"state": {"type": {"any_": ["RUNNING", "PENDING"]}}}


def _said_to_run(installation) -> list[str]:
    """Runs that have no process, and tasks of runs that are over."""
    runs = installation.asked(
        "POST", "/flow_runs/filter", {"flow_runs": {**_GOING, "deployment_id": {"is_null_": False}}}
    )
    dead = [each["name"] for each in runs if not psutil.pid_exists(int(each["infrastructure_pid"] or 0))]
    over = {"state": {"type": {"any_": ["COMPLETED", "FAILED", "CRASHED", "CANCELLED"]}}}
    tasks = installation.asked("POST", "/task_runs/filter", {"flow_runs": over, "task_runs": _GOING})
    return dead + [each["name"] for each in tasks]


def test_nothing_seems_to_run_that_does_not(installation):
    until(lambda: not _said_to_run(installation), 300, "what is over to be shown so", every=2)


def test_watch_has_never_taken_a_living_run_for_a_lost_one(installation):
    told = (installation.servers.home / "watch.log").read_text().splitlines()

    taken_up = [line for line in told if "taken up" in line]
    assert {line.partition(": ")[0] for line in taken_up} <= {"onboarding/Powercut GmbH"}
