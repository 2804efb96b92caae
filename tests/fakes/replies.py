"""Answers to invitations in memory, and mails as calendars write them."""

from __future__ import annotations

from datetime import datetime

from clientdesk.ports.invitations import InvitationReply, KeptReply
from clientdesk.ports.windows import Windows


class MemoryReplies:
    def __init__(self, windows: Windows) -> None:
        self._windows = windows
        self._kept: list[KeptReply] = []

    def keep(self, window: str, reply: InvitationReply, now: datetime) -> bool:
        self._windows.window(window)
        kept = KeptReply(window, reply.attendee, reply.answer, reply.sequence, reply.at, reply.words)
        is_new = not any(_same(kept, each) for each in self._kept)
        if is_new:
            self._kept.append(kept)
        return is_new

    def replies_of(self, window: str) -> tuple[KeptReply, ...]:
        self._windows.window(window)
        return tuple(sorted((each for each in self._kept if each.window == window), key=lambda each: each.at))


def _same(one: KeptReply, other: KeptReply) -> bool:
    return (one.window, one.attendee, one.answer, one.sequence, one.at) == (
        other.window,
        other.attendee,
        other.answer,
        other.sequence,
        other.at,
    )


def reply_mail(
    *,
    uid: str = "u-1",
    sequence: str = "0",
    attendee: str = "mailto:nora@harbour.example",
    partstat: str = "ACCEPTED",
    method: str = "REPLY",
    comment: str = "",
    stamp: str = "20260901T123000Z",
) -> bytes:
    """As Google's and Microsoft's calendars write it: the answer among the alternatives, and once more as a file."""
    calendar = "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "PRODID:-//Calendar//EN",
            "VERSION:2.0",
            f"METHOD:{method}",
            "BEGIN:VEVENT",
            f"UID:{uid}",
            f"SEQUENCE:{sequence}",
            f"DTSTAMP:{stamp}",
            "DTSTART:20261006T070000Z",
            "ORGANIZER:mailto:contact@atenbi.example",
            f"ATTENDEE;PARTSTAT={partstat};CN=Nora Feld:{attendee}",
            *([f"COMMENT:{comment}"] if comment else []),
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )
    return f"""\
From: Nora Feld <nora@harbour.example>\r
To: contact@atenbi.example\r
Subject: Accepted: Maintenance window\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary="m"\r
\r
--m\r
Content-Type: multipart/alternative; boundary="a"\r
\r
--a\r
Content-Type: text/plain; charset="UTF-8"\r
\r
Nora Feld has answered.\r
--a\r
Content-Type: text/calendar; charset="UTF-8"; method={method}\r
Content-Transfer-Encoding: 7bit\r
\r
{calendar}--a--\r
--m\r
Content-Type: application/ics; name="invite.ics"\r
\r
{calendar}--m--\r
""".encode()
