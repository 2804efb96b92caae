"""The machines' clocks move by hours between plan and start: a run begins once, and not before its time."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from cluster.books import books
from cluster.moved_clock import moved_clock
from cluster.runs import intake, start
from cluster.waiting import until

pytestmark = [pytest.mark.services, pytest.mark.timeout(600)]

HOURS = 2
SOON = timedelta(seconds=30)
# Prefect's server counts the seconds that are left in whole ones, and lets go in the last.
LAST_SECOND = timedelta(seconds=1)


@pytest.fixture
def wrong_clocks(installation):
    """One machine is two hours ahead, the other two hours behind; afterwards both are right again."""
    for name, hours in (("left", HOURS), ("right", -HOURS)):
        installation.workers[name].lose()
        installation.start_worker(name, **moved_clock(installation.folder, hours * 3600))
    until(lambda: installation.are_online("left", "right"), 180, "the workers")
    yield
    for name in ("left", "right"):
        installation.workers[name].lose()
        installation.start_worker(name)
    until(lambda: installation.are_online("left", "right"), 180, "the workers")


def test_clock_of_a_process_can_be_moved(tmp_path):
    say = [sys.executable, "-c", "from datetime import *; print(datetime.now(timezone.utc).isoformat())"]

    said = subprocess.run(say, env=moved_clock(tmp_path, HOURS * 3600), capture_output=True, text=True, check=True)

    assert datetime.fromisoformat(said.stdout.strip()) - datetime.now(UTC) > timedelta(hours=HOURS - 1)


def test_scheduled_run_begins_once_and_not_before_its_time(wrong_clocks, installation, client):
    company, planned = "Clockwork GmbH", datetime.now(UTC) + SOON
    form = intake(company, "nora@clockwork.example", [client.repository("small")])

    run = start(installation, "onboarding", form, at=planned)

    assert run.is_waiting() == "engineer-1-1"
    begun = [each for each in run.history() if each["name"] == "Running"]
    assert len(begun) == 1
    at = datetime.fromisoformat(begun[0]["timestamp"])
    assert planned - LAST_SECOND < at < planned + timedelta(hours=HOURS)
    with books(installation, company) as kept:
        assert len(kept.audits) == 1
