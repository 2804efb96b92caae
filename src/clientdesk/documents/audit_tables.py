"""Tables that checks leave among their figures, formatted for print: hotspots with their picture, and knowledge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clientdesk.audit.metric_rows import Value, rows_of
from clientdesk.audit.report import AuditReport
from clientdesk.documents.client_text import printable
from clientdesk.documents.figures import Figures

_Row = Mapping[str, Value]


def hotspots_view(report: AuditReport, figures: Figures) -> dict[str, object] | None:
    """The files with the most change times complexity; None where the check has no such table."""
    rows = _rows(report, "hotspots", ("path", "revisions", "complexity", "lines", "score"))
    if not rows:
        return None
    return {
        "chart": {"kind": "bubbles", "rows": [_point(row) for row in rows]},
        "rows": [_hotspot(number, row, figures) for number, row in enumerate(rows, start=1)],
        "changed": figures.number(_number(_metric(report, "hotspots.changed_files"))),
        "commits": figures.number(_number(_metric(report, "hotspots.commits"))),
        "hot": sum(bool(row.get("hot")) for row in rows),
    }


def knowledge_view(report: AuditReport, figures: Figures) -> list[dict[str, object]]:
    """Who knows which area; empty where the check has no such table."""
    rows = _rows(report, "knowledge", ("area", "commits", "authors", "main_author", "share", "quiet_days"))
    return [
        {
            "area": printable(str(row["area"]), 80),
            "commits": figures.number(_number(row["commits"])),
            "authors": figures.number(_number(row["authors"])),
            "main_author": printable(str(row["main_author"]), 60),
            "share": figures.number(_number(row["share"])),
            "quiet_days": figures.number(_number(row["quiet_days"])),
        }
        for row in rows
    ]


def _rows(report: AuditReport, table: str, needed: Sequence[str]) -> list[dict[str, Value]]:
    """Whole rows only: an older report's may lack a column."""
    rows = [row for result in report.results for row in rows_of(result.metrics, table)]
    return [row for row in rows if all(field in row for field in needed)]


def _point(row: _Row) -> dict[str, float]:
    return {
        "x": max(1, _number(row["revisions"])),
        "y": max(1, _number(row["complexity"])),
        "size": _number(row["lines"]),
        "hot": _number(row.get("hot", 0)),
    }


def _hotspot(number: int, row: _Row, figures: Figures) -> dict[str, object]:
    figured = {name: figures.number(_number(row[name])) for name in ("revisions", "complexity", "lines", "score")}
    return {"number": number, "path": printable(str(row["path"]), 160), "hot": bool(row.get("hot")), **figured}


def _metric(report: AuditReport, name: str) -> Value:
    return next((result.metrics[name] for result in report.results if name in result.metrics), 0)


def _number(value: Value) -> float:
    return 0 if isinstance(value, str) else value
