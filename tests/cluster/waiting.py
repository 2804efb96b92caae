"""Waiting for something to become true, with a limit and a word for what it was."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")


def until(answer: Callable[[], Answer], seconds: float, what: str, every: float = 0.3) -> Answer:
    """The first answer that is true; raises `TimeoutError` naming what was waited for."""
    end = time.monotonic() + seconds
    while not (given := answer()):
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:.0f} s for {what}")
        time.sleep(every)
    return given
