"""Whom a run waits for, and when that person is reminded."""

from datetime import timedelta

import pytest
from fakes.samples import wait

from clientdesk.domain.waiting import Decider, reminder_due

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("question", "decider", "proposal"),
    [
        ("engineer-2-1", Decider.ENGINEER, ""),
        ("account-lead-3", Decider.ACCOUNT_LEAD, ""),
        ("client-proposal-4-1", Decider.CLIENT, "proposal-4"),
        ("client-0f3a-2", Decider.CLIENT, "0f3a"),
        ("client-0f3a-2-again-3", Decider.CLIENT, "0f3a"),
        ("engineer-1-1-again-1", Decider.ENGINEER, ""),
        ("", Decider.ACCOUNT_LEAD, ""),
        ("something-new-1", Decider.ACCOUNT_LEAD, ""),
    ],
)
def test_question_says_who_decides(question, decider, proposal):
    assert (wait(question).decider, wait(question).proposal) == (decider, proposal)


@pytest.mark.parametrize(
    ("days", "which"),
    [(0, ""), (0.99, ""), (1, "1"), (2.9, "1"), (3, "2"), (7, "3"), (12.9, "3"), (13, "last"), (14, "last")],
)
def test_reminders_come_seldom_and_once_more_before_the_end(days, which):
    assert reminder_due(wait(), DAY, wait().since + days * DAY) == which


def test_wait_without_an_end_has_no_last_reminder():
    assert reminder_due(wait(until=None), DAY, wait().since + 400 * DAY) == "3"


def test_short_wait_has_its_last_reminder_first():
    assert reminder_due(wait(until=wait().since + DAY), DAY, wait().since) == "last"
