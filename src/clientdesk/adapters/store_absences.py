"""Who is away when."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from clientdesk.adapters.store_engine import locked_or_added
from clientdesk.adapters.store_tables import AbsenceRow, new_id
from clientdesk.domain.capacity import Absence
from clientdesk.ports.records import UnknownRecord


def add_absence(session: Session, absence: Absence) -> Absence:
    fresh = AbsenceRow(
        id=new_id(),
        person=absence.person,
        first=absence.first,
        last=absence.last,
        is_half=absence.is_half,
        why=absence.why,
    )
    row, _ = locked_or_added(
        session,
        fresh,
        AbsenceRow.person == absence.person,
        AbsenceRow.first == absence.first,
        AbsenceRow.last == absence.last,
        AbsenceRow.is_half == absence.is_half,
    )
    session.flush()
    return _record(row)


def remove_absence(session: Session, absence: str) -> Absence:
    row = session.scalars(select(AbsenceRow).where(AbsenceRow.id == absence)).one_or_none()
    if row is None:
        raise UnknownRecord(f"there is no absence {absence!r}")
    session.delete(row)
    return _record(row)


def absences(session: Session, since: date | None, until: date | None) -> tuple[Absence, ...]:
    rows = select(AbsenceRow).order_by(AbsenceRow.first, AbsenceRow.entry)
    if since is not None:
        rows = rows.where(AbsenceRow.last >= since)
    if until is not None:
        rows = rows.where(AbsenceRow.first <= until)
    return tuple(_record(row) for row in session.scalars(rows))


def _record(row: AbsenceRow) -> Absence:
    return Absence(row.person, row.first, row.last, row.why, row.is_half, row.id)
