"""The audit of one repository: results put together, findings numbered, nothing left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from clientdesk.audit.changes import Changes
from clientdesk.audit.check import Area
from clientdesk.audit.profile import ProfileUse
from clientdesk.audit.result import SEVERITY_ORDER, CheckResult, Confidence, Finding, Severity


@dataclass(frozen=True, slots=True)
class NumberedFinding:
    """A finding with the number a person quotes ("F-07"), unique within its report."""

    id: str
    finding: Finding


class Aside(StrEnum):
    """Why a finding counts for nothing: an engineer accepted it, or ignores the path it is in."""

    ACCEPTED = "accepted"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A finding that the engineer's profile sets aside: shown with its reason, neither scored nor priced."""

    numbered: NumberedFinding
    how: Aside
    reason: str
    by: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AreaScore:
    """One line of the scorecard. `points` 0 to 100, None where nothing in the area could be assessed."""

    area: Area
    points: int | None
    grade: str
    reason: str


@dataclass(frozen=True, slots=True)
class Score:
    """`points` 0 to 100 over the areas assessed, None if none was; `verdict` is one sentence."""

    points: int | None
    grade: str
    verdict: str
    areas: tuple[AreaScore, ...]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What is kept of an audit. The same commit, tools and settings give the same report but for its times.

    `findings` are those that count; `results` have all of them, those set aside included. `score_of_all` is the score
    if nothing were set aside, None where nothing is. `edition` is the version of clientdesk that made the report.
    """

    repository: str
    ref: str
    commit: str
    committed_at: datetime
    audited_at: datetime
    files: int
    bytes: int
    results: tuple[CheckResult, ...]
    findings: tuple[NumberedFinding, ...]
    score: Score
    sign_off: SignOff | None = None
    edition: str = ""
    profile: ProfileUse | None = None
    set_aside: tuple[SetAside, ...] = ()
    score_of_all: Score | None = None
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A severity that the engineer set; `finding` is its number ("F-07"), `before` what the check said."""

    finding: str
    before: Severity
    after: Severity
    why: str


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who answers for the audit, their remarks, and the severities they set."""

    engineer: str
    at: datetime
    notes: str = ""
    judgements: tuple[Judgement, ...] = ()


def at_least(report: AuditReport, severity: Severity) -> tuple[NumberedFinding, ...]:
    """The findings of this severity or a worse one; those set aside do not count."""
    return tuple(e for e in report.findings if SEVERITY_ORDER[e.finding.severity] <= SEVERITY_ORDER[severity])


_CONFIDENCE_ORDER = {confidence: place for place, confidence in enumerate(Confidence)}


def numbered(results: Sequence[CheckResult]) -> tuple[NumberedFinding, ...]:
    """Every finding of every result, worst first, numbered F-01, F-02, …; order is the same for the same findings."""
    found = sorted((finding for result in results for finding in result.findings), key=_worst_first)
    width = max(2, len(str(len(found))))
    return tuple(NumberedFinding(f"F-{number:0{width}}", finding) for number, finding in enumerate(found, start=1))


def _worst_first(finding: Finding) -> tuple[int, int, str, str, str, int, str]:
    return (
        SEVERITY_ORDER[finding.severity],
        _CONFIDENCE_ORDER[finding.confidence],
        finding.check,
        finding.rule,
        finding.path,
        finding.line,
        finding.title,
    )
