"""One mail of the outbox: written where a person can open it, and handed over where there is a mail server."""

from __future__ import annotations

from clientdesk.ports import Message, MessageState
from clientdesk.steps.delivery import deliver
from clientdesk.steps.desk import Desk


def deliver_mail(desk: Desk, message: str) -> Message:
    """Write the mail's file, then hand it over, once; without a mail server it stays in the folder."""
    now = desk.clock.now()
    desk.outbox.file(desk.store.message(message), now)
    return deliver(desk.store, desk.mailer, message, now)


def in_a_word(desk: Desk, mail: Message) -> str:
    """How it stands with the mail, for the progress display."""
    if mail.state is MessageState.APPROVED and not desk.mailer.is_configured:
        return "in the outbox; no mail server is set"
    return f"{mail.state.value}: {mail.detail}" if mail.detail else mail.state.value
