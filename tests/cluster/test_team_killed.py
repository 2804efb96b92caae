"""`clientdesk up` with its processes killed one by one (-9): it comes back by itself, nothing is lost or done twice."""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
from cluster.mid_run import has_one_audit, in_mid_audit
from cluster.runs import intake, start
from cluster.waiting import until

from clientdesk.cli.held import holder

pytestmark = [pytest.mark.services, pytest.mark.timeout(600)]


def killed(team, name: str) -> None:
    pid = holder(team.server.held(name))
    os.kill(pid, signal.SIGKILL)
    until(lambda: holder(team.server.held(name)) not in {pid, None}, 60, f"another {name}", every=0.1)


@contextmanager
def nobody_starting_again(team):
    """While `clientdesk up` is held, what it keeps running stays as it is."""
    pid = team.pid
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def test_all_is_well_is_said_with_status_0(team):
    status, said = team.checked()

    assert status == 0, said
    assert "Workers      1 online" in said
    assert "Not running" not in said


def test_server_that_is_killed_comes_back_and_a_run_planned_before_begins_once(team):
    form = intake("Planned GmbH", "nora@planned.example", [team.repository])
    run = start(team, "intro-call", form, at=datetime.now(UTC) + timedelta(seconds=15))

    killed(team, "server")

    status, said = team.checked()
    assert (status, "Not running: no server" in said) == (1, True), said
    until(lambda: team.checked()[0] == 0, 120, "all to be well again", every=2)
    assert run.is_over() == "COMPLETED"
    assert run.states().count("Running") == 1
    assert "Prefect's server has ended, and was started again" in team.said


@pytest.mark.parametrize("seconds", [0, 20])
def test_server_that_is_away_in_mid_run_costs_the_run_nothing(team, seconds):
    company = f"Outage{seconds} GmbH"
    run = in_mid_audit(team, company)

    with nobody_starting_again(team):
        os.kill(holder(team.server.held("server")), signal.SIGKILL)
        time.sleep(seconds)

    assert run.is_waiting() == "engineer-1-1"
    assert run.states().count("Running") == 1, run.states()
    assert has_one_audit(team, company)


def test_run_goes_on_after_its_worker_was_killed(team):
    run = in_mid_audit(team, "Worker GmbH")

    killed(team, "worker")

    assert run.is_waiting() == "engineer-1-1"
    assert run.states().count("Running") == 1, run.states()
    assert has_one_audit(team, "Worker GmbH")
    until(lambda: team.checked()[0] == 0, 60, "all to be well again", every=2)


def test_worker_that_is_gone_is_said_at_once(team):
    with nobody_starting_again(team):
        os.killpg(holder(team.server.held("worker")), signal.SIGKILL)
        until(lambda: holder(team.server.held("worker")) is None, 10, "the worker to end")
        status, said = team.checked()

    assert status == 1
    assert "Workers      0 online" in said
    assert "Not running: the worker on this machine" in said


def test_next_start_takes_over_what_a_killed_one_has_left(team):
    """The run too, which has outlived its worker and would fail for want of a server."""
    run = in_mid_audit(team, "Takeover GmbH")

    with nobody_starting_again(team):
        os.killpg(holder(team.server.held("worker")), signal.SIGKILL)
        team.kill()
    status, said = team.checked()
    team.start()

    assert status == 1, said
    assert len(team.processes("worker", "start")) == len(team.processes("server", "start")) == 1
    assert run.is_waiting() == "engineer-1-1"
    assert has_one_audit(team, "Takeover GmbH")
    assert team.checked()[0] == 0
