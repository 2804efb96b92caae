"""The few things asked of the outside world. Each has a real adapter and a fake that passes the same tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from clientdesk.audit.report import AuditReport, SignOff
from clientdesk.audit.repository import Repository
from clientdesk.domain.intake import Contact, IntroCall, RepositoryAddress, Sanity
from clientdesk.domain.maintenance import Window
from clientdesk.domain.proposal import Proposal, ProposalState
from clientdesk.domain.refusal import Refusal


@dataclass(frozen=True, slots=True)
class CheckoutRef:
    """A clone on this machine: what travels between tasks instead of the repository itself."""

    folder: str
    address: str
    ref: str
    commit: str


class Unreachable(Refusal):
    """The far side did not answer: trying again may help."""


class Checkouts(Protocol):
    """Where code comes from."""

    def fetch(self, repository: RepositoryAddress, *, history: bool = True) -> CheckoutRef:
        """Clone into a folder of its own; raises a `Refusal` that says what to do, and leaves no folder behind."""

    def open(self, checkout: CheckoutRef) -> Repository:
        """The repository of a clone; the same object for the same clone, so that tools run once."""

    def discard(self, checkout: CheckoutRef) -> None:
        """Remove the clone; no error when it is gone already."""

    def look(self, repository: RepositoryAddress) -> Sanity:
        """The quick look of the intro call; never raises for a bad address: `problem` says what is wrong."""


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


@dataclass(frozen=True, slots=True)
class ClientRecord:
    id: str
    company: str
    contacts: tuple[Contact, ...]
    repositories: tuple[RepositoryAddress, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """An audit kept. `document` names its JSON in the document store; `sign_off` is the latest."""

    id: str
    client: str
    repository: str
    commit: str
    audited_at: datetime
    document: str
    sha256: str
    sign_off: SignOff | None = None


@dataclass(frozen=True, slots=True)
class ProposalRecord:
    """A proposal kept. `basis` is the hash of what it rests on: equal basis, equal offer.

    `parent` is the proposal that this one revises ("": none).
    """

    id: str
    client: str
    state: ProposalState
    number: str
    revision: int
    basis: str
    drafted_on: date
    valid_until: date
    document: str
    pdf: str
    pdf_sha256: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class ProposalMove:
    """One change of a proposal's state: who, when, why."""

    before: ProposalState
    after: ProposalState
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class HeldWindow:
    """`proposal` is "" until one that offers this window is drafted."""

    id: str
    client: str
    proposal: str
    window: Window
    held_until: datetime


@dataclass(frozen=True, slots=True)
class BookedWindow:
    id: str
    client: str
    proposal: str
    window: Window


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The client's yes: who gave it, when, how, and on whose evidence.

    `evidence` are their words, or the name of a file in the document store, with `evidence_sha256` its hash ("" for
    words). `pdf_sha256` is the hash of the PDF they accepted. `recorded_by` put it down here.
    """

    by: str
    at: datetime
    how: str
    evidence: str
    evidence_sha256: str
    pdf_sha256: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Booking:
    """What acceptance books: the window offered while it is held, else the first candidate with room.

    `hours` and `capacity` are person-hours per day.
    """

    offered: Window
    candidates: tuple[Window, ...]
    hours: float
    capacity: float


@dataclass(frozen=True, slots=True)
class Accepted:
    """A proposal accepted. `window` None: none was free, and `window_note` says so."""

    proposal: ProposalRecord
    acceptance: Acceptance
    window: BookedWindow | None
    window_note: str


@dataclass(frozen=True, slots=True)
class ActualRecord:
    """Hours spent on a closed work item of a proposal. The latest per proposal, `key` and `cause` counts.

    `likely` are the hours that the effort rule `key` gave by itself.
    """

    proposal: str
    key: str
    cause: str
    title: str
    likely: Decimal
    spent: Decimal
    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """What sending a proposal produced: its PDF in the document store, and the mail that carries it."""

    pdf: str
    pdf_sha256: str
    message: Message


class UnknownRecord(Refusal):
    """No record has this id."""


class NoFreeWindow(Refusal):
    """None of the days asked for has room."""


class AnotherDocument(Refusal):
    """What was accepted is not the document that was sent."""


class StoreUnavailable(Refusal):
    """The business records can't be read or written now: busy, disk full, no server, not migrated."""


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

    def keep_audit(self, client: str, report: AuditReport, document: str, sha256: str) -> AuditRecord:
        """Record an audit whose JSON is in the document store; the same `sha256` again is the same record."""

    def audit(self, audit: str) -> AuditRecord: ...

    def audits_of(self, client: str) -> tuple[AuditRecord, ...]:
        """Newest first."""

    def sign_off(self, audit: str, sign_off: SignOff) -> None:
        """Keep who answers for the audit; earlier ones are kept too, and the same one again changes nothing."""

    def hold_window(
        self, client: str, candidates: Sequence[Window], hours: float, capacity: float, until: datetime, now: datetime
    ) -> HeldWindow:
        """Hold the first candidate whose day has room. A live hold of this client is returned instead of a second.

        `hours` and `capacity` are person-hours per day. Raises `NoFreeWindow` (a `Refusal`) if none has room.
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


class BadDocumentName(Refusal):
    """A name that leaves the document store, or can't be a file on every system."""


class UnknownDocument(Refusal):
    """Nothing is kept under this name."""


class DocumentNotKept(Refusal):
    """A document can't be written (or read) now; what was there before is still there."""


class Documents(Protocol):
    """The document store: bytes under names with slashes. A name is written whole or not at all.

    Every method raises `BadDocumentName` for a name like "../x", "/x" or one with control characters.
    """

    def put(self, name: str, content: bytes) -> str:
        """Write, replacing; returns the place a person can open. Raises `DocumentNotKept`, as on a full disk."""

    def get(self, name: str) -> bytes:
        """Raises `UnknownDocument`."""

    def place(self, name: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a PDF or a mail."""

    name: str
    content: bytes
    media_type: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail's three parts."""

    subject: str
    text: str
    html: str


class Press(Protocol):
    """Turns views into documents. `document` and `email` name folders of report_templates/."""

    def html(self, document: str, view: Mapping[str, object]) -> str:
        """One self-contained page."""

    def pdf(
        self, document: str, view: Mapping[str, object], made_at: datetime, attachments: Sequence[Attachment] = ()
    ) -> bytes:
        """The same view and `made_at` give the same bytes. Raises a `Refusal` if the native libraries are missing."""

    def email(self, email: str, view: Mapping[str, object]) -> Rendered: ...


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
    """Where delivery reports arrive: a folder, a mailbox. Reading them changes nothing there."""

    def notices(self) -> Sequence[BounceNotice]:
        """One for each recipient a report names; mails that are no reports are left out. Raises `NoReports`."""


class Outbox(Protocol):
    """A folder where each mail lies as a file that a mail program opens."""

    def file(self, message: Message, at: datetime) -> str:
        """Write the mail as a complete .eml; the same mail again is the same file. Returns its place."""


@dataclass(slots=True)
class Ending:
    """How a step ends: call it with the word to show; `is_good` is false where something could not be done."""

    word: str = "done"
    is_good: bool = True

    def __call__(self, word: str, *, is_good: bool = True) -> None:
        self.word, self.is_good = word, is_good


class Progress(Protocol):
    """What is going on right now, for whoever watches."""

    def step(self, title: str) -> AbstractContextManager[Ending]:
        """A step that begins, and ends as its `Ending` says."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, and their words."""

    is_yes: bool
    by: str
    words: str = ""


class Decisions(Protocol):
    """Asks the person who decides. `facts` are lines to show; `documents` are places they can open."""

    def sign_off(self, facts: Sequence[str], documents: Sequence[str]) -> Decision:
        """The engineer: is the audit right?"""

    def approve(self, facts: Sequence[str], documents: Sequence[str]) -> Decision:
        """The account lead: shall the proposal go out?"""


class Holidays(Protocol):
    def is_holiday(self, day: date) -> bool: ...


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware, UTC."""
