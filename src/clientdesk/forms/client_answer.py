"""What is filled in when the client has answered a proposal, while its run waits."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from clientdesk.domain.answers import ClientAnswer
from clientdesk.forms.intake import at


class Answer(StrEnum):
    """What the client said."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class ClientAnswerForm(BaseModel):
    """The client's answer, with what shows that it was given."""

    model_config = ConfigDict(title="The client's answer", str_strip_whitespace=True)

    answer_given: Answer = Field(
        default=Answer.ACCEPTED,
        title="The client has",
        description="On the proposal shown above.",
        json_schema_extra=at(1),
    )
    by: str = Field(default="", title="Who said so", max_length=120, json_schema_extra=at(2))
    on: date = Field(title="On which day", json_schema_extra=at(3))
    how: str = Field(
        default="e-mail", title="How", description="E-mail, telephone, signed PDF.", max_length=120,
        json_schema_extra=at(4),
    )  # fmt: skip
    words: str = Field(
        default="",
        title="In their words",
        description="The evidence of a yes, the reason of a no.",
        max_length=4_000,
        json_schema_extra=at(5),
    )
    recorded_by: str = Field(default="", title="Put down by", max_length=80, json_schema_extra=at(6))

    def answer(self) -> ClientAnswer:
        """The answer as a domain value."""
        is_yes = self.answer_given is Answer.ACCEPTED
        return ClientAnswer(is_yes, self.by, self.on, self.how, self.words, self.recorded_by)
