"""What the steps work with: the agency's facts and the ports, chosen once in wiring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from clientdesk.audit.changes import EarlierAudit
from clientdesk.audit.profile import Profile
from clientdesk.domain.agency import Agency
from clientdesk.domain.office_hours import OfficeCalendar
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.checkouts import Checkouts
from clientdesk.ports.clock import Clock
from clientdesk.ports.documents import Documents, Press
from clientdesk.ports.invitations import InvitationReplies
from clientdesk.ports.mail import Mailer, Outbox
from clientdesk.ports.people import Decisions, Progress
from clientdesk.ports.secret_register import SecretRegister
from clientdesk.ports.sprints import Sprints
from clientdesk.ports.store import Store
from clientdesk.ports.windows import Windows


class NobodyHere(Refusal):
    """A question was asked where no person sits."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a step may ask for. Never travels through Prefect.

    `decisions` is None where nobody sits at a terminal: people then decide on forms, while the run waits. `profile` and
    `baseline` are what an audit is judged by, where the engineer at the terminal gave them.
    """

    agency: Agency
    calendar: OfficeCalendar
    checkouts: Checkouts
    store: Store
    windows: Windows
    replies: InvitationReplies
    sprints: Sprints
    secrets: SecretRegister
    documents: Documents
    press: Press
    mailer: Mailer
    outbox: Outbox
    progress: Progress
    decisions: Decisions | None
    clock: Clock
    profile: Profile | None = None
    baseline: EarlierAudit | None = None

    def asked(self) -> Decisions:
        """Whom to ask here and now; raises `NobodyHere`."""
        if self.decisions is None:
            raise NobodyHere("nobody can be asked here: run it in a terminal, or from the Prefect server's pages")
        return self.decisions

    @property
    def is_read_first(self) -> bool:
        """Whether a person may read a document before the next decision: not where all was agreed beforehand."""
        return self.decisions is None or self.decisions.are_read

    def today(self) -> date:
        """The agency's local day."""
        return self.clock.now().astimezone(ZoneInfo(self.agency.office_hours.zone)).date()
