"""A mail is handed over once; it is tried again only where that can't send it twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.business import NOW, in_outbox
from fakes.mailer import ListMailer
from fakes.store import MemoryStore

from clientdesk.ports.mail import MessageState, Undelivered
from clientdesk.steps.delivery import CRASHED_AFTER, deliver, due, sweep

S = MessageState
LATER = Undelivered(S.RETRYABLE, "451 later")


@pytest.fixture
def store():
    return MemoryStore()


def test_mail_is_handed_over_and_the_answer_kept(store):
    message, mailer = in_outbox(store), ListMailer()

    sent = deliver(store, mailer, message.id, NOW)

    assert (sent.state, sent.detail) == (S.SENT, "250 taken")
    assert [each.source for each in mailer.delivered] == [message.source]


def test_mail_handed_over_is_not_handed_over_again(store):
    message, mailer = in_outbox(store), ListMailer()

    first = deliver(store, mailer, message.id, NOW)

    assert deliver(store, mailer, message.id, NOW) == first
    assert len(mailer.delivered) == 1


def test_mail_that_another_sender_has_is_left_alone(store):
    message, mailer = in_outbox(store), ListMailer()
    store.claim(message.id, NOW)

    assert deliver(store, mailer, message.id, NOW).state is S.SENDING
    assert mailer.delivered == []


def test_without_a_mail_server_it_stays_approved(store):
    message, mailer = in_outbox(store), ListMailer(is_configured=False)

    assert deliver(store, mailer, message.id, NOW) == message
    assert due(store, NOW) == (message.id,)


def test_failure_before_the_body_is_tried_again_after_1_5_and_30_minutes(store):
    message, mailer, now = in_outbox(store), ListMailer(LATER, LATER, LATER), NOW
    waits = []

    for _ in range(3):
        waiting = deliver(store, mailer, message.id, now)
        assert due(store, waiting.retry_at - timedelta(seconds=1)) == ()
        assert due(store, waiting.retry_at) == (message.id,)
        waits.append(waiting.retry_at - now)
        now = waiting.retry_at

    assert [wait / timedelta(minutes=1) for wait in waits] == [1, 5, 30]
    assert deliver(store, mailer, message.id, now).state is S.SENT


def test_mail_given_up_waits_for_a_person_and_is_not_lost(store):
    message, mailer = in_outbox(store), ListMailer(LATER, LATER, LATER, LATER)

    for _ in range(4):
        given_up = deliver(store, mailer, message.id, NOW)

    assert (given_up.state, given_up.retry_at) == (S.RETRYABLE, None)
    assert "after 4 attempts" in given_up.detail
    assert due(store, NOW + timedelta(days=365)) == ()
    assert deliver(store, mailer, message.id, NOW).state is S.SENT


@pytest.mark.parametrize("state", [S.UNCERTAIN, S.REJECTED])
def test_mail_that_may_have_gone_out_or_was_refused_is_never_tried_again_by_itself(store, state):
    message, mailer = in_outbox(store), ListMailer(Undelivered(state, "why"))

    failed = deliver(store, mailer, message.id, NOW)

    assert (failed.state, failed.detail) == (state, "why")
    assert deliver(store, mailer, message.id, NOW) == failed
    assert due(store, NOW + timedelta(days=365)) == ()
    assert mailer.delivered == []


def test_mail_that_is_not_what_was_approved_is_not_sent(store):
    message, mailer = in_outbox(store), ListMailer()
    store._keep(replace(message, source=message.source + b"and more"))

    changed = deliver(store, mailer, message.id, NOW)

    assert changed.state is S.REJECTED
    assert "approved" in changed.detail
    assert mailer.delivered == []


def test_sender_that_died_leaves_the_mail_uncertain(store):
    message = in_outbox(store)
    with pytest.raises(KeyboardInterrupt):
        deliver(store, ListMailer(KeyboardInterrupt()), message.id, NOW)
    assert sweep(store, NOW + CRASHED_AFTER - timedelta(seconds=1)) == ()

    swept = sweep(store, NOW + CRASHED_AFTER)

    assert [(mail.id, mail.state) for mail in swept] == [(message.id, S.UNCERTAIN)]
    assert due(store, NOW + timedelta(days=365)) == ()


def test_sender_that_was_only_slow_has_the_last_word(store):
    message = in_outbox(store)
    claimed = store.claim(message.id, NOW)
    sweep(store, NOW + CRASHED_AFTER)

    assert store.settle(message.id, S.SENT, "250", NOW, attempt=claimed.attempts).state is S.SENT
