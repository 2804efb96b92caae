"""The outbox's records: one mail per key, one sender at a time, and only moves that can be true."""

from datetime import timedelta

import pytest
from fakes import rivals as rival
from fakes.business import NOW, a_client, a_mail, approved, in_outbox, published

from clientdesk.domain.proposal import IllegalMove
from clientdesk.ports.mail import MessageState
from clientdesk.ports.records import UnknownRecord

S = MessageState


def test_mail_in_the_outbox_is_as_it_was_put_there(store):
    message = in_outbox(store)

    assert message == store.message(message.id)
    assert (message.source, message.state, message.attempts) == (a_mail().source, S.APPROVED, 0)


def test_mails_come_oldest_first_and_by_state(store):
    first, second = in_outbox(store, "A"), in_outbox(store, "B")
    store.claim(first.id, NOW)

    assert [message.id for message in store.messages()] == [first.id, second.id]
    assert [message.id for message in store.messages(S.APPROVED, S.RETRYABLE)] == [second.id]


def test_second_mail_of_one_key_is_never_kept(store):
    in_outbox(store, "A")
    record = approved(store, a_client(store, "B"))

    with pytest.raises(Exception):  # noqa: B017, PT011  # the fake and each database say it in their own words
        store.send(record.id, "Ada", NOW, 2026, lambda _number: published("P-2026-0001"))

    assert len(store.messages()) == 1
    assert store.proposal(record.id) == record


def test_claimed_mail_is_not_claimed_again(store):
    message = in_outbox(store)

    claimed = store.claim(message.id, NOW)

    assert (claimed.state, claimed.attempts, claimed.since) == (S.SENDING, 1, NOW)
    assert store.claim(message.id, NOW) is None


def test_retryable_mail_is_claimed_again_and_counted(store):
    message = in_outbox(store)
    store.claim(message.id, NOW)
    later = NOW + timedelta(minutes=1)

    waiting = store.settle(message.id, S.RETRYABLE, "451 later", NOW, retry_at=later)

    assert (waiting.detail, waiting.retry_at) == ("451 later", later)
    again = store.claim(message.id, later)
    assert (again.attempts, again.retry_at) == (2, None)


@pytest.mark.parametrize("state", [S.SENT, S.UNCERTAIN, S.REJECTED])
def test_settled_mail_is_not_claimed(store, state):
    message = in_outbox(store)
    store.claim(message.id, NOW)

    settled = store.settle(message.id, state, "why", NOW)

    assert (settled.state, settled.detail, settled.retry_at) == (state, "why", None)
    assert store.claim(message.id, NOW) is None


def test_mail_that_nobody_claimed_is_not_sent(store):
    message = in_outbox(store)

    with pytest.raises(IllegalMove, match="approved"):
        store.settle(message.id, S.SENT, "", NOW)


def test_settling_twice_changes_nothing(store):
    message = in_outbox(store)
    store.claim(message.id, NOW)
    settled = store.settle(message.id, S.SENT, "250 taken", NOW)

    assert store.settle(message.id, S.SENT, "again", NOW + timedelta(hours=1)) == settled


def test_word_of_an_earlier_attempt_changes_nothing(store):
    message = in_outbox(store)
    store.claim(message.id, NOW)
    store.settle(message.id, S.RETRYABLE, "451", NOW)
    second = store.claim(message.id, NOW)

    assert store.settle(message.id, S.SENT, "late", NOW, attempt=1) == second


def test_person_resolves_what_is_uncertain(store):
    message = in_outbox(store)
    store.claim(message.id, NOW)
    store.settle(message.id, S.UNCERTAIN, "silence", NOW)

    assert store.settle(message.id, S.SENT, "Nora has it", NOW).state is S.SENT


@pytest.mark.parametrize("question", ["message", "claim", "settle"])
def test_unknown_mail_is_refused(store, question):
    arguments = {"message": (), "claim": (NOW,), "settle": (S.SENT, "", NOW)}[question]

    with pytest.raises(UnknownRecord, match="nothing"):
        getattr(store, question)("nothing", *arguments)


def test_no_mail_has_an_unknown_key(store):
    assert store.message_for(a_mail("P-2020-0001").key) is None


def test_mail_is_claimed_by_one_of_many_processes(database_url, rivals, sql_store):
    for company in ("A", "B", "C"):
        message = in_outbox(sql_store, company)

        at_once = [rivals.submit(rival.claim, database_url, message.id) for _ in range(8)]

        assert sum(future.result() for future in at_once) == 1


def test_mail_is_found_by_its_message_id(store):
    message = in_outbox(store)

    assert store.message_known_as(message.message_id) == message
    assert store.message_known_as("<other@example.com>") is None


def test_every_move_of_a_mail_is_kept_with_its_words(store):
    message = in_outbox(store)
    store.claim(message.id, NOW)
    store.settle(message.id, S.UNCERTAIN, "silence", NOW)

    moves = store.message_moves(message.id)

    assert [(each.before, each.after, each.detail) for each in moves] == [
        (S.APPROVED, S.SENDING, ""),
        (S.SENDING, S.UNCERTAIN, "silence"),
    ]


def test_approved_mail_can_be_held_back(store):
    message = in_outbox(store)

    assert store.settle(message.id, S.REJECTED, "not now", NOW).state is S.REJECTED
    assert store.claim(message.id, NOW) is None
