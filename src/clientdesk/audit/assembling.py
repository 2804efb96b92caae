"""Puts an audit report together from a repository's facts and its results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from clientdesk.audit.report import AuditReport, numbered
from clientdesk.audit.repository import Repository
from clientdesk.audit.result import CheckResult
from clientdesk.audit.scoring import score


def assemble(repository: Repository, results: Sequence[CheckResult], audited_at: datetime) -> AuditReport:
    """The report; `audited_at` is aware. Results stand in the order given."""
    return AuditReport(
        repository=repository.address,
        ref=repository.ref,
        commit=repository.commit,
        committed_at=repository.committed_at,
        audited_at=audited_at,
        files=len(repository.files),
        bytes=sum(entry.size for entry in repository.files),
        results=tuple(results),
        findings=numbered(results),
        score=score(results),
    )
