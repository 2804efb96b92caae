"""On which line each key of a TOML text stands, which `tomllib` does not tell."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping

Path = tuple[str, ...]
Place = tuple[str | int, ...]


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


def numbered_lines(text: str) -> dict[Place, int]:
    """Like `key_lines`, with the items of `[[tables]]` told apart by their number from 0: `("accept", 1, "until")`.

    For files whose arrays of tables stand at the top.
    """
    lines: dict[Place, int] = {}
    begun: dict[str, int] = {}
    table: Place = ()
    for number, statement, parsed in _statements(text.replace("\r\n", "\n").split("\n")):
        path = max(_paths(parsed), key=len)
        if statement.lstrip().startswith("[["):
            begun[path[0]] = begun.get(path[0], -1) + 1
            table = (path[0], begun[path[0]], *path[1:])
            places: list[Place] = [table]
        elif statement.lstrip().startswith("["):
            table = path
            places = [table]
        else:
            places = [(*table, *below) for below in _paths(parsed)]
        for place in (*places, *(place[:1] for place in places)):
            lines.setdefault(place, number)
    return lines
