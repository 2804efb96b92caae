from __future__ import annotations

import pytest

from clientdesk.audit.ci_commands import runs_linter, runs_tests


@pytest.mark.parametrize(
    "command",
    [
        "pytest -q", "python -m pytest", "uv run --locked tox run", "./manage.py test", "bin/rails test",
        "bundle exec rspec", "npm test", "npm run test:unit", "yarn test --ci", "pnpm -r test", "npx vitest run",
        "go test ./...", "vendor/bin/phpunit", "mvn -B verify", "./gradlew build", "make check",
        "pip install tox && tox",
    ],
)  # fmt: skip
def test_commands_that_test(command):
    assert runs_tests(command)


@pytest.mark.parametrize(
    "command", ["pip install pytest", "npm ci", "echo latest", "make build", "npm install jest", "docker push"]
)
def test_commands_that_do_not(command):
    assert not runs_tests(command)


@pytest.mark.parametrize(
    "command", ["ruff check .", "yarn lint", "bundle exec rubocop", "tsc --noEmit", "pre-commit run -a"]
)
def test_commands_that_lint(command):
    assert runs_linter(command)


def test_installing_a_linter_is_not_linting():
    assert not runs_linter("pip install ruff")


def test_one_endless_line_is_read_in_time():
    assert not runs_tests("mvn " * 50_000)
