"""Puts an audit report together from a repository's facts and its results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from clientdesk.audit.changes import EarlierAudit
from clientdesk.audit.comparing import changes
from clientdesk.audit.profile import Profile
from clientdesk.audit.report import AuditReport, numbered
from clientdesk.audit.repository import Repository
from clientdesk.audit.result import CheckResult, Tool
from clientdesk.audit.scoring import score
from clientdesk.audit.setting_aside import parted


def assemble(
    repository: Repository, results: Sequence[CheckResult], audited_at: datetime, edition: str = ""
) -> AuditReport:
    """The report; `audited_at` is aware. Results stand in the order given. `edition` is clientdesk's version."""
    signed = tuple(_signed(result, edition) for result in results)
    return AuditReport(
        repository=repository.address,
        ref=repository.ref,
        commit=repository.commit,
        committed_at=repository.committed_at,
        audited_at=audited_at,
        files=len(repository.files),
        bytes=sum(entry.size for entry in repository.files),
        results=signed,
        findings=numbered(signed),
        score=score(signed),
        edition=edition,
    )


def _signed(result: CheckResult, edition: str) -> CheckResult:
    """A check without a tool of somebody else's is of clientdesk's own version."""
    is_own = result.tool == Tool("clientdesk", "")
    return replace(result, tool=Tool("clientdesk", edition)) if is_own else result


def with_profile(report: AuditReport, profile: Profile, today: date) -> AuditReport:
    """The report with what the engineer accepts or ignores set aside, and scored without it."""
    parts = parted(report.findings, profile, today)
    counted = [
        replace(result, findings=tuple(each.finding for each in parts.counted if each.finding.check == result.check))
        for result in report.results
    ]
    return replace(
        report,
        findings=parts.counted,
        set_aside=parts.aside,
        profile=parts.use,
        score=score(counted),
        score_of_all=report.score if parts.aside else None,
    )


def with_changes(report: AuditReport, before: EarlierAudit) -> AuditReport:
    return replace(report, changes=changes(before, report))
