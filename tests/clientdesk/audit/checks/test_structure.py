from __future__ import annotations

from datetime import date

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.audit.checks.structure import CHECK
from clientdesk.audit.result import Outcome

MONDAY = date(2026, 3, 2)
CODE = "x = 1\n" * 5_000
GOOD = {
    "README.md": "# Shop\n\n## Getting started\n\n    make setup\n",
    "LICENSE": "MIT",
    "CONTRIBUTING.md": "Welcome",
    ".github/CODEOWNERS": "* @me",
    "app.py": CODE,
    "tests/test_app.py": CODE,
}


def look(changes):
    files = {path: text for path, text in {**GOOD, **changes}.items() if text is not None}
    return CHECK.look(RepositoryFromText(files), MONDAY)


def test_a_well_kept_repository_is_clean_and_praised():
    result = look({})

    assert (result.outcome, len(result.strengths)) == (Outcome.CLEAN, 2)
    assert (result.metrics["structure.test_ratio"], result.metrics["structure.docker"]) == (1.0, "none")


@pytest.mark.parametrize(
    ("changes", "rule", "severity"),
    [
        ({"README.md": None}, "structure.no-readme", "medium"),
        ({"README.md": "# Shop\n\nIt sells things.\n"}, "structure.readme-silent", "low"),
        ({"tests/test_app.py": None}, "structure.no-tests", "high"),
        ({"tests/test_app.py": "x = 1\n"}, "structure.few-tests", "medium"),
        ({"dump.sqlite3": "x" * 5_000_001}, "structure.big-binaries", "low"),
        ({"app/.DS_Store": "x"}, "structure.rubbish", "low"),
        ({"LICENSE": None}, "structure.no-licence", "info"),
        ({".github/CODEOWNERS": None}, "structure.no-owners", "info"),
    ],
)
def test_each_lack_is_one_finding(changes, rule, severity):
    assert [(finding.rule, finding.severity) for finding in look(changes).findings] == [(rule, severity)]


@pytest.mark.parametrize(
    "text", ["$ flask run\n", "```\npip install shop\n```\n", "## Running it\n", "See INSTALL.md\n"]
)
def test_a_readme_says_how_in_many_ways(text):
    assert look({"README.md": text}).outcome is Outcome.CLEAN


def test_little_code_is_not_judged_by_its_tests():
    assert look({"app.py": "x = 1\n", "tests/test_app.py": None}).outcome is Outcome.CLEAN


def test_a_hostile_readme_is_read_in_time():
    assert look({"README.md": "#" * 300_000 + " " * 300_000 + "\n" * 300_000}).outcome is Outcome.FOUND


def test_an_empty_commit_is_not_applicable():
    assert CHECK.look(RepositoryFromText({}), MONDAY).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("path", ["INSTALL.md", "doc/INSTALL", "docs/getting-started.md"])
def test_paper_beside_the_readme_may_say_how(path):
    result = CHECK.look(RepositoryFromText({"README.md": "# Shop\n", path: "x"}), date(2026, 3, 2))

    assert "structure.readme-silent" not in {finding.rule for finding in result.findings}
