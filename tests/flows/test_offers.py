"""Offers looked after with the engine: the run's last word says what was done."""

import pytest
from fakes.offers import an_offer

from clientdesk.wiring import using
from flows.offers import expire_proposals, remind_of_offers

pytestmark = pytest.mark.engine


def test_runs_say_what_they_came_to():
    desk, record = an_offer(mails=True)
    with using(desk):
        desk.clock.advance(days=25)
        reminded = remind_of_offers(return_state=True)
        desk.clock.advance(days=25)
        ended = expire_proposals(return_state=True)

    assert reminded.message.startswith("Drafted for")
    assert ended.message == f"Ended: {record.number}."
