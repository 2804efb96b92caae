"""A sprint in short sentences: a window booked, work found, a sprint begun and planned."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from fakes.business import NOW, ZONE, a_client, an_acceptance, booking, confirmed, sent, tuesday
from fakes.windows import room

from clientdesk.domain.sprint import Item, Priority, Source, Work
from clientdesk.ports.sprints import Beginning, Sprints
from clientdesk.ports.store import Store
from clientdesk.ports.windows import Change, Windows

START = tuesday().starts_at
END = tuesday().ends_at


def some_work(key: str = "ticket:1", minutes: int = 60, **more: object) -> Work:
    given = {"source": Source.TICKET, "title": f"Do {key}", "priority": Priority.NORMAL, **more}
    return Work(key=key, minutes=minutes, **given)


def with_windows(store: Store, windows: Windows, company: str = "Harbour Bookings GmbH", weeks: int = 0):
    """A client whose proposal is accepted: its first window, and the one after it."""
    client = a_client(store, company)
    record = sent(store, client)
    store.accept(record.id, an_acceptance(record), booking(tuesday(weeks)), ZONE, confirmed)
    second = windows.book(record.id, tuesday(weeks + 13), room(), Change("Max", NOW))
    (first,) = [each for each in windows.windows(client=client) if each.id != second.id]
    return SimpleNamespace(client=client, proposal=record.id, first=first.id, second=second.id)


def begun(sprints: Sprints, at: SimpleNamespace, *found: Work, window: str = "", box: int = 480) -> tuple[Item, ...]:
    """The sprint of the first window, with this work in it."""
    window = window or at.first
    sprints.begin(Beginning(window, at.client, at.proposal, box, START, START))
    return sprints.plan(window, found, START + timedelta(minutes=5))
