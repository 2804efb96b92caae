"""The last days of an offer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.agency import AGENCY
from fakes.offers import a_yes, an_offer

from clientdesk.domain.proposal import NoLongerValid, ProposalState
from clientdesk.ports.mail import MessageState
from clientdesk.steps.answering import accept
from clientdesk.steps.expiring import expire, remind

S = ProposalState


def at_the_end_of(desk, day, **more):
    """24:00 in Berlin, which is 22:00 UTC in summer."""
    desk.clock.advance(days=(day - desk.today()).days)
    desk.clock.advance(seconds=(22 * 3600 - desk.clock.now().hour * 3600), **more)


def test_offer_lives_until_midnight_of_its_last_day_and_not_a_second_longer():
    desk, record = an_offer()
    at_the_end_of(desk, record.valid_until, milliseconds=-1)
    assert expire(desk) == ()

    desk.clock.advance(milliseconds=1)
    (ended,) = expire(desk)

    assert (ended.id, ended.state) == (record.id, S.EXPIRED)
    assert desk.store.moves_of(record.id)[-1].why == f"valid until {record.valid_until}"


def test_expiring_again_finds_nothing_more_to_do():
    desk, _ = an_offer()
    desk.clock.advance(days=60)
    expire(desk)

    assert expire(desk) == ()


def test_accepted_offer_never_expires():
    desk, record = an_offer()
    accept(desk, record, a_yes(desk), "Max")
    desk.clock.advance(days=60)

    assert expire(desk) == ()
    assert desk.store.proposal(record.id).state is S.ACCEPTED


@pytest.mark.parametrize(("days", "count"), [(22, 0), (23, 1), (30, 1), (31, 0)])
def test_reminder_is_drafted_within_the_days_before_the_last_one(days, count):
    desk, _ = an_offer(mails=True)
    desk.clock.advance(days=days)

    drafted = remind(desk).drafted

    assert [(mail.state, mail.key.purpose) for mail in drafted] == [(MessageState.DRAFT, "reminder")] * count


@pytest.mark.parametrize(("days", "count"), [(16, 0), (17, 1)])
def test_whose_day_falls_before_the_next_working_day_is_reminded_before_the_holidays(days, count):
    """The last day is Easter Sunday, 5 April 2026; nobody works from Good Friday to Easter Monday."""
    brief = replace(AGENCY, proposals=replace(AGENCY.proposals, valid_days=20, reminder_days=1))
    desk, _ = an_offer(mails=True, agency=brief)
    desk.clock.advance(days=days)

    assert len(remind(desk).drafted) == count


def test_nobody_is_reminded_twice():
    desk, record = an_offer(mails=True)
    desk.clock.advance(days=25)
    remind(desk)

    again = remind(desk)

    assert again.drafted == ()
    assert again.passed_over == ((record.number, "reminded already"),)


def test_nobody_is_reminded_of_what_never_reached_them():
    desk, record = an_offer()
    mail = desk.store.messages()[0]
    desk.store.claim(mail.id, desk.clock.now())
    desk.store.settle(mail.id, MessageState.UNCERTAIN, "silence", desk.clock.now())
    desk.clock.advance(days=25)

    assert remind(desk).passed_over == ((record.number, "its mail is uncertain"),)


def test_where_mails_go_out_by_hand_a_reminder_is_drafted_too():
    desk, _ = an_offer(mails=False)
    desk.clock.advance(days=25)

    assert len(remind(desk).drafted) == 1


def test_agency_that_wants_no_reminders_drafts_none():
    quiet = replace(AGENCY, proposals=replace(AGENCY.proposals, reminder_days=0))
    desk, _ = an_offer(mails=True, agency=quiet)
    desk.clock.advance(days=30)

    assert remind(desk).drafted == ()


def test_yes_given_in_time_counts_though_the_offer_was_closed_before_somebody_put_it_down():
    desk, record = an_offer()
    said_on = desk.clock.now() + timedelta(days=29)
    desk.clock.advance(days=33)
    expire(desk)

    done = accept(desk, desk.store.proposal(record.id), a_yes(desk, at=said_on), "Max")

    assert done.proposal.state is S.ACCEPTED
    assert done.window is not None


def test_yes_given_too_late_stays_too_late():
    desk, record = an_offer()
    desk.clock.advance(days=33)
    expire(desk)

    with pytest.raises(NoLongerValid, match="send a revision"):
        accept(desk, desk.store.proposal(record.id), a_yes(desk), "Max")
