"""What the account lead fills in about a draft of a proposal while the run waits."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from clientdesk.domain.pricing import PlanKind
from clientdesk.domain.releasing import Course, Release
from clientdesk.domain.revising import Change
from clientdesk.forms.choices import Hours, Percent
from clientdesk.forms.intake import at, may_be_empty_at


class PlanChoice(StrEnum):
    """The plans, and leaving it as it is."""

    AS_IT_IS = "as it is"
    RETAINER = "retainer"
    PAY_AS_YOU_GO = "pay as you go"
    UPGRADE_SPRINT = "one-off sprint"
    SPRINT_THEN_RETAINER = "sprint, then retainer"


_MEANT = {
    PlanChoice.AS_IT_IS: None,
    PlanChoice.RETAINER: PlanKind.RETAINER,
    PlanChoice.PAY_AS_YOU_GO: PlanKind.PAY_AS_YOU_GO,
    PlanChoice.UPGRADE_SPRINT: PlanKind.UPGRADE_SPRINT,
    PlanChoice.SPRINT_THEN_RETAINER: PlanKind.SPRINT_THEN_RETAINER,
}


class AccountLeadForm(BaseModel):
    """Read the preview, then decide. A change is priced and shown again before anything goes out."""

    model_config = ConfigDict(title="The proposal's release", str_strip_whitespace=True)

    course: Course = Field(
        default=Course.SEND,
        title="What shall happen",
        description="A change is priced and shown to you again; “stop” keeps the draft.",
        json_schema_extra=at(1),
    )
    by: str = Field(default="", title="Your name", max_length=80, json_schema_extra=at(2))
    plan: PlanChoice = Field(
        default=PlanChoice.AS_IT_IS,
        title="Plan",
        description="Another one needs its reason, below.",
        json_schema_extra=at(3),
    )
    bucket: Hours = Field(
        default=None,
        title="Retainer hours a month",
        description="Empty: as it is.",
        json_schema_extra=may_be_empty_at(4),
    )
    discount: Percent = Field(
        default=None,
        title="Discount in percent",
        description="Empty: as it is. 0: none any more. It becomes a line of its own, with your reason beside it.",
        json_schema_extra=may_be_empty_at(5),
    )
    why: str = Field(
        default="",
        title="Reason of the change",
        description="The client reads it in the proposal.",
        max_length=500,
        json_schema_extra=at(6),
    )
    letter: str = Field(
        default="",
        title="Your words in the mail",
        description="A paragraph of your own before what the mail says anyway.",
        max_length=4_000,
        json_schema_extra=at(7),
    )

    def release(self) -> Release:
        """The word as a domain value."""
        change = Change(
            by=self.by,
            why=self.why,
            kind=_MEANT[self.plan],
            bucket=self.bucket,
            discount_percent=None if self.discount is None else Decimal(str(self.discount)),
        )
        return Release(self.course, change, self.letter)
