"""Answers to invitations: recorded once, in the order in which they were given."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fakes.business import NOW, a_client, tuesday
from fakes.windows import room

from clientdesk.ports.invitations import CalendarAnswer, InvitationReply
from clientdesk.ports.records import UnknownRecord

YES = InvitationReply(
    "a.eml", "u", 0, "nora@harbour.example", CalendarAnswer.ACCEPTED, datetime(2026, 3, 24, 9, tzinfo=UTC), "Fine"
)


@pytest.fixture
def window(store):
    return store.hold_window(a_client(store), (tuesday(),), room(), NOW + timedelta(days=5), NOW).id


def test_answer_comes_back_and_the_same_again_is_known(replies, window):
    assert replies.keep(window, YES, NOW)
    assert not replies.keep(window, YES, NOW + timedelta(days=1))

    (kept,) = replies.replies_of(window)
    assert (kept.attendee, kept.answer, kept.sequence, kept.at, kept.words) == (
        YES.attendee,
        YES.answer,
        0,
        YES.at,
        "Fine",
    )


def test_later_answers_come_after_in_whatever_order_they_were_read(replies, window):
    no = replace(YES, answer=CalendarAnswer.DECLINED, at=YES.at + timedelta(hours=1))
    replies.keep(window, no, NOW)
    replies.keep(window, YES, NOW)

    assert [each.answer for each in replies.replies_of(window)] == [YES.answer, no.answer]


def test_unknown_window_is_refused(replies):
    with pytest.raises(UnknownRecord):
        replies.keep("nothing", YES, NOW)
    with pytest.raises(UnknownRecord):
        replies.replies_of("nothing")
