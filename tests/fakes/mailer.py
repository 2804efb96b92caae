"""A mail server that is a list, and an outbox folder that is another."""

from __future__ import annotations

from datetime import datetime

from clientdesk.ports.mail import Message, Undelivered


class ListMailer:
    """`failures` are raised one after the other, before anything is delivered."""

    def __init__(self, *failures: Undelivered, is_configured: bool = True) -> None:
        self.delivered: list[Message] = []
        self.failures = list(failures)
        self._is_configured = is_configured

    @property
    def is_configured(self) -> bool:
        return self._is_configured

    def deliver(self, message: Message) -> str:
        if self.failures:
            raise self.failures.pop(0)
        self.delivered.append(message)
        return "250 taken"


class ListOutbox:
    def __init__(self) -> None:
        self.filed: dict[str, Message] = {}

    def file(self, message: Message, at: datetime) -> str:
        self.filed[message.message_id] = message
        return f"memory:outbox/{message.message_id}.eml"
