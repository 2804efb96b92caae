"""One cluster for all tests of this folder: it takes half a minute to stand up."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from cluster.client import Outside, outside
from cluster.machines import Network, network
from cluster.stand_up import WORKERS, Cluster, cluster_on
from fakes.team import Team, a_team_at_work

LOST_AFTER = 75


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They take minutes and both cores, so they run where they are asked for; there a missing service is a failure."""
    if not os.environ.get("CLIENTDESK_TEST_CLUSTER"):
        for item in items:
            if {"installation", "team"} & set(getattr(item, "fixturenames", ())):
                item.add_marker(pytest.mark.skip(reason="set CLIENTDESK_TEST_CLUSTER=yes (minutes, both cores)"))


@pytest.fixture(scope="session")
def net() -> Iterator[Network]:
    with network(WORKERS) as made:
        yield made


@pytest.fixture(scope="session")
def client(net: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    with outside(tmp_path_factory.mktemp("client"), net.host) as there:
        yield there


@pytest.fixture(scope="session")
def installation(net: Network, client: Outside, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster_on(net, tmp_path_factory.mktemp("cluster"), WORKERS, LOST_AFTER, client.settings) as here:
        here.pause_schedules()  # what they start would be lost with the machines, and be noise in what is looked at
        yield here


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """`clientdesk up`, that may be treated badly."""
    with a_team_at_work(tmp_path_factory.mktemp("team")) as here:
        try:
            yield here
        finally:
            here.stop()
            for process in here.processes():  # a test that failed must leave nothing to the next
                process.kill()
