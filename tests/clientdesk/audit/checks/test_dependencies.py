from __future__ import annotations

from datetime import date

from fakes.repository import RepositoryFromText

from clientdesk.audit.checks.dependencies import CHECK
from clientdesk.audit.repository import PYTHON_ADVISORIES, Advisory, AdvisoryReport, Package, ToolFailed
from clientdesk.audit.result import Outcome, Severity, Tool

MONDAY = date(2026, 3, 2)
PIP_AUDIT = Tool("pip-audit", "2.10.1")
PINS = {"requirements.txt": "jinja2==3.1.2\nsix==1.16.0\n"}
JINJA = Package("PyPI", "jinja2", "3.1.2", "requirements.txt", 1, direct=True)
SIX = Package("PyPI", "six", "1.16.0", "requirements.txt", 2)


def advisory(id_="PYSEC-1", fixed=("3.1.3",), package=JINJA, aliases=("CVE-2024-22195",)):
    return Advisory(id_, aliases, package, "Attributes are not escaped. More text.", fixed)


def look(*advisories, files=PINS, examined=(JINJA, SIX), not_examined=()):
    report = AdvisoryReport(PIP_AUDIT, "OSV", tuple(examined), advisories, tuple(not_examined))
    return CHECK.look(RepositoryFromText(files, {PYTHON_ADVISORIES: report}), MONDAY)


def test_packages_with_nothing_known_against_them_are_clean():
    result = look()

    assert (result.outcome, result.reason) == (
        Outcome.CLEAN,
        "2 Python packages looked up at OSV: nothing known against them.",
    )


def test_advisories_of_one_package_are_one_finding_with_the_version_that_mends_all():
    (finding,) = look(advisory(), advisory("PYSEC-2", ("3.1.10",), aliases=("CVE-2025-1",))).findings

    assert finding.title == "jinja2 3.1.2 has 2 known vulnerabilities"
    assert finding.fix_now == "Upgrade jinja2 to 3.1.10 or newer."
    assert finding.evidence.startswith("CVE-2024-22195 and CVE-2025-1. Attributes are not escaped.")
    assert (finding.severity, finding.path, finding.line) == (Severity.HIGH, "requirements.txt", 1)


def test_a_package_without_a_fix_is_to_be_replaced():
    (finding,) = look(advisory(), advisory("PYSEC-2", ())).findings

    assert finding.fix_now.startswith("No fixed version is known")


def test_development_packages_weigh_little():
    tool = Package("PyPI", "pytest", "1", "r.txt", 1, direct=True, development=True)

    assert look(advisory(package=tool)).findings[0].severity is Severity.LOW


def test_packages_not_examined_are_counted_by_reason_and_never_clean():
    result = look(examined=(), not_examined=((JINJA, "no network: jinja2 (3.1.2)"), (SIX, "no network: six (1.16.0)")))

    assert result.outcome is Outcome.COULD_NOT_RUN
    assert result.gaps == ("2 Python packages not examined (no network): jinja2 3.1.2 and six 1.16.0.",)
    assert result.reason == "None of 2 Python packages could be looked up at OSV."


def test_packages_of_other_languages_are_counted_as_not_examined():
    files = {**PINS, "yarn.lock": 'a@^1:\n  version "1.0.0"\n'}

    result = look(files=files)

    assert (result.outcome, result.gaps) == (Outcome.COULD_NOT_RUN, ("1 JavaScript package (npm) was not examined.",))
    assert result.metrics["dependencies.not_examined"] == 1


def test_only_other_languages_is_could_not_run():
    assert look(files={"go.mod": "require example.com/a v1.0.0\n"}).outcome is Outcome.COULD_NOT_RUN


def test_a_failed_tool_does_not_hide_the_other_gaps():
    files = {**PINS, "go.mod": "require example.com/a v1.0.0\n"}
    repository = RepositoryFromText(files, {PYTHON_ADVISORIES: ToolFailed("no network", PIP_AUDIT)})

    result = CHECK.look(repository, MONDAY)

    assert (result.outcome, result.reason) == (Outcome.COULD_NOT_RUN, "no network 1 Go package (Go) was not examined.")


def test_a_lockfile_that_can_not_be_read_is_a_gap():
    assert look(files={"uv.lock": "[["}).outcome is Outcome.COULD_NOT_RUN


def test_no_packages_is_not_applicable():
    assert look(files={"a.py": ""}).outcome is Outcome.NOT_APPLICABLE
