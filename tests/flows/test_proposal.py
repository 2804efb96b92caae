"""The proposal with the engine: run twice, it is one proposal and one mail."""

from dataclasses import replace

import pytest
from fakes.desk import a_call, a_desk
from fakes.onboarding import audited
from fakes.waiting_runs import asked_in, said, started, went_on

from clientdesk.steps.intake import hold_intro_call
from clientdesk.wiring import using
from flows.proposal import propose

pytestmark = pytest.mark.engine


def test_second_run_sends_nothing_new():
    with using(a_desk(mails=True)) as desk:
        client = hold_intro_call(desk, a_call()).client
        audits = audited(desk, client, a_call())

        first, second = propose(client, audits), propose(client, audits)

    assert first.number == second.number == "P-2026-0001"
    assert len(desk.mailer.delivered) == 1


def test_client_and_audits_are_named_as_people_name_them():
    with using(a_desk(mails=True)) as desk:
        client = hold_intro_call(desk, a_call()).client
        audited(desk, client, a_call())

        first, second = propose("Harbour"), propose("harbour bookings", ["shop"])

    assert first.number == second.number == "P-2026-0001"
    assert len(desk.mailer.delivered) == 1


def test_unclear_name_is_asked_for_once_and_the_run_goes_on():
    with using(a_desk(decisions=None)) as desk:
        client = hold_intro_call(desk, a_call()).client
        audited(desk, client, a_call())
        run = started(propose, "proposal", client="Harbor")
        assert went_on(propose, run).name == "Suspended"
        assert "Which of these is meant, the likeliest first?" in asked_in(run)
        assert f"Harbour Bookings GmbH ({client})" in asked_in(run, "schema")

        said(run, choice=f"Harbour Bookings GmbH ({client})")
        assert went_on(propose, run).name == "Suspended"
        assert "Recommended" in asked_in(run)
        hold_intro_call(desk, replace(a_call(), company="Harbor Ltd"))  # whom it named by then is no longer asked
        said(run, course="stop, send nothing", by="Max")
        done = went_on(propose, run)

    assert done.is_completed()
    assert [record.client for record in desk.store.proposals()] == [client]
