"""Where something is said first: texts are looked at one after the other in the order of their paths, none is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

_COMMENTS = ("#", "//", "*")


@dataclass(frozen=True, slots=True)
class Place:
    """`line` counts from 1; 0 is the whole file."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(slots=True)
class FirstPlace:
    """The first place outside comments; inside quotes only where text is enough, as in `require('dd-trace')`."""

    pattern: re.Pattern[str]
    is_text_enough: bool = True
    found: Place | None = None

    def look(self, path: str, text: str) -> None:
        if self.found is None:
            self.found = self._in(path, text)

    def _in(self, path: str, text: str) -> Place | None:
        for match in self.pattern.finditer(text):
            before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
            if not before.lstrip().startswith(_COMMENTS) and (self.is_text_enough or not _opens_a_quote(before)):
                return Place(path, text.count("\n", 0, match.start()) + 1)
        return None


def _opens_a_quote(text: str) -> bool:
    return any(text.count(quote) % 2 for quote in "\"'`")
