"""The outbox's records: one mail per key, claimed by one sender, settled once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from clientdesk.adapters.store_engine import locked, locked_or_added
from clientdesk.adapters.store_tables import MessageMoveRow, MessageRow, new_id
from clientdesk.domain.proposal import IllegalMove
from clientdesk.ports.mail import MESSAGE_MOVES, UNSENT, Message, MessageKey, MessageMove, MessageState
from clientdesk.ports.records import UnknownRecord

_CLAIMABLE = (MessageState.APPROVED, MessageState.RETRYABLE)


def add_message(session: Session, message: Message, now: datetime) -> MessageRow:
    """Put a mail into the outbox. A second of the same key breaks the unique constraint, and with it the whole."""
    row = _new_row(message, now)
    session.add(row)
    return row


def message_once(session: Session, message: Message, now: datetime) -> Message:
    """Put a mail into the outbox, or find the one that has its key already."""
    row, _ = locked_or_added(session, _new_row(message, now), *_of_key(message.key))
    return _record(row)


def hold_back(session: Session, document: str, why: str, now: datetime) -> None:
    """Reject the mails about a document that have not gone out; one that a sender has in hand is left to it."""
    rows = session.scalars(
        select(MessageRow).where(MessageRow.document == document, MessageRow.state.in_(UNSENT)).with_for_update()
    )
    for row in rows:
        row.retry_at = None
        _change(session, row, MessageState.REJECTED, why, now)


def message_known_as(session: Session, message_id: str) -> Message | None:
    row = session.scalars(select(MessageRow).where(MessageRow.message_id == message_id)).one_or_none()
    return _record(row) if row else None


def message_moves(session: Session, message: str) -> tuple[MessageMove, ...]:
    _must_exist(session, message)
    rows = session.scalars(
        select(MessageMoveRow).where(MessageMoveRow.message == message).order_by(MessageMoveRow.entry)
    )
    return tuple(MessageMove(MessageState(row.before), MessageState(row.after), row.at, row.detail) for row in rows)


def message(session: Session, message: str) -> Message:
    row = session.scalars(select(MessageRow).where(MessageRow.id == message)).one_or_none()
    if row is None:
        raise _unknown(message)
    return _record(row)


def messages(session: Session, states: tuple[MessageState, ...]) -> tuple[Message, ...]:
    rows = select(MessageRow).order_by(MessageRow.entry)
    if states:
        rows = rows.where(MessageRow.state.in_(states))
    return tuple(_record(row) for row in session.scalars(rows))


def message_for(session: Session, key: MessageKey) -> Message | None:
    row = session.scalars(select(MessageRow).where(*_of_key(key))).one_or_none()
    return _record(row) if row else None


def claim(session: Session, message: str, now: datetime) -> Message | None:
    """A row that a rival has locked is skipped: the rival has the message."""
    row = session.scalars(_claimable(message)).one_or_none()
    if row is None:
        _must_exist(session, message)
        return None
    row.attempts += 1
    row.retry_at = None
    _change(session, row, MessageState.SENDING, "", now)
    return _record(row)


def settle(
    session: Session,
    message: str,
    state: MessageState,
    detail: str,
    now: datetime,
    retry_at: datetime | None,
    attempt: int | None,
) -> Message:
    row = locked(session, MessageRow, MessageRow.id == message)
    if row is None:
        raise _unknown(message)
    if row.state == state or attempt not in {None, row.attempts}:
        return _record(row)
    _change(session, row, state, detail, now)
    row.retry_at = retry_at if state is MessageState.RETRYABLE else None
    session.flush()
    return _record(row)


def _new_row(message: Message, now: datetime) -> MessageRow:
    return MessageRow(
        id=new_id(),
        document=message.key.document,
        version=message.key.version,
        recipient=message.key.recipient,
        purpose=message.key.purpose,
        message_id=message.message_id,
        subject=message.subject,
        source=message.source,
        sha256=message.sha256,
        state=message.state.value,
        detail=message.detail,
        attempts=0,
        since=now,
    )


def _of_key(key: MessageKey) -> tuple[ColumnElement[bool], ...]:
    return (
        MessageRow.document == key.document,
        MessageRow.version == key.version,
        MessageRow.recipient == key.recipient,
        MessageRow.purpose == key.purpose,
    )


def _claimable(message: str) -> Select[tuple[MessageRow]]:
    return (
        select(MessageRow)
        .where(MessageRow.id == message, MessageRow.state.in_(_CLAIMABLE))
        .with_for_update(skip_locked=True)
    )


def _must_exist(session: Session, message: str) -> None:
    if session.scalars(select(MessageRow.entry).where(MessageRow.id == message)).one_or_none() is None:
        raise _unknown(message)


def _change(session: Session, row: MessageRow, to: MessageState, detail: str, now: datetime) -> None:
    before = MessageState(row.state)
    if to not in MESSAGE_MOVES[before]:
        possible = ", ".join(sorted(MESSAGE_MOVES[before])) or "nothing more"
        raise IllegalMove(f"a mail that is {before} can't become {to}: from here it can become {possible}")
    row.state, row.detail, row.since = to.value, detail, now
    session.add(MessageMoveRow(message=row.id, before=before.value, after=to.value, at=now, detail=detail))


def _unknown(message: str) -> UnknownRecord:
    return UnknownRecord(f"there is no mail {message!r} in the outbox")


def _record(row: MessageRow) -> Message:
    return Message(
        MessageKey(row.document, row.version, row.recipient, row.purpose),
        row.message_id,
        row.subject,
        row.source,
        row.sha256,
        MessageState(row.state),
        row.detail,
        row.id,
        row.attempts,
        row.since,
        row.retry_at,
    )
