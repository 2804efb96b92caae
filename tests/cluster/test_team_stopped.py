"""`clientdesk up` told to stop in the middle of a run: no process is left, and the run goes on at the next start."""

from __future__ import annotations

import os
import signal

import pytest
from cluster.mid_run import has_one_audit, in_mid_audit
from cluster.waiting import until

from clientdesk.cli.held import holder

pytestmark = [pytest.mark.services, pytest.mark.timeout(600)]


def told_to_end(team):
    return team.stop(signal.SIGTERM)


def interrupted(team):
    return team.stop(signal.SIGINT)


def told_to_end_after_its_worker_was_killed(team):
    """The run has outlived the worker that began it, and the new one knows nothing of it."""
    file = team.server.held("worker")
    killed = holder(file)
    os.kill(killed, signal.SIGKILL)
    until(lambda: holder(file) not in {killed, None}, 60, "another worker", every=0.1)
    return team.stop(signal.SIGTERM)


@pytest.mark.parametrize(
    "stopped", [told_to_end, interrupted, told_to_end_after_its_worker_was_killed], ids=lambda each: each.__name__
)
def test_nothing_is_left_running_and_no_run_is_lost_when(stopped, team):
    company = f"{stopped.__name__} GmbH"
    run = in_mid_audit(team, company)

    status = stopped(team)
    left = [" ".join(each.cmdline()) for each in team.processes()]
    checked, said = team.checked()
    team.start()

    assert (status, left) == (0, [])
    assert (checked, said.startswith("Not running: no server of ours answers")) == (1, True)
    assert run.is_waiting() == "engineer-1-1"
    assert run.states().count("AwaitingRetry") == 1
    assert has_one_audit(team, company)
