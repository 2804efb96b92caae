"""Puts off what a command may never need: an adapter nobody asks, a module that takes long to load."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TypeVar, cast

Thing = TypeVar("Thing")


def later(make: Callable[[], Thing]) -> Thing:
    """Stands for what `make` gives, which is made when its first attribute is asked for, and once."""
    return cast("Thing", _Later(make))


class _Later:
    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make
        self._lock = Lock()
        self._made: list[object] = []

    def __getattr__(self, name: str) -> object:
        with self._lock:
            if not self._made:
                self._made.append(self._make())
        return getattr(self._made[0], name)
