"""The audit for a terminal: plain lines, with nothing in them that a terminal would obey."""

from __future__ import annotations

from collections.abc import Iterator

from clientdesk.audit.report import AuditReport
from clientdesk.audit.result import CheckResult, Outcome
from clientdesk.documents.audit_text_extras import changes_lines, hotspot_lines, set_aside_lines
from clientdesk.documents.client_text import printable
from clientdesk.documents.topics import Topic, check_title, counts_by_severity, id_span, place_of, topics_of

_TOPICS = 20
_PLACES = 3
_WIDTH = 110


def audit_as_text(report: AuditReport) -> str:
    """Verdict first, then the findings by cause, what could not be examined, and every check's outcome."""
    parts = (_head, changes_lines, _topics, hotspot_lines, set_aside_lines, _gaps, _checks)
    return "\n".join(line for part in parts for line in part(report)) + "\n"


def _head(report: AuditReport) -> Iterator[str]:
    score = report.score
    yield f"{printable(report.repository, _WIDTH)} at {report.commit[:10]} ({printable(report.ref, 60)})"
    points = "not assessed" if score.points is None else f"{score.points} of 100, grade {score.grade}"
    yield f"Score: {points}. {printable(score.verdict, 300)}"
    yield ""
    for area in score.areas:
        figure = "  - " if area.points is None else f"{area.points:>3} "
        yield f"  {area.area.value:<16}{figure}{area.grade or '-':<3}{printable(area.reason, _WIDTH)}"
    counts = [f"{count} {name}" for name, count in counts_by_severity(report.findings).items() if count]
    yield ""
    yield f"Findings: {len(report.findings)}" + (f" ({', '.join(counts)})" if counts else "")


def _topics(report: AuditReport) -> Iterator[str]:
    topics = topics_of(report.findings)
    for topic in topics[:_TOPICS]:
        yield from _topic(topic)
    if len(topics) > _TOPICS:
        yield f"  … and {len(topics) - _TOPICS} more kinds of findings: --format json or html lists them all."


def _topic(topic: Topic) -> Iterator[str]:
    worst = topic.worst
    yield ""
    yield f"  {worst.severity.value.upper():<9}{printable(worst.title, _WIDTH)}"
    ids = id_span([each.id for each in topic.findings])
    yield f"           {ids} · {check_title(worst.check)} · {printable(worst.rule, 60)}"
    places = [place_of(each.finding) for each in topic.findings if each.finding.path]
    if places:
        more = f" and {len(places) - _PLACES} more" if len(places) > _PLACES else ""
        yield f"           {', '.join(places[:_PLACES])}{more}"
    if worst.fix_now:
        yield f"           -> {printable(worst.fix_now, 220)}"


def _gaps(report: AuditReport) -> Iterator[str]:
    gaps = [(result.check, gap) for result in report.results for gap in result.gaps]
    if not gaps:
        return
    yield ""
    yield "Not examined:"
    for check, gap in gaps:
        yield f"  {check_title(check)}: {printable(gap, 300)}"


def _checks(report: AuditReport) -> Iterator[str]:
    width = max((len(check_title(result.check)) for result in report.results), default=0)
    yield ""
    yield "Checks:"
    for result in report.results:
        yield f"  {check_title(result.check):<{width}}  {_outcome(result):<15}{result.seconds:>6.1f} s  {_tool(result)}"


def _outcome(result: CheckResult) -> str:
    if result.ran_in_part:
        return "ran in part"
    return f"{len(result.findings)} found" if result.outcome is Outcome.FOUND else result.outcome.value


def _tool(result: CheckResult) -> str:
    return printable(f"{result.tool.name} {result.tool.version}", 60)
