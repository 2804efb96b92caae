"""Lists the tags of a commit's history; which ones that are, is remembered from a commit in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from clientdesk.adapters.commit_log import CommitLog, instant_of, printable_path
from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_process import GitFailed, run

_FORMAT = "%(objectname)%00%(*objectname)%00%(*objecttype)%00%(refname:strip=2)%00%(creatordate:unix)"
_TAG = b"tag"


@dataclass(frozen=True, slots=True)
class Tags:
    """Names and instants, newest first. `reached`: of every tag there is, by id, whether it is one of these.

    `is_asked`: git had to walk the history for them.
    """

    listed: tuple[tuple[str, datetime], ...] = ()
    reached: Mapping[str, bool] = field(default_factory=dict)
    is_asked: bool = True


@dataclass(frozen=True, slots=True)
class _Tag:
    id: bytes
    inner: bytes
    inner_kind: bytes
    name: bytes
    at: bytes

    @property
    def commit(self) -> bytes:
        """What it stands for, as far as this is told: a tag of a tag stands for what that one does."""
        return self.inner or self.id


def read_tags(
    folder: GitFolder, commit: str, known: Mapping[str, bool] | None = None, logs: Sequence[CommitLog] = ()
) -> Tags:
    """Tags of no commit are left out, and where git fails, all are.

    `known` tells of tags whether an earlier commit's history has them; None: git is asked. `logs` are of that history,
    the first of them of all that has come since.
    """
    try:
        every = _every(folder)
        reached = None if known is None else _told(every, known, logs)
        is_asked = reached is None
        if reached is None:
            merged = set(run(folder, [*_listing("%(refname:strip=2)"), f"--merged={commit}"]).splitlines())
            reached = {tag.id.decode(): tag.name in merged for tag in every}
    except GitFailed:
        return Tags()
    tags = [(printable_path(tag.name), instant_of(tag.at)) for tag in every if tag.at and reached[tag.id.decode()]]
    return Tags(tuple(sorted(tags, key=lambda tag: (tag[1], tag[0]), reverse=True)), reached, is_asked)


def _every(folder: GitFolder) -> list[_Tag]:
    lines = (line.split(b"\0") for line in run(folder, _listing(_FORMAT)).splitlines())
    return [_Tag(*parts) for parts in lines]


def _listing(told: str) -> list[str]:
    return ["for-each-ref", f"--format={told}", "refs/tags"]


def _told(every: list[_Tag], known: Mapping[str, bool], logs: Sequence[CommitLog]) -> dict[str, bool] | None:
    """None where this can't be told of one of them."""
    reached: dict[str, bool] = {}
    for tag in every:
        name, commit = tag.id.decode(), bytes.fromhex(tag.commit.decode())
        if known.get(name) or any(log.has(commit) for log in logs[:1]):
            reached[name] = True
        elif name in known and tag.inner_kind != _TAG:
            reached[name] = False
        elif any(log.has(commit) for log in logs[1:]):
            reached[name] = True
        else:
            return None
    return reached
