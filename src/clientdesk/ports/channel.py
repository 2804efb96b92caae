"""The team's channel: where a few lines are read soon by whoever is there."""

from __future__ import annotations

from typing import Protocol

from clientdesk.domain.refusal import Refusal


class ChannelDown(Refusal):
    """The channel did not take it; the message says why, without the channel's address, which is a secret."""


class Channel(Protocol):
    def post(self, text: str) -> None:
        """Raises `ChannelDown`."""
