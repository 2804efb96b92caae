"""What people do in a sprint: report small things for it, put down time, show what is done, extend, decide."""

from __future__ import annotations

from uuid import uuid4

from clientdesk.domain.naming import Named, meant
from clientdesk.domain.refusal import Refusal
from clientdesk.domain.sprint import BadEntry, Item, ItemState, Priority, Source, Work
from clientdesk.ports.sprints import Extension, SprintRecord, TimeEntry
from clientdesk.steps.desk import Desk
from clientdesk.steps.looking_up import NotFound, client_named, one_meant

_SHORTEST = 4
_LONGEST = 200
_MOST_MINUTES = 24 * 60
_TICKETS = frozenset({Priority.CRITICAL, Priority.NORMAL, Priority.COSMETIC})
DECISIONS = {"window": ItemState.WAITING, "ordered": ItemState.ORDERED, "dropped": ItemState.DROPPED}


def item_named(desk: Desk, text: str) -> Item:
    """By id or its beginning, as `clientdesk sprint show` prints it, or by words of its title or its client's name.

    What is open in a sprint that runs is meant before what is not.
    """
    items = {item.id: item for item in desk.sprints.items()}
    running = {each.window for each in desk.sprints.sprints() if each.closed_at is None}
    companies = {each.id: each.company for each in desk.store.clients()}
    known = {each.id: _as_named(each, companies[each.client]) for each in items.values()}
    at_work = [
        known[each.id] for each in items.values() if each.state is ItemState.IN_SPRINT and each.window in running
    ]
    among = at_work if meant(text, at_work) or not meant(text, [*known.values()]) else [*known.values()]
    return items[one_meant("sprint item", text, among or [*known.values()], "clientdesk sprint show").id]


def sprint_named(desk: Desk, text: str) -> SprintRecord:
    """By the id of its window or its beginning; or by the client's name: the one that runs, else the last one."""
    wanted = text.strip()
    sprints = desk.sprints.sprints()
    exact = [each for each in sprints if len(wanted) >= _SHORTEST and each.window.startswith(wanted)]
    if len(exact) == 1:
        return exact[0]
    owner = client_named(desk.store, wanted).id
    mine = [each for each in sprints if each.client == owner]
    running = [each for each in mine if each.closed_at is None]
    if not mine:
        problem = f"no sprint of {wanted[:60]} has begun"
        begun = [
            Named(each.id, each.company) for each in desk.store.clients() if each.id in {s.client for s in sprints}
        ]
        raise NotFound(f"{problem} (see: clientdesk window list)", begun, f"{problem}. Whose is meant?")
    return (running or mine)[0]


def _as_named(item: Item, company: str) -> Named:
    """Its title alone is its whole name too."""
    return Named(item.id, f"{item.work.title}, {company}", (item.work.title,))


def report(desk: Desk, client: str, title: str, minutes: int, priority: str, by: str, note: str = "") -> Item:
    """Something small for the client's next sprint."""
    if priority not in _TICKETS:
        raise BadEntry(f"{priority!r} is no priority of a ticket: choose from {', '.join(sorted(_TICKETS))}")
    if len(title) > _LONGEST:
        raise BadEntry(f"a title has at most {_LONGEST} characters: put the rest into the note")
    owner = client_named(desk.store, client)
    work = Work(f"ticket:{uuid4().hex}", Source.TICKET, title.strip(), minutes, Priority(priority), note=note.strip())
    return desk.sprints.add(owner.id, "", work, by, desk.clock.now())


def log(desk: Desk, item: str, minutes: int, by: str, note: str = "") -> TimeEntry:
    """Put down minutes worked; a correction is below zero and says why."""
    if abs(minutes) > _MOST_MINUTES:
        raise BadEntry(f"{minutes} minutes are more than a day: put each day down by itself")
    return desk.sprints.log(item_named(desk, item).id, minutes, by.strip(), desk.clock.now(), note.strip())


def finish(desk: Desk, item: str, by: str, evidence: str) -> Item:
    """It is done, and the evidence shows it."""
    return desk.sprints.finish(item_named(desk, item).id, by.strip(), desk.clock.now(), evidence.strip())


def extend(desk: Desk, sprint: str, minutes: int, approved_by: str, how: str, by: str) -> Extension:
    """Keep who at the client approved how many minutes beyond the box, and in which way."""
    if approved_by.strip().casefold() in {"", by.strip().casefold()}:
        raise BadEntry("an extension is approved by somebody at the client, not by who puts it down")
    window, now = sprint_named(desk, sprint).window, desk.clock.now()
    return desk.sprints.extend(Extension(window, minutes, approved_by.strip(), how.strip(), by.strip(), now))


def decide(desk: Desk, item: str, to: str, by: str, why: str) -> Item:
    """What becomes of an item: `window` (the next sprint takes it), `ordered` (as its own project), `dropped`."""
    if to not in DECISIONS:
        raise Refusal(f"{to!r} is no decision: choose from {', '.join(DECISIONS)}")
    if not why.strip():
        raise BadEntry("a decision has its reason: say why")
    return desk.sprints.decide(item_named(desk, item).id, DECISIONS[to], by.strip(), desk.clock.now(), why.strip())


def hours_left(desk: Desk, sprint: SprintRecord) -> tuple[int, int]:
    """Minutes logged, and minutes agreed: the box with its extensions."""
    logged = sum(each.minutes for each in desk.sprints.times(sprint.window))
    extended = sum(each.minutes for each in desk.sprints.extensions(sprint.window))
    return logged, sprint.box_minutes + extended
