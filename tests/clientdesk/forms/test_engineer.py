"""The engineer's form."""

from clientdesk.audit.judging import Course, Opinion, Verdict
from clientdesk.audit.result import Severity
from clientdesk.forms.engineer import EngineerForm


def test_form_becomes_a_verdict():
    form = EngineerForm.model_validate(
        {"by": " Ada ", "severities": [{"finding": "F-01", "severity": "low", "why": "x"}], "notes": "n"}
    )

    assert form.verdict() == Verdict(Course.ACCEPT, "Ada", "n", (Opinion("F-01", Severity.LOW, "x"),))


def test_every_field_has_a_title_and_its_place():
    properties = EngineerForm.model_json_schema()["properties"]

    assert [each["position"] for each in properties.values()] == [1, 2, 3, 4]
    assert all(each["title"] for each in properties.values())
