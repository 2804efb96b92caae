"""What the team has heard of, and when last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from clientdesk.adapters.store_tables import NoticeRow

_AT_ONCE = 500  # a statement takes only so many values


def told(session: Session, keys: Collection[str]) -> Mapping[str, datetime]:
    wanted, found = sorted(set(keys)), dict[str, datetime]()
    for start in range(0, len(wanted), _AT_ONCE):
        rows = session.scalars(select(NoticeRow).where(NoticeRow.key.in_(wanted[start : start + _AT_ONCE])))
        found.update((row.key, row.at) for row in rows)
    return found


def tell(session: Session, keys: Collection[str], at: datetime) -> None:
    known = told(session, keys)
    for key in sorted(set(keys)):
        if key not in known:
            session.add(NoticeRow(key=key, at=at))
        elif known[key] < at:
            row = session.get(NoticeRow, key)
            assert row is not None  # noqa: S101 (it was just read in this transaction)
            row.at = at
