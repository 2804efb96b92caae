"""Handing mails over by SMTP: with TLS and login, and with servers that fail at every word."""

import socket
from dataclasses import replace
from multiprocessing import get_context

import pytest
import trustme
from fakes import rivals as rival
from fakes.business import NOW, a_mail, in_outbox
from fakes.mail_server import CLOSE, HANG, PASSWORD, USER, BadServer, Inbox, certificates, mail_server
from fakes.mailer import ListMailer
from fakes.store import MemoryStore

from clientdesk.adapters.smtp import BadMailServer, NoMailServer, SmtpMailer, SmtpMode, mode_for
from clientdesk.ports.mail import MessageState, Undelivered
from clientdesk.steps.delivery import CRASHED_AFTER, deliver, sweep

S = MessageState
MAIL = a_mail(source=b"Subject: Hello\r\n\r\nHello\r\n.\r\n.. dots\r\n.end\r\n")


@pytest.fixture(scope="module")
def tls():
    return certificates(trustme.CA())


def mailer(port, mode=SmtpMode.NONE, user="", password="", trusted=None, redirect_to="", timeout=5.0):
    return SmtpMailer(
        "127.0.0.1", port, mode, user, password, timeout, "contact@atenbi.example", redirect_to, trusted=trusted
    )


def failure(mailer, mail=MAIL):
    with pytest.raises(Undelivered) as failed:
        mailer.deliver(mail)
    return failed.value


@pytest.fixture(params=["fake", "smtp"])
def any_mailer(request):
    if request.param == "fake":
        yield ListMailer()
    else:
        with mail_server(Inbox()) as port:
            yield mailer(port)


def test_mail_handed_over_is_answered(any_mailer):
    assert any_mailer.is_configured
    assert any_mailer.deliver(MAIL).startswith("250")


def test_mail_arrives_byte_for_byte():
    inbox = Inbox()
    with mail_server(inbox) as port:
        answer = mailer(port).deliver(MAIL)

    (received,) = inbox.received
    assert answer == "250 queued as 42"
    assert received.content == MAIL.source
    assert (received.mail_from, received.rcpt_tos) == ("contact@atenbi.example", [MAIL.key.recipient])


def test_starttls_and_login(tls):
    inbox = Inbox()
    with mail_server(inbox, starttls=tls[0], login=True) as port:
        mailer(port, SmtpMode.STARTTLS, USER, PASSWORD, tls[1]).deliver(MAIL)

    assert inbox.received[0].content == MAIL.source


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # aiosmtpd sees no implicit TLS
def test_implicit_tls_and_login(tls):
    inbox = Inbox()
    with mail_server(inbox, implicit=tls[0], login=True) as port:
        mailer(port, SmtpMode.IMPLICIT, USER, PASSWORD, tls[1]).deliver(MAIL)

    assert inbox.received[0].content == MAIL.source


@pytest.mark.parametrize("mode", [SmtpMode.STARTTLS, SmtpMode.IMPLICIT])
def test_certificate_that_nobody_vouches_for_is_not_trusted(tls, mode):
    inbox = Inbox()
    served = {"starttls": tls[0]} if mode is SmtpMode.STARTTLS else {"implicit": tls[0]}
    with mail_server(inbox, **served) as port:
        failed = failure(mailer(port, mode))

    assert failed.state is S.RETRYABLE
    assert "certificate" in failed.detail
    assert inbox.received == []


def test_server_without_starttls_gets_nothing_in_clear():
    inbox = Inbox()
    with mail_server(inbox) as port:
        failed = failure(mailer(port, SmtpMode.STARTTLS, USER, PASSWORD))

    assert failed.state is S.RETRYABLE
    assert "starttls" in failed.detail
    assert inbox.received == []


def test_wrong_password_says_so_without_the_password(tls):
    with mail_server(Inbox(), starttls=tls[0], login=True) as port:
        failed = failure(mailer(port, SmtpMode.STARTTLS, USER, "wr0ng", tls[1]))

    assert failed.state is S.RETRYABLE
    assert "refused the login" in failed.detail
    assert "wr0ng" not in failed.detail


def test_redirected_mail_goes_to_one_address_with_its_headers_unchanged():
    inbox = Inbox()
    with mail_server(inbox) as port:
        mailer(port, redirect_to="test@atenbi.example").deliver(MAIL)

    assert inbox.received[0].rcpt_tos == ["test@atenbi.example"]
    assert inbox.received[0].content == MAIL.source


@pytest.mark.parametrize(
    ("refusals", "state", "said"),
    [
        ({"RCPT": "450 mailbox busy"}, S.RETRYABLE, "recipient: 450 mailbox busy"),
        ({"RCPT": "550 no such user"}, S.REJECTED, "recipient: 550 no such user"),
        ({"DATA": "452 out of room"}, S.RETRYABLE, "mail: 452 out of room"),
        ({"DATA": "554 looks like spam"}, S.REJECTED, "mail: 554 looks like spam"),
    ],
)
def test_what_the_server_answers_decides(refusals, state, said):
    with mail_server(Inbox(**refusals)) as port:
        failed = failure(mailer(port))

    assert failed.state is state
    assert said in failed.detail


BEFORE = ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA"]


@pytest.mark.parametrize("word", BEFORE)
@pytest.mark.parametrize("answer", [HANG, CLOSE, "421 shutting down", "nonsense"])
def test_failure_before_the_body_can_be_tried_again(word, answer):
    with BadServer(**({word: answer} | ({"HELO": answer} if word == "EHLO" else {}))) as server:
        failed = failure(mailer(server.port, timeout=0.3))

    assert failed.state is S.RETRYABLE
    assert server.taken == 0


@pytest.mark.parametrize("answer", [HANG, CLOSE, "nonsense", "354 again"])
def test_silence_after_the_final_dot_is_uncertain(answer):
    with BadServer(DOT=answer) as server:
        failed = failure(mailer(server.port, timeout=0.3))

    assert failed.state is S.UNCERTAIN
    assert server.taken == 1


@pytest.mark.parametrize("answer", [HANG, CLOSE, "500 what"])
def test_server_that_takes_its_leave_badly_has_taken_the_mail(answer, monkeypatch):
    monkeypatch.setattr("clientdesk.adapters.smtp._GOODBYE_SECONDS", 0.3)
    with BadServer(QUIT=answer) as server:
        assert mailer(server.port).deliver(MAIL) == "250 queued"


def test_no_server_at_all_can_be_tried_again():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    failed = failure(mailer(port))

    assert failed.state is S.RETRYABLE
    assert f"127.0.0.1:{port}" in failed.detail


def test_mail_larger_than_the_server_takes_is_rejected_before_its_body():
    with mail_server(Inbox()) as port:
        failed = failure(mailer(port), replace(MAIL, source=b"x" * 40_000_000))

    assert failed.state is S.REJECTED


@pytest.mark.parametrize(
    "recipient", ["nöra@harbour.example", "a@b.example\r\nDATA", "a@b.example>\r\nRCPT TO:<x@y.example"]
)
def test_recipient_that_is_no_address_is_rejected_without_a_word_of_it(recipient):
    inbox = Inbox()
    with mail_server(inbox) as port:
        failed = failure(mailer(port), replace(MAIL, key=replace(MAIL.key, recipient=recipient)))

    assert failed.state is S.REJECTED
    assert inbox.received == []


def test_domain_with_umlauts_is_said_as_servers_know_it():
    inbox = Inbox()
    with mail_server(inbox) as port:
        mailer(port).deliver(replace(MAIL, key=replace(MAIL.key, recipient="nora@größe.example")))

    assert inbox.received[0].rcpt_tos == ["nora@xn--gre-6ka8i.example"]


def test_password_never_goes_over_the_network_in_clear():
    with pytest.raises(BadMailServer, match="starttls"):
        SmtpMailer("mail.example", 25, SmtpMode.NONE, USER, PASSWORD, 5.0, "contact@atenbi.example")


@pytest.mark.parametrize(
    ("host", "port", "mode"),
    [
        ("mail.example", 465, SmtpMode.IMPLICIT),
        ("mail.example", 587, SmtpMode.STARTTLS),
        ("mail.example", 25, SmtpMode.STARTTLS),
        ("10.0.0.1", 25, SmtpMode.STARTTLS),
        ("localhost", 1025, SmtpMode.NONE),
        ("127.0.0.1", 1025, SmtpMode.NONE),
        ("::1", 1025, SmtpMode.NONE),
    ],
)
def test_where_no_mode_is_named_only_this_machine_is_spoken_to_in_clear(host, port, mode):
    assert mode_for(host, port) is mode


def test_without_a_server_nothing_is_delivered():
    assert not NoMailServer().is_configured
    assert failure(NoMailServer()).state is S.RETRYABLE


def test_mail_refused_for_now_is_sent_once_the_server_takes_it():
    store, inbox = MemoryStore(), Inbox()
    message = in_outbox(store)
    with mail_server(Inbox(RCPT="450 later")) as port:
        assert deliver(store, mailer(port), message.id, NOW).state is S.RETRYABLE

    with mail_server(inbox) as port:
        assert deliver(store, mailer(port), message.id, NOW).state is S.SENT
        assert deliver(store, mailer(port), message.id, NOW).state is S.SENT

    assert len(inbox.received) == 1


def test_mail_that_may_have_arrived_is_not_sent_again():
    store = MemoryStore()
    message = in_outbox(store)
    with BadServer(DOT=CLOSE) as server:
        deliver(store, mailer(server.port), message.id, NOW)
        again = deliver(store, mailer(server.port), message.id, NOW)

    assert again.state is S.UNCERTAIN
    assert server.taken == 1


def test_processes_that_send_one_mail_at_once_send_it_once(database_url, sql_store, rivals):
    message, inbox = in_outbox(sql_store), Inbox()

    with mail_server(inbox) as port:
        at_once = [rivals.submit(rival.deliver_mail, database_url, message.id, port) for _ in range(8)]
        states = {future.result() for future in at_once}

    assert "sent" in states
    assert states <= {"sent", "sending", "approved"}  # as it was before the rival's claim, which is not committed yet
    assert len(inbox.received) == 1


@pytest.mark.parametrize("word", ["RCPT", "DOT"])
def test_sender_killed_while_it_waits_for_the_server_leaves_the_mail_uncertain(database_url, sql_store, word):
    message = in_outbox(sql_store)
    with BadServer(**{word: HANG}) as server:
        sender = get_context("spawn").Process(target=rival.deliver_mail, args=(database_url, message.id, server.port))
        sender.start()
        assert server.reached.wait(20)
        sender.kill()
        sender.join()

    assert sql_store.message(message.id).state is S.SENDING
    assert [mail.state for mail in sweep(sql_store, NOW + CRASHED_AFTER)] == [S.UNCERTAIN]
    assert deliver(sql_store, ListMailer(), message.id, NOW).state is S.UNCERTAIN
