"""Maintenance windows: when the first one is, and all that follow from its anchor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Window:
    """One day's maintenance window; instants are aware and in UTC."""

    day: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """The first window, held for the client until the end of `answer_by` (local day), and the ones to follow."""

    first: Window
    answer_by: date
    following: tuple[Window, ...]
