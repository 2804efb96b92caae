"""The people who watch a run and decide in it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(slots=True)
class Ending:
    """How a step ends: call it with the word to show; `is_good` is false where something could not be done."""

    word: str = "done"
    is_good: bool = True

    def __call__(self, word: str, *, is_good: bool = True) -> None:
        self.word, self.is_good = word, is_good


class Progress(Protocol):
    """What is going on right now, for whoever watches."""

    def step(self, title: str) -> AbstractContextManager[Ending]:
        """A step that begins, and ends as its `Ending` says."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, and their words."""

    is_yes: bool
    by: str
    words: str = ""


class Decisions(Protocol):
    """Asks the person who decides. `facts` are lines to show; `documents` are places they can open."""

    @property
    def are_read(self) -> bool:
        """Whether anybody opens the documents before they decide."""

    def sign_off(self, facts: Sequence[str], documents: Sequence[str]) -> Decision:
        """The engineer: is the audit right?"""

    def approve(self, facts: Sequence[str], documents: Sequence[str]) -> Decision:
        """The account lead: shall the proposal go out?"""
