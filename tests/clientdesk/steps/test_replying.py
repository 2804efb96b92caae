"""Calendars' answers: for our windows, by people we invited, and never obeyed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from fakes.desk import a_call, a_desk
from fakes.windows import room

from clientdesk.domain.maintenance import window_on
from clientdesk.domain.windows import WindowState
from clientdesk.ports.invitations import CalendarAnswer, InvitationReply
from clientdesk.steps.replying import record_replies, standing_replies

TUESDAY = date(2026, 4, 7)
NORA = a_call().contacts[0].email.casefold()


@pytest.fixture
def desk():
    return a_desk()


@pytest.fixture
def window(desk):
    """Booked, as far as an answer is concerned."""
    client = desk.store.register(a_call(), desk.clock.now()).id
    now = desk.clock.now()
    held = desk.store.hold_window(client, (window_on(TUESDAY, desk.calendar),), room(), now + timedelta(days=5), now)
    record = replace(desk.windows.window(held.id), state=WindowState.BOOKED, sequence=1)
    desk.windows._t.windows[held.id] = record
    return record


def reply(window, **said):
    at = datetime(2026, 3, 24, 9, tzinfo=UTC)
    given = InvitationReply("a.eml", window.uid, window.sequence, NORA, CalendarAnswer.ACCEPTED, at)
    return replace(given, **said)


def test_answer_is_recorded_for_the_window_once(desk, window):
    first = record_replies(desk, [reply(window)])
    again = record_replies(desk, [reply(window)])

    assert (len(first.recorded), len(again.recorded), len(again.known)) == (1, 0, 1)
    assert [each.answer for each in standing_replies(desk, window)] == [CalendarAnswer.ACCEPTED]


@pytest.mark.parametrize("said", [{"uid": "guessed"}, {"attendee": "thief@evil.example"}])
def test_strangers_answer_for_nobody(desk, window, said):
    done = record_replies(desk, [reply(window, **said)])

    assert len(done.unmatched) == 1
    assert standing_replies(desk, window) == ()
    assert desk.store.messages() == ()


def test_no_is_told_to_the_team_once_and_moves_nothing(desk, window):
    no = reply(window, answer=CalendarAnswer.DECLINED, words="We release that day")
    record_replies(desk, [no])
    record_replies(desk, [no])

    (mail,) = desk.store.messages()
    assert (mail.key.purpose, mail.key.recipient) == ("window-declined", desk.agency.seller.email)
    assert desk.windows.window(window.id).state is WindowState.BOOKED


def test_answer_to_an_earlier_day_is_kept_and_does_not_count(desk, window):
    done = record_replies(desk, [reply(window, sequence=0, answer=CalendarAnswer.DECLINED)])

    assert len(done.recorded) == 1
    assert standing_replies(desk, window) == ()
    assert desk.store.messages() == ()


def test_last_answer_counts(desk, window):
    later = datetime(2026, 3, 25, 9, tzinfo=UTC)
    record_replies(
        desk, [reply(window, answer=CalendarAnswer.ACCEPTED, at=later), reply(window, answer=CalendarAnswer.TENTATIVE)]
    )

    assert [each.answer for each in standing_replies(desk, window)] == [CalendarAnswer.ACCEPTED]


def test_nothing_read_is_nothing_done(desk):
    assert record_replies(desk, []).recorded == ()
