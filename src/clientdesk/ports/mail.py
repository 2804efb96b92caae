"""Mails: their life in the outbox, and the servers and folders they go through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from clientdesk.domain.refusal import Refusal
from clientdesk.ports.invitations import InvitationReply


class MessageState(StrEnum):
    """The life of one mail; `uncertain` waits for a person and is never sent again by itself."""

    DRAFT = "draft"
    PREVIEWED = "previewed"
    APPROVED = "approved"
    SENDING = "sending"
    SENT = "sent"
    RETRYABLE = "retryable"
    UNCERTAIN = "uncertain"
    REJECTED = "rejected"
    BOUNCED = "bounced"


_M = MessageState


MESSAGE_MOVES: Mapping[MessageState, frozenset[MessageState]] = {
    _M.DRAFT: frozenset({_M.PREVIEWED, _M.APPROVED, _M.REJECTED}),
    _M.PREVIEWED: frozenset({_M.DRAFT, _M.APPROVED, _M.REJECTED}),
    _M.APPROVED: frozenset({_M.SENDING, _M.REJECTED}),
    _M.SENDING: frozenset({_M.SENT, _M.RETRYABLE, _M.UNCERTAIN, _M.REJECTED}),
    _M.SENT: frozenset({_M.BOUNCED}),
    _M.RETRYABLE: frozenset({_M.SENDING, _M.REJECTED}),
    _M.UNCERTAIN: frozenset({_M.SENT, _M.RETRYABLE, _M.REJECTED, _M.BOUNCED}),
    _M.REJECTED: frozenset({_M.RETRYABLE}),
    _M.BOUNCED: frozenset(),
}


# Mails that have not gone out, and that no sender has in hand.
UNSENT = frozenset({_M.DRAFT, _M.PREVIEWED, _M.APPROVED, _M.RETRYABLE})


@dataclass(frozen=True, slots=True)
class MessageKey:
    """There is one message per key, whatever is retried. `document` is `about_proposal(id)` where one is meant."""

    document: str
    version: str
    recipient: str
    purpose: str


def about_proposal(proposal: str) -> str:
    """The `document` of every mail about a proposal: the store holds them back when it is no longer on offer."""
    return f"proposal:{proposal}"


@dataclass(frozen=True, slots=True)
class Message:
    """A mail in the outbox. `source` is the whole message as it goes over the wire; `sha256` its hash.

    `attempts` counts the claims, `since` is when it came into its state, `retry_at` when a retryable one is due again
    (None: only when a person says so). The store sets the four from `id` on.
    """

    key: MessageKey
    message_id: str
    subject: str
    source: bytes
    sha256: str
    state: MessageState
    detail: str
    id: str = ""
    attempts: int = 0
    since: datetime | None = None
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MessageMove:
    """One change of a mail's state: when, and who or what did it in which words."""

    before: MessageState
    after: MessageState
    at: datetime
    detail: str


class Undelivered(Exception):
    """A mail was not handed over; `state` is RETRYABLE, UNCERTAIN or REJECTED, and the message says why."""

    def __init__(self, state: MessageState, detail: str) -> None:
        super().__init__(detail)
        self.state = state
        self.detail = detail


class Mailer(Protocol):
    """Hands a finished message over, once. Raises `Undelivered`; returns the server's answer."""

    @property
    def is_configured(self) -> bool:
        """False where there is no server: messages stay in the outbox folder."""

    def deliver(self, message: Message) -> str: ...


class DeliveryAction(StrEnum):
    """What a mail server reports about a mail it took (RFC 3464)."""

    FAILED = "failed"
    DELAYED = "delayed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class BounceNotice:
    """What a delivery report says, all of it by strangers: printable, short, to be matched and not believed.

    `message_ids` are those it may be about, the likeliest first; `recipient` "" where it names none.
    """

    place: str
    action: DeliveryAction
    message_ids: tuple[str, ...]
    recipient: str
    status: str
    diagnostic: str


class NoReports(Refusal):
    """The place where delivery reports arrive can't be read."""


class Reports(Protocol):
    """Where delivery reports and answers arrive: a folder, a mailbox. Reading them changes nothing there."""

    def notices(self) -> Sequence[BounceNotice]:
        """One for each recipient a report names; mails that are no reports are left out. Raises `NoReports`."""

    def replies(self) -> Sequence[InvitationReply]:
        """What calendars answered to invitations; mails that are no such answer are left out. Raises `NoReports`."""


class Outbox(Protocol):
    """A folder where each mail lies as a file that a mail program opens."""

    def file(self, message: Message, at: datetime) -> str:
        """Write the mail as a complete .eml; the same mail again is the same file. Returns its place."""
