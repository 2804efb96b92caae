"""Delivery reports and answers to invitations in a mailbox, read over IMAP with TLS and left as they are."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date

from clientdesk.adapters.calendar_reply import LARGEST_REPLY, replies_in
from clientdesk.adapters.delivery_report import LARGEST, notices_in
from clientdesk.ports.invitations import InvitationReply
from clientdesk.ports.mail import BounceNotice, NoReports

_SECONDS = 30
_MOST_MAILS, _MOST_LOOKED_AT = 500, 5_000
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NUMBER = re.compile(rb"\d{1,10}")
_LINE = re.compile(rb"(\d{1,10}) \(")


class ReportMailbox:
    """`ports.mail.Reports` over a mailbox, opened read-only: nothing is marked as read. `trusted` replaces the system's

    certificates. The newest 500 reports since the day given are looked at, each up to the size that a report needs.
    """

    def __init__(
        self,
        host: str,
        port: int,
        user: str,
        password: str,
        *,
        since: date,
        mailbox: str = "INBOX",
        trusted: ssl.SSLContext | None = None,
    ) -> None:
        self._host, self._port, self._user, self._password = host, port, user, password
        self._since, self._mailbox = since, mailbox
        self._trusted = trusted or ssl.create_default_context()

    def notices(self) -> Sequence[BounceNotice]:
        reports = self._mails(_reports, LARGEST)
        return [notice for place, content in reports for notice in notices_in(content, place)]

    def replies(self) -> Sequence[InvitationReply]:
        answers = self._mails(_with_calendars, LARGEST_REPLY)
        return [reply for place, content in answers for reply in replies_in(content, place)]

    def _mails(self, chosen: Callable[[imaplib.IMAP4, str], list[str]], limit: int) -> list[tuple[str, bytes]]:
        """Of the mails since the day given, the newest that were chosen."""
        try:
            with self._opened() as server:
                numbers = chosen(server, _since(self._since))[-_MOST_MAILS:]
                return [(f"{self._mailbox} {number}", _content(server, number, limit)) for number in numbers]
        except (imaplib.IMAP4.error, OSError, ValueError) as error:
            raise NoReports(
                f"the mailbox {self._mailbox} at {self._host}:{self._port} can't be read: {error}"
            ) from error

    @contextmanager
    def _opened(self) -> Iterator[imaplib.IMAP4]:
        server = imaplib.IMAP4_SSL(self._host, self._port, ssl_context=self._trusted, timeout=_SECONDS)
        try:
            server.login(self._user, self._password)
            answer, said = server.select(_quoted(self._mailbox), readonly=True)
            if answer != "OK":
                raise imaplib.IMAP4.error(_words(said))
            yield server
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                server.logout()


def _since(day: date) -> str:
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"


def _reports(server: imaplib.IMAP4, since: str) -> list[str]:
    return _found(server, "SINCE", since, "HEADER", "Content-Type", "report")


def _with_calendars(server: imaplib.IMAP4, since: str) -> list[str]:
    """Those with a part that is a calendar: the server says how mails are built, so that none is fetched for that."""
    numbers = _found(server, "SINCE", since)[-_MOST_LOOKED_AT:]
    if not numbers:
        return []
    answer, built = server.fetch(",".join(numbers), "(BODYSTRUCTURE)")
    if answer != "OK":
        raise imaplib.IMAP4.error(_words(built))
    lines = [each[0] if isinstance(each, tuple) else each for each in built]
    return [
        found[1].decode()
        for line in lines
        if isinstance(line, bytes) and b'"CALENDAR"' in line.upper() and (found := _LINE.match(line))
    ]


def _found(server: imaplib.IMAP4, *criteria: str) -> list[str]:
    answer, found = server.search(None, *criteria)
    if answer != "OK":
        raise imaplib.IMAP4.error(_words(found))
    numbers = _NUMBER.findall(found[0]) if found and isinstance(found[0], bytes) else []
    return [number.decode() for number in numbers]


def _content(server: imaplib.IMAP4, number: str, limit: int) -> bytes:
    """The mail's beginning; PEEK leaves it unread."""
    _answer, parts = server.fetch(number, f"(BODY.PEEK[]<0.{limit}>)")
    return b"".join(part[1] for part in parts if isinstance(part, tuple))


def _quoted(mailbox: str) -> str:
    """A mailbox's name as IMAP writes it; only ASCII, which INBOX and most others are."""
    if not mailbox.isascii() or not mailbox.isprintable():
        raise ValueError(f"the mailbox name {mailbox!r} is not plain ASCII")
    escaped = mailbox.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _words(said: Sequence[object]) -> str:
    return " ".join(each.decode("ascii", "replace") if isinstance(each, bytes) else str(each) for each in said)
