from __future__ import annotations

from datetime import date

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.audit.checks.runtime import CHECK
from clientdesk.audit.result import Outcome, Severity

MONDAY = date(2026, 3, 2)
REACT_17 = """{"packages": {
  "": {"dependencies": {"react": "*"}},
  "node_modules/react": {"version": "17.0.2"}
}}"""


def look(files, today=MONDAY):
    return CHECK.look(RepositoryFromText(files), today)


def test_supported_versions_are_clean_and_praised():
    result = look({".python-version": "3.12.4\n"})

    assert (result.outcome, result.strengths) == (Outcome.CLEAN, ("Supported versions are in use: Python 3.12.4.",))


@pytest.mark.parametrize(
    ("files", "cause"),
    [
        ({".ruby-version": "ruby-2.7.8\n"}, "Ruby 2.7 → 4.0"),
        ({".nvmrc": "v16\n"}, "Node.js 16 → 24"),
        ({"Dockerfile": "FROM docker.io/library/python:3.7-slim AS base\n"}, "Python 3.7 → 3.14"),
        ({"compose.yaml": "services:\n  db:\n    image: postgres:11.4\n"}, "PostgreSQL 11 → 18"),
        ({"Gemfile.lock": "GEM\n  specs:\n    rails (6.1.7)\n\nDEPENDENCIES\n  rails\n"}, "Ruby on Rails 6.1 → 8.1"),
        ({"requirements.txt": "Django==3.2.20\n"}, "Django 3.2 → 5.2"),
    ],
)
def test_a_version_past_its_end_is_high_and_one_piece_of_work(files, cause):
    (finding,) = look(files).findings

    assert (finding.severity, finding.cause) == (Severity.HIGH, cause)


def test_a_line_of_releases_that_is_not_out_yet_is_no_target():
    (finding,) = look({"requirements.txt": "Django==1.11\n"}, date(2020, 6, 1)).findings

    assert finding.cause == "Django 1.11 → 2.2"


def test_an_upgrade_never_leads_to_an_older_line_with_long_support():
    (finding,) = look({"requirements.txt": "Django==6.0.1\n"}, date(2026, 12, 7)).findings

    assert finding.cause == "Django 6.0 → 6.1"


def test_the_day_of_the_audit_decides():
    files = {".python-version": "3.10"}

    severities = [
        [f.severity for f in look(files, day).findings]
        for day in (date(2026, 3, 2), date(2026, 6, 1), date(2026, 11, 2))
    ]

    assert severities == [[], [Severity.MEDIUM], [Severity.HIGH]]


def test_no_end_of_life_but_no_active_support_is_low():
    files = {"package-lock.json": REACT_17}

    (finding,) = look(files).findings

    assert (finding.severity, finding.title) == (Severity.LOW, "React 17 has had no active support since 2022-03-29")


def test_a_minimum_that_is_allowed_is_a_remark_without_work():
    (finding,) = look({"pyproject.toml": "[project]\nrequires-python = '>=3.8'\n"}).findings

    assert (finding.severity, finding.effort, finding.line) == (Severity.INFO, "", 2)


def test_a_minimum_says_nothing_beside_what_runs():
    assert look({"pyproject.toml": "[project]\nrequires-python = '>=3.8'\n", ".python-version": "3.13"}).findings == ()


def test_one_line_of_releases_in_many_files_is_one_finding():
    files = {".ruby-version": "2.7.8", "Dockerfile": "FROM ruby:2.7.8\n", ".tool-versions": "ruby 2.7.1\n"}

    assert len(look(files).findings) == 1


def test_a_version_the_table_does_not_know_is_a_gap():
    result = look({".python-version": "3.99"})

    assert (result.outcome, result.gaps) == (
        Outcome.COULD_NOT_RUN,
        ("The table of support dates does not know Python 3.99.",),
    )


def test_a_floating_version_says_nothing():
    assert look({"Dockerfile": "FROM python:3\n"}).outcome is Outcome.NOT_APPLICABLE


def test_an_old_table_says_so():
    assert "more than a year old" in look({".python-version": "3.14"}, date(2027, 9, 6)).gaps[0]


def test_a_repository_that_names_no_version_is_not_applicable():
    assert look({"a.py": ""}).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(("path", "confidence"), [("docker-compose.yml", "medium"), ("compose.production.yml", "high")])
def test_compose_file_of_no_named_purpose_may_be_the_developers_own(path, confidence):
    (finding,) = look({path: "services:\n  db:\n    image: postgres:11\n"}).findings

    assert finding.confidence.value == confidence
    assert ("can't be seen there" in finding.evidence) is (confidence == "medium")
