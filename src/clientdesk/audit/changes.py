"""What has changed since an earlier audit of the same repository, and what of that earlier audit is needed to tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clientdesk.audit.result import Outcome, Severity, Tool


@dataclass(frozen=True, slots=True)
class EarlierFinding:
    """A finding of the earlier audit, under the number it had there."""

    id: str
    check: str
    severity: Severity
    title: str
    path: str
    line: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class EarlierCheck:
    """`configuration` is "" where the earlier audit did not say it."""

    id: str
    outcome: Outcome
    reason: str
    tool: Tool
    configuration: str
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierAudit:
    """An audit to compare with; findings set aside then are among `findings`."""

    repository: str
    commit: str
    audited_at: datetime
    points: int | None
    grade: str
    checks: tuple[EarlierCheck, ...]
    findings: tuple[EarlierFinding, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about a check ("" for the whole): why it can't be compared, or what to bear in mind."""

    check: str
    text: str


@dataclass(frozen=True, slots=True)
class Changes:
    """`new` and `remaining` are numbers of findings of this audit, `fixed` those of the earlier one that are gone.

    Findings of checks in `not_compared` are in none of the three.
    """

    repository: str
    commit: str
    audited_at: datetime
    points: int | None
    grade: str
    new: tuple[str, ...] = ()
    remaining: tuple[str, ...] = ()
    fixed: tuple[EarlierFinding, ...] = ()
    not_compared: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
