"""Onboarding with the engine: the order of the steps, and what each no ends."""

import pytest
from fakes.desk import BOOKING, NO, SHOP, YES, a_desk, a_form

from clientdesk.domain.proposal import ProposalState
from clientdesk.wiring import using
from flows.onboarding import onboard_client

pytestmark = pytest.mark.engine


def test_steps_come_in_the_agencys_order():
    with using(a_desk()) as desk:
        done = onboard_client(a_form(SHOP, BOOKING))

    titles = [title for title, _ in desk.progress.ended]
    order = ["Intro call", f"Clone {SHOP}", f"Clone {BOOKING}", "Proposal", "Number and print", "E-mail"]
    assert [title for title in titles if title in order] == order
    assert titles.count("Audit report") == 2
    assert (done.proposal.number, done.proposal.state) == ("P-2026-0001", ProposalState.SENT)
    assert desk.checkouts.kept == {}


@pytest.mark.parametrize(("answers", "state"), [((NO,), None), ((YES, NO), ProposalState.IN_REVIEW)])
def test_a_no_ends_it_with_nothing_sent(answers, state):
    with using(a_desk(None, *answers)) as desk:
        done = onboard_client(a_form())

    assert (done.proposal and done.proposal.state) == state
    assert desk.store.messages() == ()
