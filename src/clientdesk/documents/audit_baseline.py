"""Reads an audit's JSON again, as far as a comparison needs it; keys it does not need may be there or not."""

from __future__ import annotations

import json

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from clientdesk.audit.changes import EarlierAudit, EarlierCheck, EarlierFinding
from clientdesk.audit.result import Outcome, Severity, Tool
from clientdesk.documents.audit_json import SCHEMA_VERSION
from clientdesk.domain.refusal import Refusal

_MOST_BYTES = 200_000_000
_LENIENT = ConfigDict(extra="ignore")


class UnusableBaseline(Refusal):
    """The file is no audit to compare with; the message says what is wrong with it."""


class _Check(BaseModel):
    model_config = _LENIENT
    id: str
    outcome: Outcome
    reason: str = ""
    tool: str
    tool_version: str
    configuration: str = ""


class _Finding(BaseModel):
    model_config = _LENIENT
    id: str
    check: str
    severity: Severity
    title: str
    path: str | None = None
    line: int | None = None
    fingerprint: str = Field(pattern=r"^[0-9a-f]{16}$")


class _Gap(BaseModel):
    model_config = _LENIENT
    check: str
    text: str


class _Score(BaseModel):
    model_config = _LENIENT
    points: int | None = None
    grade: str = ""


class _Audit(BaseModel):
    model_config = _LENIENT
    schema_version: int
    repository: str
    commit: str
    audited_at: AwareDatetime
    score: _Score = _Score()
    checks: list[_Check]
    findings: list[_Finding]
    set_aside: list[_Finding] = []
    gaps: list[_Gap] = []


def earlier_from_bytes(content: bytes, name: str) -> EarlierAudit:
    """The audit that `--format json` wrote; raises `UnusableBaseline`."""
    audit = _read(content, name)
    return EarlierAudit(
        repository=audit.repository,
        commit=audit.commit,
        audited_at=audit.audited_at,
        points=audit.score.points,
        grade=audit.score.grade,
        checks=tuple(_check(each, audit.gaps) for each in audit.checks),
        findings=tuple(_finding(each) for each in (*audit.findings, *audit.set_aside)),
    )


def _read(content: bytes, name: str) -> _Audit:
    how = "give the file that `clientdesk audit --format json` wrote"
    if len(content) > _MOST_BYTES:
        raise UnusableBaseline(f"{name} is larger than any audit's JSON: {how}")
    try:
        values = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnusableBaseline(f"{name} is no JSON, or damaged ({type(error).__name__}): {how}") from error
    if not isinstance(values, dict) or "schema_version" not in values:
        raise UnusableBaseline(f"{name} is no audit: {how}")
    if values["schema_version"] != SCHEMA_VERSION:
        raise UnusableBaseline(
            f"{name} is of schema version {values['schema_version']!r}, this program reads {SCHEMA_VERSION}: "
            "audit its commit again"
        )
    try:
        return _Audit.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UnusableBaseline(f"{name} is damaged at {place} ({first['msg']}): {how}") from error


def _check(check: _Check, gaps: list[_Gap]) -> EarlierCheck:
    return EarlierCheck(
        check.id,
        check.outcome,
        check.reason,
        Tool(check.tool, check.tool_version),
        check.configuration,
        tuple(gap.text for gap in gaps if gap.check == check.id),
    )


def _finding(each: _Finding) -> EarlierFinding:
    return EarlierFinding(
        each.id, each.check, each.severity, each.title, each.path or "", each.line or 0, each.fingerprint
    )
