"""The report on what code does with records and packages, put together from the passes' rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clientdesk.adapters.analysers.wire import Result
from clientdesk.audit.data_facts import Answer, Association, DataReport, Import, RowLoop, Rows
from clientdesk.audit.repository import UnreadFile
from clientdesk.audit.result import Tool

VERSION = "1"


_KEYS = ("associations", "rows", "loops", "answers", "imports", "unread")


def tool() -> Tool:
    return Tool("clientdesk data rules", VERSION)


def data_report(found: Mapping[str, Result]) -> DataReport:
    """By path; a file that a pass could not read gives no facts and is named."""
    found = {path: facts for path, result in found.items() if (facts := _facts(result))}
    return DataReport(
        tool(),
        tuple(Association(path, *row) for path, row in _rows(found, "associations")),
        tuple(Rows(path, *row) for path, row in _rows(found, "rows")),
        tuple(_loop(path, *row) for path, row in _rows(found, "loops")),
        tuple(Answer(path, *row) for path, row in _rows(found, "answers")),
        tuple(Import(path, *row) for path, row in _rows(found, "imports")),
        tuple(UnreadFile(path, str(result["unread"])) for path, result in found.items() if "unread" in result),
    )


def _loop(path: str, line: int, scope: str, source: str, reads: list[str]) -> RowLoop:
    return RowLoop(path, line, scope, source, tuple(reads))


def _facts(result: Result) -> Result:
    return {key: result[key] for key in _KEYS if result.get(key)}


def _rows(found: Mapping[str, Result], key: str) -> list[tuple[str, Any]]:
    return [(path, row) for path, result in found.items() for row in result.get(key, ())]  # type: ignore[attr-defined]  # the passes wrote it
