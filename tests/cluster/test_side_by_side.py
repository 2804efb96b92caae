"""Two people start the same client's onboarding at once, and a server that is slow: once each, all the same."""

from __future__ import annotations

import pytest
from cluster.books import books
from cluster.runs import intake, start

pytestmark = [pytest.mark.services, pytest.mark.timeout(900)]


def test_two_onboardings_of_one_client_at_once_make_no_twins(installation, client):
    company, email = "Twice GmbH", "nora@twice.example"
    form = intake(company, email, [client.repository("small")])
    runs = [start(installation, "onboarding", form) for _ in range(2)]

    for _ in ("engineer", "account lead"):
        asked = [(run, run.is_waiting()) for run in runs]
        for run, question in asked:
            if not question.startswith("client-"):  # one goes on with what the other has had approved
                run.answer(by="Mara")
    for run in runs:
        run.waits_until(lambda state: str(state["state_details"]["pause_key"]).startswith("client-"), 300, "the mail")

    with books(installation, company) as kept:
        numbers = [each.number for each in kept.proposals if each.number]
    assert len(set(numbers)) == len(numbers)
    assert len(client.mails_to(email)) == len(numbers)


def test_slow_server_loses_and_repeats_nothing(installation, client):
    company = "Patience GmbH"
    installation.gate.delay = 0.35
    try:
        run = start(installation, "onboarding", intake(company, "nora@patience.example", [client.repository("small")]))
        assert run.is_waiting() == "engineer-1-1"
    finally:
        installation.gate.delay = 0.0

    with books(installation, company) as kept:
        assert len(kept.audits) == len(kept.reports) == 1
    assert "AwaitingRetry" not in run.states()
