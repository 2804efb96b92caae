"""Brings one commit of a repository here, bare: its files up to a size, and its history without old contents."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from clientdesk.adapters.git_address import Source
from clientdesk.adapters.git_environment import GitFolder, is_tolerated
from clientdesk.adapters.git_process import GitFailed, run
from clientdesk.adapters.git_refs import FarRefs, Wanted, far_refs, no_such_commit, wanted
from clientdesk.adapters.git_refusal import refusal
from clientdesk.domain.refusal import Refusal

_AUDITED = "refs/heads/audited"
_HISTORY = "refs/history/head"
_SHA256_DIGITS = 64
_FETCH = ("fetch", "--quiet", "--no-write-fetch-head", "--no-recurse-submodules", "--force")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one clone may cost. Files larger than `file_bytes` are not fetched where the far side can leave them out.

    With `old_contents`, those of earlier commits are fetched too, up to `old_file_bytes` each: if that takes too long,
    or too much room, the history comes without.
    """

    seconds: float = 900.0
    clone_bytes: int = 4_000_000_000
    file_bytes: int = 10_000_000
    files: int = 300_000
    commits: int = 50_000
    history_seconds: float = 120.0
    old_contents: bool = True
    contents_seconds: float = 120.0
    contents_bytes: int = 1_000_000_000
    old_file_bytes: int = 5_000_000


@dataclass(frozen=True, slots=True)
class Clone:
    """A commit that is here, how it was asked for, and the default branch of where it came from."""

    want: Wanted
    commit: str
    default_branch: str


@dataclass(slots=True)
class Watch:
    """Stops a clone that takes too long or grows too large."""

    folder: Path
    printed: str
    limits: Limits
    started: float

    def __call__(self) -> None:
        if self.seconds() > self.limits.seconds:
            raise Refusal(
                f"reading {self.printed} took longer than {self.limits.seconds:g} seconds and was stopped; "
                "try again, name a local clone, or allow more time"
            )
        if self.size() > self.limits.clone_bytes:
            raise Refusal(
                f"the clone of {self.printed} grew larger than {self.limits.clone_bytes / 1e6:g} MB and was stopped; "
                "name a local clone, or allow more"
            )

    def seconds(self) -> float:
        return time.monotonic() - self.started

    def size(self) -> int:
        return _size_of(self.folder)


class _TooMuch(Exception):
    """The contents of earlier commits cost more than they may; the message says of what."""


@dataclass(frozen=True, slots=True)
class _ContentsWatch:
    """Watches the fetch of earlier commits' contents, within what the whole clone may cost."""

    clone: Watch
    began: float
    size: int

    def __call__(self) -> None:
        self.clone()
        limits = self.clone.limits
        if time.monotonic() - self.began > limits.contents_seconds:
            raise _TooMuch(f"it takes longer than {limits.contents_seconds:g} seconds")
        if self.clone.size() - self.size > limits.contents_bytes:
            raise _TooMuch(f"they are larger than {limits.contents_bytes / 1e6:g} MB")


def watch_over(folder: GitFolder, source: Source, limits: Limits) -> Watch:
    return Watch(folder.path, source.printed, limits, time.monotonic())


def clone(folder: GitFolder, source: Source, ref: str, limits: Limits, watch: Callable[[], None]) -> Clone:
    """The commit that `ref` names, with its files. A clone of a far repository has no history yet: see `deepen`."""
    _initialise(folder, "sha1")
    far = far_refs(folder, source, watch)
    want = wanted(far, ref, source)
    if any(len(commit) == _SHA256_DIGITS for commit in far.ids.values()):
        _initialise(folder, "sha256")
    if source.is_folder:
        _borrow(folder, source, far, want)
    else:
        run(folder, ["config", "remote.origin.url", source.url])
        _fetch_files(folder, source, far, want, limits, watch)
    return Clone(want, _commit(folder, want, far, source), far.default)


def deepen(folder: GitFolder, source: Source, here: Clone, watch: Watch) -> None:
    """Bring the history of a clone: commits, trees and, where that is wanted and not too much, old contents."""
    if source.is_folder or not (folder.repository / "shallow").exists():
        folder.note_old_contents("")
        return
    far_name = here.want.full or here.commit
    arguments = ["--unshallow", "origin", f"+{far_name}:{_HISTORY}"]
    try:
        why_not = _fetch_contents(folder, source, arguments, watch)
        if why_not:
            _fetch(folder, source, ["--filter=blob:none", *arguments], watch)
    except GitFailed as failed:
        raise refusal(str(failed), source.printed, source.credential) from failed
    folder.note_old_contents(why_not)


def _fetch_contents(folder: GitFolder, source: Source, arguments: Sequence[str], watch: Watch) -> str:
    """The history with its contents; returns why not, "" if it is here."""
    if not watch.limits.old_contents:
        return "the contents of earlier commits were not asked for"
    try:
        selected = [f"--filter=blob:limit={watch.limits.old_file_bytes + 1}", *arguments]
        _fetch(folder, source, selected, _ContentsWatch(watch, time.monotonic(), watch.size()))
    except _TooMuch as reason:
        _remove_halves(folder)
        if (folder.repository / "shallow").exists():
            return f"the contents of earlier commits were not fetched: {reason}"
    return ""


def _remove_halves(folder: GitFolder) -> None:
    """What a killed fetch leaves behind: half a pack, and locks that would stop the next."""
    for pattern in ("objects/pack/tmp_*", "objects/pack/*.keep", "*.lock", "refs/**/*.lock"):
        for left in folder.repository.glob(pattern):
            left.unlink(missing_ok=True)


def _initialise(folder: GitFolder, object_format: str) -> None:
    shutil.rmtree(folder.repository, ignore_errors=True)
    run(folder, ["init", "--quiet", "--bare", "--template=", f"--object-format={object_format}"])


@contextmanager
def _unpromised(folder: GitFolder) -> Iterator[None]:
    """A partial fetch notes the far side as the one to ask for what is missing. Afterwards nobody is to be asked."""
    settings = folder.repository / "config"
    before = settings.read_text(encoding="utf-8")
    try:
        yield
    finally:
        settings.write_text(before, encoding="utf-8")


def _fetch_files(
    folder: GitFolder, source: Source, far: FarRefs, want: Wanted, limits: Limits, watch: Callable[[], None]
) -> None:
    far_name = want.full or want.id
    if not far_name:
        return _fetch_all(folder, source, want, watch)
    selected = ["--depth=1", f"--filter=blob:limit={limits.file_bytes + 1}", "origin", f"+{far_name}:{_AUDITED}"]
    try:
        _fetch(folder, source, selected, watch)
    except GitFailed as failed:
        if _needs_everything(str(failed)):
            return _fetch_all(folder, source, want, watch)
        if not want.full and _is_missing(str(failed)):
            raise no_such_commit(far, want.ref, source) from failed
        raise refusal(str(failed), source.printed, source.credential) from failed
    return None


def _needs_everything(complaint: str) -> bool:
    """Servers of old: no shallow clones, or no single commits."""
    return "does not support shallow" in complaint or "unadvertised object" in complaint


def _is_missing(complaint: str) -> bool:
    return "not our ref" in complaint or "couldn't find remote ref" in complaint


def _fetch_all(folder: GitFolder, source: Source, want: Wanted, watch: Callable[[], None]) -> None:
    """Everything, as an ordinary clone does: for a shortened commit id, which no far side can look up."""
    named = [f"+{want.full}:{_AUDITED}"] if want.full else []
    try:
        _fetch(folder, source, ["--tags", "origin", "+refs/heads/*:refs/far/*", *named], watch)
    except GitFailed as failed:
        raise refusal(str(failed), source.printed, source.credential) from failed


def _fetch(folder: GitFolder, source: Source, arguments: Sequence[str], watch: Callable[[], None]) -> None:
    """Fetch, with git's check of every object. Raises `GitFailed`.

    Before version 2.45 that check can't be told, in a partial fetch, to bear with old tools' flaws. A repository that
    has them is fetched once more without; forged file names, which matter here, are refused when the tree is read.
    """
    with _unpromised(folder):
        try:
            run(folder, [*_FETCH, *arguments], protocol=source.protocol, watch=watch, access=source.access)
        except GitFailed as failed:
            if not is_tolerated(str(failed)):
                raise
            lenient = ["-c", "transfer.fsckObjects=false", *_FETCH, *arguments]
            run(folder, lenient, protocol=source.protocol, watch=watch, access=source.access)


def _borrow(folder: GitFolder, source: Source, far: FarRefs, want: Wanted) -> None:
    """Read a local repository where it lies: its objects are lent to ours, its settings and hooks are not."""
    lender = _git_folder_of(Path(source.url))
    objects = lender / "objects"
    if not objects.is_dir() or "\n" in str(objects):
        raise Refusal(f"{source.printed} is not a git repository that can be read; name the folder that holds .git")
    information = folder.repository / "objects" / "info"
    information.mkdir(parents=True, exist_ok=True)
    (information / "alternates").write_text(f"{objects}\n", encoding="utf-8")
    if (lender / "shallow").is_file():
        (folder.repository / "shallow").write_bytes((lender / "shallow").read_bytes())
    lines = [f"{commit} {name}\n" for name, commit in sorted(_lent(far, want).items())]
    (folder.repository / "packed-refs").write_text("".join(lines), encoding="utf-8")


def _lent(far: FarRefs, want: Wanted) -> dict[str, str]:
    tags = {name: commit for name, commit in far.ids.items() if name.startswith("refs/tags/")}
    return tags | ({_AUDITED: want.id} if want.id else {})


def _git_folder_of(folder: Path) -> Path:
    """Where the objects of a work tree, a linked work tree or a bare repository are; `folder` where that is unclear."""
    inner = folder / ".git"
    try:
        home = _pointed(inner, "gitdir:") if inner.is_file() else inner if inner.is_dir() else folder
        shared = home / "commondir"
        return _pointed(shared, "") if shared.is_file() else home
    except (OSError, ValueError):
        return folder


def _pointed(pointer: Path, prefix: str) -> Path:
    words = pointer.read_text(encoding="utf-8", errors="replace").removeprefix(prefix).strip()
    return (pointer.parent / words).resolve()


def _commit(folder: GitFolder, want: Wanted, far: FarRefs, source: Source) -> str:
    for name in (_AUDITED,) if want.full else (_AUDITED, want.id or want.ref.lower()):
        with suppress(GitFailed):
            return run(folder, ["rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"]).decode().strip()
    if want.full:
        raise Refusal(f'"{want.ref}" of {source.printed} is not a commit that can be read; name a branch')
    raise no_such_commit(far, want.ref, source)


def _size_of(folder: Path) -> int:
    """Bytes on disk. Files come and go while git works, so what vanishes counts nothing."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += Path(parent, name).lstat().st_size
    return total
