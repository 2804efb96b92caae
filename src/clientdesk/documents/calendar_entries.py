"""Maintenance windows as calendars read them (RFC 5545): an invitation to one (RFC 5546), and a feed of many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from clientdesk.documents.client_text import printable
from clientdesk.documents.mail_address import wire_address
from clientdesk.domain.intake import Contact

_PRODUCT = "-//Clientdesk//Maintenance windows//EN"
_TITLE, _BODY = 200, 2000
# A zone is described for the year around its windows: clients need no more, and mails stay short.
_AROUND = timedelta(days=370)


# Calendars show a title in a line; it is the only text of ours in them that is not a name.
_WINDOW_IN = {"en": "Maintenance window", "de": "Wartungsfenster"}


class Method(StrEnum):
    """What an invitation asks of a calendar: put it in (or move it), take it out."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One window. `uid` stays through every move and `sequence` counts them; `changed_at` is the last change."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    details: str
    is_off: bool
    changed_at: datetime


def entry_title(locale: str, company: str, agency: str) -> str:
    """What the window is called in a calendar, in the language of the locale (`de_DE`)."""
    return f"{_WINDOW_IN[locale[:2]]}: {company}, {agency}"


def invitation(entry: CalendarEntry, method: Method, organizer: Contact, guest: Contact, zone: str) -> str:
    """What a mail carries for its reader's calendar; times in the zone, which the text describes.

    The guest is asked to answer. The same values give the same text.
    """
    calendar = _calendar(zone, [entry])
    calendar.add("method", method.value)
    event = _event(entry, zone)
    event.add("organizer", _person(organizer))
    invited = _person(guest)
    invited.params["ROLE"] = vText("REQ-PARTICIPANT")
    invited.params["PARTSTAT"] = vText("NEEDS-ACTION")
    if method is Method.REQUEST:
        invited.params["RSVP"] = vText("TRUE")
    event.add("attendee", invited, encode=False)
    calendar.add_component(event)
    return str(calendar.to_ical().decode("utf-8"))


def feed(entries: Iterable[CalendarEntry], name: str, zone: str) -> bytes:
    """A file of all windows, for calendars that subscribe to it; those that are off are marked as cancelled."""
    listed = sorted(entries, key=lambda entry: (entry.starts_at, entry.uid))
    calendar = _calendar(zone, listed)
    calendar.add("x-wr-calname", printable(name, _TITLE))
    calendar.add("x-wr-timezone", zone)
    for entry in listed:
        calendar.add_component(_event(entry, zone))
    return bytes(calendar.to_ical())


def _calendar(zone: str, entries: list[CalendarEntry]) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if entries:
        days = [entry.starts_at.date() for entry in entries]
        calendar.add_component(_described(zone, min(days) - _AROUND, max(days) + _AROUND))
    return calendar


def _described(zone: str, first: date, last: date) -> Timezone:
    return Timezone.from_tzid(zone, first_date=first, last_date=last)


def _event(entry: CalendarEntry, zone: str) -> Event:
    """Wall-clock times of the zone: nine o'clock stays nine o'clock, whatever becomes of summer time."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("dtstart", entry.starts_at.astimezone(ZoneInfo(zone)))
    event.add("dtend", entry.ends_at.astimezone(ZoneInfo(zone)))
    event.add("summary", printable(entry.title, _TITLE))
    event.add("description", "\n".join(printable(line, _BODY) for line in entry.details.splitlines()))
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # the client's people may be elsewhere meanwhile
    return event


def _person(contact: Contact) -> vCalAddress:
    person = vCalAddress(f"mailto:{wire_address(contact.email)}")
    # A double quote can't be written in a parameter at all.
    person.params["CN"] = vText(printable(contact.name, _TITLE).replace('"', "'"))
    return person
