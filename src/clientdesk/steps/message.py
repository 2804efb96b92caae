"""A mail as it goes over the wire: text and HTML as alternatives, files beside them, in seven bits."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from uuid import uuid4

from clientdesk.documents.mail_address import wire_address
from clientdesk.domain.intake import Contact
from clientdesk.ports.documents import Attachment, Rendered
from clientdesk.ports.mail import Message, MessageKey, MessageState

# Eight-bit parts are recoded by relays on their way, which breaks the sender's signature (DKIM).
_POLICY = SMTP.clone(cte_type="7bit")
_SUBJECT_LIMIT, _NAME_LIMIT = 200, 100
_TURNS_TEXT_AROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NOT_IN_FILE_NAMES = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))


@dataclass(frozen=True, slots=True)
class Invitation:
    """For the reader's calendar: its text (RFC 5545), and its method, which the mail names as well (RFC 6047)."""

    method: str
    calendar: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom, to whom, when. `message_id` is made (by `message_id_for`) before the mail is sent."""

    sender: Contact
    recipient: Contact
    reply_to: Contact
    message_id: str
    date: datetime
    locale: str = "en"


def message_id_for(sender: str) -> str:
    """A new Message-ID under the domain of the sender's address."""
    return f"<{uuid4().hex}@{wire_address(sender).rpartition('@')[2]}>"


def message_of(
    key: MessageKey,
    envelope: Envelope,
    rendered: Rendered,
    attachments: Sequence[Attachment] = (),
    state: MessageState = MessageState.APPROVED,
    invitation: Invitation | None = None,
) -> Message:
    """The mail as the outbox keeps it; the hash is of the whole message, so what was approved is what goes out."""
    source = compose(rendered, envelope, attachments, invitation)
    digest = hashlib.sha256(source).hexdigest()
    return Message(key, envelope.message_id, _one_line(rendered.subject, _SUBJECT_LIMIT), source, digest, state, "")


def compose(
    rendered: Rendered,
    envelope: Envelope,
    attachments: Sequence[Attachment] = (),
    invitation: Invitation | None = None,
) -> bytes:
    """Lines end in CRLF and are short. The same arguments give the same bytes. Raises `BadAddress`."""
    mail = EmailMessage(policy=_POLICY)
    _address(mail, envelope)
    mail["Subject"] = _one_line(rendered.subject, _SUBJECT_LIMIT)
    mail.set_content(_body(rendered.text))
    mail.add_alternative(_body(rendered.html), subtype="html")
    if invitation is not None:
        _invite(mail, invitation)
    for attachment in attachments:
        main, _, sub = attachment.media_type.partition("/")
        name = _one_line(attachment.name, _NAME_LIMIT).translate(_NOT_IN_FILE_NAMES)
        mail.add_attachment(attachment.content, maintype=main, subtype=sub, filename=name or "attachment")
    # Last, for what is named Content-… before goes to the first part.
    mail["Content-Language"] = envelope.locale.replace("_", "-")
    _set_boundaries(mail, envelope.message_id)
    return mail.as_bytes()


def _invite(mail: EmailMessage, invitation: Invitation) -> None:
    """The last alternative, which calendars of mail programs look for; and a file for those that know none."""
    calendar = invitation.calendar.replace("\r\n", "\n")
    mail.add_alternative(calendar, subtype="calendar", params={"method": invitation.method})
    content = invitation.calendar.encode("utf-8")
    mail.add_attachment(content, maintype="application", subtype="ics", filename="invite.ics")


def _address(mail: EmailMessage, envelope: Envelope) -> None:
    for header, contact in (("From", envelope.sender), ("To", envelope.recipient), ("Reply-To", envelope.reply_to)):
        _name_mailbox(mail, header, _mailbox(contact))
    mail["Date"] = envelope.date
    mail["Message-ID"] = envelope.message_id
    mail["Auto-Submitted"] = "auto-generated"


def _name_mailbox(mail: EmailMessage, header: str, mailbox: Address) -> None:
    """A long name outside ASCII is folded here: the policy's own folding puts spaces into the words."""
    if mailbox.display_name.isascii():
        mail[header] = mailbox
    else:
        name = Header(mailbox.display_name, "utf-8", header_name=header).encode(linesep="\r\n")
        mail.set_raw(header, f"{name}\r\n <{mailbox.addr_spec}>")


def _mailbox(contact: Contact) -> Address:
    return Address(_one_line(contact.name, _NAME_LIMIT), addr_spec=wire_address(contact.email))


def _one_line(text: str, limit: int) -> str:
    """Fit for a header: one line, no control characters, nothing that a mail program would decode or turn around."""
    kept = "".join(c for c in _encodable(text) if c not in _TURNS_TEXT_AROUND)
    spaced = "".join(" " if unicodedata.category(c) == "Cc" else c for c in kept)
    line = " ".join(spaced.split()).replace("=?", "= ?")  # "=?" begins an encoded word, which may hold a newline
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _body(text: str) -> str:
    lines = _encodable(text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) != "Cc")


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _set_boundaries(mail: EmailMessage, message_id: str) -> None:
    """Drawn from the Message-ID, not from chance. "=_" occurs neither in base64 nor in quoted-printable."""
    for place, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary("=_" + hashlib.sha256(f"{place} {message_id}".encode()).hexdigest()[:32])
