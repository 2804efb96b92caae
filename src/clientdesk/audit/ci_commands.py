"""Telling from a pipeline's commands whether it tests and lints."""

from __future__ import annotations

import re

_TESTS = re.compile(
    r"\b(?:pytest|py\.test|tox|nox|unittest|manage\.py test|hatch (?:run )?test"  # Python
    r"|rspec|minitest|rails test|rake (?:test|spec)|bin/(?:rails test|test|ci)"  # Ruby
    r"|(?:npm|yarn|pnpm|bun)(?: -\S+)*(?: run)? (?:test|t\b|e2e)|vitest|jest|mocha|jasmine|ava\b"
    r"|node --test|karma start|cypress run|cypress/included"
    r"|playwright test|turbo (?:run )?test|nx (?:run-many|affected)\b.{0,200}\btest"  # JavaScript
    r"|phpunit|pest\b|artisan test|composer (?:run )?test|go test|gotestsum|cargo (?:test|nextest)|dotnet test|mix test"
    r"|mvnw?\b.{0,200}\b(?:test|verify|install)|gradlew?\b.{0,200}\b(?:test|check|build)|bazel test|ctest"
    r"|make (?:test|check|ci)|just test|script/(?:test|cibuild))"
)
_BY_NAME = re.compile(r"npm|yarn|pnpm|bun")
_LINT = re.compile(
    r"\b(?:ruff|flake8|pylint|black|mypy|pyright|pre-commit|prek|eslint|prettier|tsc|biome|stylelint|oxlint|rubocop"
    r"|standardrb|brakeman|golangci-lint|go vet|staticcheck|phpstan|psalm|phpcs|pint|php-cs-fixer|checkstyle|spotless"
    r"|ktlint|clippy|shellcheck|lint|typecheck|type-check|typing|style|test:code|test:typecheck|test:other)\b"
)
_INSTALL = re.compile(r"\b(?:install|add)\b|\b(?:npm|pnpm|bun) ci\b")
_EITHER = re.compile(r"&&|;|\n")


def runs_tests(commands: str) -> bool:
    """`npm test` tests nothing where the script behind it is the one that npm writes into each new package."""
    is_unwritten = "no test specified" in commands
    return any(
        (match := _TESTS.search(command)) and not (is_unwritten and _BY_NAME.match(match[0]))
        for command in _run(commands)
    )


def runs_linter(commands: str) -> bool:
    return any(_LINT.search(command) for command in _run(commands))


def _run(commands: str) -> list[str]:
    """The single commands without those that only install: `pip install pytest` tests nothing."""
    return [command for command in _EITHER.split(commands) if not _INSTALL.search(command) or "mvn" in command]
