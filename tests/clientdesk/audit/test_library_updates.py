"""Updates are told apart by the care they ask for, and what was not measured says so."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.audit.library_survey import Care, LibraryUpdate
from clientdesk.audit.library_updates import survey
from clientdesk.audit.repository import (
    ADVISORIES,
    RELEASES,
    Advisory,
    AdvisoryReport,
    Package,
    PackageReleases,
    Release,
    ReleaseReport,
    ToolFailed,
)
from clientdesk.audit.result import Tool

MONDAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TOOL = Tool("clientdesk", "1")


def pinned(text: str) -> dict[str, str]:
    return {"requirements.txt": text}


def releases(name, *versions, **more):
    return PackageReleases("PyPI", name, tuple(Release(version, date(2024, 1, 1)) for version in versions), **more)


def advisory(name, version, fixed="", cve="CVE-2026-1"):
    return Advisory("GHSA-1", (cve,), package(name, version), "Bad.", (fixed,) if fixed else ())


def package(name, version):
    return Package("PyPI", name, version, "requirements.txt", 1, direct=True)


def looked(text, *known, weak=(), failed=None):
    names = {each.name: each for each in known}
    rows = [line.partition("==") for line in text.split()]
    told = tuple((package(name, version), names[name]) for name, _, version in rows if name in names)
    tools = {
        RELEASES: failed or ReleaseReport(TOOL, "the index", told, ()),
        ADVISORIES: AdvisoryReport(TOOL, "OSV", (), tuple(weak)),
    }
    # The package as the inventory reads it, so that keys agree.
    return survey(RepositoryFromText(pinned(text), tools), MONDAY, NOW)


def only(found) -> LibraryUpdate:
    (update,) = found.updates
    return update


@pytest.mark.parametrize(
    ("name", "in_use", "listed", "steps"),
    [
        ("click", "8.0.1", ("8.0.1", "8.1.0"), [("8.1.0", Care.SAFE)]),
        ("click", "7.0", ("7.0", "8.1.0"), [("8.1.0", Care.CARE)]),
        ("click", "6.0", ("6.0", "6.7", "8.1.0"), [("6.7", Care.SAFE), ("8.1.0", Care.PROJECT)]),
        ("anyio", "0.3.0", ("0.3.0", "0.3.4", "0.4.0"), [("0.3.4", Care.SAFE), ("0.4.0", Care.CARE)]),
        ("django", "4.2.1", ("4.2.1", "4.2.9"), [("4.2.9", Care.SAFE)]),
        ("django", "5.0.1", ("5.0.1", "5.2"), [("5.2", Care.CARE)]),
        ("django", "4.2.9", ("4.2.9", "5.2"), [("5.2", Care.PROJECT)]),
    ],
)
def test_steps_by_the_care_they_ask_for(name, in_use, listed, steps):
    found = looked(f"{name}=={in_use}\n", releases(name, *listed))

    assert [(step.to, step.care) for step in only(found).steps] == steps


def test_what_is_the_newest_is_counted_and_not_listed():
    found = looked("click==8.1.0\n", releases("click", "8.1.0", "8.0.0"))

    assert (found.updates, found.current, found.source) == ((), 1, "the index")


def test_each_step_names_the_advisories_that_it_closes():
    weak = [advisory("click", "6.0", "6.5"), advisory("click", "6.0", "8.0", "CVE-2026-2")]
    weak[1] = Advisory("GHSA-2", ("CVE-2026-2",), package("click", "6.0"), "Bad.", ("8.0",))

    update = only(looked("click==6.0\n", releases("click", "6.0", "6.7", "8.1"), weak=weak))

    assert [step.closes for step in update.steps] == [("CVE-2026-1",), ("CVE-2026-1", "CVE-2026-2")]
    assert update.unmended == ()


def test_fix_in_another_line_of_releases_closes_nothing_in_this_one():
    weak = [Advisory("GHSA-1", (), package("click", "6.0"), "Bad.", ("5.9", "7.1"))]

    update = only(looked("click==6.0\n", releases("click", "6.0", "7.0"), weak=weak))

    assert update.steps[0].closes == ()
    assert update.unmended == ("GHSA-1",)


def test_without_any_index_it_says_so_and_names_what_the_advisories_ask_for():
    failed = ToolFailed("Package indexes are not asked.", TOOL)

    found = looked("click==6.0\nflask==1.0\n", weak=[advisory("click", "6.0", "6.5")], failed=failed)

    assert (found.not_asked, found.source, found.current) == ("Package indexes are not asked.", "", 0)
    assert [(each.name, each.wanted, [step.to for step in each.steps]) for each in found.updates] == [
        ("click", "", ["6.5"])
    ]
    assert found.unmeasured[0].names == ("click", "flask")


def test_package_without_an_exact_version_is_not_measured():
    found = looked("click>=6\n")

    assert [(each.reason, each.names) for each in found.unmeasured] == [("no exact version is written", ("click",))]


def test_framework_past_its_support_is_listed_although_it_is_the_newest_of_its_line():
    update = only(looked("django==3.2.25\n", releases("django", "3.2.25")))

    assert (update.steps, update.has_ended) == ((), True)
    assert update.ends_on is not None


def test_given_up_package_is_listed_with_what_its_publishers_say():
    known = releases("click", "8.1.0", abandoned="use typer", changelog="https://example.com/changes")

    update = only(looked("click==8.1.0\n", known))

    assert (update.given_up, update.changelog) == ("use typer", "https://example.com/changes")


def test_advisories_that_could_not_be_looked_up_are_said():
    tools = {RELEASES: ReleaseReport(TOOL, "the index", (), ())}

    found = survey(RepositoryFromText(pinned("click==6.0\n"), tools), MONDAY, NOW)

    assert found.no_advisories == "advisories is not installed"
    assert found.unmeasured[0].reason == "its index was not asked"
