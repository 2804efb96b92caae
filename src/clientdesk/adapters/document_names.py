"""Which names a document may have."""

from __future__ import annotations

import re

from clientdesk.ports.documents import BadDocumentName

# What every system takes as one part of a path; a leading dot is kept for files that are being written.
_PART = re.compile(r'[^./\\:*?"<>|\x00-\x1f\x7f\ud800-\udfff][^/\\:*?"<>|\x00-\x1f\x7f\ud800-\udfff]*')
_LONGEST_PART = 240


def checked_name(name: str) -> str:
    """The name, if it stays inside the store; raises `BadDocumentName`."""
    for part in name.split("/"):
        if not _PART.fullmatch(part) or len(part.encode()) > _LONGEST_PART or part[-1] in ". ":
            raise BadDocumentName(f"{name!r} can't be a document's name: use letters, digits, - and _ between slashes")
    return name
