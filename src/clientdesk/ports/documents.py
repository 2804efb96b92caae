"""Where documents are kept, and the press that makes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from clientdesk.domain.refusal import Refusal


class BadDocumentName(Refusal):
    """A name that leaves the document store, or can't be a file on every system."""


class UnknownDocument(Refusal):
    """Nothing is kept under this name."""


class DocumentNotKept(Refusal):
    """A document can't be written (or read) now; what was there before is still there."""


class Documents(Protocol):
    """The document store: bytes under names with slashes. A name is written whole or not at all.

    Every method raises `BadDocumentName` for a name like "../x", "/x" or one with control characters.
    """

    def put(self, name: str, content: bytes) -> str:
        """Write, replacing; returns the place a person can open. Raises `DocumentNotKept`, as on a full disk."""

    def get(self, name: str) -> bytes:
        """Raises `UnknownDocument`."""

    def place(self, name: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a PDF or a mail."""

    name: str
    content: bytes
    media_type: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail's three parts."""

    subject: str
    text: str
    html: str


class Press(Protocol):
    """Turns views into documents. `document` and `email` name folders of report_templates/."""

    def html(self, document: str, view: Mapping[str, object]) -> str:
        """One self-contained page."""

    def pdf(
        self, document: str, view: Mapping[str, object], made_at: datetime, attachments: Sequence[Attachment] = ()
    ) -> bytes:
        """The same view and `made_at` give the same bytes. Raises a `Refusal` if the native libraries are missing."""

    def email(self, email: str, view: Mapping[str, object]) -> Rendered: ...

    def picture(self, chart: Mapping[str, object], title: str) -> bytes:
        """An SVG that stands by itself; `title` is its alternative text."""
