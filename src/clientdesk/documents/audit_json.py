"""The audit as JSON for other programs; `docs/schemas/audit.schema.json` says what may be relied on."""

from __future__ import annotations

from datetime import UTC, datetime

from clientdesk.audit.changes import Changes, EarlierFinding
from clientdesk.audit.comparing import configuration_of
from clientdesk.audit.profile import ProfileUse
from clientdesk.audit.report import AuditReport, NumberedFinding, Score, SetAside
from clientdesk.audit.result import CheckResult
from clientdesk.documents.topics import check_title

SCHEMA_VERSION = 1


def audit_as_json(report: AuditReport) -> dict[str, object]:
    """The whole report as JSON values. Instants are UTC; what was not measured is null."""
    return {
        "schema_version": SCHEMA_VERSION,
        "repository": report.repository,
        "ref": report.ref,
        "commit": report.commit,
        "committed_at": _instant(report.committed_at),
        "audited_at": _instant(report.audited_at),
        "files": report.files,
        "bytes": report.bytes,
        "configuration": {"clientdesk": report.edition, "profile": _profile(report.profile)},
        "score": _score(report.score),
        "score_of_all": _score(report.score_of_all) if report.score_of_all else None,
        "checks": [_check(result, report.edition) for result in report.results],
        "findings": [_finding(each) for each in report.findings],
        "set_aside": [_set_aside(each) for each in report.set_aside],
        "changes": _changes(report.changes),
        "metrics": {name: value for result in report.results for name, value in result.metrics.items()},
        "strengths": [{"check": r.check, "text": text} for r in report.results for text in r.strengths],
        "gaps": [{"check": r.check, "text": text} for r in report.results for text in r.gaps],
        "sign_off": _sign_off(report),
    }


def _score(score: Score) -> dict[str, object]:
    return {
        "points": score.points,
        "grade": score.grade,
        "verdict": score.verdict,
        "areas": [
            {"area": each.area.value, "points": each.points, "grade": each.grade, "reason": each.reason}
            for each in score.areas
        ],
    }


def _check(result: CheckResult, edition: str) -> dict[str, object]:
    return {
        "id": result.check,
        "title": check_title(result.check),
        "outcome": result.outcome.value,
        "ran_in_part": result.ran_in_part,
        "reason": result.reason,
        "findings": len(result.findings),
        "seconds": round(result.seconds, 3),
        "tool": result.tool.name,
        "tool_version": result.tool.version,
        "configuration": configuration_of(edition, result.check),
    }


def _finding(numbered: NumberedFinding) -> dict[str, object]:
    """`path` is null for the whole repository, `line` for the whole file."""
    finding = numbered.finding
    return {
        "id": numbered.id,
        "check": finding.check,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "path": finding.path or None,
        "line": finding.line or None,
        "title": finding.title,
        "consequence": finding.consequence,
        "fix_now": finding.fix_now,
        "fix_later": finding.fix_later,
        "evidence": finding.evidence,
        "cause": finding.cause,
        "effort": finding.effort,
        "fingerprint": finding.fingerprint,
    }


def _set_aside(each: SetAside) -> dict[str, object]:
    return _finding(each.numbered) | {
        "standing": each.how.value,
        "because": each.reason,
        "by": each.by or None,
        "until": each.until.isoformat() if each.until else None,
    }


def _profile(use: ProfileUse | None) -> dict[str, object] | None:
    if use is None:
        return None
    return {
        "name": use.name,
        "sha256": use.sha256,
        "expired": [
            {"fingerprint": one.fingerprint, "until": one.until.isoformat(), "by": one.by, "findings": list(ids)}
            for one, ids in use.expired
        ],
        "idle": list(use.idle),
    }


def _changes(changes: Changes | None) -> dict[str, object] | None:
    """What `--baseline` compared; null without one."""
    if changes is None:
        return None
    return {
        "since": {
            "repository": changes.repository,
            "commit": changes.commit,
            "audited_at": _instant(changes.audited_at),
            "points": changes.points,
            "grade": changes.grade,
        },
        "new": list(changes.new),
        "remaining": list(changes.remaining),
        "fixed": [_fixed(each) for each in changes.fixed],
        "not_compared": [{"check": each.check, "reason": each.text} for each in changes.not_compared],
        "remarks": [{"check": each.check or None, "text": each.text} for each in changes.remarks],
    }


def _fixed(each: EarlierFinding) -> dict[str, object]:
    return {
        "id": each.id,
        "check": each.check,
        "severity": each.severity.value,
        "path": each.path or None,
        "line": each.line or None,
        "title": each.title,
        "fingerprint": each.fingerprint,
    }


def _sign_off(report: AuditReport) -> dict[str, object] | None:
    if report.sign_off is None:
        return None
    return {
        "engineer": report.sign_off.engineer,
        "at": _instant(report.sign_off.at),
        "notes": report.sign_off.notes,
        "severities": [
            {"id": j.finding, "before": j.before.value, "after": j.after.value, "why": j.why}
            for j in report.sign_off.judgements
        ],
    }


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
