"""What is filled in to change maintenance windows: move one, call one off, book one more."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from clientdesk.forms.choices import OneOf, begins_with
from clientdesk.forms.intake import at

_WINDOW = "A client's name (its next window is meant), or the window's id as `clientdesk window list` prints it."
_KEPT = "It is kept with the change."


class CallOff(StrEnum):
    """How a window does not take place."""

    SKIP = "skip"
    CANCEL = "cancel"


HOW = {
    "skip it: the client leaves this one out": CallOff.SKIP,
    "cancel it: it was booked in error, or we can't keep it": CallOff.CANCEL,
}


class RescheduleForm(BaseModel):
    """A window, and its new day."""

    model_config = ConfigDict(title="Move a window", str_strip_whitespace=True)

    window: str = Field(title="Window", description=_WINDOW, min_length=1, max_length=200, json_schema_extra=at(1))
    to: date = Field(title="To which day", json_schema_extra=at(2))
    by: str = Field(title="Who decides", min_length=1, max_length=80, json_schema_extra=at(3))
    why: str = Field(title="Why", description=_KEPT, min_length=1, max_length=1_000, json_schema_extra=at(4))


class CallOffForm(BaseModel):
    """A window that will not take place."""

    model_config = ConfigDict(title="Call a window off", str_strip_whitespace=True)

    window: str = Field(title="Window", description=_WINDOW, min_length=1, max_length=200, json_schema_extra=at(1))
    how: Annotated[CallOff, OneOf(HOW)] = Field(
        default=CallOff.SKIP, title="How", json_schema_extra={**at(2), **begins_with(HOW)}
    )
    by: str = Field(title="Who decides", min_length=1, max_length=80, json_schema_extra=at(3))
    why: str = Field(title="Why", description=_KEPT, min_length=1, max_length=1_000, json_schema_extra=at(4))


class ExtraWindowForm(BaseModel):
    """One more window for a client, beside those that fall due."""

    model_config = ConfigDict(title="Book one more window", str_strip_whitespace=True)

    client: str = Field(
        title="Client",
        description="Its name, or the number of the proposal that it accepted.",
        min_length=1,
        max_length=200,
        json_schema_extra=at(1),
    )
    on: date = Field(title="On which day", json_schema_extra=at(2))
    by: str = Field(title="Who decides", min_length=1, max_length=80, json_schema_extra=at(3))
    why: str = Field(title="Why", description=_KEPT, min_length=1, max_length=1_000, json_schema_extra=at(4))
