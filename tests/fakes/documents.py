"""A document store in memory."""

from __future__ import annotations

from clientdesk.adapters.document_names import checked_name
from clientdesk.ports.documents import UnknownDocument


class MemoryDocuments:
    """`failure`, when set, is raised by the next `put`, before anything is kept."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.failure: Exception | None = None

    def put(self, name: str, content: bytes) -> str:
        place = self.place(name)
        if self.failure is not None:
            failure, self.failure = self.failure, None
            raise failure
        self.kept[name] = content
        return place

    def get(self, name: str) -> bytes:
        try:
            return self.kept[checked_name(name)]
        except KeyError:
            raise UnknownDocument(f"there is no document {name!r} in memory") from None

    def place(self, name: str) -> str:
        return f"memory:{checked_name(name)}"
