from dataclasses import replace

from fakes.samples import audit

from clientdesk.audit.report import Aside, SetAside, at_least
from clientdesk.audit.result import Severity


def test_findings_of_a_severity_or_worse_are_told():
    severities = [each.finding.severity for each in at_least(audit(20), Severity.HIGH)]

    assert severities == [s for s in (e.finding.severity for e in audit(20).findings) if s in {"critical", "high"}]
    assert set(severities) == {"critical", "high"}


def test_findings_set_aside_do_not_count():
    report = audit(1)
    aside = SetAside(report.findings[0], Aside.ACCEPTED, "known", "Ada")

    assert at_least(replace(report, findings=(), set_aside=(aside,)), Severity.INFO) == ()
