"""How safe the pipelines are: zizmor's findings joined by rule, or our own plainer ones where it could not run."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from clientdesk.audit.pipelines import Pipeline, is_from_host
from clientdesk.audit.result import SEVERITY_ORDER, Confidence, Finding, Severity, told_once
from clientdesk.audit.scans import WorkflowIssue, WorkflowReport
from clientdesk.audit.wording import counted, listed
from clientdesk.audit.workflow_rules import REMARKS, RULES, UNSAFE, rule_of
from clientdesk.audit.workflow_weighing import weighed

_UNTRUSTED_INPUT = re.compile(
    r"\$\{\{\s*(github\.event\.(issue|pull_request|comment|review|discussion)\.(title|body)|github\.head_ref"
    r"|github\.event\.pull_request\.head\.(ref|label)|github\.event\.head_commit\.message)\s*\}\}"
)
_CHECKS_OUT_HEAD = re.compile(r"ref:\s*[\"']?\$\{\{\s*github\.(event\.pull_request\.head\.(sha|ref)|head_ref)")


_SEVERITIES = {"high": Severity.HIGH, "medium": Severity.MEDIUM, "low": Severity.LOW}
_CONFIDENCES = {"high": Confidence.HIGH, "medium": Confidence.MEDIUM}
_PLACES_NAMED = 4
_finding = partial(told_once, "", effort="ci.improve")
_EXPRESSION = re.compile(r"\$\{\{[^}\n]{1,80}\}\}")


def safety_findings(check: str, found: Sequence[Pipeline], report: WorkflowReport | None) -> tuple[Finding, ...]:
    """`report` None: zizmor could not run, so the plainest faults are looked for here."""
    strangers = [finding for pipeline in found for finding in _strangers_code(pipeline)]
    if report is None:
        plain = (*strangers, *_text_in_commands(found), *_unpinned(found), *_no_permissions(found))
        return tuple(replace(finding, check=check) for finding in plain)
    told = {finding.path for finding in strangers}
    pipelines = {pipeline.path: pipeline for pipeline in found}
    issues = [
        weighed(issue, pipelines.get(issue.path))
        for issue in report.issues
        if issue.rule != "dangerous-triggers" or issue.path not in told
    ]
    findings = (*strangers, *_joined(issues), *_remarks(issues), *_ignored(issues))
    return tuple(replace(finding, check=check) for finding in findings)


def _joined(issues: Iterable[WorkflowIssue]) -> Iterator[Finding]:
    by_rule: dict[str, list[WorkflowIssue]] = defaultdict(list)
    for issue in issues:
        if not issue.ignored and not _is_remark(issue):
            by_rule[issue.rule].append(issue)
    for name in sorted(by_rule):
        places = sorted(by_rule[name], key=_worst_first)
        worst, rule = places[0], rule_of(name, places[0].words)
        yield _finding(
            f"zizmor.{name}",
            _severity(worst),
            f"{rule.title} ({counted(len(places), 'place')})",
            f"{_examples(places)}; in {listed((f'{one.path}:{one.line}' for one in places), _PLACES_NAMED)}.",
            rule.consequence,
            rule.fix_now,
            path=worst.path,
            line=worst.line,
            confidence=_CONFIDENCES.get(worst.confidence, Confidence.LOW),
            cause=rule.cause,
        )


def _is_remark(issue: WorkflowIssue) -> bool:
    """The host's own actions could do as they like anyway, pinned or not."""
    is_hosts_own = issue.rule == "unpinned-uses" and is_from_host(issue.excerpt)
    return issue.rule in REMARKS or is_hosts_own or issue.severity not in _SEVERITIES


def _severity(issue: WorkflowIssue) -> Severity:
    if issue.what.startswith("default permissions"):
        return Severity.LOW  # what they are is a setting of the organisation, which can't be seen
    severity = _SEVERITIES.get(issue.severity, Severity.INFO)
    return max(severity, rule_of(issue.rule, "").at_most, key=lambda one: SEVERITY_ORDER[one])


def _worst_first(issue: WorkflowIssue) -> tuple[int, int, str, int]:
    sureness = _CONFIDENCES.get(issue.confidence, Confidence.LOW)
    return SEVERITY_ORDER[_severity(issue)], list(Confidence).index(sureness), issue.path, issue.line


def _examples(places: Sequence[WorkflowIssue]) -> str:
    """The actions by name, else the worst place's fault and, where it says more, its text."""
    worst = places[0]
    if worst.rule.endswith("-uses"):
        return listed(dict.fromkeys(one.excerpt for one in places), _PLACES_NAMED)
    said = f"{worst.what[:1].upper()}{worst.what[1:]}" or worst.words
    expression = _EXPRESSION.search(worst.excerpt) if worst.rule.startswith("template-injection") else None
    return f"{said}: {expression[0]}" if expression else said


def _remarks(issues: Sequence[WorkflowIssue]) -> Iterator[Finding]:
    remarks = [issue for issue in issues if not issue.ignored and _is_remark(issue)]
    if remarks:
        kinds = Counter(issue.rule for issue in remarks)
        yield _finding(
            "zizmor.remarks",
            Severity.INFO,
            f"{counted(len(remarks), 'smaller remark')} on the workflows",
            f"{listed((f'{name} ({number})' for name, number in sorted(kinds.items())), 9)}.",
            "Each is the last step of hardening, worth taking when a workflow is touched anyway.",
            "Look at them when the workflows are next changed.",
            path=remarks[0].path,
            line=remarks[0].line,
            cause="smaller remarks on the workflows",
            effort="",
        )


def _ignored(issues: Sequence[WorkflowIssue]) -> Iterator[Finding]:
    serious = [one for one in issues if one.ignored and _severity(one) in {Severity.HIGH, Severity.MEDIUM}]
    if serious:
        yield _finding(
            "zizmor.ignored",
            Severity.INFO,
            f"{counted(len(serious), 'security warning')} switched off in the workflows",
            f"{listed(f'{one.path}:{one.line} ({one.rule})' for one in serious)}.",
            "Somebody decided that these places are safe; whether it is still so, only a look can tell.",
            "Look at each once, and write the reason beside it.",
            path=serious[0].path,
            line=serious[0].line,
            cause="security warnings switched off",
            effort="",
        )


def _strangers_code(pipeline: Pipeline) -> Iterator[Finding]:
    if "pull_request_target" in pipeline.triggers and (match := _CHECKS_OUT_HEAD.search(pipeline.text)):
        yield _finding(
            "ci.stranger-code",
            Severity.HIGH,
            "A workflow runs strangers' code with access to secrets",
            "It is started by pull_request_target and checks out the head of the pull request.",
            "Anybody can open a pull request that reads your secrets or changes your code.",
            "Start it by pull_request, or do not check out the head.",
            path=pipeline.path,
            line=_line(pipeline, match.start()),
            confidence=Confidence.MEDIUM,
            cause=UNSAFE,
        )


def _text_in_commands(found: Sequence[Pipeline]) -> Iterator[Finding]:
    for pipeline in found:
        if match := _UNTRUSTED_INPUT.search(pipeline.commands):
            yield _finding(
                "ci.injection",
                Severity.MEDIUM,
                "A workflow puts strangers' text into a command",
                f"{match[0]} is replaced before the shell reads the line.",
                "A crafted title or branch name runs commands in your pipeline.",
                "Hand it over in `env:` and quote it.",
                path=pipeline.path,
                line=_line(pipeline, max(0, pipeline.text.find(match[0]))),
                cause=UNSAFE,
            )


def _unpinned(found: Sequence[Pipeline]) -> Iterator[Finding]:
    loose = [use for pipeline in found for use in pipeline.uses if not use.is_pinned and not is_from_host(use.name)]
    if loose:
        names = sorted({f"{use.name}@{use.version}" for use in loose})
        rule = RULES["unpinned-uses"]
        yield _finding(
            "ci.unpinned",
            Severity.LOW,
            f"{counted(len(names), 'third-party action')} not pinned to a commit",
            f"{listed(names, 4)}; in {listed(sorted({use.path for use in loose}))}.",
            rule.consequence,
            rule.fix_now,
            path=loose[0].path,
            line=loose[0].line,
            cause=rule.cause,
        )


def _no_permissions(found: Sequence[Pipeline]) -> Iterator[Finding]:
    open_ones = sorted(pipeline.path for pipeline in found if not pipeline.has_permissions)
    if open_ones:
        rule = RULES["excessive-permissions"]
        yield _finding(
            "ci.permissions",
            Severity.LOW,
            f"{counted(len(open_ones), 'workflow')} without stated permissions",
            f"{listed(open_ones)}.",
            rule.consequence,
            rule.fix_now,
            path=open_ones[0],
            cause=rule.cause,
        )


def _line(pipeline: Pipeline, place: int) -> int:
    return pipeline.text.count("\n", 0, place) + 1
