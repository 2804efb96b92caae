"""A mail lies where a person can open it, and goes out once where there is a server."""

import pytest
from fakes.business import in_outbox
from fakes.desk import a_desk

from clientdesk.ports import MessageState, Undelivered
from clientdesk.steps.outbox import deliver_mail, in_a_word


def test_mail_is_filed_before_it_is_handed_over():
    desk = a_desk(mails=True)
    desk.mailer.failures = [Undelivered(MessageState.UNCERTAIN, "no answer after the final dot")]
    message = in_outbox(desk.store)

    mail = deliver_mail(desk, message.id)

    assert list(desk.outbox.filed) == [message.message_id]
    assert in_a_word(desk, mail) == "uncertain: no answer after the final dot"


def test_mail_goes_out_once_however_often_it_is_asked_for():
    desk = a_desk(mails=True)
    message = in_outbox(desk.store)

    states = [deliver_mail(desk, message.id).state for _ in range(3)]

    assert states == [MessageState.SENT] * 3
    assert len(desk.mailer.delivered) == 1


@pytest.mark.parametrize("mails", [True, False])
def test_word_says_whether_a_server_is_set(mails):
    desk = a_desk(mails=mails)

    word = in_a_word(desk, in_outbox(desk.store))

    assert ("no mail server is set" in word) is not mails
