"""Continuous integration: whether each change is tested by a machine, and how safe and quick that machine is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from clientdesk.audit.check import Area, Check
from clientdesk.audit.ci_commands import runs_linter, runs_tests
from clientdesk.audit.named_commands import NamedCommands
from clientdesk.audit.pipelines import Pipeline, is_from_host, pipelines
from clientdesk.audit.repository import Repository, ToolFailed
from clientdesk.audit.result import CheckResult, Confidence, Finding, Severity, Tool, judged, told_once
from clientdesk.audit.scans import WORKFLOW_SECURITY, WorkflowReport
from clientdesk.audit.wording import counted, listed, unread_gap
from clientdesk.audit.workflow_safety import safety_findings
from clientdesk.domain.estimating import EffortRule, hours

_ID = "ci"
_LIMIT = "How long runs take and how often they fail for no reason can't be seen in a clone."
_OWN_SCRIPT = re.compile(r"^(\.?ci/[\w.-]{1,60}|bin/ci|script/(ci|cibuild|test))$")
_OWN_UPDATES = re.compile(
    r"^(\.github/dependabot\.ya?ml|(\.github/|\.gitlab/)?\.?renovate(rc)?(\.json5?)?|\.github/renovate\.json5?|\.pyup\.yml"
    r"|\.scala-steward\.conf|\.depfu\.yml)$"
)


def look(repository: Repository, _today: date) -> CheckResult:
    found, unread = pipelines(repository)
    updates = [entry.path for entry in repository.files if _OWN_UPDATES.match(entry.path)]
    named = NamedCommands(repository)
    if not found:
        gaps = unread_gap(unread)
        reason = "No pipeline of any known system was found in the repository."
        missing = () if gaps else (_none(_own_script(repository, named)),)
        return judged(_ID, missing, reason, metrics=_metrics((), found, updates), gaps=gaps)
    report, unexamined = _examined(repository, found)
    safety = safety_findings(_ID, found, report)
    on_changes = [named.spelled_out(pipeline.commands) for pipeline in found if pipeline.runs_on_changes]
    findings = (*_testing(found, on_changes), *safety, *_care(found), *_updates(updates))
    return judged(
        _ID,
        findings,
        f"{listed(sorted({p.system for p in found}))}: {counted(len(found), 'pipeline')}. {_LIMIT}",
        metrics=_metrics(on_changes, found, updates),
        strengths=tuple(_strengths(on_changes, found, updates)),
        gaps=(*unread_gap(unread), *unexamined),
        tool=report.tool if report else Tool("clientdesk", ""),
    )


def _examined(repository: Repository, found: Sequence[Pipeline]) -> tuple[WorkflowReport | None, tuple[str, ...]]:
    """What zizmor says of GitHub's workflows, if there are any, and what it could not look at."""
    if not any(pipeline.system == "GitHub Actions" for pipeline in found):
        return None, ()
    try:
        report = repository.tool(WORKFLOW_SECURITY)
    except ToolFailed as failure:
        return None, (f"Of the security of workflows only the plainest faults were looked for: {failure.reason}.",)
    readable = {pipeline.path for pipeline in found}
    return report, unread_gap(file for file in report.unread if file.path in readable)


def _own_script(repository: Repository, named: NamedCommands) -> str:
    """The path of a script that looks made for a pipeline and runs tests, "" for none; who runs it can't be seen."""
    for entry in repository.files:
        if _OWN_SCRIPT.match(entry.path) and not entry.is_link and runs_tests(named.text_of(entry.path)):
            return entry.path
    return ""


def _none(script: str) -> Finding:
    if script:
        return _finding(
            "ci.none",
            Severity.LOW,
            "Nothing in the repository says when its tests are run",
            f"{script} runs them; no file of a known system (GitHub Actions, GitLab CI and others) starts it, and "
            "whether a machine set up elsewhere does can't be seen here.",
            "If nothing starts it on each change, faults are found by whoever uses the software.",
            "Let a pipeline start it on every change, or say in the README what does.",
            path=script,
            confidence=Confidence.MEDIUM,
            cause="pipeline that tests every change",
        )
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


_finding = partial(told_once, _ID, effort="ci.improve", cause="the pipelines")


def _testing(found: Sequence[Pipeline], on_changes: Sequence[str]) -> Iterator[Finding]:
    """`on_changes`: all that each pipeline started by changes comes to run."""
    first = min(found, key=lambda pipeline: pipeline.path)
    if not any(map(runs_tests, on_changes)):
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
    if not any(map(runs_linter, on_changes)):
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


def _metrics(
    on_changes: Sequence[str], found: Sequence[Pipeline], updates: Sequence[str]
) -> dict[str, int | float | str]:
    uses = [use for pipeline in found for use in pipeline.uses]
    jobs = [job for pipeline in found for job in pipeline.jobs if not job.calls_other]
    return {
        "ci.systems": ", ".join(sorted({pipeline.system for pipeline in found})) or "none",
        "ci.pipelines": len(found),
        "ci.on_changes": len(on_changes),
        "ci.with_tests": sum(map(runs_tests, on_changes)),
        "ci.with_cache": sum(pipeline.has_cache for pipeline in found),
        "ci.jobs": len(jobs),
        "ci.jobs_with_time_limit": sum(job.has_time_limit for job in jobs),
        "ci.actions": len(uses),
        "ci.actions_pinned": sum(use.is_pinned for use in uses),
        "ci.proposes_updates": ", ".join(updates) or "no",
    }


def _strengths(on_changes: Sequence[str], found: Sequence[Pipeline], updates: Sequence[str]) -> Iterator[str]:
    if any(map(runs_tests, on_changes)):
        yield "Every change is tested by a machine."
    if updates:
        yield "Updates of packages are proposed automatically."
    uses = [use for pipeline in found for use in pipeline.uses if not is_from_host(use.name)]
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
