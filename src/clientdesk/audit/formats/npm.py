"""npm's manifest and its lockfiles, package-lock versions 1 to 3."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from clientdesk.audit.repository import Package
from clientdesk.audit.untyped import json_of, table, words

_EXACT = re.compile(r"^[v=]*\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$")
_ALIAS = re.compile(r"npm:(@?[^@]+)(?:@(.*))?$")
_KEY_LINE = re.compile(r'^\s*"([^"]+)":\s*\{')
_SECTIONS = {"dependencies": False, "optionalDependencies": False, "devDependencies": True}


def package_json(path: str, text: str) -> tuple[Package, ...]:
    """What a package.json declares; packages of the same repository (workspace:, file:, link:) are left out."""
    document = json_of(text)
    return tuple(
        Package("npm", *_aliased(name, words(wanted)), path, 0, True, is_development)
        for section, is_development in _SECTIONS.items()
        for name, wanted in table(document, section).items()
        if not words(wanted).startswith(("workspace:", "file:", "link:", "portal:"))
    )


def _aliased(name: str, wanted: str) -> tuple[str, str]:
    """The package itself and its version, where exact: `"es6": "npm:@elastic/elasticsearch@6.8.8"` is no `es6`."""
    real = _ALIAS.match(wanted)
    return (real[1], _exact(real[2] or "")) if real else (name, _exact(wanted))


def package_lock(path: str, text: str, declared: Sequence[Package]) -> tuple[Package, ...]:
    """package-lock.json and npm-shrinkwrap.json of every version."""
    document, lines = json_of(text), _lines_of_keys(text)
    listed = table(document, "packages")
    found = list(_flat(path, listed, lines)) if listed else list(_nested(path, document, lines, declared))
    return tuple(dict.fromkeys(found))


def direct_names(declared: Sequence[Package]) -> frozenset[str]:
    return frozenset(package.name for package in declared)


def _exact(wanted: str) -> str:
    return wanted.lstrip("v=") if _EXACT.match(wanted) else ""


def _lines_of_keys(text: str) -> Mapping[str, int]:
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _KEY_LINE.match(line):
            lines.setdefault(match[1], number)
    return lines


def _flat(path: str, listed: Mapping[str, object], lines: Mapping[str, int]) -> Iterator[Package]:
    """Versions 2 and 3: keys are folders, "" and those outside node_modules are the repository's own."""
    own = [table(entry) for key, entry in listed.items() if "node_modules/" not in key]
    direct = {name for entry in own for section in _SECTIONS for name in table(entry, section)}
    for key, value in listed.items():
        entry = table(value)
        version = words(entry.get("version"))
        if "node_modules/" not in key or entry.get("link") is True or not version:
            continue
        folder = key.rpartition("node_modules/")[2]
        is_direct = folder in direct and key.count("node_modules/") == 1
        is_development = entry.get("dev") is True or entry.get("devOptional") is True
        yield Package(
            "npm", words(entry.get("name")) or folder, version, path, lines.get(key, 0), is_direct, is_development
        )


def _nested(path: str, document: object, lines: Mapping[str, int], declared: Sequence[Package]) -> Iterator[Package]:
    """Version 1: packages inside packages; only those at the top can be direct."""
    direct = direct_names(declared)
    waiting = [(table(document, "dependencies"), True)]
    while waiting:
        level, is_top = waiting.pop()
        for name, value in level.items():
            entry = table(value)
            waiting.append((table(entry, "dependencies"), False))
            if version := _exact(words(entry.get("version"))):
                is_direct = (is_top and name in direct) if direct else None
                yield Package("npm", name, version, path, lines.get(name, 0), is_direct, entry.get("dev") is True)
