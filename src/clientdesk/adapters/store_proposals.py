"""Proposals: drafts without twins, moves with their history, numbers without gaps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clientdesk.adapters.store_audits import audit_row
from clientdesk.adapters.store_clients import locked_client
from clientdesk.adapters.store_engine import locked, locked_counter
from clientdesk.adapters.store_messages import add_message, hold_back, message_once
from clientdesk.adapters.store_tables import ProposalAuditRow, ProposalMoveRow, ProposalRow, new_id
from clientdesk.adapters.store_windows import give_back, offered_in
from clientdesk.domain.proposal import OFF_OFFER, IllegalMove, Proposal, ProposalState, moved, number_of
from clientdesk.ports.mail import Message, about_proposal
from clientdesk.ports.records import ProposalMove, ProposalRecord, Published, UnknownRecord

_UNSENT = frozenset({ProposalState.DRAFT, ProposalState.IN_REVIEW, ProposalState.APPROVED})
_OPEN = (ProposalState.DRAFT, ProposalState.IN_REVIEW, ProposalState.APPROVED, ProposalState.SENT)


def draft(session: Session, client: str, proposal: Proposal, basis: str, document: str) -> ProposalRecord:
    locked_client(session, client)
    row = _open_of(session, client, basis)
    if row is None:
        row = _drafted(session, client, proposal, basis, document)
    return record(row)


def revise(
    session: Session, parent: str, proposal: Proposal, basis: str, document: str, by: str, at: datetime, why: str
) -> ProposalRecord:
    before = locked_row(session, parent)
    known = _open_of(session, before.client, basis)
    if known is not None:
        return record(known)
    is_unsent = ProposalState(before.state) in _UNSENT
    moved(ProposalState(before.state), ProposalState.WITHDRAWN if is_unsent else ProposalState.SUPERSEDED)
    row = _drafted(session, before.client, proposal, basis, document)
    row.parent = before.id
    session.flush()
    if is_unsent:  # now that the window it offered is the revision's
        change(session, before, ProposalState.WITHDRAWN, by, at, f"revised: {why}")
        session.flush()
    return record(row)


def proposal(session: Session, proposal: str) -> ProposalRecord:
    return record(_row(session, proposal))


def proposals(session: Session, states: tuple[ProposalState, ...]) -> tuple[ProposalRecord, ...]:
    rows = select(ProposalRow).order_by(ProposalRow.entry.desc())
    if states:
        rows = rows.where(ProposalRow.state.in_(states))
    return tuple(record(row) for row in session.scalars(rows))


def proposals_of(session: Session, client: str) -> tuple[ProposalRecord, ...]:
    rows = session.scalars(select(ProposalRow).where(ProposalRow.client == client).order_by(ProposalRow.entry.desc()))
    return tuple(record(row) for row in rows)


def moves_of(session: Session, proposal: str) -> tuple[ProposalMove, ...]:
    _row(session, proposal)
    rows = session.scalars(
        select(ProposalMoveRow).where(ProposalMoveRow.proposal == proposal).order_by(ProposalMoveRow.entry)
    )
    return tuple(
        ProposalMove(ProposalState(row.before), ProposalState(row.after), row.by, row.at, row.why) for row in rows
    )


def move(
    session: Session, proposal: str, to: ProposalState, by: str, at: datetime, why: str, mail: Message | None
) -> ProposalRecord:
    if to is ProposalState.SENT:
        raise IllegalMove("a proposal becomes sent by sending it, which gives it its number")
    if to is ProposalState.ACCEPTED:
        raise IllegalMove("a proposal becomes accepted by keeping who accepted it, which books its window")
    row = locked_row(session, proposal)
    change(session, row, to, by, at, why)
    if mail is not None:
        message_once(session, mail, at)
    session.flush()
    return record(row)


def send(
    session: Session, proposal: str, by: str, at: datetime, year: int, publish: Callable[[str], Published]
) -> ProposalRecord:
    row = locked_row(session, proposal)
    if row.number:
        return record(row)
    moved(ProposalState(row.state), ProposalState.SENT)
    ancestor, on_offer = _numbered_ancestor(session, row), _sent_and_open(session, row.client)
    _number(session, row, ancestor or next(iter(on_offer), None), year)
    number = str(row.number)
    # Before publishing: whatever the database refuses, it refuses while no file has been written yet.
    revised = [ancestor] if ancestor is not None and ancestor.state != ProposalState.SUPERSEDED else []
    for parent in dict.fromkeys((*revised, *on_offer)):
        change(session, parent, ProposalState.SUPERSEDED, by, at, f"superseded by {number}")
    change(session, row, ProposalState.SENT, by, at, "")
    session.flush()
    published = publish(number)
    row.pdf, row.pdf_sha256 = published.pdf, published.pdf_sha256
    add_message(session, published.message, at)
    session.flush()
    return record(row)


def locked_row(session: Session, proposal: str) -> ProposalRow:
    """The client first, always: two who change one client's proposals never wait for each other crosswise."""
    locked_client(session, _row(session, proposal).client)
    row = locked(session, ProposalRow, ProposalRow.id == proposal)
    assert row is not None  # noqa: S101  # proposals are never deleted
    return row


def change(session: Session, row: ProposalRow, to: ProposalState, by: str, at: datetime, why: str) -> None:
    """Move it and keep who, when and why. What is no longer on offer is not mailed, nor is its window held."""
    before = ProposalState(row.state)
    row.state = moved(before, to).value
    session.add(ProposalMoveRow(proposal=row.id, before=before.value, after=to.value, by=by, at=at, why=why))
    if before is ProposalState.SENT or to in OFF_OFFER:
        reason = f"held back: the proposal is {to.value}" + (f" ({why})" if why else "")
        hold_back(session, about_proposal(row.id), reason, at)
    if to in OFF_OFFER:
        give_back(session, row.id, at)


def _numbered_ancestor(session: Session, row: ProposalRow) -> ProposalRow | None:
    """The nearest proposal that this one revises and that was sent, locked."""
    parent = row.parent
    while parent:
        found = locked(session, ProposalRow, ProposalRow.id == parent)
        if found is None or found.number:
            return found
        parent = found.parent
    return None


def _number(session: Session, row: ProposalRow, parent: ProposalRow | None, year: int) -> None:
    """A fresh serial, or the parent's with the next revision."""
    if parent is None:
        counter = locked_counter(session, f"proposals of {year}")
        counter.value += 1
        row.year, row.serial, row.revision = year, counter.value, 1
    else:
        revision = _last_revision(session, parent) + 1
        row.year, row.serial, row.revision = parent.year, parent.serial, revision
    row.number = number_of(row.year or year, row.serial or 0, row.revision)


def _last_revision(session: Session, parent: ProposalRow) -> int:
    revisions = select(func.max(ProposalRow.revision)).where(
        ProposalRow.year == parent.year, ProposalRow.serial == parent.serial
    )
    return session.scalars(revisions).one() or 0


def _sent_and_open(session: Session, client: str) -> list[ProposalRow]:
    """Newest first; the client is locked, so no other is becoming one."""
    return list(
        session.scalars(
            select(ProposalRow)
            .where(ProposalRow.client == client, ProposalRow.state == ProposalState.SENT)
            .order_by(ProposalRow.entry.desc())
            .with_for_update()
        )
    )


def _drafted(session: Session, client: str, proposal: Proposal, basis: str, document: str) -> ProposalRow:
    row = ProposalRow(
        id=new_id(),
        client=client,
        state=ProposalState.DRAFT.value,
        revision=1,
        basis=basis,
        drafted_on=proposal.drafted_on,
        valid_until=proposal.valid_until,
        document=document,
        pdf="",
        pdf_sha256="",
    )
    session.add(row)
    session.flush()
    for audit in dict.fromkeys(proposal.audits):
        session.add(ProposalAuditRow(proposal=row.id, audit=audit_row(session, audit).id))
    offered_in(session, client, proposal.offer.first, row.id)
    return row


def _open_of(session: Session, client: str, basis: str) -> ProposalRow | None:
    return session.scalars(
        select(ProposalRow).where(
            ProposalRow.client == client, ProposalRow.basis == basis, ProposalRow.state.in_(_OPEN)
        )
    ).one_or_none()


def _row(session: Session, proposal: str) -> ProposalRow:
    row = session.scalars(select(ProposalRow).where(ProposalRow.id == proposal)).one_or_none()
    if row is None:
        raise UnknownRecord(f"there is no proposal {proposal!r}")
    return row


def record(row: ProposalRow) -> ProposalRecord:
    return ProposalRecord(
        row.id,
        row.client,
        ProposalState(row.state),
        row.number or "",
        row.revision,
        row.basis,
        row.drafted_on,
        row.valid_until,
        row.document,
        row.pdf,
        row.pdf_sha256,
        row.parent or "",
    )
