from __future__ import annotations

from datetime import date

from fakes.repository import RepositoryFromText

from clientdesk.audit.checks.lockfiles import CHECK
from clientdesk.audit.result import Outcome

MONDAY = date(2026, 3, 2)
PACKAGE_JSON = '{"dependencies": {"a": "^1"}}'
YARN = 'a@^1:\n  version "1.0.0"\n'


def look(files):
    return CHECK.look(RepositoryFromText(files), MONDAY)


def test_a_locked_manifest_is_clean():
    result = look({"package.json": PACKAGE_JSON, "yarn.lock": YARN})

    assert (result.outcome, result.reason) == (Outcome.CLEAN, "1 of 1 manifest locked.")
    assert (result.metrics["packages.direct"], result.metrics["packages.transitive"]) == (1, 0)


def test_a_manifest_without_a_lock_is_found():
    (finding,) = look({"package.json": PACKAGE_JSON}).findings

    assert (finding.rule, finding.severity, finding.path) == ("lockfiles.missing", "medium", "package.json")


def test_a_library_without_a_lock_is_a_small_finding():
    (finding,) = look({"pyproject.toml": "[build-system]\nrequires=['x']\n[project]\ndependencies=['six']\n"}).findings

    assert finding.severity == "low"


def test_tools_of_developers_without_a_lock_are_a_small_finding():
    (finding,) = look({"requirements-dev.txt": "pytest\n"}).findings

    assert finding.severity == "low"


def test_requirements_compiled_from_a_source_are_its_lock():
    assert look({"requirements.in": "six\n", "requirements.txt": "six==1.16\n"}).outcome is Outcome.CLEAN


def test_rival_lockfiles_are_found():
    lock = '{"packages": {"node_modules/a": {"version": "1.0.0"}}}'

    rules = [
        f.rule for f in look({"package.json": PACKAGE_JSON, "yarn.lock": YARN, "package-lock.json": lock}).findings
    ]

    assert rules == ["lockfiles.rivals"]


def test_a_lock_that_lags_behind_is_found():
    files = {"package.json": '{"dependencies": {"a": "^1", "b": "^2"}}', "yarn.lock": YARN}

    (finding,) = look(files).findings

    assert (finding.rule, finding.path) == ("lockfiles.stale", "yarn.lock")
    assert finding.evidence == "Declared in package.json: b."


def test_parts_of_a_workspace_need_not_be_in_the_lock():
    files = {
        "package.json": '{"workspaces": ["packages/*"], "dependencies": {"a": "^1", "@shop/ui": "^1"}}',
        "packages/ui/package.json": "{}",
        "yarn.lock": YARN,
    }

    assert look(files).outcome is Outcome.CLEAN


def test_a_lock_that_can_not_be_read_is_not_clean():
    assert look({"uv.lock": "[["}).outcome is Outcome.COULD_NOT_RUN


def test_nothing_declared_is_not_applicable():
    assert look({"a.py": ""}).outcome is Outcome.NOT_APPLICABLE


def test_gem_without_a_lock_is_a_small_finding():
    (finding,) = look({"Gemfile": 'gem "rails"\n', "shop.gemspec": "Gem::Specification.new\n"}).findings

    assert finding.severity.value == "low"


def test_alias_in_a_yarn_lock_is_not_missing():
    lock = '# yarn lockfile v1\n\n\n"es6@npm:@elastic/elasticsearch@6":\n  version "6.8.8"\n'
    files = {"package.json": '{"dependencies": {"es6": "npm:@elastic/elasticsearch@6"}}', "yarn.lock": lock}

    assert look(files).outcome is Outcome.CLEAN
