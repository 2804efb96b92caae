"""Docker files: what makes an image unsafe, or different each time it is built; matters of style in one line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clientdesk.audit.check import Area, Check
from clientdesk.audit.classify import Role, role_of
from clientdesk.audit.docker_lines import is_contradicted
from clientdesk.audit.repository import Repository, Unreadable
from clientdesk.audit.result import CheckResult, Confidence, Finding, Severity, judged, not_applicable
from clientdesk.audit.scans import DOCKER_LINT, DockerIssue, DockerReport
from clientdesk.audit.wording import counted, listed, unread_gap
from clientdesk.domain.estimating import EffortRule, hours

_ID = "containers"
_PLACES_NAMED = 4
_CAUSE = "the Docker files"


@dataclass(frozen=True, slots=True)
class _Fault:
    title: str
    severity: Severity
    consequence: str
    fix_now: str
    confidence: Confidence = Confidence.HIGH


_OTHER_EACH_TIME = "The image of next month is not the one that was tested, and nobody can build last month's again."
_FAULTS = {
    "secret": _Fault(
        "What looks like a secret is built into the image",
        Severity.MEDIUM,
        "Everybody who can pull the image can read it, out of the image's own history too.",
        "Hand it over when the container starts, or with `RUN --mount=type=secret` while it is built.",
        Confidence.MEDIUM,
    ),
    "root": _Fault(
        "The container runs as root",
        Severity.MEDIUM,
        "Whoever breaks into the application owns all of the container, and is nearer to the machine.",
        "Add a user and switch to it with `USER`.",
    ),
    "loose base": _Fault(
        "The base image has no version",
        Severity.LOW,
        _OTHER_EACH_TIME,
        "Name a version, better still a digest, and let a service propose new ones.",
    ),
    "loose packages": _Fault(
        "Packages are installed without a version",
        Severity.LOW,
        _OTHER_EACH_TIME,
        "Install from the lockfile, or name the versions.",
    ),
    "signals": _Fault(
        "The application does not hear when it is to stop",
        Severity.LOW,
        "A shell stands between, so each stop takes ten seconds and then cuts requests off.",
        'Write CMD and ENTRYPOINT as a list: `CMD ["program", "argument"]`.',
    ),
    "pipes": _Fault(
        "A step that fails inside a pipe goes unnoticed",
        Severity.LOW,
        "A download that failed is built in as an empty file, and shows when it runs.",
        'Set `SHELL ["/bin/bash", "-o", "pipefail", "-c"]` before such steps.',
    ),
    "sudo": _Fault(
        "sudo is used in the image",
        Severity.LOW,
        "Whoever breaks into the application finds a way to become root.",
        "Do what needs root before `USER`, and leave sudo out.",
    ),
    "broken": _Fault(
        "An instruction that can't do what it says",
        Severity.LOW,
        "The image does not build, or is not what its author meant.",
        "Mend the instruction; hadolint's message says how.",
        Confidence.MEDIUM,
    ),
}
_RULES = {
    "DL3064": "secret", "DL3002": "root", "DL3006": "loose base", "DL3007": "loose base", "DL3013": "loose packages",
    "DL3016": "loose packages", "DL3028": "loose packages", "DL3062": "loose packages", "DL3025": "signals",
    "DL4006": "pipes", "DL3004": "sudo", "DL3012": "broken", "DL3021": "broken", "DL3022": "broken",
    "DL3023": "broken", "DL3024": "broken", "DL3044": "broken", "DL3061": "broken", "DL4003": "broken",
    "DL4004": "broken",
}  # fmt: skip


def look(repository: Repository, _today: date) -> CheckResult:
    report = repository.tool(DOCKER_LINT)
    gaps = unread_gap(report.unread)
    if not report.files and not gaps:
        return not_applicable(_ID, "There is no Docker file.")
    texts = _texts(repository, report.issues)
    told = [
        issue
        for issue in report.issues
        if _fault_of(issue)
        and not issue.ignored
        and _is_shipped(issue)
        and not is_contradicted(issue.rule, texts.get(issue.path, ""), issue.line)
    ]
    ignored = [issue for issue in report.issues if _fault_of(issue) and issue.ignored and _is_shipped(issue)]
    style = [issue for issue in report.issues if not issue.ignored and issue not in told]
    return judged(
        _ID,
        (*_findings(told), *_remarks(style), *_ignored(ignored)),
        f"{counted(report.files, 'Docker file')} examined; the images themselves were not built or scanned.",
        metrics={
            "containers.files": report.files,
            "containers.faults": len(told),
            "containers.remarks": len(style),
            "containers.ignored": sum(issue.ignored for issue in report.issues),
        },
        strengths=("The Docker files are well written; the images that they build on are judged apart.",)
        if _is_faultless(report)
        else (),
        gaps=gaps,
        tool=report.tool,
    )


def _texts(repository: Repository, issues: Iterable[DockerIssue]) -> dict[str, str]:
    """The files that something is said about; hadolint has read them, so what can't be read here is left out."""
    texts = {}
    named = {issue.path for issue in issues}
    for path in [entry.path for entry in repository.files if entry.path in named]:
        with suppress(Unreadable):
            texts[path] = repository.text(path)
    return texts


def _is_faultless(report: DockerReport) -> bool:
    """Not where all that could be praised are files that reach no customer."""
    are_shipped = all(_is_shipped(issue) for issue in report.issues)
    return bool(report.files) and are_shipped and not report.unread and not any(map(_fault_of, report.issues))


def _fault_of(issue: DockerIssue) -> _Fault | None:
    return _FAULTS.get(_RULES.get(issue.rule, ""))


def _is_shipped(issue: DockerIssue) -> bool:
    """Images for tests, examples and documentation reach no customer."""
    return role_of(issue.path) in {Role.SOURCE, Role.GENERATED}


def _findings(issues: Iterable[DockerIssue]) -> Iterator[Finding]:
    by_fault: dict[str, list[DockerIssue]] = defaultdict(list)
    for issue in issues:
        by_fault[_RULES[issue.rule]].append(issue)
    for name, places in by_fault.items():
        fault = _FAULTS[name]
        where = listed((f"{one.path}:{one.line} ({one.rule})" for one in places), _PLACES_NAMED)
        yield Finding(
            check=_ID,
            rule=f"hadolint.{name.replace(' ', '-')}",
            severity=fault.severity,
            confidence=fault.confidence,
            title=f"{fault.title} ({counted(len(places), 'place')})",
            evidence=f"{where}.",
            consequence=fault.consequence,
            fix_now=fault.fix_now,
            path=places[0].path,
            line=places[0].line,
            snippet=name,
            cause=_CAUSE,
            effort="containers.mend",
        )


def _remarks(issues: Sequence[DockerIssue]) -> Iterator[Finding]:
    if issues:
        kinds = Counter(issue.rule for issue in issues)
        yield _note(
            "hadolint.remarks",
            f"{counted(len(issues), 'remark')} on the style of the Docker files",
            f"{listed((f'{rule} ({count})' for rule, count in kinds.most_common()), 6)}.",
            "None of them harms; smaller images and quicker builds are what they would bring.",
            "Look at them when the files are next changed.",
            issues[0],
        )


def _ignored(issues: Sequence[DockerIssue]) -> Iterator[Finding]:
    if issues:
        yield _note(
            "hadolint.ignored",
            f"{counted(len(issues), 'warning')} switched off in the Docker files",
            f"{listed(f'{one.path}:{one.line} ({one.rule})' for one in issues)}.",
            "Somebody decided that these places are fine; whether it is still so, only a look can tell.",
            "Look at each once, and write the reason beside it.",
            issues[0],
        )


def _note(rule: str, title: str, evidence: str, consequence: str, fix_now: str, place: DockerIssue) -> Finding:
    return Finding(
        check=_ID,
        rule=rule,
        severity=Severity.INFO,
        confidence=Confidence.HIGH,
        title=title,
        evidence=evidence,
        consequence=consequence,
        fix_now=fix_now,
        path=place.path,
        line=place.line,
        snippet=rule,
        cause=rule,
    )


CHECK = Check(
    id=_ID,
    title="Docker files",
    area=Area.DELIVERY,
    looks_for="secrets built in, root, loose versions, and steps that fail unnoticed",
    matters_because="what goes live is what these files say, and it should be the same each time",
    look=look,
    effort=(
        EffortRule(
            key="containers.mend",
            work="Mend {cause}",
            unit="fault",
            fixed=hours("0.25", "0.5", "1"),
            per_unit=hours("0.25", "0.5", "1.5"),
            cap=Decimal(6),
        ),
    ),
)
