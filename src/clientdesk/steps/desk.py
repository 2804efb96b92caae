"""What the steps work with: the agency's facts and the ports, chosen once in wiring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from clientdesk.domain.agency import Agency
from clientdesk.domain.office_hours import OfficeCalendar
from clientdesk.ports import Checkouts, Clock, Decisions, Documents, Mailer, Outbox, Press, Progress, Store


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a step may ask for. Never travels through Prefect."""

    agency: Agency
    calendar: OfficeCalendar
    checkouts: Checkouts
    store: Store
    documents: Documents
    press: Press
    mailer: Mailer
    outbox: Outbox
    progress: Progress
    decisions: Decisions
    clock: Clock

    def today(self) -> date:
        """The agency's local day."""
        return self.clock.now().astimezone(ZoneInfo(self.agency.office_hours.zone)).date()
