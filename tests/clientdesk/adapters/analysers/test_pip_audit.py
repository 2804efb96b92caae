"""All with the real pip-audit command, against services on the loopback address."""

from __future__ import annotations

import sys
from contextlib import ExitStack

import pytest
from fakes.forwarder import Forwarder
from fakes.osv_service import OsvService, advisory, serving

from clientdesk.adapters.analysers.pip_audit import PipAudit
from clientdesk.audit.repository import Package, ToolFailed


def package(name, version, path="requirements.txt", ecosystem="PyPI"):
    return Package(ecosystem, name, version, path)


@pytest.fixture
def osv():
    with ExitStack() as stack:
        yield lambda known, broken=(): stack.enter_context(serving(OsvService(known, broken)))


def audit(service):
    return PipAudit("osv", service.address)


def test_known_vulnerability_is_found_and_clean_ones_are_examined(osv):
    service = osv({"flask": [advisory("flask", "1.0")]})
    flask, click = package("Flask", "0.12"), package("click", "8.1.0")

    report = audit(service).report([flask, click])

    (found,) = report.advisories
    assert (found.id, found.aliases, found.fixed_in, found.package) == (
        "PYSEC-2026-1",
        ("CVE-2026-0001",),
        ("1.0",),
        flask,
    )
    assert found.summary == "flask lets anybody in"
    assert set(report.examined) == {flask, click}
    assert report.not_examined == ()
    assert report.source == "OSV at 127.0.0.1"


def test_service_that_is_not_there_fails_the_tool():
    with pytest.raises(ToolFailed, match="could not reach its service"):
        PipAudit("osv", "http://127.0.0.1:9/v1/query").report([package("flask", "1.0")])


def test_packages_skipped_are_not_examined_although_the_command_ends_well(monkeypatch, tmp_path):
    with Forwarder(tmp_path, status=404) as forwarder:
        monkeypatch.setenv("HTTPS_PROXY", forwarder.address)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(forwarder.authority))
        for name in ("NO_PROXY", "no_proxy", "https_proxy", "CURL_CA_BUNDLE"):
            monkeypatch.delenv(name, raising=False)

        report = PipAudit("pypi").report([package("flask", "1.0"), package("click", "8.0")])

    assert report.examined == report.advisories == ()
    assert {one.name for one, reason in report.not_examined if "not found" in reason} == {"click", "flask"}


def test_bad_pins_are_named_and_the_others_are_looked_up(osv):
    service = osv({"flask": [advisory("flask", "1.0")]})
    bad = [package("bad name", "1.0"), package("odd", "newest"), package("--index", "1"), package("open", "")]

    report = audit(service).report([package("flask", "0.12"), *bad])

    assert [one for one, _ in report.not_examined] == bad
    assert len(report.advisories) == 1


def test_package_that_upsets_the_service_costs_no_other(osv):
    service = osv({"flask": [advisory("flask", "1.0")]}, broken=["click"])
    others = [package(name, "1.0") for name in ("attrs", "jinja2", "rich")]

    report = audit(service).report([package("flask", "0.12"), package("click", "8.0"), *others])

    assert [one.name for one, _ in report.not_examined] == ["click"]
    assert {one.name for one in report.examined} == {"attrs", "flask", "jinja2", "rich"}


def test_two_versions_of_one_package_are_both_looked_up(osv):
    service = osv({})
    pins = [package("flask", "0.12", "a.txt"), package("flask", "1.0", "b.txt"), package("flask", "1.0", "c.txt")]

    report = audit(service).report(pins)

    assert sorted(service.asked) == [("flask", "0.12"), ("flask", "1.0")]
    assert set(report.examined) == set(pins)


def test_other_ecosystems_are_left_to_others(osv):
    report = audit(osv({})).report([package("rails", "7.0", ecosystem="RubyGems")])

    assert (report.examined, report.not_examined) == ((), ())


def test_nothing_to_look_up_starts_no_command():
    assert PipAudit(command=["/no/such/command"]).report([]).examined == ()


@pytest.mark.parametrize("code", ["", "print('No known vulnerabilities found')", "import time; time.sleep(60)", "1/0"])
def test_command_without_a_result_fails_the_tool(code):
    silent = PipAudit(command=[sys.executable, "-c", code], seconds=3)

    with pytest.raises(ToolFailed):
        silent.report([package("flask", "1.0")])


def test_address_is_printed_without_its_password():
    assert "secret" not in PipAudit("osv", "https://me:secret@osv.example.com/v1/query").source
