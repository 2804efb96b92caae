"""Proposals: drafts without twins, moves with their history, numbers without gaps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clientdesk.adapters.store_audits import audit_row
from clientdesk.adapters.store_clients import locked_client
from clientdesk.adapters.store_engine import locked, locked_counter
from clientdesk.adapters.store_messages import add_message
from clientdesk.adapters.store_tables import ProposalAuditRow, ProposalMoveRow, ProposalRow, new_id
from clientdesk.adapters.store_windows import offered_in
from clientdesk.domain.proposal import IllegalMove, Proposal, ProposalState, moved, number_of
from clientdesk.ports import ProposalMove, ProposalRecord, Published, UnknownRecord

_OPEN = (ProposalState.DRAFT, ProposalState.IN_REVIEW, ProposalState.APPROVED, ProposalState.SENT)


def draft(session: Session, client: str, proposal: Proposal, basis: str, document: str) -> ProposalRecord:
    locked_client(session, client)
    row = _open_of(session, client, basis)
    if row is None:
        row = _drafted(session, client, proposal, basis, document)
    return _record(row)


def proposal(session: Session, proposal: str) -> ProposalRecord:
    return _record(_row(session, proposal))


def proposals_of(session: Session, client: str) -> tuple[ProposalRecord, ...]:
    rows = session.scalars(select(ProposalRow).where(ProposalRow.client == client).order_by(ProposalRow.entry.desc()))
    return tuple(_record(row) for row in rows)


def moves_of(session: Session, proposal: str) -> tuple[ProposalMove, ...]:
    _row(session, proposal)
    rows = session.scalars(
        select(ProposalMoveRow).where(ProposalMoveRow.proposal == proposal).order_by(ProposalMoveRow.entry)
    )
    return tuple(
        ProposalMove(ProposalState(row.before), ProposalState(row.after), row.by, row.at, row.why) for row in rows
    )


def move(session: Session, proposal: str, to: ProposalState, by: str, at: datetime, why: str) -> ProposalRecord:
    if to is ProposalState.SENT:
        raise IllegalMove("a proposal becomes sent by sending it, which gives it its number")
    row = _locked_row(session, proposal)
    _change(session, row, to, by, at, why)
    return _record(row)


def send(
    session: Session, proposal: str, by: str, at: datetime, year: int, publish: Callable[[str], Published]
) -> ProposalRecord:
    row = _locked_row(session, proposal)
    if row.number:
        return _record(row)
    moved(ProposalState(row.state), ProposalState.SENT)
    parents = _sent_and_open(session, row.client)
    _number(session, row, parents[0] if parents else None, year)
    number = str(row.number)
    # Before publishing: whatever the database refuses, it refuses while no file has been written yet.
    for parent in parents:
        _change(session, parent, ProposalState.SUPERSEDED, by, at, f"superseded by {number}")
    _change(session, row, ProposalState.SENT, by, at, "")
    session.flush()
    published = publish(number)
    row.pdf, row.pdf_sha256 = published.pdf, published.pdf_sha256
    add_message(session, published.message, at)
    session.flush()
    return _record(row)


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


def _change(session: Session, row: ProposalRow, to: ProposalState, by: str, at: datetime, why: str) -> None:
    before = ProposalState(row.state)
    row.state = moved(before, to).value
    session.add(ProposalMoveRow(proposal=row.id, before=before.value, after=to.value, by=by, at=at, why=why))


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


def _locked_row(session: Session, proposal: str) -> ProposalRow:
    """The client first, always: two who change one client's proposals never wait for each other crosswise."""
    locked_client(session, _row(session, proposal).client)
    row = locked(session, ProposalRow, ProposalRow.id == proposal)
    assert row is not None  # noqa: S101  # proposals are never deleted
    return row


def _record(row: ProposalRow) -> ProposalRecord:
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
    )
