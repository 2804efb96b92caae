"""The task of the outbox: a mail goes out once, however often the task is tried."""

from fakes.business import in_outbox
from fakes.desk import a_desk

from clientdesk.ports.mail import MessageState, Undelivered
from clientdesk.wiring import using
from tasks import sending
from tasks.sending import deliver_mail


def test_mail_goes_out_once():
    with using(a_desk(mails=True)) as desk:
        message = in_outbox(desk.store)

        assert [deliver_mail.fn(message.id) for _ in range(2)] == ["sent", "sent"]

    assert len(desk.mailer.delivered) == 1


def test_mail_that_nobody_knows_the_fate_of_is_an_event(monkeypatch):
    told = []
    monkeypatch.setattr(sending, "tell_uncertain", told.append)
    with using(a_desk(mails=True)) as desk:
        desk.mailer.failures = [Undelivered(MessageState.UNCERTAIN, "silence")]
        message = in_outbox(desk.store)

        assert sending.deliver_mail.fn(message.id) == "uncertain"

    assert told == [message.id]


def test_mail_handed_over_within_another_task_is_told_alike(monkeypatch):
    told = []
    monkeypatch.setattr(sending, "tell_uncertain", told.append)
    with using(a_desk(mails=True)) as desk:
        desk.mailer.failures = [Undelivered(MessageState.UNCERTAIN, "silence")]
        messages = [in_outbox(desk.store), in_outbox(desk.store, "Other GmbH")]

        assert [sending.hand_over(each.id).state.value for each in messages] == ["uncertain", "sent"]

    assert told == [messages[0].id]
