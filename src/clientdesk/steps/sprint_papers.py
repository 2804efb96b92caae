"""What a sprint's sheet and its outcome report have in common: printed under one name, mailed once to each reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from clientdesk.ports.documents import Attachment
from clientdesk.ports.mail import Message, MessageKey, MessageState
from clientdesk.ports.sprints import SprintRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.mailing import mail_to_client, mail_to_team

# Of the place where the paper lies, for the team; of "" for the client, who has it in the mail. Asked for only where
# the mail is not in the outbox yet: to know a sprint's facts means to read its audits.
Letter = Callable[[str], Mapping[str, object]]


def printed(
    desk: Desk, sprint: SprintRecord, kind: str, document: str, view: Mapping[str, object], made_at: datetime
) -> str:
    """As PDF and as page; returns the PDF's name, which tells day, client, window and `kind`."""
    day = desk.windows.window(sprint.window).window.day
    name = f"sprints/{day}-{sprint.client[:8]}-{sprint.window[:8]}-{kind}"
    desk.documents.put(f"{name}.pdf", desk.press.pdf(document, view, made_at))
    desk.documents.put(f"{name}.html", desk.press.html(document, view).encode())
    return f"{name}.pdf"


def mailed(
    desk: Desk, sprint: SprintRecord, purpose: str, letter: Letter, name: str, state: MessageState
) -> tuple[Message, Message]:
    """The PDF `name` to the client, in a mail that begins as `state`, and to the team where it lies.

    Mails that are in the outbox already are returned instead.
    """
    return _to_client(desk, sprint, purpose, letter, name, state), _to_team(desk, sprint, purpose, letter, name)


def _to_client(
    desk: Desk, sprint: SprintRecord, purpose: str, letter: Letter, name: str, state: MessageState
) -> Message:
    call = desk.store.latest_call(sprint.client)
    key = _key(sprint, call.contacts[0].email, purpose)
    known = desk.store.message_for(key)
    if known is not None:
        return known
    attached = Attachment(name.rpartition("/")[2], desk.documents.get(name), "application/pdf")
    rendered = desk.press.email(purpose, letter(""))
    mail = mail_to_client(desk, call, key, rendered, (attached,), state=state)
    return desk.store.add_message(mail, desk.clock.now())


def _to_team(desk: Desk, sprint: SprintRecord, purpose: str, letter: Letter, name: str) -> Message:
    key = _key(sprint, desk.agency.seller.email, f"{purpose}-team")
    known = desk.store.message_for(key)
    if known is not None:
        return known
    rendered = desk.press.email(purpose, letter(desk.documents.place(name)))
    return desk.store.add_message(mail_to_team(desk, key, rendered), desk.clock.now())


def _key(sprint: SprintRecord, recipient: str, purpose: str) -> MessageKey:
    return MessageKey(f"sprint:{sprint.window}", "1", recipient, purpose)
