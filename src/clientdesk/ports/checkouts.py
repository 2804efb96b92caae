"""Where code comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from clientdesk.audit.repository import Repository
from clientdesk.domain.intake import RepositoryAddress, Sanity
from clientdesk.domain.refusal import Refusal


@dataclass(frozen=True, slots=True)
class CheckoutRef:
    """A clone on this machine: what travels between tasks instead of the repository itself."""

    folder: str
    address: str
    ref: str
    commit: str


class Unreachable(Refusal):
    """The far side did not answer: trying again may help."""


class Checkouts(Protocol):
    """Where code comes from."""

    def fetch(self, repository: RepositoryAddress, *, history: bool = True) -> CheckoutRef:
        """Clone into a folder of its own; raises a `Refusal` that says what to do, and leaves no folder behind."""

    def open(self, checkout: CheckoutRef) -> Repository:
        """The repository of a clone; the same object for the same clone, so that tools run once."""

    def discard(self, checkout: CheckoutRef) -> None:
        """Remove the clone; no error when it is gone already."""

    def sweep(self) -> int:
        """Remove what processes that are gone left behind on this machine; how many clones since it was last asked."""

    def look(self, repository: RepositoryAddress) -> Sanity:
        """The quick look of the intro call; never raises for a bad address: `problem` says what is wrong."""
