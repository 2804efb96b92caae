"""A mail of the agency's, addressed and dated: to a client's first contact, or to the team itself."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from clientdesk.domain.intake import Contact, IntroCall
from clientdesk.ports.documents import Attachment, Rendered
from clientdesk.ports.mail import Message, MessageKey, MessageState
from clientdesk.steps.desk import Desk
from clientdesk.steps.message import Envelope, Invitation, message_id_for, message_of


def mail_to_client(
    desk: Desk,
    call: IntroCall,
    key: MessageKey,
    letter: Rendered,
    attachments: Sequence[Attachment] = (),
    state: MessageState = MessageState.APPROVED,
    invitation: Invitation | None = None,
) -> Message:
    """The letter as a whole message, in the client's language; it is not in the outbox yet."""
    return message_of(key, _envelope(desk, call.contacts[0], call.locale), letter, attachments, state, invitation)


def mail_to_team(desk: Desk, key: MessageKey, letter: Rendered, recipient: Contact | None = None) -> Message:
    """To the agency's own address, or to one of its people; nobody needs to approve that."""
    recipient = recipient or Contact(desk.agency.proposals.engineer, desk.agency.seller.email)
    return message_of(key, _envelope(desk, recipient, desk.agency.proposals.locale), letter)


def _envelope(desk: Desk, recipient: Contact, locale: str) -> Envelope:
    seller = desk.agency.seller
    sender = Contact(seller.name, seller.email)
    return Envelope(
        sender=sender,
        recipient=recipient,
        reply_to=sender,
        message_id=message_id_for(seller.email),
        date=desk.clock.now().astimezone(ZoneInfo(desk.agency.office_hours.zone)),
        locale=locale,
    )
