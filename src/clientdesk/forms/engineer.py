"""What the engineer fills in to sign audits off while the run waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from clientdesk.audit.judging import Course, Opinion, Verdict
from clientdesk.audit.result import Severity
from clientdesk.forms.intake import at

_LONGEST = 300
# A list that is longer is no help; then the number is typed.
_MOST = 400


class SeverityForm(BaseModel):
    """A severity that you judge otherwise than the check."""

    model_config = ConfigDict(title="Severity set by you", str_strip_whitespace=True)

    finding: str = Field(
        title="Finding",
        description="Its number, as in the table above: F-07 (with several repositories R2-F-07).",
        max_length=_LONGEST,
        json_schema_extra=at(1),
    )
    severity: Severity = Field(title="Severity", json_schema_extra=at(2))
    # Were it required, the page would stay where it is without a word; left empty, the run asks for it.
    why: str = Field(
        default="",
        title="Reason",
        description="No severity is changed without one: the client reads it in the report.",
        max_length=500,
        json_schema_extra=at(3),
    )


class EngineerForm(BaseModel):
    """Read the reports, then decide. No field is checked harder than the page can show: that would lose the answer."""

    model_config = ConfigDict(title="The audit's sign-off", str_strip_whitespace=True)

    course: Course = Field(
        default=Course.ACCEPT,
        title="What shall happen",
        description="“Audit again” clones and checks anew; “stop” ends the run without a proposal.",
        json_schema_extra=at(1),
    )
    by: str = Field(default="", title="Your name", max_length=80, json_schema_extra=at(2))
    severities: list[SeverityForm] = Field(
        default=[],
        title="Severities to change",
        description="Score and estimate follow, and the report shows them as your judgement.",
        json_schema_extra=at(3),
    )
    notes: str = Field(
        default="",
        title="Notes for the report",
        max_length=4_000,
        json_schema_extra=at(4),
    )

    def verdict(self) -> Verdict:
        """The word as a domain value."""
        opinions = tuple(Opinion(_number(each.finding), each.severity, each.why) for each in self.severities)
        return Verdict(self.course, self.by, self.notes, opinions)


def engineer_form(findings: Sequence[str]) -> type[EngineerForm]:
    """The form with these findings to choose from, each beginning with its number."""
    if not findings or len(findings) > _MOST:
        return EngineerForm
    choice = Field(title="Finding", max_length=_LONGEST, json_schema_extra={**at(1), "enum": list(findings)})
    one: Any = create_model("SeverityForm", __base__=SeverityForm, finding=(str, choice))
    severities = EngineerForm.model_fields["severities"]
    return create_model("EngineerForm", __base__=EngineerForm, severities=(list[one], severities))


def _number(finding: str) -> str:
    """Of a finding as it was chosen or typed."""
    return finding.partition(" ")[0]
