"""A form with one drop-down, made while a run goes on: which of these is meant?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from clientdesk.forms.choices import OneOf, begins_with, never_optional
from clientdesk.forms.intake import at


class Picked(BaseModel):
    """What was chosen: a value, not the word that stood for it."""

    model_config = ConfigDict(title="Which one is meant?", json_schema_extra=never_optional("choice"))

    choice: str


def one_of(title: str, words: Mapping[str, str]) -> type[Picked]:
    """The form that offers these words, the first of them chosen already."""
    offered: Any = Annotated[str, OneOf(words)]  # made of values: no type that is known beforehand
    field = Field(default=next(iter(words.values())), title=title, json_schema_extra={**at(1), **begins_with(words)})
    return create_model("Picked", __base__=Picked, choice=(offered, field))
