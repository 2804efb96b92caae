"""What an audit says beside its findings: what has changed since the last one, and what the engineer set aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC

from clientdesk.audit.changes import Changes, EarlierFinding, Remark
from clientdesk.audit.comparing import all_findings
from clientdesk.audit.profile import Acceptance
from clientdesk.audit.report import AuditReport, SetAside
from clientdesk.audit.result import SEVERITY_ORDER
from clientdesk.documents.client_text import printable
from clientdesk.documents.figures import Figures
from clientdesk.documents.topics import check_title, place_of

NEW, REMAINING, NOT_COMPARED = "new", "remaining", "not_compared"
_ROWS = 40


def changes_view(report: AuditReport, figures: Figures) -> dict[str, object] | None:
    """None where nothing was compared. At most forty rows a table; `..._left_out` counts the others."""
    changes = report.changes
    if changes is None:
        return None
    new = _new_rows(report, changes)
    fixed = [_fixed_row(each) for each in sorted(changes.fixed, key=lambda each: SEVERITY_ORDER[each.severity])]
    return {
        "date": figures.day(changes.audited_at.astimezone(UTC).date()),
        "commit_short": printable(changes.commit[:10], 10),
        "points_then": changes.points,
        "points_now": report.score.points,
        "counts": {"new": len(new), "remaining": len(changes.remaining), "fixed": len(fixed)},
        "new": new[:_ROWS],
        "new_left_out": max(0, len(new) - _ROWS),
        "fixed": fixed[:_ROWS],
        "fixed_left_out": max(0, len(fixed) - _ROWS),
        "not_compared": remark_rows(changes.not_compared),
        "remarks": remark_rows(changes.remarks),
    }


def standings(report: AuditReport) -> dict[str, str]:
    """Of each finding's number: `new`, `remaining` or `not_compared`; empty where nothing was compared."""
    if report.changes is None:
        return {}
    told = dict.fromkeys(report.changes.new, NEW) | dict.fromkeys(report.changes.remaining, REMAINING)
    return {each.id: told.get(each.id, NOT_COMPARED) for each in all_findings(report)}


def remark_rows(remarks: Iterable[Remark]) -> list[dict[str, str]]:
    return [
        {"check": check_title(each.check) if each.check else "", "text": printable(each.text, 300)} for each in remarks
    ]


def _new_rows(report: AuditReport, changes: Changes) -> list[dict[str, object]]:
    new, aside = set(changes.new), {one.numbered.id for one in report.set_aside}
    return [
        {
            "id": each.id,
            "severity": each.finding.severity.value,
            "title": printable(each.finding.title, 120),
            "place": place_of(each.finding),
            "set_aside": each.id in aside,
        }
        for each in all_findings(report)
        if each.id in new
    ]


def _fixed_row(each: EarlierFinding) -> dict[str, object]:
    path = printable(each.path, 200)
    return {
        "id": printable(each.id, 10),
        "severity": each.severity.value,
        "title": printable(each.title, 120),
        "place": f"{path}:{each.line}" if path and each.line else path,
        "set_aside": False,
    }


def set_aside_view(report: AuditReport, figures: Figures) -> dict[str, object] | None:
    """None where no profile was used."""
    use = report.profile
    if use is None:
        return None
    return {
        "name": printable(use.name, 80),
        "sha256": use.sha256[:16],
        "points_of_all": report.score_of_all.points if report.score_of_all else None,
        "count": len(report.set_aside),
        "rows": [_aside_row(one, figures) for one in report.set_aside[:_ROWS]],
        "left_out": max(0, len(report.set_aside) - _ROWS),
        "expired": [_expired_row(one, ids, figures) for one, ids in use.expired],
        "idle": [printable(entry, 120) for entry in use.idle],
    }


def _aside_row(one: SetAside, figures: Figures) -> dict[str, object]:
    finding = one.numbered.finding
    return {
        "id": one.numbered.id,
        "severity": finding.severity.value,
        "title": printable(finding.title, 120),
        "place": place_of(finding),
        "how": one.how.value,
        "reason": printable(one.reason, 200),
        "by": printable(one.by, 60),
        "until": figures.day(one.until) if one.until else "",
    }


def _expired_row(one: Acceptance, ids: Sequence[str], figures: Figures) -> dict[str, object]:
    return {"ids": ", ".join(ids), "count": len(ids), "by": printable(one.by, 60), "until": figures.day(one.until)}
