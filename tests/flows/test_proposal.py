"""The proposal with the engine: run twice, it is one proposal and one mail."""

import pytest
from fakes.desk import a_call, a_desk
from fakes.onboarding import audited

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
