"""The engineer's form."""

import pytest

from clientdesk.audit.judging import Course, Opinion, Verdict
from clientdesk.audit.result import Severity
from clientdesk.forms.engineer import EngineerForm, engineer_form
from clientdesk.forms.prefilled import prefilled


def test_form_becomes_a_verdict():
    form = EngineerForm.model_validate(
        {"by": " Ada ", "severities": [{"finding": "F-01", "severity": "low", "why": "x"}], "notes": "n"}
    )

    assert form.verdict() == Verdict(Course.ACCEPT, "Ada", "n", (Opinion("F-01", Severity.LOW, "x"),))


def test_findings_are_chosen_from_and_only_their_number_counts():
    findings = ["F-01 high: SQL put together from text, app/a_b.py:3", "F-02 low: no licence"]
    form = prefilled(engineer_form(findings), {"by": "Ada"})

    schema = form.model_json_schema()
    said = form.model_validate({"severities": [{"finding": findings[0], "severity": "low", "why": "x"}]})

    one = schema["$defs"]["SeverityForm"]["properties"]
    assert one["finding"]["enum"] == findings
    assert [each["position"] for each in one.values()] == [1, 2, 3]
    assert schema["properties"]["severities"]["title"] == "Severities to change"
    taken_up = EngineerForm.model_validate(said.model_dump(mode="json")).verdict()
    assert taken_up == Verdict(Course.ACCEPT, "Ada", "", (Opinion("F-01", Severity.LOW, "x"),))


def test_what_was_chosen_is_kept_when_it_is_asked_again():
    findings = ["F-01 high: one"]
    said = engineer_form(findings)(severities=[{"finding": findings[0], "severity": "low", "why": ""}])

    again = prefilled(engineer_form(findings), {"severities": said.severities})

    assert again.model_json_schema()["properties"]["severities"]["default"][0]["finding"] == findings[0]


@pytest.mark.parametrize("count", [0, 401])
def test_no_list_and_a_list_without_end_are_none(count):
    assert engineer_form([f"F-{number} low: x" for number in range(count)]) is EngineerForm


def test_every_field_has_a_title_and_its_place():
    properties = EngineerForm.model_json_schema()["properties"]

    assert [each["position"] for each in properties.values()] == [1, 2, 3, 4]
    assert all(each["title"] for each in properties.values())
