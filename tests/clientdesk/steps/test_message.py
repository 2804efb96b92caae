"""A mail is whole, in seven bits, and says what it was given, however hostile that is."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.utils import parseaddr

import pytest
from fakes.samples import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st

from clientdesk.documents.mail_address import BadAddress
from clientdesk.domain.intake import Contact
from clientdesk.ports.documents import Attachment, Rendered
from clientdesk.ports.mail import MessageKey, MessageState
from clientdesk.steps.message import Envelope, Invitation, compose, message_id_for, message_of
from clientdesk.steps.message import _one_line as one_line

PDF = Attachment("P-2026-0042.pdf", b"%PDF-1.7\n\x00\xff\r\n.\r\n%%EOF", "application/pdf")
LETTER = Rendered("Your proposal", "Hello\nNora\n", "<p>Hello Nora</p>\n")
ENVELOPE = Envelope(
    sender=Contact("Atenbi", "contact@atenbi.example"),
    recipient=Contact("Nora Feld", "nora.feld@harbour.example"),
    reply_to=Contact("Ada Lead", "ada@atenbi.example"),
    message_id="<1@atenbi.example>",
    date=datetime(2026, 3, 20, 9, 30, tzinfo=timezone(timedelta(hours=1))),
    locale="de_DE",
)


def read(source):
    mail = message_from_bytes(source, policy=policy.default)
    for part in mail.walk():
        assert part.defects == []
        for value in part.values():
            assert value.defects == ()
    return mail


def recipient(source):
    """Name and address by the older reader: the newer one of Python 3.11 puts spaces between encoded words."""
    name, address = parseaddr(message_from_bytes(source)["To"].replace("\r\n", ""))
    return str(make_header(decode_header(name))), address


def is_fit_for_the_wire(source):
    lines = source.split(b"\r\n")
    return (
        source.endswith(b"\r\n")
        and all(b"\r" not in line and b"\n" not in line and len(line) <= 998 for line in lines)
        and all(byte < 128 and byte != 0 for byte in source)
    )


def test_text_and_html_are_alternatives_and_the_pdf_lies_beside_them():
    mail = read(compose(LETTER, ENVELOPE, [PDF]))

    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    assert mail.get_body(("plain",)).get_content().splitlines() == LETTER.text.splitlines()
    assert mail.get_body(("html",)).get_content().splitlines() == LETTER.html.splitlines()
    attachment = next(mail.iter_attachments())
    assert (attachment.get_filename(), attachment.get_content()) == (PDF.name, PDF.content)


def test_headers_say_who_when_and_that_a_machine_wrote_it():
    mail = read(compose(LETTER, ENVELOPE))

    assert mail["From"].addresses == (Address("Atenbi", addr_spec="contact@atenbi.example"),)
    assert mail["To"].addresses == (Address("Nora Feld", addr_spec="nora.feld@harbour.example"),)
    assert mail["Reply-To"].addresses == (Address("Ada Lead", addr_spec="ada@atenbi.example"),)
    assert mail["Date"].datetime == ENVELOPE.date
    assert mail["Message-ID"] == "<1@atenbi.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "de-DE"


def test_same_mail_is_the_same_bytes():
    assert compose(LETTER, ENVELOPE, [PDF]) == compose(LETTER, ENVELOPE, [PDF])


@pytest.mark.parametrize(
    "name",
    ["Zoë Größe-Łukasz", "株式会社", "O'Brien, Pat (CEO)", 'The "Boss"', "Ann <root@evil.example>", "", "x" * 90],
)
def test_names_come_back_right(name):
    source = compose(LETTER, replace(ENVELOPE, recipient=Contact(name, "nora@harbour.example")))

    read(source)
    assert recipient(source) == (name, "nora@harbour.example")


@pytest.mark.parametrize(
    "subject",
    [
        "Angebot für Größenwahn: 1.234,50 € jetzt",
        "word " * 30,
        "a" * 200,
        "ä" * 150,
        "🚢" * 150,
        "日本語の件名 with some ASCII in between そして",
    ],
)
def test_subjects_come_back_right(subject):
    assert read(compose(replace(LETTER, subject=subject), ENVELOPE))["Subject"] == subject.strip()


@pytest.mark.parametrize(
    "text",
    [
        "Hi\r\nBcc: all@evil.example",
        "Hi\nBcc: all@evil.example",
        "Hi\rBcc: all@evil.example",
        "Hi\u2028Bcc: all@evil.example",
        "Hi\x0bBcc: all@evil.example",
        "Hi\x85Bcc: all@evil.example",
        "=?utf-8?q?Hi=0D=0ABcc:_all@evil.example?=",
        "=?utf-8?b?SGkNCkJjYzogYWxsQGV2aWwuZXhhbXBsZQ==?=",
    ],
)
def test_no_header_is_injected(text):
    hostile = Contact(text, "nora@harbour.example")
    attachment = replace(PDF, name=text)
    source = compose(
        replace(LETTER, subject=text), replace(ENVELOPE, recipient=hostile, reply_to=hostile), [attachment]
    )

    mail = read(source)

    assert "Bcc" not in mail
    assert [each.addr_spec for each in mail["To"].addresses] == ["nora@harbour.example"]
    assert all("\n" not in str(value) and "\r" not in str(value) for value in mail.values())
    assert not any(line.lower().startswith(b"bcc") for line in source.split(b"\r\n"))


def test_text_that_turns_around_what_follows_is_taken_out_of_headers():
    mail = read(compose(replace(LETTER, subject="a\u202egpj.exe\u2066"), ENVELOPE))

    assert mail["Subject"] == "agpj.exe"


def test_very_long_text_is_cut_in_headers_only():
    long = "x" * 10_000

    mail = read(compose(Rendered(long, long, f"<p>{long}</p>"), ENVELOPE))

    assert len(mail["Subject"]) == 200
    assert mail.get_body(("plain",)).get_content().strip() == long


@pytest.mark.parametrize("text", [HOSTILE, HOSTILE * 100, "a\r\nb\rc\n.\n..\nFrom here\n", "\0\x07\x1b[31m", "\ud800"])
def test_hostile_text_breaks_nothing(text):
    source = compose(Rendered(text, text, text), replace(ENVELOPE, recipient=Contact(text, "n@h.example")), [PDF])

    assert is_fit_for_the_wire(source)
    assert read(source).get_body(("plain",)) is not None


TEXT = st.text(st.characters(), max_size=300)


@settings(deadline=None, max_examples=60)
@given(subject=TEXT, text=TEXT, name=TEXT, file=TEXT, content=st.binary(max_size=300))
def test_whatever_is_said_it_is_fit_for_the_wire(subject, text, name, file, content):
    attachment = Attachment(file, content, "application/pdf")
    source = compose(
        Rendered(subject, text, text), replace(ENVELOPE, recipient=Contact(name, "n@h.example")), [attachment]
    )

    mail = read(source)

    assert is_fit_for_the_wire(source)
    assert mail["Subject"] == one_line(subject, 200)
    assert recipient(source) == (one_line(name, 100), "n@h.example")
    assert next(mail.iter_attachments()).get_content() == content
    assert set(mail.keys()) <= {
        "From", "To", "Reply-To", "Date", "Message-ID", "Auto-Submitted", "Subject", "Content-Language", "MIME-Version",
        "Content-Type",
    }  # fmt: skip


def test_domain_with_umlauts_is_written_as_mail_servers_know_it():
    mail = read(compose(LETTER, replace(ENVELOPE, recipient=Contact("Nora", "nora@größe.example"))))

    assert mail["To"].addresses[0].domain == "xn--gre-6ka8i.example"


def test_address_that_no_mail_reaches_is_refused():
    with pytest.raises(BadAddress, match="nora at harbour"):
        compose(LETTER, replace(ENVELOPE, recipient=Contact("Nora", "nora at harbour")))


def test_message_ids_are_new_each_time_and_of_the_agencys_domain():
    first, second = message_id_for("contact@atenbi.example"), message_id_for("contact@atenbi.example")

    assert first != second
    assert first.startswith("<")
    assert first.endswith("@atenbi.example>")


def test_message_keeps_the_hash_of_the_whole():
    key = MessageKey("proposal 1", "P-2026-0042", "nora.feld@harbour.example", "proposal-sent")

    message, changed = (message_of(key, ENVELOPE, LETTER, [replace(PDF, content=each)]) for each in (b"a", b"b"))

    assert (message.key, message.message_id, message.subject) == (key, "<1@atenbi.example>", "Your proposal")
    assert message.state is MessageState.APPROVED
    assert message.sha256 != changed.sha256


def test_invitation_is_the_last_alternative_and_a_file_beside_it():
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:H\u00e4fen\r\nEND:VCALENDAR\r\n"

    source = compose(LETTER, ENVELOPE, (PDF,), Invitation("REQUEST", calendar))

    assert is_fit_for_the_wire(source)
    mail = read(source)
    alternatives = mail.get_body(("related", "html")) and [
        part.get_content_type() for part in next(mail.iter_parts()).iter_parts()
    ]
    assert alternatives == ["text/plain", "text/html", "text/calendar"]
    (part,) = [each for each in mail.walk() if each.get_content_type() == "text/calendar"]
    assert (part.get_param("method"), part.get_content_charset()) == ("REQUEST", "utf-8")
    assert part.get_content().replace("\r\n", "\n") == calendar.replace("\r\n", "\n")
    files = {each.get_filename(): each.get_content() for each in mail.iter_attachments()}
    assert files == {"invite.ics": calendar.encode(), PDF.name: PDF.content}
