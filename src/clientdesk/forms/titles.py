"""Titles of a flow's parameters: their page would show the names from the code."""

from __future__ import annotations

from typing import Any

from pydantic import Field


def titled(words: str) -> Any:  # noqa: ANN401 (what pydantic's own `Field` returns)
    """Annotates a flow's parameter: `client: Annotated[str, titled("Client")]`."""
    return Field(json_schema_extra={"title": words})


def form(words: str) -> Any:  # noqa: ANN401 (as above)
    """Likewise where the parameter is a form of several fields.

    It begins as an empty one: else the page would miss the parameter, by its name in the code, and not the fields.
    """
    return Field(json_schema_extra={"title": words, "default": {}})
