"""Reads who changed what and when: commits newest first, paths under their names of today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from clientdesk.adapters.commit_log import CommitLog, commits_of, spliced
from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_log import LogEnd, people_of, read_log
from clientdesk.adapters.git_process import GitFailed
from clientdesk.adapters.git_tags import Tags, read_tags
from clientdesk.adapters.kept_history import KeptLog, KeptLogs
from clientdesk.adapters.walk_order import places
from clientdesk.audit.repository import History

# A log is written anew when it has grown by so many commits, or by this part of it: writing costs more than asking git.
_GROWN_COMMITS, _GROWN_PART = 500, 50


@dataclass(frozen=True, slots=True)
class _Told:
    """`is_whole`: from the first commit on. `is_certain`: another reading
    would give the same. `grown` by so many commits since it was kept."""

    log: CommitLog
    tags: Tags
    is_whole: bool
    is_certain: bool
    grown: int


def read_history(
    folder: GitFolder,
    commit: str,
    *,
    commits: int,
    paths: int,
    seconds: float,
    kept: KeptLogs | None = None,
    same: Callable[[str], str] = str,
) -> History:
    """At most so many commits, and paths in one of them, in so many seconds; beyond, `complete` is false.

    A move is followed where the content stayed the same, or where the name did: old contents, which a fuller comparison
    needs, are not here. The instant is the committer's. Tags are those of this line of history, newest first.
    With `kept`, git is asked only for what has come since an earlier reading, if that is certain to give the same.
    `same` gives a path that is held already, so that none is held twice.
    """
    limits = _Limits(commits, paths, seconds)
    is_shallow = (folder.repository / "shallow").exists()
    usable = None if is_shallow else kept
    told = (usable and _continued(folder, commit, usable, limits)) or _read(folder, commit, limits)
    if usable and told.is_certain and _is_worth_keeping(told):
        usable.keep(folder, KeptLog(commit, usable.mailmap, told.log, told.is_whole, told.tags.reached))
    read = sorted(commits_of(told.log, same), key=attrgetter("at"), reverse=True)
    return History(tuple(read), told.tags.listed, complete=told.is_whole and not is_shallow)


@dataclass(frozen=True, slots=True)
class _Limits:
    commits: int
    paths: int
    seconds: float


def _is_worth_keeping(told: _Told) -> bool:
    return told.tags.is_asked or told.grown > max(_GROWN_COMMITS, len(told.log) // _GROWN_PART)


def _read(folder: GitFolder, commit: str, limits: _Limits) -> _Told:
    log, end = _log(folder, commit, "", limits)
    is_certain = end is not LogEnd.CUT and log.is_plain and len(log) > 0
    return _Told(log, read_tags(folder, commit), end is LogEnd.ALL, is_certain, grown=len(log))


def _continued(folder: GitFolder, commit: str, kept: KeptLogs, limits: _Limits) -> _Told | None:
    """None where nothing fitting is kept, and where it is not certain that git would tell the same."""
    before = kept.newest(folder, commit)
    if before is None or not _with_names_of_today(folder, commit, before, kept.mailmap):
        return None
    if before.commit == commit:
        return _Told(
            before.log,
            read_tags(folder, commit, before.reached, (before.log,)),
            before.is_whole,
            is_certain=True,
            grown=0,
        )
    newer, end = _log(folder, commit, before.commit, limits)
    where = places(newer, before.log) if end is LogEnd.ALL else None
    if where is None:
        return None
    log = spliced(before.log, newer, where, limits.commits)
    tags = read_tags(folder, commit, before.reached, (newer, before.log))
    is_whole = before.is_whole and len(newer) + len(before.log) <= limits.commits
    return _Told(log, tags, is_whole, is_certain=True, grown=len(newer))


def _log(folder: GitFolder, commit: str, since: str, limits: _Limits) -> tuple[CommitLog, LogEnd]:
    return read_log(folder, commit, since, commits=limits.commits, paths=limits.paths, seconds=limits.seconds)


def _with_names_of_today(folder: GitFolder, commit: str, before: KeptLog, mailmap: str) -> bool:
    """Name the authors as the mailmap of `commit` does; false where git does not tell."""
    if before.mailmap != mailmap:
        try:
            before.log.authors = people_of(folder, commit, before.log)
        except GitFailed:
            return False
    return True
