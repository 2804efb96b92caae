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

    @property
    def has_no_result(self) -> bool:
        """It could not run; one that ran in part names in its gaps what it left out, which is not its reason."""
        return self.outcome is Outcome.COULD_NOT_RUN and (not self.gaps or self.reason in self.gaps)


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

    Findings of checks in `not_compared` are in none of the three. Checks in `seen_less` left out what they examined
    before: what is gone of theirs may only be unexamined.
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
    seen_less: tuple[str, ...] = ()

    @property
    def surely_fixed(self) -> tuple[EarlierFinding, ...]:
        """What the whole repository lacked is there once it is gone; a file's finding may be in what was left out."""
        return tuple(each for each in self.fixed if not each.path or each.check not in self.seen_less)

    @property
    def maybe_fixed(self) -> int:
        """How many are gone that may only be unexamined."""
        return len(self.fixed) - len(self.surely_fixed)
