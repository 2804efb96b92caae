"""The outbox folder: every mail as a file that a mail program opens."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

from clientdesk.adapters.whole_file import not_written, write_whole
from clientdesk.ports.documents import DocumentNotKept
from clientdesk.ports.mail import Message

_RECIPIENT_LIMIT, _SUBJECT_LIMIT = 60, 60


class OutboxFolder:
    """`ports.mail.Outbox`: "2026-11-23-0940-jane-at-example.com-your-proposal-1a2b3c4d.eml", the time in UTC."""

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder).absolute()

    def file(self, message: Message, at: datetime) -> str:
        file = self._file_of(message) or self._folder / _name(message, at)
        try:
            write_whole(file, message.source)
        except OSError as error:
            raise DocumentNotKept(not_written(str(file), error)) from error
        return str(file)

    def _file_of(self, message: Message) -> Path | None:
        """Where it lies already; the mark in the name is the mail's own."""
        return next(iter(sorted(self._folder.glob(f"*-{_mark(message)}.eml"))), None)


def _name(message: Message, at: datetime) -> str:
    recipient = _slug(message.key.recipient.replace("@", "-at-"), _RECIPIENT_LIMIT)
    subject = _slug(message.subject, _SUBJECT_LIMIT)
    return f"{at.astimezone(UTC):%Y-%m-%d-%H%M}-{recipient}-{subject}-{_mark(message)}.eml"


def _mark(message: Message) -> str:
    return hashlib.sha256(message.message_id.encode()).hexdigest()[:8]


def _slug(text: str, limit: int) -> str:
    """Lower-case ASCII that every system takes as part of a file's name."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9.]+", "-", plain)[:limit].strip("-.") or "mail"
