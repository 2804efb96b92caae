"""What accepted proposals promise: windows from an anchor on, until an end."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clientdesk.adapters.store_tables import AgreementRow, ClientRow, ProposalRow
from clientdesk.ports.records import UnknownRecord
from clientdesk.ports.windows import Agreement, Change


def agree(session: Session, client: str, proposal: str, since: date, anchor: date | None, retainer_hours: int) -> None:
    session.add(
        AgreementRow(proposal=proposal, client=client, since=since, anchor=anchor, retainer_hours=retainer_hours)
    )


def agreements(session: Session) -> tuple[Agreement, ...]:
    latest = select(func.max(AgreementRow.entry)).group_by(AgreementRow.client)
    rows = session.execute(
        select(AgreementRow, ClientRow.company, ProposalRow.number)
        .join(ClientRow, ClientRow.id == AgreementRow.client)
        .join(ProposalRow, ProposalRow.id == AgreementRow.proposal)
        .where(AgreementRow.entry.in_(latest))
        .order_by(ClientRow.key)
    )
    return tuple(_record(row, company, number) for row, company, number in rows)


def agreement_row(session: Session, proposal: str) -> AgreementRow:
    row = session.scalars(select(AgreementRow).where(AgreementRow.proposal == proposal)).one_or_none()
    if row is None:
        raise UnknownRecord(f"the proposal {proposal!r} was not accepted: it promises no windows")
    return row


def end_on(row: AgreementRow, on: date, change: Change) -> None:
    row.ends_on, row.ended_by, row.ended_at, row.end_why = on, change.by, change.at, change.why


def _record(row: AgreementRow, company: str, number: str | None) -> Agreement:
    return Agreement(
        row.client, company, row.proposal, number or "", row.since, row.anchor, row.retainer_hours, row.ends_on
    )
