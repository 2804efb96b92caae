"""What is filled in while a sprint runs: time worked, what is done, a longer box, something small for the next one."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from clientdesk.forms.choices import OneOf, begins_with
from clientdesk.forms.intake import at

_ITEM = "Words of its title, or of the client's name; where that is not clear, the run asks, with a list. Or its id."
_WHOSE = "Its name, or words of it; where that is not clear, the run asks, with a list."
_MOST = 60_000


class TicketPriority(StrEnum):
    """How soon something small is to be done."""

    COSMETIC = "cosmetic"
    NORMAL = "normal"
    CRITICAL = "critical"


PRIORITIES = {
    "cosmetic: when there is room": TicketPriority.COSMETIC,
    "normal: beside the work that was offered": TicketPriority.NORMAL,
    "critical: before everything else": TicketPriority.CRITICAL,
}


class TimeForm(BaseModel):
    """Minutes worked on an item."""

    model_config = ConfigDict(title="Put down time", str_strip_whitespace=True)

    item: str = Field(title="Item", description=_ITEM, min_length=1, max_length=200, json_schema_extra=at(1))
    minutes: int = Field(
        title="Minutes",
        description="A correction is below zero and needs a note.",
        ge=-1440,
        le=1440,
        json_schema_extra=at(2),
    )
    by: str = Field(title="Who worked", min_length=1, max_length=80, json_schema_extra=at(3))
    note: str = Field(default="", title="Note", max_length=500, json_schema_extra=at(4))


class DoneForm(BaseModel):
    """An item that is finished, and what shows it."""

    model_config = ConfigDict(title="Mark an item done", str_strip_whitespace=True)

    item: str = Field(title="Item", description=_ITEM, min_length=1, max_length=200, json_schema_extra=at(1))
    evidence: str = Field(
        title="What shows it",
        description="A merge, a link, a log: the client reads it in the outcome report.",
        min_length=1,
        max_length=500,
        json_schema_extra=at(2),
    )
    by: str = Field(title="Who finished it", min_length=1, max_length=80, json_schema_extra=at(3))


class ExtensionForm(BaseModel):
    """Minutes beyond the box, as somebody at the client approved."""

    model_config = ConfigDict(title="Lengthen the box", str_strip_whitespace=True)

    sprint: str = Field(
        title="Sprint",
        description="The client's name, or words of it; where that is not clear, the run asks. Or the window's id.",
        min_length=1,
        max_length=200,
        json_schema_extra=at(1),
    )
    minutes: int = Field(title="Minutes more", ge=1, le=_MOST, json_schema_extra=at(2))
    approved_by: str = Field(title="Approved by, at the client", min_length=1, max_length=80, json_schema_extra=at(3))
    how: str = Field(title="How", description="mail, phone, …", min_length=1, max_length=80, json_schema_extra=at(4))
    by: str = Field(title="Who puts it down", min_length=1, max_length=80, json_schema_extra=at(5))


class TicketForm(BaseModel):
    """Something small for a client's next sprint."""

    model_config = ConfigDict(title="Collect for the next sprint", str_strip_whitespace=True)

    client: str = Field(title="Client", description=_WHOSE, min_length=1, max_length=200, json_schema_extra=at(1))
    title: str = Field(title="What is to be done", min_length=1, max_length=200, json_schema_extra=at(2))
    minutes: int = Field(title="Likely minutes", ge=1, le=_MOST, json_schema_extra=at(3))
    priority: Annotated[TicketPriority, OneOf(PRIORITIES)] = Field(
        default=TicketPriority.COSMETIC, title="Priority", json_schema_extra={**at(4), **begins_with(PRIORITIES)}
    )
    by: str = Field(title="Who puts it down", min_length=1, max_length=80, json_schema_extra=at(5))
    note: str = Field(default="", title="Note", max_length=500, json_schema_extra=at(6))
