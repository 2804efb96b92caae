"""On which line each key of a TOML text stands, which `tomllib` does not tell."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping

Path = tuple[str, ...]


def key_lines(text: str) -> Mapping[Path, int]:
    """The line, from 1, of every table and key of a valid TOML text, by its path; of a repeated one, the first."""
    lines: dict[Path, int] = {}
    table: Path = ()
    for number, statement, parsed in _statements(text.replace("\r\n", "\n").split("\n")):
        if statement.lstrip().startswith("["):
            table = max(_paths(parsed), key=len)
            paths = [table[:depth] for depth in range(1, len(table) + 1)]
        else:
            paths = [table + path for path in _paths(parsed)]
        for path in paths:
            lines.setdefault(path, number)
    return lines


def _statements(lines: list[str]) -> Iterator[tuple[int, str, dict[str, object]]]:
    """Each header and each key with its value, put together where a value runs over several lines."""
    begun, first = "", 1
    for number, line in enumerate(lines, start=1):
        begun, first = (f"{begun}\n{line}", first) if begun else (line, number)
        try:
            parsed = tomllib.loads(begun)
        except tomllib.TOMLDecodeError:
            continue  # the value goes on in the next line
        if parsed:
            yield first, begun, parsed
        begun = ""


def _paths(parsed: object, above: Path = ()) -> Iterator[Path]:
    """Every path in a value; the tables of an array of tables count as one."""
    if isinstance(parsed, list) and parsed and isinstance(parsed[0], dict):
        parsed = parsed[0]
    if isinstance(parsed, dict):
        for key, value in parsed.items():
            yield (*above, key)
            yield from _paths(value, (*above, key))
