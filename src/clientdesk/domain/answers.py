"""The client's answer to a proposal, as somebody puts it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ClientAnswer:
    """`on` is the local day of the answer; `words` are the evidence of a yes, the reason of a no."""

    is_yes: bool
    by: str
    on: date
    how: str
    words: str
    recorded_by: str
