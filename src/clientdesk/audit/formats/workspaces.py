"""Workspaces: which folders share the lockfile of a folder above them (npm, yarn, pnpm, uv)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from clientdesk.audit.repository import Repository, Unreadable
from clientdesk.audit.untyped import Malformed, json_of, rows, table, toml_of, words

_PNPM_MEMBER = re.compile(r"""^[ \t]*-[ \t]*["']?([^"'\s#]+)""", re.MULTILINE)


def is_member(repository: Repository, root: str, folder: str) -> bool:
    """Whether `folder` belongs to the workspace whose lock is in `root`; both end with a slash, "" is the top."""
    if not folder.startswith(root) or folder == root:
        return False
    inner = folder.removeprefix(root).rstrip("/")
    patterns = [pattern.removeprefix("./").rstrip("/") for pattern in _patterns(repository, root)]
    return any(not pattern.startswith("!") and fnmatchcase(inner, pattern) for pattern in patterns)


def _patterns(repository: Repository, root: str) -> Iterator[str]:
    yield from _PNPM_MEMBER.findall(_text(repository, f"{root}pnpm-workspace.yaml"))
    try:
        workspaces = table(json_of(_text(repository, f"{root}package.json") or "{}")).get("workspaces")
        yield from (words(item) for item in rows(workspaces) or rows(table(workspaces).get("packages")))
        project = toml_of(_text(repository, f"{root}pyproject.toml"))
        yield from (words(item) for item in rows(table(project, "tool", "uv", "workspace").get("members")))
    except Malformed:
        return


def _text(repository: Repository, path: str) -> str:
    try:
        return repository.text(path)
    except (KeyError, Unreadable):
        return ""
