"""Delivery reports in a folder of .eml files, as a mail program or a server's rule puts them there."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

from clientdesk.adapters.delivery_report import LARGEST, notices_in
from clientdesk.ports.mail import BounceNotice, NoReports

_MOST_FILES = 10_000


class ReportFolder:
    """`ports.mail.Reports` over the .eml files that lie in a folder itself; links are not followed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def notices(self) -> Sequence[BounceNotice]:
        try:
            files = sorted(file for file in self._folder.iterdir() if file.suffix.lower() == ".eml")[:_MOST_FILES]
            return [notice for file in files for notice in notices_in(_beginning(file), file.name)]
        except OSError as error:
            raise NoReports(f"{self._folder} can't be read: {error.strerror or error}") from error


def _beginning(file: Path) -> bytes:
    """What a report could need of a plain file; a pipe or a link gives nothing."""
    if not stat.S_ISREG(file.lstat().st_mode):
        return b""
    with file.open("rb") as source:
        return source.read(LARGEST)
