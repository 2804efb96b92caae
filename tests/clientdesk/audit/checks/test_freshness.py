from __future__ import annotations

from datetime import date

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.audit.checks.freshness import CHECK
from clientdesk.audit.repository import RELEASES, Package, PackageReleases, Release, ReleaseReport, ToolFailed
from clientdesk.audit.result import Outcome, Severity, Tool

MONDAY = date(2026, 3, 2)
TOOL = Tool("clientdesk", "1")
FILES = {"requirements.txt": "flask>=1\n"}
OLD, NEW = Release("1.0", date(2021, 3, 1)), Release("3.1", date(2026, 1, 1))


def package(name="flask", version="1.0", path="requirements.txt", **more):
    return Package("PyPI", name, version, path, 1, direct=True, **more)


def known(name="flask", releases=(OLD, NEW), abandoned=""):
    return PackageReleases("PyPI", name, tuple(releases), abandoned)


def look(*told, not_asked=(), files=FILES):
    report = ReleaseReport(TOOL, "the index", tuple(told), tuple(not_asked))
    return CHECK.look(RepositoryFromText(files, {RELEASES: report}), MONDAY)


def test_direct_dependencies_that_are_new_are_clean():
    result = look((package(version="3.1"), known()))

    assert (result.outcome, result.strengths) == (Outcome.CLEAN, ("Direct dependencies are kept up to date.",))
    assert result.metrics["freshness.libyears"] == 0


def test_a_package_years_behind_is_found_with_the_versions_to_go_to():
    near = Release("1.4", date(2023, 3, 1))

    (finding,) = look((package(), known(releases=(OLD, near, NEW)))).findings

    assert finding.title == "flask 1.0 is 4.8 years behind"
    assert finding.fix_now == "Upgrade flask to 1.4 at once, and plan 3.1."
    assert finding.evidence == "In use 1.0 of 2021-03-01; newest 3.1, 1.4 within its major version."
    assert finding.severity is Severity.MEDIUM


def test_what_is_some_months_behind_is_counted_and_no_finding():
    result = look((package(version="3.0"), known(releases=(Release("3.0", date(2025, 9, 1)), NEW))))

    assert (result.outcome, result.metrics["freshness.behind"]) == (Outcome.CLEAN, 1)
    assert result.metrics["freshness.libyears"] == 0.3


def test_development_packages_are_counted_apart_and_no_finding():
    result = look((package(development=True), known()))

    assert result.findings == ()
    assert (result.metrics["freshness.libyears"], result.metrics["freshness.libyears_development"]) == (0, 4.8)


def test_one_package_in_many_files_is_counted_once_and_as_what_is_shipped():
    tool = package(path="a.txt", development=True)

    result = look((tool, known()), (package(), known()), (package(path="z.txt"), known()))

    assert (len(result.findings), result.metrics["freshness.measured"]) == (1, 1)


def test_a_withdrawn_version_in_use_is_found_with_the_publishers_words():
    gone = Release("3.0", date(2025, 12, 1), "breaks logins")

    (finding,) = look((package(version="3.0"), known(releases=(gone, NEW)))).findings

    assert (finding.rule, finding.severity) == ("freshness.withdrawn", Severity.MEDIUM)
    assert "breaks logins" in finding.evidence
    assert finding.fix_now == "Upgrade flask to 3.1."


def test_a_package_that_was_given_up_is_found_once():
    gone = known(releases=(Release("3.1", date(2026, 1, 1), "use other"),), abandoned="use other")

    tool = package(version="3.1", path="a.txt", development=True)

    (finding,) = look(
        (tool, gone), (package(version="3.1"), gone), (package(version="3.1", path="b.txt"), gone)
    ).findings

    assert (finding.rule, finding.evidence) == ("freshness.abandoned", "They say: use other")
    assert (finding.severity, finding.path) == (Severity.MEDIUM, "requirements.txt")


def test_a_package_without_a_release_for_years_is_told_and_costs_nothing():
    quiet = known(releases=(Release("1.0", date(2020, 1, 1)),))

    (finding,) = look((package(), quiet)).findings

    assert (finding.rule, finding.severity, finding.effort) == ("freshness.quiet", Severity.INFO, "")


@pytest.mark.parametrize(
    ("told", "not_asked", "gap"),
    [
        ((), [(package(), "no connection")], "The age of 1 Python package is not measured (no connection): flask."),
        ([(package(version=""), known())], (), "(no exact version is written): flask."),
        ([(package(version="0.9"), known())], (), "(its index does not list the version in use): flask."),
    ],
)
def test_what_was_not_measured_is_named_and_never_clean(told, not_asked, gap):
    result = look(*told, not_asked=not_asked)

    assert result.outcome is Outcome.COULD_NOT_RUN
    assert gap in result.gaps[0]


def test_indexes_that_are_not_asked_raise_their_reason():
    with pytest.raises(ToolFailed, match="switched off"):
        CHECK.look(RepositoryFromText(FILES, {RELEASES: ToolFailed("switched off", TOOL)}), MONDAY)


def test_without_direct_dependencies_it_is_not_applicable():
    assert look(files={"a.py": ""}).outcome is Outcome.NOT_APPLICABLE
