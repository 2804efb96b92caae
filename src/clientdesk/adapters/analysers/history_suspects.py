"""Which contents of a long history can hold a secret: found by scanning what is new in each, once.

An old content differs from its neighbours by a few lines, and git's packs say by which. The scanner gets those lines,
with what is around them; a content in which it finds something there, and all those that took it over, are suspects,
and scanned whole. For rules that see farther than that, there is one of our own: see `far_sighted_rules`.
"""

from __future__ import annotations

import sys
import time
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from secrets import token_hex

from clientdesk.adapters.analysers import bounded_command
from clientdesk.adapters.analysers.bounded_command import CommandFailed
from clientdesk.adapters.analysers.clean_folder import plain_name
from clientdesk.adapters.analysers.crew import processors
from clientdesk.adapters.analysers.history_passages import LEFT
from clientdesk.adapters.analysers.kingfisher import PACK_OPTIONS, Kingfisher
from clientdesk.adapters.analysers.passage_files import owners_of, passages_of
from clientdesk.adapters.git_blobs import GitBlobs
from clientdesk.adapters.git_contents import OldContent
from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.scratch import scratch

_WORKER = "clientdesk.adapters.analysers.history_passages"
_WORKER_BYTES = 1 << 30
_NAMES_KNOWN = 4_000
# Each takes some 80 MB, however many contents there are.
_MOST_SHARES = 2


def suspects(kingfisher: Kingfisher, objects: Path, contents: Sequence[OldContent], due: float) -> list[int]:
    """Of these, by number, all that hold something, and those that could not be told; raises `CommandFailed`."""
    with scratch() as folder:
        mark = token_hex(8)
        with (folder / "contents").open("w", encoding="utf-8") as file:
            file.writelines(_lines(contents))
        bases = _written(folder, objects, mark, due)
        return _with_followers(_found(kingfisher, folder, mark, due), bases)


def _lines(contents: Iterable[OldContent]) -> Iterator[str]:
    plain = lru_cache(_NAMES_KNOWN)(plain_name)
    odd: dict[str, str] = {}
    for one in contents:
        name = plain(one.path) or odd.setdefault(one.path, f"odd-names/{len(odd)}")
        yield f"{one.blob} {name}\n"


def _written(folder: Path, objects: Path, mark: str, due: float) -> array[int]:
    """Which content each one changes. In a process of its own: it reads what a client's side wrote."""
    shares = min(_MOST_SHARES, processors())
    command = [sys.executable, "-I", "-X", "utf8", "-m", _WORKER, str(objects), ".", mark, str(shares)]
    seconds = due - time.monotonic()
    if seconds <= 0:
        raise CommandFailed("there was no time left")
    answer = bounded_command.run_in(folder, command, seconds, {}, memory_bytes=_WORKER_BYTES)
    if answer.code:
        raise CommandFailed(f"what is new in each content could not be told apart (status {answer.code})")
    return _numbers(folder / "bases")


def _found(kingfisher: Kingfisher, folder: Path, mark: str, due: float) -> set[int]:
    """Numbers of the contents with a passage in which something was found."""
    made = GitFolder(folder)
    scanned = kingfisher.scan(folder, [made.repository.name, *PACK_OPTIONS], due, everything=True)
    if not scanned.is_whole:
        raise CommandFailed("it could not read all of the passages")
    lines: dict[str, set[int]] = {}
    for hit in scanned.hits:
        lines.setdefault(hit.path, set()).add(hit.line)
    found: set[int | None] = set()
    for text, some in zip(_texts(made, lines), lines.values(), strict=True):
        found |= passages_of(text, some, mark)
    if None in found:
        raise CommandFailed("what it wrote names no passage of ours")
    return {one for owners in folder.glob("owners-*") for one in owners_of(found, _numbers(owners))}


def _texts(made: GitFolder, paths: Iterable[str]) -> Iterator[bytes]:
    """Of the files that were scanned: each path begins with the branch that has it."""
    made.prepare()
    for text in GitBlobs(made).many(f"refs/heads/{path.partition('-')[0]}:{path}" for path in paths):
        if text is None:
            raise CommandFailed("what it wrote names a file that is not there")
        yield text


def _numbers(file: Path) -> array[int]:
    return array("i", file.read_bytes())


def _with_followers(found: set[int], bases: Sequence[int]) -> list[int]:
    """With all that took something over from them. A base comes before or after what changes it."""
    followers: dict[int, list[int]] = {}
    for number, base in enumerate(bases):
        if base >= 0:
            followers.setdefault(base, []).append(number)
    told = found | {number for number, base in enumerate(bases) if base == LEFT}
    waiting = list(found)
    while waiting:
        fresh = [number for number in followers.get(waiting.pop(), ()) if number not in told]
        told.update(fresh)
        waiting += fresh
    return sorted(told)
