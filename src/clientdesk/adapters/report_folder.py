"""Delivery reports and answers to invitations in a folder of .eml files, put there by a mail program or a server."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from clientdesk.adapters.calendar_reply import replies_in
from clientdesk.adapters.delivery_report import LARGEST, notices_in
from clientdesk.ports.invitations import InvitationReply
from clientdesk.ports.mail import BounceNotice, NoReports

_MOST_FILES = 10_000


class ReportFolder:
    """`ports.mail.Reports` over the .eml files that lie in a folder itself; links are not followed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def notices(self) -> Sequence[BounceNotice]:
        return [notice for name, content in self._mails() for notice in notices_in(content, name)]

    def replies(self) -> Sequence[InvitationReply]:
        return [reply for name, content in self._mails() for reply in replies_in(content, name)]

    def _mails(self) -> Iterator[tuple[str, bytes]]:
        try:
            files = sorted(file for file in self._folder.iterdir() if file.suffix.lower() == ".eml")[:_MOST_FILES]
            for file in files:
                yield file.name, _beginning(file)
        except OSError as error:
            raise NoReports(f"{self._folder} can't be read: {error.strerror or error}") from error


def _beginning(file: Path) -> bytes:
    """What a report could need of a plain file; a pipe or a link gives nothing."""
    if not stat.S_ISREG(file.lstat().st_mode):
        return b""
    with file.open("rb") as source:
        return source.read(LARGEST)
