"""Calendars' answers to invitations, in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from clientdesk.adapters.store_engine import Database
from clientdesk.adapters.store_tables import Row
from clientdesk.adapters.store_windows import locked_window, window_row
from clientdesk.ports.invitations import CalendarAnswer, InvitationReply, KeptReply


class ReplyRow(Row):
    """`at` is what the calendar says, `kept_at` when it was read here."""

    __tablename__ = "invitation_replies"
    __table_args__ = (UniqueConstraint("window", "attendee", "sequence", "answer", "at"),)
    entry: Mapped[int] = mapped_column(primary_key=True)
    window: Mapped[str] = mapped_column(ForeignKey("windows.id"), index=True)
    attendee: Mapped[str]
    answer: Mapped[str]
    sequence: Mapped[int]
    at: Mapped[datetime]
    kept_at: Mapped[datetime]
    words: Mapped[str]


class SqlReplies:
    """`ports.invitations.InvitationReplies` by a database's URL; the tables are those of the business records."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)

    def close_connections(self) -> None:
        self._database.close()

    def keep(self, window: str, reply: InvitationReply, now: datetime) -> bool:
        with self._database.writing() as session:
            locked_window(session, window)  # two readers of one mailbox keep an answer once
            row = ReplyRow(
                window=window,
                attendee=reply.attendee,
                answer=reply.answer.value,
                sequence=reply.sequence,
                at=reply.at,
                kept_at=now,
                words=reply.words,
            )
            known = session.scalars(
                select(ReplyRow.entry).where(
                    ReplyRow.window == window,
                    ReplyRow.attendee == reply.attendee,
                    ReplyRow.sequence == reply.sequence,
                    ReplyRow.answer == row.answer,
                    ReplyRow.at == reply.at,
                )
            ).one_or_none()
            if known is None:
                session.add(row)
            return known is None

    def replies_of(self, window: str) -> tuple[KeptReply, ...]:
        with self._database.reading() as session:
            window_row(session, window)
            rows = session.scalars(
                select(ReplyRow).where(ReplyRow.window == window).order_by(ReplyRow.at, ReplyRow.entry)
            )
            return tuple(
                KeptReply(row.window, row.attendee, CalendarAnswer(row.answer), row.sequence, row.at, row.words)
                for row in rows
            )
