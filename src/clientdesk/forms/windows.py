"""What is filled in to change maintenance windows: move one, call one off, book one more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, create_model

from clientdesk.forms.choices import OneOf, begins_with, never_optional
from clientdesk.forms.intake import at, may_be_empty_at

_WINDOW = "A client's name, or words of it (its next window is meant), or the window's id."
_KEPT = "It is kept with the change."
_OTHER, _STOP = "other", "stop"
_NO_DAYS = {"another day, as below": _OTHER, "none: leave it as it is": _STOP}
# Said as "a day or null", the pages would show a switch between the two.
MayBeDay = Annotated[date | None, WithJsonSchema({"type": "string", "format": "date"})]


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
        description="Its name, or words of it, or the number of the proposal that it accepted.",
        min_length=1,
        max_length=200,
        json_schema_extra=at(1),
    )
    on: date = Field(title="On which day", json_schema_extra=at(2))
    by: str = Field(title="Who decides", min_length=1, max_length=80, json_schema_extra=at(3))
    why: str = Field(title="Why", description=_KEPT, min_length=1, max_length=1_000, json_schema_extra=at(4))


class AnotherDayForm(BaseModel):
    """A day in the place of one that will not do. Nothing else is asked again."""

    model_config = ConfigDict(title="Another day", json_schema_extra=never_optional("day"))

    day: str = Field(default=_OTHER, title="Day")
    other: MayBeDay = Field(
        default=None,
        title="The other day",
        description="Filled in, it counts instead of a day chosen above.",
        json_schema_extra=may_be_empty_at(2),
    )

    @property
    def is_stopped(self) -> bool:
        return self.day == _STOP

    @property
    def chosen(self) -> date | None:
        """None where no day was said. A day that was picked counts more than one that the form began with."""
        return self.other if self.other or self.day in {_OTHER, _STOP} else date.fromisoformat(self.day)


def another_day(days: Mapping[str, date]) -> type[AnotherDayForm]:
    """The form that offers these days by their words, any other, and none."""
    words = {**{word: day.isoformat() for word, day in days.items()}, **_NO_DAYS}
    offered: Any = Annotated[str, OneOf(words)]  # made of values: no type that is known beforehand
    field = Field(default=next(iter(words.values())), title="Day", json_schema_extra={**at(1), **begins_with(words)})
    return create_model("AnotherDayForm", __base__=AnotherDayForm, day=(offered, field))
