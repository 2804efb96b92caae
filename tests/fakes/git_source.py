"""Small real git repositories, written from readable text: the same text gives the same commit ids."""

from __future__ import annotations

import os
import subprocess
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

FIRST_COMMIT_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
GIANT_BYTES = 5 << 30
GIANT = "0be2be10a4c8764f32c4bf372a98edc731a4b204"  # the id of that many zeros
ADA = "Ada Lovelace <ada@example.com>"


@dataclass(frozen=True)
class Link:
    """A symbolic link and what it points at."""

    target: str


@dataclass(frozen=True)
class Executable:
    """A file with its executable bit set."""

    text: str


@dataclass(frozen=True)
class Submodule:
    """A submodule entry at this commit."""

    commit: str = "1" * 40


Content = str | bytes | Link | Executable | Submodule | None


class GitSource:
    """A repository to clone from. Commits follow each other by a day, unless they say when they were made."""

    def __init__(self, path: Path, *, bare: bool = True, branch: str = "main") -> None:
        self.path = path
        self._branch = branch
        self._next = FIRST_COMMIT_AT
        path.mkdir(parents=True)
        self.git("init", "--quiet", "--template=", f"--initial-branch={branch}", *(["--bare"] if bare else []))

    @property
    def address(self) -> str:
        return str(self.path)

    @property
    def head(self) -> str:
        return self.git("rev-parse", "HEAD")

    def commit(
        self,
        files: Mapping[str | bytes, Content],
        *,
        message: str = "Change",
        author: str = ADA,
        at: datetime | None = None,
        branch: str = "",
    ) -> str:
        """Add, replace or (with None) remove files on top of a branch; returns the commit's id."""
        on, moment = branch or self._branch, at or self._next
        self._next = moment + timedelta(days=1)
        stream = _fast_import(on, files, message, author, moment, has_parent=self._has(on))
        self.git("fast-import", "--quiet", "--force", stdin=stream)
        return self.git("rev-parse", f"refs/heads/{on}")

    def rename(self, old: str, new: str, *, branch: str = "") -> str:
        """A commit that moves one file and changes nothing in it."""
        return self.commit({old: None, new: self.content(old)}, message=f"Move {old}", branch=branch)

    def commit_bomb(self) -> str:
        """A commit of a few hundred bytes whose tree unfolds to ten thousand million files."""
        tree = self.git("mktree", stdin=f"100644 blob {self.git('hash-object', '-w', '--stdin')}\ta\n".encode())
        for _ in range(10):
            folders = "".join(f"040000 tree {tree}\td{number}\n" for number in range(10))
            tree = self.git("mktree", stdin=folders.encode())
        who = {"GIT_AUTHOR_NAME": "Eve", "GIT_AUTHOR_EMAIL": "eve@example.com"}
        parent = ["-p", "HEAD"] if self._has(self._branch) else []
        commit = self.git("commit-tree", tree, *parent, "-m", "Bomb", **who)
        self.git("update-ref", f"refs/heads/{self._branch}", commit)
        return commit

    def commit_giant(self, path: str) -> str:
        """A commit of a real file of five gigabytes of zeros, which git keeps in five megabytes.

        Its object is put together from one packed stretch, for packing it all would take half a minute.
        """
        self._write_giant()
        index = f"100644 blob {GIANT}\t{path}\n100644 blob {self.git('rev-parse', 'HEAD:a.txt')}\ta.txt\n"
        tree = self.git("mktree", stdin=index.encode())
        who = {"GIT_AUTHOR_NAME": "Eve", "GIT_AUTHOR_EMAIL": "eve@example.com"}
        commit = self.git("commit-tree", tree, "-p", "HEAD", "-m", "Giant", **who)
        self.git("update-ref", f"refs/heads/{self._branch}", commit)
        return commit

    def _write_giant(self) -> None:
        stretch, head = bytes(1 << 26), b"blob %d\0" % GIANT_BYTES
        packing = zlib.compressobj(1)
        begun = packing.compress(head) + packing.flush(zlib.Z_FULL_FLUSH)
        packed = packing.compress(stretch) + packing.flush(zlib.Z_FULL_FLUSH)
        high, low = divmod(zlib.adler32(head), 1 << 16)
        checksum = (high + low * GIANT_BYTES) % 65_521 << 16 | low  # zeros add the low half again and again
        file = self.path / "objects" / GIANT[:2] / GIANT[2:]
        file.parent.mkdir(exist_ok=True)
        last = b"\x01\x00\x00\xff\xff" + checksum.to_bytes(4, "big")
        file.write_bytes(begun + packed * (GIANT_BYTES // len(stretch)) + last)

    def branch(self, name: str, at: str = "HEAD") -> None:
        self.git("branch", name, at)

    def tag(self, name: str, at: str = "HEAD") -> None:
        self.git("tag", name, at)

    def annotated_tag(self, name: str, message: str, moment: datetime = FIRST_COMMIT_AT) -> None:
        stamp = f"{int(moment.timestamp())} +0000"
        self.git("tag", "-a", "-m", message, name, GIT_COMMITTER_DATE=stamp)

    def check_out(self) -> None:
        """Write the files of the current branch into the folder (not for a bare repository)."""
        self.git("reset", "--quiet", "--hard")

    def content(self, path: str) -> bytes:
        return self._run(["cat-file", "blob", f"HEAD:{path}"])

    def git(self, *arguments: str, stdin: bytes = b"", **environment: str) -> str:
        return self._run(list(arguments), stdin, environment).decode().strip()

    def _has(self, branch: str) -> bool:
        return bool(self.git("for-each-ref", f"refs/heads/{branch}"))

    def _run(self, arguments: Sequence[str], stdin: bytes = b"", environment: Mapping[str, str] | None = None) -> bytes:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.path,
            env=_quiet_environment() | dict(environment or {}),
            input=stdin,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout


def _quiet_environment() -> dict[str, str]:
    """Git as it is out of the box, whatever the machine's settings are."""
    return {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_COMMITTER_NAME": "Ada Lovelace",
        "GIT_COMMITTER_EMAIL": "ada@example.com",
    }


def _fast_import(
    branch: str,
    files: Mapping[str | bytes, Content],
    message: str,
    author: str,
    at: datetime,
    *,
    has_parent: bool,
) -> bytes:
    stamp = f"{author} {int(at.timestamp())} +0000".encode()
    head = [b"commit refs/heads/" + branch.encode(), b"author " + stamp, b"committer " + stamp]
    lines = [*head, _data(message.encode())]
    if has_parent:
        lines.append(f"from refs/heads/{branch}^0".encode())
    removed_first = sorted(files.items(), key=lambda item: item[1] is not None)
    lines.extend(_change(_quoted(path), content) for path, content in removed_first)
    return b"\n".join(lines) + b"\n\ndone\n"


def _change(path: bytes, content: Content) -> bytes:
    match content:
        case None:
            return b"D " + path
        case Submodule(commit):
            return b"M 160000 " + commit.encode() + b" " + path
        case Link(target):
            return b"M 120000 inline " + path + b"\n" + _data(target.encode())
        case Executable(text):
            return b"M 100755 inline " + path + b"\n" + _data(text.encode())
        case str(text):
            return b"M 100644 inline " + path + b"\n" + _data(text.encode())
        case bytes(raw):
            return b"M 100644 inline " + path + b"\n" + _data(raw)


def _data(content: bytes) -> bytes:
    return b"data %d\n" % len(content) + content


def _quoted(path: str | bytes) -> bytes:
    raw = path.encode() if isinstance(path, str) else path
    plain = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/ "
    return b'"' + b"".join(bytes([byte]) if byte in plain else b"\\%03o" % byte for byte in raw) + b'"'
