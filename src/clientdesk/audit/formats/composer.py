"""PHP's composer.json and composer.lock."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clientdesk.audit.repository import Package
from clientdesk.audit.untyped import json_of, rows, table, words

_SECTIONS = {"require": False, "require-dev": True}
_NAME_LINE = re.compile(r'^ {12}"name": "([^"]+)"')
_LOCKED = {"packages": False, "packages-dev": True}


def composer_json(path: str, text: str) -> tuple[Package, ...]:
    """What is required, without PHP itself and its extensions, which are no packages."""
    document = json_of(text)
    return tuple(
        Package("Packagist", name.lower(), _exact(words(wanted)), path, 0, True, is_development)
        for section, is_development in _SECTIONS.items()
        for name, wanted in table(document, section).items()
        if "/" in name
    )


def composer_lock(path: str, text: str, declared: Sequence[Package]) -> tuple[Package, ...]:
    document = json_of(text)
    direct = {package.name for package in declared}
    lines = {match[1]: place for place, line in enumerate(text.splitlines(), 1) if (match := _NAME_LINE.match(line))}
    return tuple(
        Package(
            "Packagist",
            name.lower(),
            version,
            path,
            lines.get(name, 0),
            name.lower() in direct if direct else None,
            dev,
        )
        for section, dev in _LOCKED.items()
        for name, version in (_named(item) for item in rows(table(document).get(section)))
        if name
    )


def _named(item: object) -> tuple[str, str]:
    entry = table(item)
    return words(entry.get("name")), words(entry.get("version")).removeprefix("v")


def _exact(wanted: str) -> str:
    return wanted.removeprefix("v") if re.match(r"^v?\d+\.\d+(\.\d+)*$", wanted) else ""
