"""An audit in the five forms that somebody may ask for."""

import json

import pytest
from fakes.desk import SHOP, a_desk

from clientdesk.domain.intake import RepositoryAddress
from clientdesk.steps.auditing import audit
from clientdesk.steps.printing import FORMATS, audit_as


@pytest.fixture(scope="module")
def report():
    return audit(a_desk(), RepositoryAddress(SHOP))


@pytest.mark.parametrize("kind", FORMATS)
def test_every_form_names_the_findings(report, kind):
    content = audit_as(a_desk(), report, kind).decode()

    assert report.findings[0].finding.title in content


def test_pdf_of_the_same_report_is_the_same_bytes(report):
    assert audit_as(a_desk(), report, "pdf") == audit_as(a_desk(), report, "pdf")


def test_json_forms_are_json(report):
    assert json.loads(audit_as(a_desk(), report, "json"))["commit"] == "a" * 40
    assert json.loads(audit_as(a_desk(), report, "sarif"))["version"] == "2.1.0"
