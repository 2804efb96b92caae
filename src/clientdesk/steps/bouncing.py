"""Delivery reports matched to our mails: one that came back is marked as bounced, whoever wrote the report."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from clientdesk.domain.proposal import IllegalMove
from clientdesk.ports.mail import MESSAGE_MOVES, BounceNotice, DeliveryAction, Message, MessageState
from clientdesk.steps.desk import Desk


@dataclass(frozen=True, slots=True)
class Bounces:
    """What the reports came to. `delayed` are still on their way; `unmatched` are about mails that are not ours."""

    bounced: tuple[Message, ...]
    known: tuple[Message, ...]
    delayed: tuple[Message, ...]
    unmatched: tuple[BounceNotice, ...]


def record_bounces(desk: Desk, notices: Sequence[BounceNotice]) -> Bounces:
    """Mark what came back; the same reports again change nothing."""
    bounced: list[Message] = []
    known: list[Message] = []
    delayed: list[Message] = []
    unmatched: list[BounceNotice] = []
    for notice in notices:
        mail = _mail_of(desk, notice)
        if mail is None:
            unmatched.append(notice)
        elif notice.action is DeliveryAction.DELAYED:
            delayed.append(mail)
        elif notice.action is DeliveryAction.FAILED:
            marked = _marked(desk, mail, notice)
            (bounced if marked is not None else known).append(marked or mail)
    return Bounces(tuple(bounced), tuple(known), tuple(delayed), tuple(unmatched))


def _mail_of(desk: Desk, notice: BounceNotice) -> Message | None:
    """Ours by its Message-ID, which nobody guesses and which has one recipient. Theirs may have been forwarded."""
    found = (desk.store.message_known_as(message_id) for message_id in notice.message_ids)
    return next((mail for mail in found if mail is not None), None)


def _marked(desk: Desk, mail: Message, notice: BounceNotice) -> Message | None:
    """None where the mail can't have bounced: it is marked already, or has not gone out."""
    if MessageState.BOUNCED not in MESSAGE_MOVES[mail.state]:
        return None
    to = f"for {notice.recipient}:" if notice.recipient.casefold() != mail.key.recipient.casefold() else ""
    words = " ".join(filter(None, (to, notice.status, notice.diagnostic))) or "no reason given"
    with suppress(IllegalMove):  # settled otherwise between the look and the move
        return desk.store.settle(mail.id, MessageState.BOUNCED, f"{words} (report: {notice.place})", desk.clock.now())
    return None
