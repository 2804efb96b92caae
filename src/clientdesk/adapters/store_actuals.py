"""Hours spent on closed work: never overwritten, the latest counts."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clientdesk.adapters.store_proposals import proposal
from clientdesk.adapters.store_tables import ActualRow
from clientdesk.ports.records import ActualRecord


def keep_actual(session: Session, actual: ActualRecord) -> None:
    proposal(session, actual.proposal)
    session.add(
        ActualRow(
            proposal=actual.proposal,
            key=actual.key,
            cause=actual.cause,
            title=actual.title,
            likely=f"{actual.likely:f}",
            spent=f"{actual.spent:f}",
            by=actual.by,
            at=actual.at,
            note=actual.note,
        )
    )


def actuals(session: Session) -> tuple[ActualRecord, ...]:
    latest = select(func.max(ActualRow.entry)).group_by(ActualRow.proposal, ActualRow.key, ActualRow.cause)
    rows = session.scalars(select(ActualRow).where(ActualRow.entry.in_(latest)).order_by(ActualRow.entry))
    return tuple(
        ActualRecord(
            row.proposal,
            row.key,
            row.cause,
            row.title,
            Decimal(row.likely),
            Decimal(row.spent),
            row.by,
            row.at,
            row.note,
        )
        for row in rows
    )
