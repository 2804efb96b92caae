"""A calendar's answer (RFC 5546, METHOD:REPLY) read out of a mail that anybody may have written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message

from icalendar import Calendar, Component

from clientdesk.adapters.delivery_report import parts_of
from clientdesk.documents.client_text import printable
from clientdesk.ports.invitations import CalendarAnswer, InvitationReply

LARGEST_REPLY = 500_000  # bytes of a mail looked at; an answer is small
_LARGEST_CALENDAR = 100_000
_MOST_EVENTS, _HIGHEST_SEQUENCE = 10, 1_000_000
_ADDRESS = re.compile(r"(?i)^mailto:([^\s<>,;:@]{1,64}@[^\s<>,;:@]{1,255})$")
_ANSWERS = {each.value.upper(): each for each in CalendarAnswer}


def replies_in(content: bytes, place: str) -> tuple[InvitationReply, ...]:
    """One for each window that the mail answers to; none if it is no answer, or none that can be read."""
    try:
        return tuple(_replies(message_from_bytes(content[:LARGEST_REPLY], policy=policy.compat32), place))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ()  # two lenient parsers, and a mail made to break them says nothing about ours


def _replies(mail: Message, place: str) -> Iterator[InvitationReply]:
    for part in parts_of(mail):
        if part.get_content_type() == "text/calendar":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and len(payload) <= _LARGEST_CALENDAR:
                yield from _in_calendar(payload.decode("utf-8", "replace"), place)
                return  # a second one is the same again, as a file


def _in_calendar(text: str, place: str) -> Iterator[InvitationReply]:
    calendar = Calendar.from_ical(text)
    if str(calendar.get("method", "")).upper() != "REPLY":
        return
    for event in calendar.walk("VEVENT")[:_MOST_EVENTS]:
        reply = _reply(event, place)
        if reply is not None:
            yield reply


def _reply(event: Component, place: str) -> InvitationReply | None:
    """None where it answers nothing, or for several people at once."""
    attendee = event.get("attendee")
    if attendee is None or isinstance(attendee, list):
        return None
    address = _ADDRESS.match(str(attendee).strip())
    answer = _ANSWERS.get(str(attendee.params.get("PARTSTAT", "")).upper())
    sequence = int(event.get("sequence", 0))
    if address is None or answer is None or not 0 <= sequence <= _HIGHEST_SEQUENCE:
        return None
    return InvitationReply(
        place=place,
        uid=printable(str(event.get("uid", "")), 250),
        sequence=sequence,
        attendee=printable(address[1].casefold(), 320),
        answer=answer,
        at=_instant(event),
        words=printable(str(event.get("comment", "")), 300),
    )


def _instant(event: Component) -> datetime:
    """DTSTAMP; RFC 5545 has it in UTC, and one without a zone is taken for that."""
    stamp = event.decoded("dtstamp")
    if not isinstance(stamp, datetime):
        raise TypeError("DTSTAMP is no instant")
    return stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp.astimezone(UTC)
