"""Tables among a check's flat figures: `hotspots.3.revisions` is the third row's `revisions`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Value = int | float | str
_ROW = re.compile(r"^(?P<table>[a-z_]+)\.(?P<number>[1-9]\d*)\.(?P<field>[a-z_]+)$")


def as_metrics(table: str, rows: Sequence[Mapping[str, Value]]) -> dict[str, Value]:
    """The rows as figures, numbered from 1 in their order."""
    return {f"{table}.{n}.{field}": value for n, row in enumerate(rows, start=1) for field, value in row.items()}


def rows_of(metrics: Mapping[str, Value], table: str) -> list[dict[str, Value]]:
    """The rows of a table in their order; none where there is no such table."""
    rows: dict[int, dict[str, Value]] = {}
    for name, value in metrics.items():
        if (row := _ROW.match(name)) and row["table"] == table:
            rows.setdefault(int(row["number"]), {})[row["field"]] = value
    return [rows[number] for number in sorted(rows)]


def is_row(name: str) -> bool:
    """Whether a figure belongs to a table, so that it means nothing alone."""
    return _ROW.match(name) is not None
