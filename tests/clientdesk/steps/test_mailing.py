"""Mails are addressed to the client's first contact, or to the agency itself."""

from email import message_from_bytes, policy

from fakes.desk import a_call, a_desk

from clientdesk.ports.documents import Rendered
from clientdesk.ports.mail import MessageKey, MessageState
from clientdesk.steps.mailing import mail_to_client, mail_to_team

LETTER = Rendered("Hello", "Hello\n", "<p>Hello</p>")
KEY = MessageKey("proposal:1", "P-2026-0001", "nora.feld@harbour.example", "reminder")


def read(mail):
    return message_from_bytes(mail.source, policy=policy.default)


def test_client_gets_it_from_the_agency_dated_in_the_agencys_zone():
    mail = mail_to_client(a_desk(), a_call(), KEY, LETTER, state=MessageState.DRAFT)

    parsed = read(mail)
    assert (parsed["To"], parsed["From"]) == ("Nora Feld <nora.feld@harbour.example>", "Atenbi <contact@atenbi.com>")
    assert parsed["Date"].endswith("09:00:00 +0100")
    assert (mail.state, mail.key, parsed["Content-Language"]) == (MessageState.DRAFT, KEY, "en-IE")


def test_team_gets_it_at_the_agencys_own_address_and_nobody_needs_to_approve_it():
    mail = mail_to_team(a_desk(), KEY, LETTER)

    assert read(mail)["To"] == "Ada Engineer <contact@atenbi.com>"
    assert mail.state is MessageState.APPROVED
