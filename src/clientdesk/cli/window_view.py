"""Windows as the terminal shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from clientdesk.documents.figures import Figures
from clientdesk.documents.proposal_text import fact, table
from clientdesk.domain.rescheduling import movable_until
from clientdesk.domain.windows import WindowState
from clientdesk.ports.windows import WindowMove, WindowRecord
from clientdesk.steps.booking_summary import moved_because
from clientdesk.steps.looking_up import short
from clientdesk.steps.publishing import TEAM
from clientdesk.steps.replying import standing_replies
from clientdesk.wiring import desk

_SECOND = timedelta(seconds=1)  # a hold until 24:00 is one of the day before


def listed(records: Sequence[WindowRecord]) -> list[str]:
    """A line for each: id, day, state, which of its client's it is, and the client."""
    names = {client.id: client.company for client in desk().store.clients()}
    ids = [record.id for record in records]
    rows = [
        (
            short(record.id, ids),
            f"{record.window.day:%a} {record.window.day}",
            _state(record),
            record.slot or "-",
            f"{_figures().hours(record.hours)} h",
            names[record.client],
        )
        for record in records
    ]
    return table([("id", "day", "state", "window", "box", "client"), *rows]) if rows else []


def shown(record: WindowRecord) -> Iterator[str]:
    """All that is known of one, in the order in which one asks."""
    window, figures = record.window, _figures()
    yield fact("Client", f"{desk().store.client(record.client).company}: {record.state.value}")
    yield fact("Day", figures.weekday_and_date(window.day))
    hours = f"{figures.clock(window.starts_at)}\N{EN DASH}{figures.clock(window.ends_at)}"
    yield fact("Time", f"{hours} {figures.zone_name(window.starts_at)}, {figures.hours(record.hours)} person-hours")
    because = moved_because(desk(), record) if record.slot else ""
    if because:
        yield fact("Booked", because)
    if record.proposal:
        yield fact("Agreement", f"{desk().store.proposal(record.proposal).number}, window {record.slot}")
    if record.state is WindowState.BOOKED:
        yield fact("Movable", f"until {_last_to_move(window.day)}")
    yield fact("Calendar", f"UID {record.uid}, SEQUENCE {record.sequence}")
    for reply in standing_replies(desk(), record):
        words = f" ({reply.words})" if reply.words else ""
        yield fact("Answer", f"{reply.attendee}: {reply.answer.value}, {_figures().day_and_time(reply.at)}{words}")
    yield from ("", "What happened")
    yield from (f"  {_said(move)}" for move in desk().windows.moves_of(record.id))


def _state(record: WindowRecord) -> str:
    if record.held_until is None:
        return record.state.value
    return f"held until {(record.held_until - _SECOND).astimezone(ZoneInfo(_figures().zone)).date()}"


def _said(move: WindowMove) -> str:
    was = "" if move.was in {None, move.day} else f" from {move.was}"
    changed = f"moved{was} to {move.day}" if move.before is move.after else f"{move.after.value}, {move.day}"
    why = f": {move.why}" if move.why else ""
    return f"{_figures().day_and_time(move.at)}  {changed}, by {move.by}{why}"


def _last_to_move(day: date) -> str:
    return _figures().weekday_and_date(movable_until(day, desk().agency.windows, desk().calendar))


def _figures() -> Figures:
    return Figures(TEAM, desk().agency.office_hours.zone)
