"""What the engineer fills in to sign audits off while the run waits."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from clientdesk.audit.judging import Course, Opinion, Verdict
from clientdesk.audit.result import Severity
from clientdesk.forms.intake import at


class SeverityForm(BaseModel):
    """A severity that you judge otherwise than the check."""

    model_config = ConfigDict(title="Severity set by you", str_strip_whitespace=True)

    finding: str = Field(
        title="Finding",
        description="Its number, as in the table above: F-07 (with several repositories R2-F-07).",
        max_length=20,
        json_schema_extra=at(1),
    )
    severity: Severity = Field(title="Severity", json_schema_extra=at(2))
    why: str = Field(
        title="Reason", description="The client reads it in the report.", max_length=500, json_schema_extra=at(3)
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
        opinions = tuple(Opinion(each.finding, each.severity, each.why) for each in self.severities)
        return Verdict(self.course, self.by, self.notes, opinions)
