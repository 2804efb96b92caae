"""What a list of files tells at a glance: languages, lockfiles, continuous integration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from clientdesk.audit.repository import FileEntry

_LANGUAGES = {
    ".py": "Python", ".rb": "Ruby", ".erb": "Ruby", ".rake": "Ruby", ".js": "JavaScript", ".jsx": "JavaScript",
    ".mjs": "JavaScript", ".cjs": "JavaScript", ".ts": "TypeScript", ".tsx": "TypeScript", ".mts": "TypeScript",
    ".cts": "TypeScript", ".vue": "Vue", ".svelte": "Svelte", ".php": "PHP", ".go": "Go", ".java": "Java",
    ".kt": "Kotlin", ".scala": "Scala", ".cs": "C#", ".swift": "Swift", ".rs": "Rust", ".ex": "Elixir",
    ".exs": "Elixir", ".c": "C", ".h": "C", ".cc": "C++", ".cpp": "C++", ".hpp": "C++", ".sh": "Shell",
    ".css": "CSS", ".scss": "CSS", ".less": "CSS", ".html": "HTML", ".sql": "SQL", ".dart": "Dart", ".r": "R",
}  # fmt: skip
_LOCKFILES = frozenset(
    {
        "bun.lock", "bun.lockb", "cargo.lock", "composer.lock", "gemfile.lock", "go.sum", "mix.lock",
        "npm-shrinkwrap.json", "package-lock.json", "pdm.lock", "pipfile.lock", "pnpm-lock.yaml", "poetry.lock",
        "pubspec.lock", "pylock.toml", "uv.lock", "yarn.lock",
    }
)  # fmt: skip
_CI = {
    ".github/workflows/": "GitHub Actions", ".gitlab-ci.yml": "GitLab CI", ".circleci/config.yml": "CircleCI",
    ".travis.yml": "Travis CI", "Jenkinsfile": "Jenkins", "azure-pipelines.yml": "Azure Pipelines",
    "bitbucket-pipelines.yml": "Bitbucket Pipelines", ".drone.yml": "Drone", ".woodpecker/": "Woodpecker",
    ".woodpecker.yml": "Woodpecker", ".buildkite/": "Buildkite", ".forgejo/workflows/": "Forgejo Actions",
    ".gitea/workflows/": "Gitea Actions",
}  # fmt: skip
_FOREIGN = frozenset({"node_modules", "vendor", "third_party", "bower_components"})


def languages_of(files: Iterable[FileEntry]) -> tuple[str, ...]:
    """By bytes, most first; folders of other people's code do not count."""
    sizes: Counter[str] = Counter()
    for entry in files:
        path = PurePosixPath(entry.path)
        language = _LANGUAGES.get(path.suffix.lower())
        if language and not entry.is_link and _FOREIGN.isdisjoint(path.parts):
            sizes[language] += entry.size
    return tuple(sorted(sizes, key=lambda language: (-sizes[language], language)))


def lockfiles_of(files: Iterable[FileEntry]) -> tuple[str, ...]:
    """Their paths."""
    paths = (PurePosixPath(entry.path) for entry in files)
    return tuple(str(path) for path in paths if path.name.lower() in _LOCKFILES and _FOREIGN.isdisjoint(path.parts))


def ci_of(files: Sequence[FileEntry]) -> tuple[str, ...]:
    """The services that the repository carries a configuration for."""
    found = {
        service
        for entry in files
        for place, service in _CI.items()
        if entry.path == place or (place.endswith("/") and entry.path.startswith(place) and _is_yaml(entry.path))
    }
    return tuple(sorted(found))


def _is_yaml(path: str) -> bool:
    return path.endswith((".yml", ".yaml"))
