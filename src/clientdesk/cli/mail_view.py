"""A mail as the terminal shows it: its headers, its text, what is attached, what happened to it."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from clientdesk.documents.client_text import code_lines
from clientdesk.documents.proposal_text import fact
from clientdesk.steps.looking_up import short
from clientdesk.steps.outbox import in_a_word
from clientdesk.wiring import desk

if TYPE_CHECKING:
    from clientdesk.ports.mail import Message

_LINES, _WIDTH = 200, 200


def shown(mail: Message, place: str) -> Iterator[str]:
    """The text part whole; the HTML is in the file, for a mail program."""
    parsed = message_from_bytes(mail.source, policy=policy.default)
    yield fact(short(mail.id), in_a_word(desk(), mail))
    for header in ("From", "To", "Reply-To", "Date", "Subject", "Message-ID"):
        yield fact(header, str(parsed[header] or ""))
    for part in parsed.iter_attachments():
        yield fact("Attached", f"{part.get_filename()}, {len(part.get_payload(decode=True) or b'')} bytes")
    yield fact("SHA-256", mail.sha256)
    yield fact("File", place)
    body = parsed.get_body(("plain",))
    yield from ("", code_lines(str(body.get_content()) if body else "", _LINES, _WIDTH), "")
    for move in desk().store.message_moves(mail.id):
        yield fact(f"  {move.after.value}", f"{move.at:%Y-%m-%d %H:%M} UTC{f', {move.detail}' if move.detail else ''}")
