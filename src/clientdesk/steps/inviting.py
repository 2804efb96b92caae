"""Invitations to maintenance windows: a mail with an entry for the client's calendar, at each change of a window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from clientdesk.documents.calendar_entries import CalendarEntry, Method, entry_title, invitation
from clientdesk.documents.window_letters import window_letter
from clientdesk.domain.agency import Agency
from clientdesk.domain.intake import Contact, IntroCall
from clientdesk.domain.maintenance import Window
from clientdesk.domain.rescheduling import movable_until
from clientdesk.domain.windows import WindowState
from clientdesk.ports.mail import Message, MessageKey
from clientdesk.ports.records import BookedWindow
from clientdesk.ports.windows import WindowRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.mailing import mail_to_client
from clientdesk.steps.message import Invitation

_OFF = frozenset({WindowState.SKIPPED, WindowState.CANCELLED})


def about_window(window: str) -> str:
    """The `document` of every mail about a window."""
    return f"window:{window}"


def invitations(desk: Desk, *, goes_on: bool = True) -> Callable[[WindowRecord], Sequence[Message]]:
    """For the port's `mail`: what the client is sent when a window was booked, moved or called off.

    `goes_on` is False where the agreement ends with it. The function is called while the records are locked: it reads
    them and writes none.
    """
    return lambda record: [_mail(desk, record, goes_on=goes_on)]


def first_invitation(desk: Desk, booked: BookedWindow, call: IntroCall) -> Invitation:
    """To the window that an acceptance booked; it goes with the confirmation."""
    title = entry_title(call.locale, call.company, desk.agency.seller.name)
    entry = calendar_entry(desk.agency, title, booked.uid, 0, booked.window, desk.clock.now())
    return _part(desk.agency, entry, Method.REQUEST, call)


def calendar_entry(
    agency: Agency, title: str, uid: str, sequence: int, window: Window, changed_at: datetime, *, is_off: bool = False
) -> CalendarEntry:
    """A window as calendars show it, to the client and to the team."""
    details = "\n".join(filter(None, (agency.seller.name, agency.seller.email, agency.seller.phone)))
    return CalendarEntry(uid, sequence, window.starts_at, window.ends_at, title, details, is_off, changed_at)


def is_off(record: WindowRecord) -> bool:
    """Whether it will not take place."""
    return record.state in _OFF


def _part(agency: Agency, entry: CalendarEntry, method: Method, call: IntroCall) -> Invitation:
    organizer = Contact(agency.seller.name, agency.seller.email)
    text = invitation(entry, method, organizer, call.contacts[0], agency.office_hours.zone)
    return Invitation(method.value, text)


def _mail(desk: Desk, record: WindowRecord, *, goes_on: bool) -> Message:
    call = desk.store.latest_call(record.client)
    purpose, method = _kind(record)
    following = desk.windows.next_after(record.id) if is_off(record) and goes_on else None
    until = movable_until(record.window.day, desk.agency.windows, desk.calendar)
    letter = window_letter(
        call,
        desk.agency,
        record.window,
        reschedule_until=until if until >= desk.today() else None,
        next_one=following.window if following else None,
        goes_on=goes_on,
    )
    key = MessageKey(about_window(record.id), str(record.sequence), call.contacts[0].email, purpose)
    entry = calendar_entry(
        desk.agency,
        entry_title(call.locale, call.company, desk.agency.seller.name),
        record.uid,
        record.sequence,
        record.window,
        desk.clock.now(),
        is_off=is_off(record),
    )
    part = _part(desk.agency, entry, method, call)
    return mail_to_client(desk, call, key, desk.press.email(purpose, letter), invitation=part)


def _kind(record: WindowRecord) -> tuple[str, Method]:
    if is_off(record):
        return "window-cancelled", Method.CANCEL
    return ("window-moved" if record.sequence else "window-booked"), Method.REQUEST
