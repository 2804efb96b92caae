"""Titles of a flow's parameters: their page would show the names from the code."""

from __future__ import annotations

from typing import Any

from pydantic import Field


def titled(words: str) -> Any:  # noqa: ANN401 (what pydantic's own `Field` returns)
    """Annotates a flow's parameter: `client: Annotated[str, titled("Client")]`."""
    return Field(json_schema_extra={"title": words})
