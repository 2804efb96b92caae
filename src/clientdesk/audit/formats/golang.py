"""Go's go.mod: since Go 1.17 it lists every module that is built, so it is manifest and lock in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clientdesk.audit.repository import Package

_REQUIRE = re.compile(r"^\s*(?:require\s+)?([\w~/-]+\.[\w.~/-]+)\s+v(\S+?)(?:\+incompatible)?\s*(//\s*indirect.*)?$")
_LONGEST_LINE = 1_000  # characters; nobody writes longer ones, and patterns are slow on them
_REPLACE = re.compile(r"^\s*(?:replace\s+)?([\w.~/-]+)(?:\s+v\S+)?\s*=>\s*(\S+)(?:\s+v(\S+))?")


def go_mod(path: str, text: str, _declared: Sequence[Package] = ()) -> tuple[Package, ...]:
    """Modules with the version that is built; one replaced by a folder of the repository is left out."""
    replaced = {
        match[1]: (match[2], match[3] or "")
        for line in text.splitlines()
        if (match := _REPLACE.match(line[:_LONGEST_LINE]))
    }
    return tuple(_packages(path, text, replaced))


def go_version(text: str) -> str:
    match = re.search(r"^go\s+(\d+\.\d+)", text, re.MULTILINE)
    return match[1] if match else ""


def _packages(path: str, text: str, replaced: dict[str, tuple[str, str]]) -> Iterator[Package]:
    block = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > _LONGEST_LINE:
            continue
        if opening := re.match(r"^(\w+)\s*\($", line.strip()):
            block = opening[1]
        elif line.strip() == ")":
            block = ""
        elif (block == "require" or line.startswith("require ")) and (match := _REQUIRE.match(line)):
            name, version = replaced.get(match[1], (match[1], match[2]))
            if not name.startswith("."):
                yield Package("Go", name, version, path, number, match[3] is None)
