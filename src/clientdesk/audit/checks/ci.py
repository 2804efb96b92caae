"""Continuous integration: whether each change is tested by a machine, and how safe and quick that machine is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from clientdesk.audit.check import Area, Check
from clientdesk.audit.ci_commands import runs_linter, runs_tests
from clientdesk.audit.pipelines import Pipeline, Use, pipelines
from clientdesk.audit.repository import Repository
from clientdesk.audit.result import CheckResult, Confidence, Finding, Severity, judged
from clientdesk.audit.wording import counted, listed, unread_gap
from clientdesk.domain.estimating import EffortRule, hours

_ID = "ci"
_LIMIT = "How long runs take and how often they fail for no reason can't be seen in a clone."
_OWN_UPDATES = re.compile(
    r"^(\.github/dependabot\.ya?ml|(\.github/|\.gitlab/)?\.?renovate(rc)?(\.json5?)?|\.github/renovate\.json5?|\.pyup\.yml"
    r"|\.scala-steward\.conf|\.depfu\.yml)$"
)
_TRUSTED_OWNERS = ("actions/", "github/", "./", "docker://")
_UNTRUSTED_INPUT = re.compile(
    r"\$\{\{\s*(github\.event\.(issue|pull_request|comment|review|discussion)\.(title|body)|github\.head_ref"
    r"|github\.event\.pull_request\.head\.(ref|label)|github\.event\.head_commit\.message)\s*\}\}"
)
_CHECKS_OUT_HEAD = re.compile(r"ref:\s*[\"']?\$\{\{\s*github\.(event\.pull_request\.head\.(sha|ref)|head_ref)")


def look(repository: Repository, _today: date) -> CheckResult:
    found, unread = pipelines(repository)
    updates = [entry.path for entry in repository.files if _OWN_UPDATES.match(entry.path)]
    if not found:
        gaps = unread_gap(unread)
        reason = "No pipeline of any known system was found in the repository."
        return judged(_ID, () if gaps else (_none(),), reason, metrics=_metrics(found, updates), gaps=gaps)
    findings = (*_testing(found), *_safety(found), *_care(found), *_updates(updates))
    return judged(
        _ID,
        tuple(findings),
        f"{listed(sorted({p.system for p in found}))}: {counted(len(found), 'pipeline')}. {_LIMIT}",
        metrics=_metrics(found, updates),
        strengths=tuple(_strengths(found, updates)),
        gaps=unread_gap(unread),
    )


def _none() -> Finding:
    return _finding(
        "ci.none",
        Severity.HIGH,
        "No pipeline tests changes",
        "None of the files that set up a known system (GitHub Actions, GitLab CI, CircleCI, Jenkins and others); one "
        "set up elsewhere can't be seen here.",
        "Faults are found by whoever uses the software, and each release rests on somebody's memory.",
        "Run the tests and a linter on every change.",
        confidence=Confidence.MEDIUM,
        effort="ci.setup",
        cause="pipeline that tests every change",
    )


def _finding(
    rule: str,
    severity: Severity,
    title: str,
    evidence: str,
    consequence: str,
    fix_now: str,
    *,
    path: str = "",
    line: int = 0,
    confidence: Confidence = Confidence.HIGH,
    effort: str = "ci.improve",
    cause: str = "the pipelines",
) -> Finding:
    return Finding(
        check=_ID,
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


def _testing(found: Sequence[Pipeline]) -> Iterator[Finding]:
    on_changes = [pipeline for pipeline in found if pipeline.runs_on_changes]
    first = min(found, key=lambda pipeline: pipeline.path)
    if not any(runs_tests(pipeline.commands) for pipeline in on_changes):
        yield _finding(
            "ci.no-tests",
            Severity.HIGH,
            "No pipeline runs tests when the code changes",
            f"No known test command in {counted(len(on_changes), 'pipeline')} started by changes.",
            "A change that breaks something goes live unnoticed.",
            "Run the tests on every push and pull request.",
            path=first.path,
            confidence=Confidence.MEDIUM,
            effort="ci.setup",
            cause="pipeline that tests every change",
        )
    if not any(runs_linter(pipeline.commands) for pipeline in on_changes):
        yield _finding(
            "ci.no-lint",
            Severity.LOW,
            "No pipeline runs a linter or type checker",
            f"No known command in {counted(len(on_changes), 'pipeline')} started by changes.",
            "Simple mistakes cost reviewers' time, and some reach your customers.",
            "Add the linter of the language to the pipeline.",
            path=first.path,
            confidence=Confidence.MEDIUM,
            cause="linting in the pipelines",
        )


def _safety(found: Sequence[Pipeline]) -> Iterator[Finding]:
    for pipeline in found:
        yield from _stranger_code(pipeline)
    loose = [use for pipeline in found for use in pipeline.uses if not use.is_pinned and not _is_trusted(use)]
    if loose:
        names = sorted({f"{use.name}@{use.version}" for use in loose})
        yield _finding(
            "ci.unpinned",
            Severity.LOW,
            f"{counted(len(names), 'third-party action')} not pinned to a commit",
            f"{listed(names, 4)}; in {listed(sorted({use.path for use in loose}))}.",
            "Whoever takes over such an action runs code with your pipeline's rights; tj-actions was, in 2025.",
            "Pin them to the hash of a commit, and let a service propose new ones.",
            path=loose[0].path,
            line=loose[0].line,
            cause="pinned actions and permissions",
        )
    open_ones = sorted(pipeline.path for pipeline in found if not pipeline.has_permissions)
    if open_ones:
        yield _finding(
            "ci.permissions",
            Severity.LOW,
            f"{counted(len(open_ones), 'workflow')} without stated permissions",
            f"{listed(open_ones)}.",
            "A step taken over may change the code itself, where the organisation's default allows it.",
            "State `permissions: contents: read` at the top, and more only for the job that needs it.",
            path=open_ones[0],
            cause="pinned actions and permissions",
        )


def _is_trusted(use: Use) -> bool:
    return use.name.startswith(_TRUSTED_OWNERS)


def _stranger_code(pipeline: Pipeline) -> Iterator[Finding]:
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
            cause="unsafe workflows",
        )
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
            cause="unsafe workflows",
        )


def _line(pipeline: Pipeline, place: int) -> int:
    return pipeline.text.count("\n", 0, place) + 1


def _care(found: Sequence[Pipeline]) -> Iterator[Finding]:
    """One remark on time limits: a hung job blocks the others for hours, six on GitHub."""
    jobs = [job for pipeline in found for job in pipeline.jobs if not job.calls_other]
    endless = [job for job in jobs if not job.has_time_limit]
    if jobs and len(endless) == len(jobs):
        yield _finding(
            "ci.no-time-limit",
            Severity.INFO,
            "No job has a time limit",
            f"{counted(len(jobs), 'job')} may run for the six hours that GitHub allows.",
            "A test that hangs costs hours of machine time and blocks other changes.",
            "Set `timeout-minutes` to about twice the usual time.",
            effort="",
        )


def _updates(configured: Sequence[str]) -> Iterator[Finding]:
    if not configured:
        yield _finding(
            "ci.no-updates",
            Severity.LOW,
            "No service proposes updates of packages",
            "Neither Dependabot's nor Renovate's configuration is in the repository.",
            "Updates pile up until one is urgent and large.",
            "Switch on Dependabot or Renovate, grouped, once a month.",
            confidence=Confidence.MEDIUM,
            cause="proposed updates",
        )


def _metrics(found: Sequence[Pipeline], updates: Sequence[str]) -> dict[str, int | float | str]:
    uses = [use for pipeline in found for use in pipeline.uses]
    jobs = [job for pipeline in found for job in pipeline.jobs if not job.calls_other]
    return {
        "ci.systems": ", ".join(sorted({pipeline.system for pipeline in found})) or "none",
        "ci.pipelines": len(found),
        "ci.on_changes": sum(pipeline.runs_on_changes for pipeline in found),
        "ci.with_tests": sum(runs_tests(p.commands) for p in found if p.runs_on_changes),
        "ci.with_cache": sum(pipeline.has_cache for pipeline in found),
        "ci.jobs": len(jobs),
        "ci.jobs_with_time_limit": sum(job.has_time_limit for job in jobs),
        "ci.actions": len(uses),
        "ci.actions_pinned": sum(use.is_pinned for use in uses),
        "ci.proposes_updates": ", ".join(updates) or "no",
    }


def _strengths(found: Sequence[Pipeline], updates: Sequence[str]) -> Iterator[str]:
    if any(runs_tests(pipeline.commands) for pipeline in found if pipeline.runs_on_changes):
        yield "Every change is tested by a machine."
    if updates:
        yield "Updates of packages are proposed automatically."
    uses = [use for pipeline in found for use in pipeline.uses if not _is_trusted(use)]
    if uses and all(use.is_pinned for use in uses):
        yield "Third-party actions are pinned to commits."


CHECK = Check(
    id=_ID,
    title="Continuous integration",
    area=Area.DELIVERY,
    looks_for="pipelines that test and lint each change, their time limits, caches, permissions and pinned actions",
    matters_because="what a machine tests on every change does not reach your customers broken",
    look=look,
    effort=(
        EffortRule(
            key="ci.setup",
            work="Set up a {cause}",
            unit="pipeline",
            fixed=hours("3", "6", "14"),
            per_unit=hours("0", "0", "0"),
            cap=Decimal(16),
        ),
        EffortRule(
            key="ci.improve",
            work="Improve delivery: {cause}",
            unit="place",
            fixed=hours("0.25", "0.5", "1"),
            per_unit=hours("0.25", "0.5", "1"),
            cap=Decimal(6),
        ),
    ),
)
