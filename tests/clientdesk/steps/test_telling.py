"""The team is told once for each cause, however it is reached; who decides is reminded; what is settled goes on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.agency import AGENCY
from fakes.business import in_outbox
from fakes.desk import a_desk
from fakes.offers import an_offer, an_order
from fakes.samples import wait

from clientdesk.domain.notices import Trouble, TroubleKind
from clientdesk.ports.channel import ChannelDown
from clientdesk.ports.mail import MessageState
from clientdesk.steps.expiring import expire
from clientdesk.steps.telling import mail_troubles, remind_deciders, settled, tell_team, wait_troubles

DAY = timedelta(days=1)
S, K = MessageState, TroubleKind


class ListChannel:
    """Keeps what it is told; down where `is_down`."""

    def __init__(self, *, is_down=False):
        self.told = []
        self.is_down = is_down

    def post(self, text):
        if self.is_down:
            raise ChannelDown("the team's channel answered with status 500")
        self.told.append(text)


def a_failure(desk, run="r1"):
    return Trouble(K.RUN_FAILED, run, "down", f"audit {run}", "Unreachable", desk.clock.now(), "http://desk/r1")


def test_failure_is_told_once_and_a_second_of_its_cause_after_a_day():
    desk, channel = a_desk(), ListChannel()
    first = a_failure(desk)

    said = [tell_team(desk, [first], channel)[0] for _ in range(2)]
    said.append(tell_team(desk, [first, a_failure(desk, "r2")], channel)[0])
    desk.clock.advance(days=1)
    said.append(tell_team(desk, [first, a_failure(desk, "r2")], channel)[0])

    quiet, told = "Nothing new to tell.", "Told in the channel: 1 cause."
    assert said == [told, quiet, quiet, told]
    assert ["r1" in channel.told[0], "r2" in channel.told[1]] == [True, True]
    assert desk.store.messages() == ()


@pytest.mark.parametrize("channel", [None, ListChannel(is_down=True)])
def test_without_a_channel_or_with_one_that_is_down_it_goes_by_mail(channel):
    desk = a_desk()

    sentence, mail = tell_team(desk, [a_failure(desk)], channel)

    assert sentence.startswith("Told by mail")
    assert (mail.key.recipient, mail.key.purpose, mail.state) == ("contact@atenbi.com", "team-notice", S.APPROVED)
    assert tell_team(desk, [a_failure(desk)], channel) == ("Nothing new to tell.", None)


def test_same_occurrences_are_one_mail_also_where_whoever_told_them_died():
    desk = a_desk()
    _, mail = tell_team(desk, [a_failure(desk)], None)
    desk.store._t.told.clear()

    assert tell_team(desk, [a_failure(desk)], None)[1] == mail


@pytest.mark.parametrize(
    ("state", "kind"), [(S.UNCERTAIN, K.MAIL_UNCERTAIN), (S.RETRYABLE, K.MAIL_GIVEN_UP), (S.REJECTED, None)]
)
def test_mail_that_needs_a_person_is_trouble_for_a_week(state, kind):
    desk = a_desk(mails=True)
    mail = in_outbox(desk.store)
    desk.store.claim(mail.id, desk.clock.now())
    desk.store.settle(mail.id, state, "silence", desk.clock.now())

    assert [each.kind for each in mail_troubles(desk)] == ([kind] if kind else [])
    desk.clock.advance(days=8)
    assert mail_troubles(desk) == ()


def test_mail_that_is_tried_again_by_itself_is_no_trouble():
    desk = a_desk(mails=True)
    mail, now = in_outbox(desk.store), desk.clock.now()
    desk.store.claim(mail.id, now)
    desk.store.settle(mail.id, S.RETRYABLE, "421 later", now, retry_at=now + timedelta(minutes=1))

    assert mail_troubles(desk) == ()


def test_draft_is_trouble_once_nobody_has_approved_it_for_an_hour():
    desk, _ = an_order()

    assert mail_troubles(desk) == ()
    desk.clock.advance(hours=2)
    assert {each.kind for each in mail_troubles(desk)} == {K.MAIL_DRAFT}


def test_notice_that_does_not_go_out_calls_for_no_other():
    desk = a_desk()
    _, mail = tell_team(desk, [a_failure(desk)], None)
    desk.store.claim(mail.id, desk.clock.now())
    desk.store.settle(mail.id, S.UNCERTAIN, "silence", desk.clock.now())

    assert mail_troubles(desk) == ()


def test_whoever_decides_is_reminded_by_name_and_once_for_each_reminder():
    people = replace(AGENCY.proposals, engineer_email="ada@atenbi.com")
    desk = a_desk(agency=replace(AGENCY, proposals=people))
    since = desk.clock.now()
    waits = [wait(question, since=since, until=since + 14 * DAY) for question in ("engineer-1-1", "account-lead-1")]

    counts = [len(remind_deciders(desk, waits, DAY))]
    for days in (1, 0, 2, 4, 6):
        desk.clock.advance(days=days)
        counts.append(len(remind_deciders(desk, waits, DAY)))

    assert counts == [0, 2, 0, 2, 2, 2]
    assert {mail.key.recipient for mail in desk.store.messages()} == {"ada@atenbi.com", "contact@atenbi.com"}
    assert b"http://desk/r1" in desk.store.messages()[0].source
    assert desk.store.messages()[-1].key.version == "account-lead-1/last"


def test_client_who_takes_their_time_is_nobodys_reminder_and_no_trouble():
    desk = a_desk()
    late = wait("client-p-1", since=desk.clock.now() - 9 * DAY, until=None)

    assert remind_deciders(desk, [late], DAY) == ()
    assert wait_troubles(desk, [late], DAY) == ()


def test_run_that_waits_for_a_day_is_told_in_the_channel():
    desk = a_desk()
    fresh, old = (wait(since=desk.clock.now() - days * DAY) for days in (0, 1))

    assert [each.why for each in wait_troubles(desk, [fresh, old], DAY)] == ["for Ada Engineer"]


def test_run_goes_on_once_the_answer_was_put_down_elsewhere():
    desk, record = an_order()
    answered = wait(f"client-{record.id}-1", until=None)

    assert settled(desk, [answered, wait("client-nothing-1"), wait()], DAY) == (answered,)


def test_run_waits_on_for_an_open_offer_and_for_a_late_yes_but_not_until_it_fails():
    desk, record = an_offer()
    since = desk.clock.now()
    waits = [wait(f"client-{record.id}-1", since=since, until=since + 38 * DAY)]
    assert settled(desk, waits, DAY) == ()

    desk.clock.advance(days=32)
    expire(desk)
    assert settled(desk, waits, DAY) == ()

    desk.clock.advance(days=5)
    assert settled(desk, waits, DAY) == tuple(waits)
