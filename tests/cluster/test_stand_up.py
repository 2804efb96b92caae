"""The installation for many machines stands, by the settings in docs/deploy."""

import pytest
from cluster.runs import intake, start

pytestmark = [pytest.mark.services, pytest.mark.timeout(300)]


def test_audit_runs_on_a_machine_of_its_own(installation, client):
    run = start(installation, "onboarding", intake("First GmbH", "first@example.com", [client.repository("small")]))

    assert run.is_waiting() == "engineer-1-1"
    assert run.unfinished_parts() == []
