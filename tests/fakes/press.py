"""A press that prints every value of a view, one a line, and lays nothing out."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime

from clientdesk.ports.documents import Attachment, Rendered


class PlainPress:
    """`failure`, when set, is raised by the next `pdf`."""

    def __init__(self) -> None:
        self.failure: Exception | None = None

    def html(self, document: str, view: Mapping[str, object]) -> str:
        return f"<!doctype html><title>{document}</title><pre>{html.escape(_plain(view))}</pre>"

    def pdf(
        self, document: str, view: Mapping[str, object], made_at: datetime, attachments: Sequence[Attachment] = ()
    ) -> bytes:
        if self.failure is not None:
            failure, self.failure = self.failure, None
            raise failure
        enclosed = "".join(f"\n% {each.name} {len(each.content)}" for each in attachments)
        return f"%PDF-1.7\n% {document} {made_at.isoformat()}\n{_plain(view)}{enclosed}\n%%EOF\n".encode()

    def email(self, email: str, view: Mapping[str, object]) -> Rendered:
        text = _plain(view)
        return Rendered(f"{email}", text, f"<p>{html.escape(text)}</p>")

    def picture(self, chart: Mapping[str, object], title: str) -> bytes:
        return f'<svg xmlns="http://www.w3.org/2000/svg"><title>{html.escape(title)}</title></svg>'.encode()


def _plain(view: Mapping[str, object]) -> str:
    return "\n".join(line for key, value in view.items() for line in _lines(key, value))


def _lines(key: str, value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _lines(f"{key}.{name}", inner)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _lines(f"{key}.{field.name}", getattr(value, field.name))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from _lines(f"{key}.{place}", inner)
    else:
        yield f"{key}: {value}"
