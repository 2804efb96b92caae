"""What several processes do to one database at once. Each function runs in a process of its own."""

from __future__ import annotations

import os
import resource
import time
from datetime import datetime, timedelta
from pathlib import Path

from fakes.business import NOW, ZONE, a_client, an_acceptance, approved, booking, confirmed, drafted, published, tuesday
from fakes.samples import call
from fakes.windows import room

from clientdesk.adapters.document_folder import DocumentFolder
from clientdesk.adapters.smtp import SmtpMailer, SmtpMode
from clientdesk.adapters.sprint_store import SqlSprints
from clientdesk.adapters.store import SqlStore
from clientdesk.adapters.store_schema import migrate
from clientdesk.adapters.windows import SqlWindows
from clientdesk.domain.maintenance import Window
from clientdesk.domain.refusal import Refusal
from clientdesk.domain.sprint import Priority, Source, Work
from clientdesk.domain.windows import Due
from clientdesk.ports.mail import Message
from clientdesk.ports.records import Accepted, NoFreeWindow
from clientdesk.ports.windows import Change
from clientdesk.steps.delivery import deliver


def register(url: str, company: str) -> str:
    return SqlStore(url).register(call(company=company), NOW).id


def send_proposals(url: str, rival: int, count: int) -> list[str]:
    """Numbers of `count` proposals to different clients; each publishing takes a while, and the third fails."""
    store, numbers = SqlStore(url), []
    for place in range(count):
        record = approved(store, a_client(store, f"Client {rival}-{place}"))
        if place == 2:
            _send_in_vain(store, record.id)
        numbers.append(store.send(record.id, "lead", NOW, 2026, _published_slowly).number)
    return numbers


def send_same(url: str, proposal: str) -> tuple[str, bool]:
    """The number, and whether this process was the one that published."""
    calls = []
    record = SqlStore(url).send(proposal, "lead", NOW, 2026, lambda number: calls.append(number) or published(number))
    return record.number, bool(calls)


def draft_same(url: str, client: str) -> str:
    return drafted(SqlStore(url), client).id


def hold_last_slot(url: str, company: str) -> str:
    """The day held, or the refusal. There is room for one client on each of two days."""
    store = SqlStore(url)
    client = a_client(store, company)
    try:
        held = store.hold_window(client, (tuesday(), tuesday(1)), room(), NOW + timedelta(days=5), NOW)
    except Refusal as refusal:
        return type(refusal).__name__
    return held.window.day.isoformat()


def hold(store: SqlStore, company: str, window: Window, now: datetime = NOW) -> None:
    """Somebody takes the day; there is room for one client on it."""
    store.hold_window(a_client(store, company), (window,), room(), now + timedelta(days=5), now)


def room_left(store: SqlStore, window: Window) -> bool:
    try:
        hold(store, "Another Ltd", window)
    except NoFreeWindow:
        return False
    return True


def accept_same(url: str, proposal: str, by: str) -> str:
    """The day booked ("" for none), or the refusal."""
    store = SqlStore(url)
    record = store.proposal(proposal)
    try:
        done = store.accept(proposal, an_acceptance(record, by=by), booking(), ZONE, confirmed)
    except Refusal as refusal:
        return type(refusal).__name__
    return done.window.window.day.isoformat() if done.window else ""


def book_the_last_day(url: str, proposal: str) -> str:
    """The day booked for the window of July, or why none was. There is room for one client on each of two days."""
    due = Due("1/1", tuesday(13).day, (tuesday(13), tuesday(14)))
    done = SqlWindows(url).book_due(proposal, (due,), room(), Change("a rival", NOW))
    if done.without_room:
        return "without room"
    return done.booked[0].window.day.isoformat() if done.booked else "there already"


def move_to_july(url: str, company: str) -> str:
    """The day to which the client's window was moved, or the refusal."""
    windows = SqlWindows(url)
    agreement = next(each for each in windows.agreements() if each.company == company)
    (window,) = windows.windows(client=agreement.client)
    try:
        moved = windows.reschedule(window.id, tuesday(13), room().staffing, Change("a rival", NOW))
    except Refusal as refusal:
        return type(refusal).__name__
    return moved.window.day.isoformat()


def broken_letter(_done: Accepted) -> Message:
    raise OSError("the template is gone")


def claim(url: str, message: str) -> bool:
    return SqlStore(url).claim(message, NOW) is not None


def migrate_fresh(url: str) -> str:
    return migrate(url).current


def die_while_publishing(url: str, proposal: str) -> None:
    SqlStore(url).send(proposal, "lead", NOW, 2026, lambda _number: os._exit(9))


def put_more_than_fits(folder: str, name: str) -> str:
    """The disk takes 1000 bytes a file; the refusal's words."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        DocumentFolder(Path(folder)).put(name, b"x" * 5000)
    except Refusal as refusal:
        return str(refusal)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)  # this process goes on to other tests
    return ""


def _published_slowly(number: str):
    time.sleep(0.01)
    return published(number)


def _send_in_vain(store: SqlStore, proposal: str) -> None:
    def fail(_number: str):
        raise OSError(28, "No space left on device")

    try:
        store.send(proposal, "lead", NOW, 2026, fail)
    except OSError:
        return
    raise AssertionError("the failure was swallowed")


def deliver_mail(url: str, message: str, port: int) -> str:
    """The state after this process has tried to send."""
    mailer = SmtpMailer("127.0.0.1", port, SmtpMode.NONE, "", "", 5.0, "contact@atenbi.example")
    return deliver(SqlStore(url), mailer, message, NOW).state.value


def log_time(url: str, item: str, minutes: int) -> str:
    """Whether it was "kept", or the name of the refusal."""
    sprints = SqlSprints(url)
    try:
        sprints.log(item, minutes, "Ada", NOW)
    except Refusal as refusal:
        return type(refusal).__name__
    finally:
        sprints.close_connections()
    return "kept"


def plan_sprint(url: str, window: str) -> int:
    """How many items are in the sprint afterwards."""
    sprints = SqlSprints(url)
    found = [Work(f"p:{n}", Source.PROPOSAL, f"Do {n}", 60, Priority.NORMAL, n) for n in range(2)]
    try:
        return len(sprints.plan(window, found, NOW))
    finally:
        sprints.close_connections()


def close_sprint(url: str, window: str, following: str) -> str:
    """The window to which the items went."""
    sprints = SqlSprints(url)
    try:
        return sprints.close(window, following, NOW).next_window
    finally:
        sprints.close_connections()
