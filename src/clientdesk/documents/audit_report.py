"""What the audit report says: the report worked out and formatted for print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC

from clientdesk.audit.metric_rows import is_row
from clientdesk.audit.registry import CHECKS
from clientdesk.audit.report import AreaScore, AuditReport, NumberedFinding
from clientdesk.audit.result import CheckResult, Outcome, Severity
from clientdesk.documents.audit_changes import changes_view, set_aside_view, standings
from clientdesk.documents.audit_tables import hotspots_view, knowledge_view
from clientdesk.documents.client_text import paragraphs, printable
from clientdesk.documents.figures import Figures
from clientdesk.documents.topics import (
    Topic,
    check_title,
    counts_by_severity,
    place_of,
    topic_view,
    topics_of,
    work_by_finding,
    work_row,
)
from clientdesk.domain.agency import Agency, Seller
from clientdesk.domain.estimating import Estimate, WorkItem

_TOPICS_IN_FULL = 24
_ROWS = 1000
_ROWS_A_TABLE = 40
_STRENGTHS = 12
_ACTIONS = 3
_SMALL, _MIDDLE = 4, 16
_EFFORTS = ("small", "middle", "large", "none")
_BARS = 10
_SENTENCES = 1200
_IN_PART = "ran_in_part"


def audit_view(report: AuditReport, agency: Agency, locale: str, estimate: Estimate | None) -> dict[str, object]:
    """The values of the templates `audit-report` and `audit-page`."""
    figures = Figures(locale, agency.office_hours.zone)
    topics = topics_of(report.findings)
    work = work_by_finding(estimate)
    return {
        "locale": figures.tag,
        "language": figures.language,
        "seller": seller_view(agency.seller),
        "subject": subject_view(report, figures),
        "score": score_view(report),
        "counts": counts_by_severity(report.findings),
        "total": len(report.findings),
        "topic_total": len(topics),
        "matrix": _matrix(topics, work),
        "actions": _actions(topics, work, estimate, figures),
        "sign_off": _sign_off(report, figures),
        "outcomes": _outcomes(report),
        "not_run": not_run_of(report),
        "gaps": gaps_of(report),
        "topics": [topic_view(topic, figures, work) for topic in topics[:_TOPICS_IN_FULL]],
        "register": _register(report.findings, standings(report)),
        "register_left_out": max(0, len(report.findings) - _ROWS),
        "strengths": [printable(s, 300) for r in report.results for s in r.strengths][:_STRENGTHS],
        "checks": [check_view(result, figures) for result in report.results],
        "metrics": [_metrics(result, figures) for result in report.results if not all(map(is_row, result.metrics))],
        "work": [work_row(item, figures) for item in estimate.items] if estimate else [],
        "work_total": figures.span(estimate.total) if estimate else "",
        "severity_chart": severity_chart(report.findings),
        "changes": changes_view(report, figures),
        "set_aside": set_aside_view(report, figures),
        "hotspots": hotspots_view(report, figures),
        "knowledge": knowledge_view(report, figures),
    }


def seller_view(seller: Seller) -> dict[str, object]:
    return {
        "name": seller.name,
        "email": seller.email,
        "phone": seller.phone,
        "website": seller.website,
        "address": list(seller.address),
        "vat_id": seller.vat_id,
    }


def subject_view(report: AuditReport, figures: Figures) -> dict[str, object]:
    """What was examined, and when."""
    address = printable(report.repository, 200)
    name = printable(address.rstrip("/").removesuffix(".git").rsplit("/", 1)[-1], 60) or address
    return {
        "name": name,
        "address": address if _is_remote(address) else name,
        "ref": printable(report.ref, 100),
        "commit": report.commit,
        "commit_short": report.commit[:10],
        "committed_on": figures.day(report.committed_at.astimezone(UTC).date()),
        "audited_on": figures.day(report.audited_at.astimezone(UTC).date()),
        "audited_at": figures.day_and_time(report.audited_at),
        "files": figures.number(report.files),
        "size": figures.size(report.bytes),
    }


def _is_remote(address: str) -> bool:
    """A folder's path is of no use to a reader, and tells more of a machine than it should."""
    return "://" in address or "@" in address.split("/", 1)[0]


def score_view(report: AuditReport) -> dict[str, object]:
    score = report.score
    return {
        "points": score.points,
        "grade": score.grade,
        "verdict": printable(score.verdict, 400),
        "areas": [_area(area) for area in score.areas],
    }


def _area(area: AreaScore) -> dict[str, object]:
    return {
        "area": area.area.value,
        "points": area.points,
        "grade": area.grade,
        "reason": printable(area.reason, _SENTENCES),
    }


def not_run_of(report: AuditReport) -> list[dict[str, str]]:
    """The checks without a result, each with why."""
    return [
        {"id": result.check, "title": check_title(result.check), "reason": _why(result)}
        for result in report.results
        if result.has_no_result
    ]


def _why(result: CheckResult) -> str:
    """What a check says of itself; where it has no result, what it left out, for "nothing found" would say too much."""
    left_out = " ".join(result.gaps) if result.outcome is Outcome.COULD_NOT_RUN else ""
    return printable(left_out or result.reason, _SENTENCES)


def gaps_of(report: AuditReport) -> list[dict[str, str]]:
    """What was left out, check by check; a check that could not run at all says so in `not_run`.

    Sentences stand whole in a view: cut before it is translated, none would be known.
    """
    return [
        {"check": check_title(result.check), "text": printable(gap, _SENTENCES)}
        for result in report.results
        if not result.has_no_result
        for gap in result.gaps
    ]


def check_view(result: CheckResult, figures: Figures) -> dict[str, object]:
    check = next((each for each in CHECKS if each.id == result.check), None)
    return {
        "id": result.check,
        "title": check_title(result.check),
        "looks_for": check.looks_for if check else "",
        "outcome": _outcome(result),
        "reason": _why(result),
        "findings": len(result.findings),
        "tool": f"{result.tool.name} {result.tool.version}".strip(),
        "seconds": figures.seconds(result.seconds),
    }


def _outcomes(report: AuditReport) -> dict[str, int]:
    """How many checks came to what; those that ran in part are not among those that could not run."""
    counts = Counter(_outcome(result) for result in report.results)
    return {name: counts[name] for name in (*(outcome.name.lower() for outcome in Outcome), _IN_PART)}


def _outcome(result: CheckResult) -> str:
    return _IN_PART if result.ran_in_part else result.outcome.name.lower()


def _sign_off(report: AuditReport, figures: Figures) -> dict[str, object] | None:
    if report.sign_off is None:
        return None
    return {
        "engineer": printable(report.sign_off.engineer, 80),
        "at": figures.day_and_time(report.sign_off.at),
        "notes": paragraphs(report.sign_off.notes),
        "judgements": [
            {"finding": j.finding, "before": j.before.value, "after": j.after.value, "why": printable(j.why, 300)}
            for j in report.sign_off.judgements
        ],
    }


def _matrix(topics: Sequence[Topic], work: Mapping[str, WorkItem]) -> list[dict[str, object]]:
    """Severity down, effort across; in each cell how many topics and the first of them."""
    cells: dict[tuple[Severity, str], list[str]] = {}
    for topic in topics:
        cells.setdefault((topic.worst.severity, _effort(topic, work)), []).append(topic.findings[0].id)
    return [
        {"severity": s.value, "cells": [_cell(cells.get((s, effort), [])) for effort in _EFFORTS]} for s in Severity
    ]


def _cell(ids: Sequence[str]) -> dict[str, object]:
    shown = 3
    return {"count": len(ids), "ids": list(ids[:shown]), "more": max(0, len(ids) - shown)}


def _effort(topic: Topic, work: Mapping[str, WorkItem]) -> str:
    item = next((work[each.id] for each in topic.findings if each.id in work), None)
    if item is None:
        return "none"
    return "small" if item.hours.likely <= _SMALL else "middle" if item.hours.likely <= _MIDDLE else "large"


def _actions(
    topics: Sequence[Topic], work: Mapping[str, WorkItem], estimate: Estimate | None, figures: Figures
) -> list[dict[str, object]]:
    """The three things to do first: the estimate's order where there is one, else the worst findings' own advice."""
    if estimate and estimate.items:
        first = sorted(estimate.items, key=lambda item: item.priority)[:_ACTIONS]
        return [_action(item, topics, figures) for item in first]
    advised = [topic for topic in topics if topic.worst.fix_now and topic.worst.severity is not Severity.INFO]
    return [_advice(topic_view(topic, figures, work)) for topic in advised[:_ACTIONS]]


def _action(item: WorkItem, topics: Sequence[Topic], figures: Figures) -> dict[str, object]:
    ids = set(item.findings)
    topic = next((t for t in topics if any(each.id in ids for each in t.findings)), None)
    return {
        "title": printable(item.title, 140),
        "text": printable(topic.worst.fix_now, 320) if topic else printable(item.reason, 320),
        "ids": ", ".join(item.findings[:1]),
        "more": max(0, len(item.findings) - 1),
        "hours": figures.span(item.hours),
    }


def _advice(topic: Mapping[str, object]) -> dict[str, object]:
    count = topic["count"]
    return {
        "title": topic["title"],
        "text": topic["fix_now"],
        "ids": topic["anchor"],
        "more": count - 1 if isinstance(count, int) else 0,
        "hours": "",
    }


def _register(findings: Sequence[NumberedFinding], standing: Mapping[str, str]) -> list[list[dict[str, str]]]:
    """Every finding in a line, in tables of forty rows: one long table costs the printer the square of its rows."""
    rows = [
        {
            "id": each.id,
            "severity": each.finding.severity.value,
            "confidence": each.finding.confidence.value,
            "check": check_title(each.finding.check),
            "title": printable(each.finding.title, 120),
            "place": place_of(each.finding),
            "standing": standing.get(each.id, ""),
        }
        for each in findings[:_ROWS]
    ]
    return [rows[start : start + _ROWS_A_TABLE] for start in range(0, len(rows), _ROWS_A_TABLE)]


def _metrics(result: CheckResult, figures: Figures) -> dict[str, object]:
    single = {name: value for name, value in result.metrics.items() if not is_row(name)}
    rows = [{"name": printable(name, 80), "value": _value(value, figures)} for name, value in single.items()]
    return {"check": check_title(result.check), "rows": rows}


def _value(value: float | str, figures: Figures) -> str:
    return printable(value, 120) if isinstance(value, str) else figures.number(value)


def severity_chart(findings: Sequence[NumberedFinding]) -> dict[str, object]:
    """Findings of each check by severity; the checks with the most, at most ten."""
    counted: dict[str, list[int]] = {}
    places = list(Severity)
    for each in findings:
        counted.setdefault(each.finding.check, [0] * len(places))[places.index(each.finding.severity)] += 1
    most = sorted(counted.items(), key=lambda pair: (-sum(pair[1]), pair[0]))[:_BARS]
    return {
        "kind": "stacked",
        "series": [severity.value for severity in places],
        "rows": [{"label": check_title(check), "counts": counts} for check, counts in most],
    }
