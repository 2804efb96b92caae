"""Findings as a reader meets them: those of one cause told once, with all their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clientdesk.audit.registry import CHECKS
from clientdesk.audit.report import NumberedFinding
from clientdesk.audit.result import Finding, Severity
from clientdesk.documents.client_text import code_lines, printable
from clientdesk.documents.figures import Figures
from clientdesk.domain.estimating import Estimate, WorkItem

_TITLES = {check.id: check.title for check in CHECKS}
_PLACES = 4
_CITED = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """Findings of one cause (or of one rule and title), worst first."""

    findings: tuple[NumberedFinding, ...]

    @property
    def worst(self) -> Finding:
        return self.findings[0].finding


def topics_of(findings: Iterable[NumberedFinding]) -> list[Topic]:
    """The findings, which come worst first, put together by cause; the order of the worst is kept."""
    groups: dict[tuple[str, str, str], list[NumberedFinding]] = {}
    for numbered in findings:
        groups.setdefault(_cause(numbered.finding), []).append(numbered)
    return [Topic(tuple(group)) for group in groups.values()]


def _cause(finding: Finding) -> tuple[str, str, str]:
    if finding.cause:
        return finding.check, finding.effort, finding.cause
    return finding.check, finding.rule, finding.title


def check_title(check: str) -> str:
    return _TITLES.get(check, check.replace("-", " ").capitalize())


def work_by_finding(estimate: Estimate | None) -> Mapping[str, WorkItem]:
    """Which work item mends which finding."""
    items = estimate.items if estimate else ()
    return {finding: item for item in items for finding in item.findings}


def topic_view(topic: Topic, figures: Figures, work: Mapping[str, WorkItem]) -> dict[str, object]:
    """One topic for print; `places` at most four, `more_places` the count of the others."""
    worst = topic.worst
    places = [place_view(each.finding) for each in topic.findings if each.finding.path]
    item = next((work[each.id] for each in topic.findings if each.id in work), None)
    titles = Counter(each.finding.title for each in topic.findings)
    return {
        "ids": id_span([each.id for each in topic.findings]),
        "anchor": topic.findings[0].id,
        "count": len(topic.findings),
        "severity": worst.severity.value,
        "confidence": worst.confidence.value,
        "check": check_title(worst.check),
        "title": printable(worst.title, 160),
        "similar": len(topic.findings) - titles[worst.title],
        "consequence": printable(worst.consequence, 600),
        "fix_now": printable(worst.fix_now, 600),
        "fix_later": printable(worst.fix_later, 600),
        "rule": printable(worst.rule, 80),
        "places": places[:_PLACES],
        "more_places": max(0, len(places) - _PLACES),
        "work": printable(item.title, 160) if item else "",
        "hours": figures.span(item.hours) if item else "",
    }


def work_row(item: WorkItem, figures: Figures) -> dict[str, object]:
    shown, more = cited(item.findings)
    return {
        "title": printable(item.title, 160),
        "reason": printable(item.reason, 300),
        "findings": shown,
        "more": more,
        "low": figures.hours(item.hours.low),
        "likely": figures.hours(item.hours.likely),
        "high": figures.hours(item.hours.high),
    }


def place_view(finding: Finding) -> dict[str, str]:
    return {"place": place_of(finding), "evidence": code_lines(finding.evidence, lines=4, width=320)}


def place_of(finding: Finding) -> str:
    """`app/models.py:42`, `app/models.py`, or empty for the whole repository."""
    path = printable(finding.path, 200)
    return f"{path}:{finding.line}" if path and finding.line else path


def cited(ids: Sequence[str]) -> tuple[list[str], int]:
    """The numbers to print, at most three, and how many more there are."""
    shown = ids if len(ids) <= _CITED else ids[: _CITED - 1]
    return list(shown), len(ids) - len(shown)


def id_span(ids: Sequence[str]) -> str:
    """`F-01`, `F-01, F-04`, `F-01, F-04 … F-90`."""
    shown = 3
    if len(ids) <= shown:
        return ", ".join(ids)
    return f"{ids[0]}, {ids[1]} … {ids[-1]}"


def counts_by_severity(findings: Iterable[NumberedFinding]) -> dict[str, int]:
    counts = Counter(each.finding.severity for each in findings)
    return {severity.value: counts[severity] for severity in Severity}
