"""yarn.lock, classic and berry, and pnpm-lock.yaml from 5 to 9, read line by line: they can be megabytes long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clientdesk.audit.formats.npm import direct_names
from clientdesk.audit.repository import Package

_YARN_VERSION = re.compile(r'^  "?version"?:? "?([^"\s]+)"?\s*$')
_YARN_RESOLUTION = re.compile(r'^  resolution: "?(@?[^@"]+)@([a-z]+):')
_PNPM_KEY = re.compile(r"^  '?/?(@[^@/()'\s]+/[^@/()'\s]+|[^@/()'\s]+)[@/](\d[^'():_\s]*)[^:]*'?:")
_PNPM_IMPORTER = re.compile(r"^(?: {0,6})(dependencies|devDependencies|optionalDependencies):\s*$")
_PNPM_DEV = re.compile(r"^    dev: (true|false)\s*$")


def yarn(path: str, text: str, declared: Sequence[Package]) -> tuple[Package, ...]:
    """Classic and berry differ in a colon; what is direct and for development stands in package.json alone."""
    direct = direct_names(declared)
    shipped = frozenset(package.name for package in declared if not package.development)
    found: list[Package] = []
    name, line = "", 0
    for number, raw in enumerate(text.splitlines(), start=1):
        if raw and not raw.startswith((" ", "#")):
            name, line = _yarn_name(raw), number
        elif name and (match := _YARN_VERSION.match(raw)):
            is_direct = name in direct if direct else None
            is_development = name not in shipped if is_direct else None
            found.append(Package("npm", name, match[1], path, line, is_direct, is_development))
        elif (match := _YARN_RESOLUTION.match(raw)) and found and found[-1].line == line:
            found = _resolved(found, match[1], match[2])
            name = ""
    return tuple(dict.fromkeys(found))


def pnpm(path: str, text: str, _declared: Sequence[Package]) -> tuple[Package, ...]:
    """The sections `importers` (before version 9 the top level) say what is direct, `packages` what is installed."""
    lines = text.splitlines()
    wanted = dict(_pnpm_wanted(lines))
    found: list[Package] = []
    section = ""
    for number, raw in enumerate(lines, start=1):
        if raw and not raw[0].isspace():
            section = raw.split(":")[0]
        elif section == "packages" and (match := _PNPM_KEY.match(raw)):
            name = match[1]
            found.append(Package("npm", name, match[2], path, number, name in wanted, wanted.get(name)))
        elif section == "packages" and found and (dev := _PNPM_DEV.match(raw)):
            last = found[-1]
            found[-1] = Package("npm", last.name, last.version, path, last.line, last.direct, dev[1] == "true")
    return tuple(dict.fromkeys(found))


def _yarn_name(heading: str) -> str:
    """From `"@scope/a@npm:^1, @scope/a@^2":` the name; "" for what is no package (`__metadata`, workspaces)."""
    first = heading.rstrip(": ").split(",")[0].strip().strip('"')
    name, _, wanted = first[1:].partition("@")
    if not wanted or wanted.startswith(("workspace:", "link:", "portal:", "file:", "patch:")):
        return ""
    alias = re.match(r"npm:(@?[^@:]+)@", wanted)
    return alias[1] if alias else first[0] + name


def _resolved(found: list[Package], name: str, protocol: str) -> list[Package]:
    """Berry says what an entry really is: another name for an alias, a part of the repository for a workspace."""
    last = found[-1]
    if protocol in {"workspace", "link", "portal", "file"}:
        return found[:-1]
    return [*found[:-1], Package("npm", name, last.version, last.path, last.line, last.direct, last.development)]


def _pnpm_wanted(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each direct dependency, and whether it is for development; a runtime claim comes last and so wins."""
    claims: list[tuple[str, bool]] = []
    depth, is_development, is_open = 0, False, False
    for raw in lines:
        if raw.startswith(("packages:", "snapshots:")):
            break
        indent = len(raw) - len(raw.lstrip())
        if match := _PNPM_IMPORTER.match(raw):
            depth, is_development, is_open = indent, match[1] == "devDependencies", True
        elif is_open and raw.strip() and indent <= depth:
            is_open = False
        elif is_open and indent == depth + 2:
            claims.append((raw.strip().split(":")[0].strip("'\""), is_development))
    return iter(sorted(claims, key=lambda claim: not claim[1]))
