from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from fakes.osv_service import OsvService as Service
from fakes.osv_service import advisory, serving

from clientdesk.adapters.advisories.lookup import AdvisoryLookup
from clientdesk.adapters.advisories.mirror import Mirror
from clientdesk.adapters.advisories.mirror_file import write_mirror
from clientdesk.adapters.advisories.osv_record import osv_record
from clientdesk.adapters.advisories.osv_service import OsvService
from clientdesk.adapters.analysers.pip_audit import PipAudit
from clientdesk.audit.repository import Package, ToolFailed
from clientdesk.audit.result import Severity

NOBODY = "http://127.0.0.1:9/v1/query"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FLASK = Package("PyPI", "Flask", "0.12", "requirements.txt", 1, direct=True)
RAILS = Package("RubyGems", "rails", "6.1.4", "Gemfile.lock", 3, direct=True)


@pytest.fixture
def mirror(tmp_path):
    flask = advisory("flask", "1.0", database_specific={"severity": "HIGH"})
    write_mirror(tmp_path / "PyPI.sqlite", "PyPI", [osv_record(flask)], MONDAY)
    return Mirror(tmp_path)


def live(address, mirror=None):
    return AdvisoryLookup(PipAudit("osv", address), OsvService(address), mirror)


def test_python_is_asked_of_pip_audit_and_of_the_service_and_told_once(mirror):
    known = {"flask": [advisory("flask", "1.0", database_specific={"severity": "CRITICAL"})]}
    with serving(Service(known)) as service:
        report = live(service.address, mirror).report([FLASK, RAILS])

    (found,) = report.advisories
    assert (found.package, found.severity, found.fixed_in) == (FLASK, Severity.CRITICAL, ("1.0",))
    assert set(report.examined) == {FLASK, RAILS}
    assert report.source == "pip-audit (OSV at 127.0.0.1) and OSV at 127.0.0.1"
    assert (report.tool.name, report.mirrored, report.not_examined) == ("pip-audit", (), ())


def test_where_the_service_is_not_reached_the_mirror_answers_and_says_so(mirror):
    report = live(NOBODY, mirror).report([FLASK, RAILS])

    assert [(each.package, each.severity) for each in report.advisories] == [(FLASK, Severity.HIGH)]
    assert report.examined == (FLASK,)
    assert report.not_examined == ((RAILS, "no advisories for RubyGems are loaded"),)
    assert report.mirrored == (("PyPI", date(2026, 1, 6)),)
    assert report.source.startswith("a local copy of OSV's data, as pip-audit could not reach its service; 127.0.0.1")


def test_neither_service_nor_mirror_is_could_not_run_with_advice(tmp_path):
    with pytest.raises(ToolFailed, match=r"could not be reached.*clientdesk advisories load"):
        live(NOBODY, Mirror(tmp_path / "none")).report([FLASK, RAILS])


def test_a_mirror_of_another_ecosystem_is_not_clean(mirror):
    with pytest.raises(ToolFailed, match="no advisories for RubyGems are loaded"):
        AdvisoryLookup(None, None, mirror).report([RAILS])


def test_packages_without_a_usable_version_are_not_examined(mirror):
    bare, odd = Package("npm", "a", "", "package.json"), Package("npm", "b", "next", "package.json")

    report = AdvisoryLookup(None, None, mirror).report([FLASK, bare, odd])

    assert dict(report.not_examined) == {
        bare: "no exact version is written",
        odd: "its version is not one that its ecosystem can order",
    }


def test_every_place_of_a_package_is_told(mirror):
    twice = [FLASK, Package("PyPI", "flask", "0.12", "b/requirements.txt", 4)]

    report = AdvisoryLookup(None, None, mirror).report(twice)

    assert [each.package for each in report.advisories] == twice


def test_what_the_service_refuses_the_mirror_may_answer(mirror):
    with serving(Service({}, broken=["flask"])) as service:
        report = AdvisoryLookup(None, OsvService(service.address), mirror).report([FLASK, RAILS])

    assert set(report.examined) == {FLASK, RAILS}
    assert [ecosystem for ecosystem, _ in report.mirrored] == ["PyPI"]


def test_the_version_to_go_to_has_no_weakness_of_its_own(tmp_path):
    first = advisory("rails", "6.1.5", number="A-1", alias="CVE-1", ecosystem="RubyGems")
    second = advisory("rails", "6.1.7", number="A-2", alias="CVE-2", ecosystem="RubyGems")
    second["affected"][0]["ranges"][0]["events"][0]["introduced"] = "6.1.5"
    write_mirror(tmp_path / "RubyGems.sqlite", "RubyGems", [osv_record(first), osv_record(second)], MONDAY)

    (found,) = AdvisoryLookup(None, None, Mirror(tmp_path)).report([RAILS]).advisories

    assert (found.id, found.fixed_in, found.upgrade_to) == ("A-1", ("6.1.5",), "6.1.7")


def test_a_fix_whose_own_weakness_has_no_fix_is_promised_to_nobody(tmp_path):
    first = advisory("rails", "6.1.5", number="A-1", alias="CVE-1", ecosystem="RubyGems")
    second = advisory("rails", "9", number="A-2", alias="CVE-2", ecosystem="RubyGems")
    second["affected"][0]["ranges"][0]["events"] = [{"introduced": "6.1.5"}]
    write_mirror(tmp_path / "RubyGems.sqlite", "RubyGems", [osv_record(first), osv_record(second)], MONDAY)

    (found,) = AdvisoryLookup(None, None, Mirror(tmp_path)).report([RAILS]).advisories

    assert (found.fixed_in, found.upgrade_to) == (("6.1.5",), "")


def test_nothing_to_look_up_asks_nobody():
    assert live(NOBODY).report([]).examined == ()


def test_less_time_for_somebody_who_waits():
    hurried = live(NOBODY).hurried(3.0)

    assert (hurried.pip_audit.seconds, hurried.service.seconds) == (3.0, 3.0)
    assert AdvisoryLookup().hurried(3.0) == AdvisoryLookup()
