"""All that keeps records in the database: it takes longest to load, and an audit alone keeps none."""

from __future__ import annotations

from dataclasses import dataclass

from clientdesk.adapters.reply_store import SqlReplies
from clientdesk.adapters.sprint_store import SqlSecretRegister, SqlSprints
from clientdesk.adapters.store import SqlStore
from clientdesk.adapters.store_schema import migrate
from clientdesk.adapters.windows import SqlWindows
from clientdesk.ports.invitations import InvitationReplies
from clientdesk.ports.secret_register import SecretRegister
from clientdesk.ports.sprints import Sprints
from clientdesk.ports.store import Store
from clientdesk.ports.windows import Windows


@dataclass(frozen=True, slots=True)
class Records:
    """The tables of one database. `migrate` makes them, or brings them to the newest shape."""

    url: str

    def migrate(self) -> None:
        migrate(self.url)

    @property
    def store(self) -> Store:
        return SqlStore(self.url)

    @property
    def windows(self) -> Windows:
        return SqlWindows(self.url)

    @property
    def replies(self) -> InvitationReplies:
        return SqlReplies(self.url)

    @property
    def sprints(self) -> Sprints:
        return SqlSprints(self.url)

    @property
    def secrets(self) -> SecretRegister:
        return SqlSecretRegister(self.url)
