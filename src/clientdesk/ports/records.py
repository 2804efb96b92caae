"""What the store keeps, as values, and the words with which it refuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from clientdesk.audit.report import SignOff
from clientdesk.domain.capacity import Room
from clientdesk.domain.intake import Contact, RepositoryAddress
from clientdesk.domain.maintenance import Window
from clientdesk.domain.proposal import ProposalState
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.mail import Message


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
    """`uid` is what calendars know it by."""

    id: str
    client: str
    proposal: str
    window: Window
    uid: str


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

    The windows that follow are reckoned from its nominal day, the `weekday` (Monday = 0) on or before it.
    `retainer_hours` a month, 0 without a retainer, decide how many they are.
    """

    offered: Window
    candidates: tuple[Window, ...]
    room: Room
    weekday: int
    retainer_hours: int = 0


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
