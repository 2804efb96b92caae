"""Delivery reports in a mailbox, read over IMAP with TLS and left as they are."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date

from clientdesk.adapters.delivery_report import LARGEST, notices_in
from clientdesk.ports.mail import BounceNotice, NoReports

_SECONDS = 30
_MOST_MAILS = 500
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NUMBER = re.compile(rb"\d{1,10}")


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
        try:
            with self._opened() as server:
                return [
                    notice
                    for number in self._numbers(server)
                    for notice in notices_in(_content(server, number), f"{self._mailbox} {number}")
                ]
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

    def _numbers(self, server: imaplib.IMAP4) -> list[str]:
        since = f"{self._since.day}-{_MONTHS[self._since.month - 1]}-{self._since.year}"
        answer, found = server.search(None, "SINCE", since, "HEADER", "Content-Type", "report")
        if answer != "OK":
            raise imaplib.IMAP4.error(_words(found))
        numbers = _NUMBER.findall(found[0]) if found and isinstance(found[0], bytes) else []
        return [number.decode() for number in numbers[-_MOST_MAILS:]]


def _content(server: imaplib.IMAP4, number: str) -> bytes:
    """The mail's beginning; PEEK leaves it unread."""
    _answer, parts = server.fetch(number, f"(BODY.PEEK[]<0.{LARGEST}>)")
    return b"".join(part[1] for part in parts if isinstance(part, tuple))


def _quoted(mailbox: str) -> str:
    """A mailbox's name as IMAP writes it; only ASCII, which INBOX and most others are."""
    if not mailbox.isascii() or not mailbox.isprintable():
        raise ValueError(f"the mailbox name {mailbox!r} is not plain ASCII")
    escaped = mailbox.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _words(said: Sequence[object]) -> str:
    return " ".join(each.decode("ascii", "replace") if isinstance(each, bytes) else str(each) for each in said)
