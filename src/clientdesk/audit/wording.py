"""Numbers and lists as sentences say them."""

from __future__ import annotations

from collections.abc import Iterable

from clientdesk.audit.repository import UnreadFile


def counted(number: int, noun: str, plural: str = "") -> str:
    """`counted(1, "file")` is "1 file", `counted(1200, "file")` "1,200 files"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(names: Iterable[str], most: int = 3) -> str:
    """The first names, and how many more there are: "a, b, c and 4 more"."""
    every = list(names)
    shown = every[:most]
    if len(every) > most:
        return f"{', '.join(shown)} and {len(every) - most:,} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def unread_gap(unread: Iterable[UnreadFile]) -> tuple[str, ...]:
    """One sentence for all the files that a tool could not read, none if there are none."""
    files = list(unread)
    if not files:
        return ()
    first = files[0]
    return (f"{counted(len(files), 'file')} could not be read, the first being {first.path} ({first.reason}).",)
