"""The tables of the business records, and how instants are kept in them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

from sqlalchemy import DateTime, Dialect, ForeignKey, Index, LargeBinary, MetaData, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

# Constraints need names, or SQLite's tables can't be altered by a later migration.
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_STILL_OPEN = text("state IN ('draft', 'in_review', 'approved', 'sent')")


class Instant(TypeDecorator[datetime]):
    """An instant, in UTC on both sides; one without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"{value} has no time zone: an instant needs one")
        utc = value.astimezone(UTC)
        # SQLite keeps no zone; of equal length and zone, its texts compare as the instants do.
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Row(DeclarativeBase):
    """`entry` is the order of arrival and stays inside; `id` is what others know."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {str: Text(), datetime: Instant(), bytes: LargeBinary()}  # noqa: RUF012  # SQLAlchemy reads it so


def new_id() -> str:
    return uuid4().hex


class ClientRow(Row):
    __tablename__ = "clients"
    entry: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    company: Mapped[str]
    registered_at: Mapped[datetime]


class ContactRow(Row):
    __tablename__ = "contacts"
    __table_args__ = (UniqueConstraint("client", "key"),)
    entry: Mapped[int] = mapped_column(primary_key=True)
    client: Mapped[str] = mapped_column(ForeignKey("clients.id"))
    key: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]


class RepositoryRow(Row):
    __tablename__ = "repositories"
    __table_args__ = (UniqueConstraint("client", "address", "ref"),)
    entry: Mapped[int] = mapped_column(primary_key=True)
    client: Mapped[str] = mapped_column(ForeignKey("clients.id"))
    address: Mapped[str]
    ref: Mapped[str]
    credential: Mapped[str] = mapped_column(server_default="")


class CallRow(Row):
    """`content` is the call as documents/archive.py writes it."""

    __tablename__ = "calls"
    entry: Mapped[int] = mapped_column(primary_key=True)
    client: Mapped[str] = mapped_column(ForeignKey("clients.id"), index=True)
    at: Mapped[datetime]
    content: Mapped[bytes]


class AuditRow(Row):
    __tablename__ = "audits"
    __table_args__ = (UniqueConstraint("client", "sha256"),)
    entry: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True, default=new_id)
    client: Mapped[str] = mapped_column(ForeignKey("clients.id"))
    repository: Mapped[str]
    commit: Mapped[str]
    audited_at: Mapped[datetime]
    document: Mapped[str]
    sha256: Mapped[str]


class SignOffRow(Row):
    """`judgements` is a JSON list of finding, before, after, why; "" for none."""

    __tablename__ = "sign_offs"
    entry: Mapped[int] = mapped_column(primary_key=True)
    audit: Mapped[str] = mapped_column(ForeignKey("audits.id"), index=True)
    engineer: Mapped[str]
    at: Mapped[datetime]
    notes: Mapped[str]
    judgements: Mapped[str] = mapped_column(default="")


class ProposalRow(Row):
    """`number`, `year` and `serial` are empty until it is sent. `parent` is what it revises."""

    __tablename__ = "proposals"
    __table_args__ = (
        UniqueConstraint("year", "serial", "revision"),
        Index(
            "uq_proposals_open_basis",
            "client",
            "basis",
            unique=True,
            sqlite_where=_STILL_OPEN,
            postgresql_where=_STILL_OPEN,
        ),
    )
    entry: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True, default=new_id)
    client: Mapped[str] = mapped_column(ForeignKey("clients.id"), index=True)
    state: Mapped[str]
    number: Mapped[str | None] = mapped_column(unique=True)
    year: Mapped[int | None]
    serial: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=1)
    basis: Mapped[str]
    drafted_on: Mapped[date]
    valid_until: Mapped[date]
    document: Mapped[str]
    pdf: Mapped[str] = mapped_column(default="")
    pdf_sha256: Mapped[str] = mapped_column(default="")
    parent: Mapped[str | None] = mapped_column(ForeignKey("proposals.id"))


class ProposalAuditRow(Row):
    """Which audits a proposal rests on."""

    __tablename__ = "proposal_audits"
    proposal: Mapped[str] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    audit: Mapped[str] = mapped_column(ForeignKey("audits.id"), primary_key=True)


class ProposalMoveRow(Row):
    __tablename__ = "proposal_moves"
    entry: Mapped[int] = mapped_column(primary_key=True)
    proposal: Mapped[str] = mapped_column(ForeignKey("proposals.id"), index=True)
    before: Mapped[str]
    after: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    why: Mapped[str]


class WindowRow(Row):
    """A day's maintenance window. It takes room while it is held until an instant to come, and from booked to closed.

    `slot` is empty while it is held. `uid` and `sequence` are what calendars know it by.
    """

    __tablename__ = "windows"
    __table_args__ = (
        Index("uq_windows_uid", "uid", unique=True),
        Index("uq_windows_slot", "proposal", "slot", unique=True),
        Index("ix_windows_state", "state", "starts_at"),
    )
    entry: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True, default=new_id)
    client: Mapped[str] = mapped_column(ForeignKey("clients.id"), index=True)
    proposal: Mapped[str | None] = mapped_column(ForeignKey("proposals.id"))
    state: Mapped[str]
    day: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    minutes: Mapped[int]
    held_until: Mapped[datetime]
    uid: Mapped[str]
    sequence: Mapped[int] = mapped_column(default=0)
    slot: Mapped[str | None]
    nominal: Mapped[date]


class WindowMoveRow(Row):
    """`was` is empty where the window had no day before."""

    __tablename__ = "window_moves"
    entry: Mapped[int] = mapped_column(primary_key=True)
    window: Mapped[str] = mapped_column(ForeignKey("windows.id"), index=True)
    before: Mapped[str]
    after: Mapped[str]
    was: Mapped[date | None]
    day: Mapped[date]
    by: Mapped[str]
    at: Mapped[datetime]
    why: Mapped[str]


class AgreementRow(Row):
    """What an accepted proposal promises: windows from the anchor on, until it ends. The latest of a client counts."""

    __tablename__ = "agreements"
    entry: Mapped[int] = mapped_column(primary_key=True)
    proposal: Mapped[str] = mapped_column(ForeignKey("proposals.id"), unique=True)
    client: Mapped[str] = mapped_column(ForeignKey("clients.id"), index=True)
    since: Mapped[date]
    anchor: Mapped[date | None]
    retainer_hours: Mapped[int | None]
    ends_on: Mapped[date | None]
    ended_by: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    end_why: Mapped[str] = mapped_column(default="")


class AbsenceRow(Row):
    """Somebody is away from `first` to `last`, both included."""

    __tablename__ = "absences"
    __table_args__ = (UniqueConstraint("person", "first", "last", "is_half"),)
    entry: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True, default=new_id)
    person: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]
    is_half: Mapped[bool]
    why: Mapped[str]


class AcceptanceRow(Row):
    """The client's yes. `window` is empty where none was free; `window_note` says so."""

    __tablename__ = "acceptances"
    entry: Mapped[int] = mapped_column(primary_key=True)
    proposal: Mapped[str] = mapped_column(ForeignKey("proposals.id"), unique=True)
    by: Mapped[str]
    at: Mapped[datetime]
    how: Mapped[str]
    evidence: Mapped[str]
    evidence_sha256: Mapped[str]
    pdf_sha256: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
    window: Mapped[str | None] = mapped_column(ForeignKey("windows.id"))
    window_note: Mapped[str]


class ActualRow(Row):
    """Hours spent on closed work; `likely` and `spent` are decimal text, so that 1.50 stays 1.50."""

    __tablename__ = "actuals"
    entry: Mapped[int] = mapped_column(primary_key=True)
    proposal: Mapped[str] = mapped_column(ForeignKey("proposals.id"), index=True)
    key: Mapped[str]
    cause: Mapped[str]
    title: Mapped[str]
    likely: Mapped[str]
    spent: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    note: Mapped[str]


class MessageRow(Row):
    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("document", "version", "recipient", "purpose"),)
    entry: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True, default=new_id)
    document: Mapped[str]
    version: Mapped[str]
    recipient: Mapped[str]
    purpose: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    subject: Mapped[str]
    source: Mapped[bytes]
    sha256: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    detail: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime]
    retry_at: Mapped[datetime | None]


class MessageMoveRow(Row):
    __tablename__ = "message_moves"
    entry: Mapped[int] = mapped_column(primary_key=True)
    message: Mapped[str] = mapped_column(ForeignKey("messages.id"), index=True)
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    detail: Mapped[str]


class NoticeRow(Row):
    """An occurrence or a cause that the team was told of."""

    __tablename__ = "notices"
    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class CounterRow(Row):
    """A row to lock and to count with: the last serial of a year's proposals, the bookings of windows."""

    __tablename__ = "counters"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
