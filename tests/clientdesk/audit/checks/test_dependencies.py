from __future__ import annotations

from datetime import date

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.audit.checks.dependencies import CHECK
from clientdesk.audit.repository import ADVISORIES, Advisory, AdvisoryReport, Package, ToolFailed
from clientdesk.audit.result import Outcome, Severity, Tool

MONDAY = date(2026, 3, 2)
PIP_AUDIT = Tool("pip-audit", "2.10.1")
PINS = {"requirements.txt": "jinja2==3.1.2\nsix==1.16.0\n"}
JINJA = Package("PyPI", "jinja2", "3.1.2", "requirements.txt", 1, direct=True)
SIX = Package("PyPI", "six", "1.16.0", "requirements.txt", 2)
LODASH = Package("npm", "lodash", "4.17.15", "package-lock.json", 7, direct=True, development=False)


def advisory(id_="PYSEC-1", fixed=("3.1.3",), package=JINJA, aliases=("CVE-2024-22195",), severity=None, score=None):
    return Advisory(id_, aliases, package, "Attributes are not escaped. More text.", fixed, severity, score)


def look(*advisories, files=PINS, examined=(JINJA, SIX), not_examined=(), mirrored=()):
    report = AdvisoryReport(PIP_AUDIT, "OSV", tuple(examined), advisories, tuple(not_examined), tuple(mirrored))
    return CHECK.look(RepositoryFromText(files, {ADVISORIES: report}), MONDAY)


def test_packages_with_nothing_known_against_them_are_clean():
    result = look()

    assert (result.outcome, result.reason) == (
        Outcome.CLEAN,
        "2 packages looked up (OSV): nothing known against them.",
    )


def test_advisories_of_one_package_are_one_finding_with_the_version_that_mends_all():
    (finding,) = look(advisory(), advisory("PYSEC-2", ("3.1.10",), aliases=("CVE-2025-1",))).findings

    assert finding.title == "jinja2 3.1.2 has 2 known vulnerabilities"
    assert finding.fix_now == "Upgrade jinja2 to 3.1.10 or newer."
    assert finding.evidence.startswith("CVE-2024-22195 and CVE-2025-1. Attributes are not escaped.")
    assert (finding.severity, finding.path, finding.line) == (Severity.HIGH, "requirements.txt", 1)


def test_the_gravest_advisory_gives_the_severity_and_stands_first():
    low = advisory("A", aliases=(), severity=Severity.LOW, score=2.0)
    worst = advisory("B", aliases=(), severity=Severity.CRITICAL, score=9.8)

    (finding,) = look(low, worst).findings

    assert finding.severity is Severity.CRITICAL
    assert finding.evidence.startswith("B (critical, CVSS 9.8) and A (low, CVSS 2.0).")


@pytest.mark.parametrize(
    ("direct", "development", "severity"),
    [(True, False, Severity.CRITICAL), (False, False, Severity.HIGH), (True, True, Severity.MEDIUM)],
)
def test_what_is_further_from_what_runs_weighs_less_and_says_so(direct, development, severity):
    package = Package("npm", "lodash", "4.17.15", "package-lock.json", 7, direct, development)

    (finding,) = look(advisory(package=package, severity=Severity.CRITICAL)).findings

    assert finding.severity is severity
    assert ("Rated critical; counted as" in finding.evidence) is (severity is not Severity.CRITICAL)


def test_a_package_shipped_in_one_place_and_a_tool_in_another_weighs_as_shipped():
    tool = Package("npm", "lodash", "4.17.15", "tools/package-lock.json", 1, direct=True, development=True)

    (finding,) = look(advisory(package=tool), advisory(package=LODASH)).findings

    assert (finding.severity, finding.path) == (Severity.HIGH, "package-lock.json")


def test_upgrades_within_a_major_version_are_one_round_and_others_work_of_their_own():
    near = advisory(package=LODASH, fixed=("4.17.21",))
    far = advisory(fixed=("4.0.0",))

    causes = {finding.title.split()[0]: (finding.cause, finding.effort) for finding in look(near, far).findings}

    assert causes["lodash"] == ("packages with known vulnerabilities", "dependencies.upgrade")
    assert causes["jinja2"] == ("jinja2 3.1.2 → 4.0.0", "dependencies.major-upgrade")


def test_versions_are_compared_by_the_rules_of_their_ecosystem():
    gem = Package("RubyGems", "rails", "6.1.4", "Gemfile.lock", 3, direct=True)

    (finding,) = look(
        advisory("A", ("6.1.7.10",), gem, ()), advisory("B", ("6.1.7.9",), gem, ()), advisory("C", ("6.1.5",), gem, ())
    ).findings

    assert finding.fix_now == "Upgrade rails to 6.1.7.10 or newer."


def test_an_old_local_copy_of_the_advisories_is_never_clean():
    result = look(mirrored=[("PyPI", date(2025, 3, 2)), ("npm", date(2026, 3, 1))])

    assert result.outcome is Outcome.COULD_NOT_RUN
    assert result.has_no_result
    assert "The local copy of the advisories for PyPI ends on 2025-03-02, 365 days before this audit" in result.reason
    assert "PyPI of 2025-03-02 and npm of 2026-03-01" in result.reason


def test_a_fresh_local_copy_may_be_clean():
    assert look(mirrored=[("PyPI", date(2026, 2, 20))]).outcome is Outcome.CLEAN


def test_a_package_without_a_fix_is_to_be_replaced():
    (finding,) = look(advisory(), advisory("PYSEC-2", ())).findings

    assert finding.fix_now.startswith("No fixed version is known")


def test_where_only_the_last_affected_version_is_known_it_is_said():
    known = Advisory("A", (), LODASH, "", (), last_affected="4.17.19")

    (finding,) = look(known).findings

    assert finding.fix_now == "No fix is named for A, but it is not known above 4.17.19: upgrade, or replace it."


def test_an_upgrade_never_ends_at_a_version_with_a_weakness_of_its_own():
    known = Advisory("A", (), LODASH, "", ("4.17.20",), upgrade_to="4.17.21")

    assert look(known).findings[0].fix_now == "Upgrade lodash to 4.17.21 or newer."


def test_development_packages_weigh_little():
    tool = Package("PyPI", "pytest", "1", "r.txt", 1, direct=True, development=True)

    assert look(advisory(package=tool)).findings[0].severity is Severity.LOW


def test_packages_not_examined_are_counted_by_reason_and_never_clean():
    result = look(examined=(), not_examined=((JINJA, "no network: jinja2 (3.1.2)"), (SIX, "no network: six (1.16.0)")))

    assert result.outcome is Outcome.COULD_NOT_RUN
    assert result.has_no_result
    assert result.reason == (
        "None of 2 packages could be looked up (OSV). "
        "2 Python packages not examined (no network): jinja2 3.1.2 and six 1.16.0."
    )


def test_packages_of_several_languages_not_examined_are_counted_apart():
    go = Package("Go", "example.com/a", "1.0.0", "go.mod")

    result = look(not_examined=((LODASH, "no copy is loaded"), (go, "no copy is loaded")))

    assert result.outcome is Outcome.COULD_NOT_RUN
    assert [gap.split(" not ")[0] for gap in result.gaps] == ["1 Go package", "1 JavaScript package"]
    assert result.metrics["dependencies.not_examined"] == 2


def test_a_failed_tool_is_could_not_run_with_its_reason():
    repository = RepositoryFromText(PINS, {ADVISORIES: ToolFailed("no network", PIP_AUDIT)})

    result = CHECK.look(repository, MONDAY)

    assert (result.outcome, result.reason) == (Outcome.COULD_NOT_RUN, "no network")


def test_a_lockfile_that_can_not_be_read_is_a_gap():
    assert look(files={"uv.lock": "[["}).outcome is Outcome.COULD_NOT_RUN


def test_no_packages_is_not_applicable():
    assert look(files={"a.py": ""}).outcome is Outcome.NOT_APPLICABLE
