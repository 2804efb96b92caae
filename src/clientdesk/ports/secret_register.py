"""Where the register of clients' secrets is kept: names and places, never values."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from clientdesk.domain.secret_register import RegisteredSecret


class SecretRegister(Protocol):
    """Each method is one transaction. A client or a secret that is not there raises `UnknownRecord`."""

    def secrets_of(self, client: str) -> tuple[RegisteredSecret, ...]:
        """In order of their names."""

    def keep(self, client: str, secret: RegisteredSecret) -> RegisteredSecret:
        """Add it, or change owner and interval of the one of this name and place; a later rotation stays."""

    def rotated(self, client: str, key: str, on: date) -> RegisteredSecret:
        """It was replaced on this day; an earlier day than the one known changes nothing."""

    def forget(self, client: str, key: str) -> RegisteredSecret:
        """It is no longer used."""
