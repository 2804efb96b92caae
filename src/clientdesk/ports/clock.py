"""The clock on the wall and the days off."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol


class Holidays(Protocol):
    def is_holiday(self, day: date) -> bool: ...


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware, UTC."""
