"""The business records: each method is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from clientdesk.audit.report import AuditReport, SignOff
from clientdesk.domain.capacity import Room
from clientdesk.domain.intake import IntroCall
from clientdesk.domain.maintenance import Window
from clientdesk.domain.proposal import Proposal, ProposalState
from clientdesk.ports.mail import Message, MessageKey, MessageMove, MessageState
from clientdesk.ports.records import (
    Acceptance,
    Accepted,
    ActualRecord,
    AuditRecord,
    Booking,
    ClientRecord,
    HeldWindow,
    ProposalMove,
    ProposalRecord,
    Published,
)


class Store(Protocol):
    """The business records. Each method is one transaction: it happens whole or not at all.

    Instants are aware; ids are opaque text; an id that is not there raises `UnknownRecord` (a `Refusal`).
    """

    def register(self, call: IntroCall, now: datetime) -> ClientRecord:
        """Keep the call. A client known by `client_key` is updated (contacts and repositories are added to)."""

    def client(self, client: str) -> ClientRecord: ...

    def clients(self) -> tuple[ClientRecord, ...]:
        """In order of their names."""

    def latest_call(self, client: str) -> IntroCall: ...

    def keep_audit(self, client: str, report: AuditReport, document: str, sha256: str, audit: str = "") -> AuditRecord:
        """Record an audit whose JSON is in the document store; the same `sha256` again is the same record.

        So is the same `audit`, the id that it shall have ("" for any), whatever is in it then.
        """

    def audit(self, audit: str) -> AuditRecord: ...

    def audits_of(self, client: str) -> tuple[AuditRecord, ...]:
        """Newest first."""

    def sign_off(self, audit: str, sign_off: SignOff) -> None:
        """Keep who answers for the audit; earlier ones are kept too, and the same one again changes nothing."""

    def hold_window(
        self, client: str, candidates: Sequence[Window], room: Room, until: datetime, now: datetime
    ) -> HeldWindow:
        """Hold the first candidate whose day has room. A live hold of this client is returned instead of a second.

        Raises `NoFreeWindow` (a `Refusal`) if none has room.
        """

    def draft(self, client: str, proposal: Proposal, basis: str, document: str) -> ProposalRecord:
        """Keep a draft. One of the same client and basis that is still open (draft to sent) is returned instead."""

    def revise(
        self, parent: str, proposal: Proposal, basis: str, document: str, by: str, at: datetime, why: str
    ) -> ProposalRecord:
        """Keep a draft that revises `parent`; one of this basis that is still open is returned instead.

        A parent that was never sent is withdrawn; one that was is superseded when the revision is sent. Raises
        `IllegalMove` where none can follow the parent.
        """

    def proposal(self, proposal: str) -> ProposalRecord: ...

    def proposals(self, *states: ProposalState) -> tuple[ProposalRecord, ...]:
        """Of all clients, newest first; all states if none is named."""

    def proposals_of(self, client: str) -> tuple[ProposalRecord, ...]:
        """Newest first."""

    def moves_of(self, proposal: str) -> tuple[ProposalMove, ...]:
        """Oldest first."""

    def move(
        self,
        proposal: str,
        to: ProposalState,
        by: str,
        at: datetime,
        why: str = "",
        mail: Message | None = None,
    ) -> ProposalRecord:
        """Change the state, keeping who, when and why, and put `mail` into the outbox; raises `IllegalMove`.

        Not for `SENT` and `ACCEPTED`: those are `send` and `accept`. Mails about a proposal that is no longer on offer
        (accepted, withdrawn, declined, expired, superseded) and have not gone out are rejected, with the reason; unless
        it was accepted, the window it offered is free again.
        """

    def send(
        self, proposal: str, by: str, at: datetime, year: int, publish: Callable[[str], Published]
    ) -> ProposalRecord:
        """Allocate the number, publish under it, record PDF and message, become `SENT`: all or nothing.

        `publish` gets the number. If it raises, the number is free again. It runs while the records are locked: it may
        read them but must not write them. A client's proposal that was sent before
        and is still open is superseded, as is the one that this revises, and the new one takes its number with the
        next `-R`. One already sent is returned as it is, and `publish` is not called.
        """

    def accept(
        self,
        proposal: str,
        acceptance: Acceptance,
        booking: Booking,
        zone: str,
        confirm: Callable[[Accepted], Message],
    ) -> Accepted:
        """Become `ACCEPTED`, book the first window and put the confirmation into the outbox: all or nothing.

        The offered window is booked while its hold lives, else the first candidate with room; no room at all does not
        undo the acceptance. Raises `IllegalMove`, `NoLongerValid` where it was given
        after the last day (in `zone`), and `AnotherDocument` where the hash is not that of the PDF sent.
        """

    def accepted(self, proposal: str) -> Accepted | None:
        """What is kept of the acceptance; None if there was none."""

    def keep_actual(self, actual: ActualRecord) -> None:
        """Record hours spent; an earlier record of the same work stays below it."""

    def actuals(self) -> tuple[ActualRecord, ...]:
        """The latest of each work item, oldest first."""

    def add_message(self, message: Message, now: datetime) -> Message:
        """Put a mail into the outbox; the one that has this key already is returned instead."""

    def message(self, message: str) -> Message: ...

    def messages(self, *states: MessageState) -> tuple[Message, ...]:
        """Oldest first; all states if none is named."""

    def message_for(self, key: MessageKey) -> Message | None: ...

    def told(self, keys: Collection[str]) -> Mapping[str, datetime]:
        """When the team was told of each of these last; what it was never told of is missing."""

    def tell(self, keys: Collection[str], at: datetime) -> None:
        """Keep that the team was told of these at `at`; an earlier instant changes nothing."""

    def message_known_as(self, message_id: str) -> Message | None:
        """By its Message-ID header, with the angle brackets."""

    def message_moves(self, message: str) -> tuple[MessageMove, ...]:
        """Oldest first."""

    def claim(self, message: str, now: datetime) -> Message | None:
        """Take an approved or retryable message for sending; None if another sender has it or it has gone."""

    def settle(
        self,
        message: str,
        state: MessageState,
        detail: str,
        now: datetime,
        *,
        retry_at: datetime | None = None,
        attempt: int | None = None,
    ) -> Message:
        """Record how an attempt ended, or what a person found out about it; raises `IllegalMove`.

        `retry_at` belongs to RETRYABLE. With `attempt` (the number that `claim` gave) the word of an attempt that is
        no longer the latest changes nothing. The same state again changes nothing either.
        """
