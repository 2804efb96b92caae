"""What a check says: its outcome, its findings, its figures, and what it could not look at."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Outcome(StrEnum):
    """All four are shown to the client. A tool that failed is never `CLEAN`."""

    CLEAN = "clean"
    FOUND = "found"
    NOT_APPLICABLE = "not applicable"
    COULD_NOT_RUN = "could not run"


SEVERITY_ORDER: Mapping[Severity, int] = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, said twice: for the engineer (title, evidence, fix) and for the client (consequence).

    `rule` is stable across versions ("bandit.B602"). Findings with one `cause` become one work item, sized by the
    effort rule whose key is `effort` ("" = nothing to do, shown only). `path` "" means the whole repository, `line` 0
    the whole file; lines count from 1. `snippet` is the text that identifies the place when lines move.
    """

    check: str
    rule: str
    severity: Severity
    confidence: Confidence
    title: str
    consequence: str
    fix_now: str
    fix_later: str = ""
    path: str = ""
    line: int = 0
    evidence: str = ""
    snippet: str = ""
    cause: str = ""
    effort: str = ""

    @property
    def fingerprint(self) -> str:
        """The same for the same thing in the same file, wherever its lines have moved to: 16 hex digits."""
        normalised = " ".join((self.snippet or self.title).split())
        return hashlib.sha256(f"{self.rule}\0{self.path}\0{normalised}".encode()).hexdigest()[:16]


def told_once(
    check: str,
    rule: str,
    severity: Severity,
    title: str,
    evidence: str,
    consequence: str,
    fix_now: str,
    *,
    confidence: Confidence = Confidence.HIGH,
    path: str = "",
    line: int = 0,
    cause: str = "",
    effort: str = "",
) -> Finding:
    """A finding of which a file, or the repository, can have but one: the rule itself is what identifies it."""
    return Finding(
        check=check,
        rule=rule,
        severity=severity,
        confidence=confidence,
        title=title,
        evidence=evidence,
        consequence=consequence,
        fix_now=fix_now,
        path=path,
        line=line,
        snippet=rule,
        cause=cause,
        effort=effort,
    )


@dataclass(frozen=True, slots=True)
class Tool:
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found. Build it with `judged`, `not_applicable` or `could_not_run`.

    `gaps` names, one sentence each, what was not examined and why. `strengths` are good things worth telling the
    client. `metrics` are flat figures: numbers or short text under dotted names. `seconds` is wall time, set by
    whoever ran the check.
    """

    check: str
    outcome: Outcome
    reason: str
    findings: tuple[Finding, ...] = ()
    metrics: Mapping[str, int | float | str] = field(default_factory=dict)
    strengths: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    tool: Tool = Tool("clientdesk", "")
    seconds: float = 0.0

    @property
    def ran_in_part(self) -> bool:
        """It looked, found nothing, and left something out: that is not clean, and more than nothing."""
        return self.outcome is Outcome.COULD_NOT_RUN and self.reason not in self.gaps

    @property
    def left_something_out(self) -> bool:
        """It has a result, but not of everything: it ran in part, or found what it found in a part."""
        return bool(self.gaps) and not self.has_no_result

    @property
    def has_no_result(self) -> bool:
        return self.outcome is Outcome.COULD_NOT_RUN and not self.ran_in_part


def judged(
    check: str,
    findings: tuple[Finding, ...],
    reason: str,
    *,
    metrics: Mapping[str, int | float | str] | None = None,
    strengths: tuple[str, ...] = (),
    gaps: tuple[str, ...] = (),
    tool: Tool = Tool("clientdesk", ""),
) -> CheckResult:
    """Clean only if nothing was found and nothing was left out; nothing found with gaps "ran in part"."""
    outcome = Outcome.FOUND if findings else Outcome.COULD_NOT_RUN if gaps else Outcome.CLEAN
    return CheckResult(check, outcome, reason, findings, metrics or {}, strengths, gaps, tool)


def not_applicable(check: str, reason: str) -> CheckResult:
    return CheckResult(check, Outcome.NOT_APPLICABLE, reason)


def could_not_run(check: str, reason: str, tool: Tool = Tool("clientdesk", "")) -> CheckResult:
    return CheckResult(check, Outcome.COULD_NOT_RUN, reason, gaps=(reason,), tool=tool)
