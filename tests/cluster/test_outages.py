"""Servers, database or Redis go away in the middle of a run and come back: it goes on, and nothing comes twice."""

from __future__ import annotations

import time

import pytest
from cluster.books import books
from cluster.runs import intake, start
from cluster.stand_up import Cluster
from cluster.waiting import until

pytestmark = [pytest.mark.services, pytest.mark.timeout(600)]


def servers_and_services_are_restarted(here: Cluster) -> None:
    for name in ("api-1", "api-2"):
        here.servers.stop(name)
    here.servers.stop("services", 0)
    here.start_servers()
    here.start_services()


def database_crashes_and_comes_back(here: Cluster) -> None:
    here.database.stop()
    time.sleep(3)
    here.database.start()


def redis_is_gone_for_ten_seconds(here: Cluster) -> None:
    here.broker.stop()
    time.sleep(10)
    here.broker.start()


OUTAGES = (servers_and_services_are_restarted, database_crashes_and_comes_back, redis_is_gone_for_ten_seconds)


@pytest.mark.parametrize("outage", OUTAGES, ids=lambda each: each.__name__)
def test_run_goes_on_although(outage, installation, client):
    company = f"{outage.__name__} GmbH"
    run = start(
        installation, "onboarding", intake(company, f"{outage.__name__}@example.com", [client.repository("large")])
    )
    run.has_begun()
    time.sleep(4)

    outage(installation)

    assert run.is_waiting() == "engineer-1-1"
    until(installation.are_healthy, 60, "both servers")
    with books(installation, company) as kept:
        assert len(kept.audits) == len(kept.reports) == 1
