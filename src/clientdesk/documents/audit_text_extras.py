"""For a terminal: what has changed since the last audit, the hotspots, what was set aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from clientdesk.audit.report import AuditReport
from clientdesk.documents.audit_changes import changes_view, set_aside_view
from clientdesk.documents.audit_tables import hotspots_view
from clientdesk.documents.figures import Figures

_SHOWN = 10
_HOTTEST = 5
_PLAIN = Figures("en_IE")
_Row = Mapping[str, object]


def changes_lines(report: AuditReport) -> Iterator[str]:
    """Nothing where no earlier audit was given."""
    view = changes_view(report, _PLAIN)
    changes = report.changes
    if view is None or changes is None:
        return
    points = "" if changes.points is None else f", {changes.points} points then"
    yield ""
    yield (
        f"Since the audit of {changes.audited_at:%Y-%m-%d} ({view['commit_short']}{points}): {len(changes.new)} new, "
        f"{len(changes.remaining)} remain, {len(changes.fixed)} fixed or gone"
    )
    yield from _found("+", _rows(view, "new"))
    yield from _found("-", _rows(view, "fixed"))
    for row in _rows(view, "not_compared"):
        yield f"  {row['check']}: not compared. {row['text']}"
    for row in _rows(view, "remarks"):
        yield f"  {row['check']}: {row['text']}" if row["check"] else f"  {row['text']}"


def _rows(view: _Row, name: str) -> Sequence[_Row]:
    rows = view[name]
    return rows if isinstance(rows, list) else []


def _found(mark: str, rows: Sequence[_Row]) -> Iterator[str]:
    for row in rows[:_SHOWN]:
        aside = " (set aside)" if row.get("set_aside") else ""
        place = f" · {row['place']}" if row["place"] else ""
        yield f"  {mark} {row['severity']:<9}{row['title']}{place}{aside}"
    if len(rows) > _SHOWN:
        yield f"  {mark} … and more: --format json lists them all."


def hotspot_lines(report: AuditReport) -> Iterator[str]:
    """The five files with the most change times complexity."""
    view = hotspots_view(report, _PLAIN)
    if view is None:
        return
    rows = _rows(view, "rows")[:_HOTTEST]
    width = max(len(str(row["path"])) for row in rows)
    yield ""
    yield "Most change times complexity, in the year before this commit (* a hotspot):"
    for row in rows:
        mark = "*" if row["hot"] else " "
        yield (
            f"  {mark} {row['path']!s:<{width}}  {row['revisions']:>6} commits  {row['complexity']:>6} paths  "
            f"{row['lines']:>7} lines"
        )


def set_aside_lines(report: AuditReport) -> Iterator[str]:
    """What the profile accepts or ignores, and what it says in vain. Nothing without a profile."""
    view = set_aside_view(report, _PLAIN)
    if view is None:
        return
    yield ""
    points = view["points_of_all"]
    scored = f"; with them, {points} points" if points is not None else ""
    yield f"Set aside by {view['name']}: {view['count']}{scored}"
    for row in _rows(view, "rows"):
        who = f", {row['by']} until {row['until']}" if row["by"] else ""
        yield f"  {row['id']} {row['severity']:<9}{row['title']} · {row['how']}: {row['reason']}{who}"
    if view["left_out"]:
        yield f"  … and {view['left_out']} more: --format json lists them all."
    for row in _rows(view, "expired"):
        yield f"  {row['ids']} counts again: what {row['by']} accepted held until {row['until']}."
    idle = view["idle"]
    if isinstance(idle, list) and idle:
        yield f"  Entries that meet nothing any more: {', '.join(idle)}"
