"""The little world that git gets to see: our settings and variables, nothing of this machine's or the client's."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

# Old commits written by old tools: git's own check warns of these, and they harm nobody.
_TOLERATED = (
    "badDate", "badDateOverflow", "badEmail", "badName", "badTimezone", "gitmodulesMissing", "missingEmail",
    "missingNameBeforeEmail", "missingSpaceBeforeDate", "missingSpaceBeforeEmail", "missingTaggerEntry", "nulInCommit",
    "zeroPaddedDate", "zeroPaddedFilemode",
)  # fmt: skip

_SETTINGS = f"""\
[core]
    hooksPath = {os.devnull}
    attributesFile = {os.devnull}
    fsmonitor = false
    bigFileThreshold = 10m
    packedGitWindowSize = 8m
    packedGitLimit = 64m
    deltaBaseCacheLimit = 32m
[safe]
    directory = *
    bareRepository = explicit
[transfer]
    fsckObjects = true
    bundleURI = false
[fetch]
    unpackLimit = 1
    recurseSubmodules = false
[submodule]
    recurse = false
[gc]
    auto = 0
[maintenance]
    auto = false
[advice]
    detachedHead = false
[fetch "fsck"]
""" + "".join(f"    {message} = ignore\n" for message in _TOLERATED)

_NOT_FETCHED = "the contents of earlier commits were not fetched"

# Of the caller's GIT_* variables only those that say how to reach a host are let through.
_LET_THROUGH = frozenset(
    {
        "GIT_EXEC_PATH",
        "GIT_HTTP_PROXY_AUTHMETHOD",
        "GIT_PROXY_SSL_CAINFO",
        "GIT_SSH_COMMAND",
        "GIT_SSL_CAINFO",
        "GIT_SSL_CAPATH",
    }
)

# What we set ourselves for every command.
_OURS = frozenset(
    {
        "GIT_ALLOW_PROTOCOL",
        "GIT_ASKPASS",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_NOSYSTEM",
        "GIT_DIR",
        "GIT_LFS_SKIP_SMUDGE",
        "GIT_NO_LAZY_FETCH",
        "GIT_NO_REPLACE_OBJECTS",
        "GIT_OPTIONAL_LOCKS",
        "GIT_SSH_COMMAND",
        "GIT_TERMINAL_PROMPT",
    }
)


@dataclass(frozen=True, slots=True)
class GitFolder:
    """A folder of ours: a bare repository, and beside it the only settings git gets to see."""

    path: Path

    @property
    def repository(self) -> Path:
        return self.path / "repository.git"

    @property
    def settings(self) -> Path:
        return self.path / "settings"

    @property
    def _note(self) -> Path:
        return self.path / "old-contents"

    def note_old_contents(self, why_not: str) -> None:
        """Keep why the contents of earlier commits are not here, "" if they are."""
        self._note.write_text(why_not, encoding="utf-8")

    def why_no_old_contents(self) -> str:
        """What was noted; a clone whose history nobody brought has none."""
        return self._note.read_text(encoding="utf-8") if self._note.is_file() else _NOT_FETCHED

    def prepare(self) -> None:
        self.settings.write_text(_SETTINGS, encoding="utf-8")


def is_tolerated(complaint: str) -> bool:
    """Whether git refused an object for one of those flaws."""
    named = re.search(r"object [0-9a-f]{40,64}: (\w+):", complaint)
    return named is not None and named[1].lower() in {message.lower() for message in _TOLERATED}


def without_foreign_variables() -> list[str]:
    """A prefix that removes what GitPython would inherit: GIT_DIR of a hook we run in, settings, tracing."""
    foreign = [name for name in os.environ if name.startswith("GIT_") and name not in _LET_THROUGH | _OURS]
    return ["env", *(word for name in foreign for word in ("-u", name))] if foreign else []


def environment(folder: GitFolder, protocol: str, ssh_options: str = "") -> dict[str, str]:
    ssh = " ".join(filter(None, (os.environ.get("GIT_SSH_COMMAND", "ssh"), ssh_options)))
    return {
        "GIT_DIR": str(folder.repository),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": str(folder.settings),
        "GIT_ALLOW_PROTOCOL": protocol,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_SSH_COMMAND": f"{ssh} -o BatchMode=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=20",
    }
