"""Whole sprints on a desk of fakes: a window agreed on, its sprint begun, planned, worked on, closed."""

from __future__ import annotations

from datetime import timedelta

from fakes.checkouts import MemoryCheckouts
from fakes.desk import BOOKING, SHOP, shop
from fakes.offers import a_yes, an_offer
from fakes.windows import room

from clientdesk.audit.repository import RELEASES, Package, PackageReleases, Release, ReleaseReport
from clientdesk.audit.result import Tool
from clientdesk.domain.maintenance import following_windows
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.sprints import Moment
from clientdesk.ports.windows import Change, WindowRecord
from clientdesk.steps import sprint_audits, sprint_end, sprint_outcome, sprint_plan, sprint_sheet, sprint_start
from clientdesk.steps.answering import accept
from clientdesk.steps.desk import Desk


def with_libraries(*pins: str, commit: str = "a" * 40):
    """The shop, whose index knows click 8.0 to 8.1, flask 1 to 3 and django 4.2 to 5.2."""
    known = {"click": ("8.0", "8.1.0"), "flask": ("2.0", "3.0"), "django": ("4.2", "5.2")}
    rows = [pin.partition("==") for pin in pins]
    packages = [
        Package("PyPI", name, version, "requirements.txt", n, True) for n, (name, _, version) in enumerate(rows, 1)
    ]
    told = tuple(
        (each, PackageReleases("PyPI", each.name, tuple(Release(version, None) for version in known[each.name])))
        for each in packages
    )
    repository = shop(commit=commit, **{"requirements.txt": "".join(f"{pin}\n" for pin in pins)})
    repository._tools = {RELEASES: ReleaseReport(Tool("clientdesk", "1"), "the index", told, ())}
    return repository


def an_agreed_window(sources=None) -> tuple[Desk, WindowRecord]:
    """A proposal accepted on Monday 16 March 2026: its first window is booked, nothing has begun."""
    desk, record = an_offer(checkouts=MemoryCheckouts(sources or {SHOP: shop(), BOOKING: shop(BOOKING)}))
    accept(desk, record, a_yes(desk), "Max Lead")
    (window,) = desk.windows.windows(client=record.client)
    return desk, window


def book_next(desk: Desk, window: WindowRecord, steps: int = 1) -> WindowRecord:
    """The window so many quarters later."""
    days = following_windows(window.nominal, desk.agency.windows, desk.calendar, steps)
    return desk.windows.book(window.proposal, days[-1], room(), Change("Max Lead", desk.clock.now()))


def go_to(desk: Desk, window: WindowRecord, **late: float) -> None:
    """Move the clock to the window's start."""
    wait = window.window.starts_at + timedelta(**late) - desk.clock.now()
    desk.clock.advance(seconds=wait.total_seconds())


def kicked_off(desk: Desk, window: str) -> None:
    """What the flow does."""
    sprint_audits.audit_here(desk, window, Moment.START)
    sprint_plan.plan(desk, window)
    sprint_sheet.publish_sheet(desk, window)


def closed(desk: Desk, window: str) -> None:
    """What the flow does."""
    sprint_audits.audit_here(desk, window, Moment.END)
    sprint_end.close(desk, window)
    sprint_outcome.publish_outcome(desk, window)


def started(sources=None, **late: float) -> tuple[Desk, WindowRecord]:
    """A sprint that runs."""
    desk, window = an_agreed_window(sources)
    go_to(desk, window, **late)
    sprint_start.begin_due(desk)
    kicked_off(desk, window.id)
    return desk, window


def gone() -> Refusal:
    return Refusal("the repository does not answer")
