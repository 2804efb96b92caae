"""Lists the contents that the history of a commit ever had: each once, as the oldest commit that has it names it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from clientdesk.adapters.commit_log import printable_path
from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_log import fields_of, killed_after
from clientdesk.adapters.git_process import running
from clientdesk.audit.columns import Columns

_FORMAT = "%x01%H %ct"
_SUBMODULE = b"160000"
_PATHS_KNOWN = 4_000


@dataclass(frozen=True, slots=True)
class OldContent:
    """A content by git's id of it, and where the oldest commit that has it has it."""

    blob: str
    path: str
    commit: str


def old_contents(
    folder: GitFolder, commit: str, since: str, seconds: float, same: Callable[[str], str] = str
) -> Sequence[OldContent]:
    """Oldest first. Those that the history of `since` has are left out ("": none is). Raises `GitFailed`.

    `same` gives a path that is held already, so that none is held twice.
    Of a merge, git tells what is in neither parent: what is in one of them, an earlier commit brought.
    """
    told = ["log", "-z", f"--format={_FORMAT}", "--raw", "--no-abbrev", "--no-renames", "--diff-merges=combined"]
    found: dict[bytes, tuple[int, bytes, str]] = {}
    known = lru_cache(_PATHS_KNOWN)(lambda path: same(printable_path(path)))
    with running(folder, [*told, commit, *([f"^{since}"] if since else []), "--"]) as log, killed_after(log, seconds):
        for name, at, head, raw in _told(fields_of(log.stdout)):
            blob = bytes.fromhex(name.decode())
            before = found.get(blob)
            if before is None or (at <= before[0] and head != before[1]):
                found[blob] = (at, head, known(raw))
        log.finish()
    listed = Columns(OldContent, "ttt")
    for blob in sorted(found, key=lambda blob: (found[blob][0], found[blob][2], blob)):
        _, head, path = found.pop(blob)  # there may be millions of them
        listed.add(blob.hex(), path, head.decode())
    return listed


def _told(fields: Iterator[bytes]) -> Iterator[tuple[bytes, int, bytes, bytes]]:
    """Blob, instant, commit and path of each change. All is told by its position: no path passes for something else."""
    head, at = b"", 0
    for field in fields:
        text = field.lstrip(b"\n")
        if text.startswith(b"\x01"):
            head, _, instant = text[1:].partition(b" ")
            at = int(instant)
        elif text.startswith(b":"):
            about = text.split(b" ")
            parents = len(about[0]) - len(about[0].lstrip(b":"))
            path = next(fields, b"")
            mode, blob = about[parents].lstrip(b":"), about[2 * parents + 1]
            if mode != _SUBMODULE and blob.strip(b"0"):
                yield blob, at, head, path
