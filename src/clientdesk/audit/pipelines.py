"""The pipelines of a repository, whatever system runs them: what they are started by, run, use and are allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clientdesk.audit.repository import Repository, Unreadable, UnreadFile
from clientdesk.audit.untyped import Malformed, rows, table, words, yaml_of

_SYSTEMS = {
    "GitHub Actions": re.compile(r"^\.github/workflows/[^/]+\.ya?ml$"),
    "GitLab CI": re.compile(r"^\.gitlab-ci\.ya?ml$"),
    "CircleCI": re.compile(r"^\.circleci/config\.ya?ml$"),
    "Travis CI": re.compile(r"^\.travis\.ya?ml$"),
    "Azure Pipelines": re.compile(r"^\.?azure-pipelines[^/]*\.ya?ml$|^\.azure-pipelines/[^/]+\.ya?ml$"),
    "Bitbucket Pipelines": re.compile(r"^bitbucket-pipelines\.ya?ml$"),
    "Jenkins": re.compile(r"^Jenkinsfile(\.\w+)?$|^jenkins/Jenkinsfile$"),
    "Buildkite": re.compile(r"^\.buildkite/[^/]+\.ya?ml$"),
    "Drone": re.compile(r"^\.(drone|woodpecker)\.ya?ml$|^\.woodpecker/[^/]+\.ya?ml$"),
    "AppVeyor": re.compile(r"^\.?appveyor\.ya?ml$"),
    "Semaphore": re.compile(r"^\.semaphore/[^/]+\.ya?ml$"),
    "Cirrus CI": re.compile(r"^\.cirrus\.ya?ml$"),
}
_TRUSTED_OWNERS = ("actions/", "github/", "./", "docker://")
_TIME_LIMIT = re.compile(r"timeout-minutes|timeoutInMinutes|no_output_timeout|max-time|\btimeout\b", re.IGNORECASE)
_CACHE = re.compile(
    r"actions/cache|^[ \t]*cache:|Cache@\d|cache-dependency-path|bundler-cache:\s*true|setup-uv|rust-cache"
    r"|enable-cache|restore_cache|cache-from",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Use:
    """Somebody else's action that a pipeline runs. `is_pinned`: by the hash of a commit, which can't be moved."""

    name: str
    version: str
    path: str
    line: int

    @property
    def is_pinned(self) -> bool:
        return re.fullmatch(r"[0-9a-f]{40}|sha256:[0-9a-f]{64}", self.version) is not None


def is_from_host(action: str) -> bool:
    """Whether an action comes from the host itself, which could do as it likes anyway, or from this repository."""
    return action.startswith(_TRUSTED_OWNERS)


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    has_time_limit: bool
    calls_other: bool


@dataclass(frozen=True, slots=True)
class Pipeline:
    """`commands` is all shell text that it runs. `jobs` and `permissions` are told for GitHub Actions only."""

    system: str
    path: str
    text: str
    commands: str
    triggers: frozenset[str]
    jobs: tuple[Job, ...] = ()
    uses: tuple[Use, ...] = ()
    has_permissions: bool = True

    @property
    def runs_on_changes(self) -> bool:
        """Systems other than GitHub's run on every push unless told otherwise."""
        return self.system != "GitHub Actions" or bool(self.triggers & {"push", "pull_request", "merge_group"})

    @property
    def has_cache(self) -> bool:
        return _CACHE.search(self.text) is not None

    @property
    def has_time_limit(self) -> bool:
        return any(job.has_time_limit for job in self.jobs) if self.jobs else bool(_TIME_LIMIT.search(self.text))


def pipelines(repository: Repository) -> tuple[tuple[Pipeline, ...], tuple[UnreadFile, ...]]:
    """All pipelines, and the files that should be one but can't be read."""
    found, unread = [], []
    for entry in repository.files:
        system = _system_of(entry.path)
        if not system:
            continue
        try:
            found.append(_pipeline(system, entry.path, repository.text(entry.path)))
        except (Malformed, Unreadable) as error:
            unread.append(UnreadFile(entry.path, str(error)))
    return tuple(found), tuple(unread)


def _system_of(path: str) -> str:
    return next((system for system, pattern in _SYSTEMS.items() if pattern.match(path)), "")


def _pipeline(system: str, path: str, text: str) -> Pipeline:
    if system != "GitHub Actions":
        return Pipeline(system, path, text, _without_remarks(text), frozenset())
    document = yaml_of(text)
    jobs = table(document, "jobs")
    return Pipeline(
        system=system,
        path=path,
        text=text,
        commands="\n".join(_commands(jobs)),
        triggers=_triggers(document),
        jobs=tuple(_job(name, table(job)) for name, job in jobs.items()),
        uses=tuple(_uses(path, text)),
        has_permissions="permissions" in table(document) or all("permissions" in table(job) for job in jobs.values()),
    )


def _without_remarks(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(("#", "//")))


def _triggers(document: object) -> frozenset[str]:
    """YAML 1.1 reads the key `on` as true."""
    mapping: Mapping[object, object] = document if isinstance(document, dict) else {}
    value = mapping.get(True, mapping.get("on"))
    if isinstance(value, str):
        return frozenset({value})
    return frozenset(map(str, table(value))) or frozenset(words(item) for item in rows(value))


def _commands(jobs: Mapping[str, object]) -> Iterator[str]:
    for job in jobs.values():
        for step in rows(table(job).get("steps")):
            yield words(table(step).get("run"))
            yield words(table(step).get("uses"))
        yield words(table(job).get("uses"))


def _job(name: str, job: Mapping[str, object]) -> Job:
    steps = [table(step) for step in rows(job.get("steps"))]
    limited = "timeout-minutes" in job or (bool(steps) and all("timeout-minutes" in step for step in steps))
    return Job(str(name), limited, "uses" in job)


_USES = re.compile(r"^\s*(?:-\s*)?uses:\s*[\"']?([^\s\"'#@]+)@([^\s\"'#]+)")


def _uses(path: str, text: str) -> Iterator[Use]:
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _USES.match(line):
            yield Use(match[1], match[2], path, number)
