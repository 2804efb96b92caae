"""The audit as SARIF 2.1.0, by the conventions of code scanning: one run, rules, fingerprints, severities."""

from __future__ import annotations

import re
from urllib.parse import quote

from clientdesk.audit.comparing import all_findings
from clientdesk.audit.report import AuditReport, NumberedFinding, SetAside
from clientdesk.audit.result import CheckResult, Finding, Severity
from clientdesk.documents.audit_changes import NEW, REMAINING, standings
from clientdesk.documents.client_text import printable
from clientdesk.documents.topics import check_title

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
# Code scanning reads them as CVSS scores: over 9.0 critical, from 7.0 high, from 4.0 medium, from 0.1 low.
_SECURITY_SEVERITIES = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "3.0",
    Severity.INFO: "0.0",
}
_SECURITY_CHECKS = frozenset({"security", "dependencies", "secrets", "secret-files"})
# Code scanning takes no more results than this of one run, worst first; it drops the rest unseen.
_RESULTS = 25_000
_ROOT = "%SRCROOT%"  # what paths are relative to, by the name that code scanning knows
_DESCRIPTION = 1_024  # characters of a rule's description that it takes


def audit_as_sarif(report: AuditReport) -> dict[str, object]:
    """A log of one run. A check that could not run is a notification and makes the run unsuccessful.

    What was set aside is a suppressed result. What is gone since the baseline is no result (code scanning would take it
    for one that is there), but a notification.
    """
    aside = {one.numbered.id: one for one in report.set_aside}
    shown = all_findings(report)[:_RESULTS]
    standing = standings(report)
    rules = _rules(shown)
    places = {rule["id"]: place for place, rule in enumerate(rules)}
    run = {
        "tool": {"driver": _driver(report, rules)},
        "automationDetails": {"id": "clientdesk/"},
        "versionControlProvenance": _provenance(report),
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository"}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, len(report.findings) + len(aside) - len(shown))],
        "results": [
            _result(each, places[each.finding.rule]) | _standing(standing.get(each.id, ""), aside.get(each.id))
            for each in shown
        ],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _driver(report: AuditReport, rules: list[dict[str, object]]) -> dict[str, object]:
    own = next((result.tool.version for result in report.results if result.tool.name == "clientdesk"), "")
    driver: dict[str, object] = {"name": "Clientdesk", "rules": rules}
    return driver | ({"version": own} if own else {})


def _provenance(report: AuditReport) -> list[dict[str, object]]:
    """Only for an address: a folder of this machine tells nobody anything."""
    if "://" not in report.repository:
        return []
    of_commit = {"repositoryUri": report.repository, "revisionId": report.commit, "branch": report.ref}
    return [{**of_commit, "mappedTo": {"uriBaseId": _ROOT}}]


def _rules(findings: tuple[NumberedFinding, ...]) -> list[dict[str, object]]:
    """One rule per kind of finding; for what its findings differ in, the first stands, which is the worst."""
    first: dict[str, Finding] = {}
    titles: dict[str, set[str]] = {}
    for each in findings:
        first.setdefault(each.finding.rule, each.finding)
        titles.setdefault(each.finding.rule, set()).add(each.finding.title)
    return [_rule(finding, is_alike=len(titles[rule]) == 1) for rule, finding in first.items()]


def _rule(finding: Finding, *, is_alike: bool) -> dict[str, object]:
    """Code scanning heads every alert of a rule by its description: where titles differ, none may stand for all."""
    is_security = finding.check in _SECURITY_CHECKS
    properties: dict[str, object] = {
        "tags": sorted({finding.check, "security"} if is_security else {finding.check}),
        "precision": {"high": "high", "medium": "medium", "low": "low"}[finding.confidence.value],
        "problem.severity": {"error": "error", "warning": "warning", "note": "recommendation"}[_level(finding)],
    }
    if is_security:
        properties["security-severity"] = _SECURITY_SEVERITIES[finding.severity]
    return {
        "id": finding.rule,
        "name": "".join(word.capitalize() for word in re.findall(r"[A-Za-z0-9]+", check_title(finding.check))),
        "shortDescription": {"text": (finding.title if is_alike else check_title(finding.check))[:_DESCRIPTION]},
        "fullDescription": {"text": (finding.consequence or finding.title)[:_DESCRIPTION]},
        "help": {"text": "\n".join(part for part in (finding.fix_now, finding.fix_later) if part) or finding.title},
        "defaultConfiguration": {"level": _level(finding)},
        "properties": properties,
    }


def _level(finding: Finding) -> str:
    return _LEVELS[finding.severity]


def _result(numbered: NumberedFinding, rule: int) -> dict[str, object]:
    """Code scanning wants a place: what concerns the whole repository is put on its README."""
    finding = numbered.finding
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": _level(finding),
        "message": {"text": f"{finding.title}. {finding.consequence}".strip()},
        "locations": [_location(finding)],
        # The second is the one that code scanning follows a result by; ours are told apart within a file already.
        "partialFingerprints": {
            "clientdesk/v1": finding.fingerprint,
            "primaryLocationLineHash": f"{finding.fingerprint}:1",
        },
        "properties": {"id": numbered.id, "confidence": finding.confidence.value, "severity": finding.severity.value},
    }


def _standing(standing: str, aside: SetAside | None) -> dict[str, object]:
    """Suppressions are on every result or on none, so an empty list says that nothing suppresses this one."""
    said: dict[str, object] = {"suppressions": []}
    if aside:
        by = f" ({aside.by}, until {aside.until})" if aside.by else ""
        said["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": f"{aside.how}: {aside.reason}{by}"}
        ]
    state = {NEW: "new", REMAINING: "unchanged"}.get(standing)
    return said | ({"baselineState": state} if state else {})


def _location(finding: Finding) -> dict[str, object]:
    artifact = {"uri": quote(finding.path or "README.md", safe="/"), "uriBaseId": _ROOT}
    region: dict[str, object] = {"startLine": max(1, finding.line)}
    if finding.evidence and finding.line:
        region["snippet"] = {"text": finding.evidence}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _invocation(report: AuditReport, left_out: int) -> dict[str, object]:
    failed = [result for result in report.results if result.has_no_result]
    notes = [_notification(result) for result in failed] + _gaps(report) + _changes(report)
    if left_out:
        text = f"{left_out} further findings are not in this file; the JSON output has them."
        notes.append({"level": "warning", "message": {"text": text}})
    return {"executionSuccessful": not failed, "toolExecutionNotifications": notes}


def _gaps(report: AuditReport) -> list[dict[str, object]]:
    """What was left out by checks that did run."""
    return [
        {"level": "warning", "message": {"text": f"Not examined: {gap}"}, "descriptor": {"id": result.check}}
        for result in report.results
        if not result.has_no_result
        for gap in result.gaps
    ]


def _changes(report: AuditReport) -> list[dict[str, object]]:
    """What is gone, and which checks could not be compared."""
    if report.changes is None:
        return []
    gone: list[dict[str, object]] = [
        {"level": "note", "message": {"text": f"Fixed or gone since the baseline: {printable(each.title, 200)}"}}
        for each in report.changes.fixed
    ]
    return gone + [
        {"level": "warning", "message": {"text": f"Not compared: {each.text}"}, "descriptor": {"id": each.check}}
        for each in report.changes.not_compared
    ]


def _notification(result: CheckResult) -> dict[str, object]:
    text = f"{check_title(result.check)} could not run: {result.reason}"
    return {"level": "error", "message": {"text": text}, "descriptor": {"id": result.check}}
