"""What booking a quarter costs: seconds for 10, 100, 1,000 and 10,000 clients, and how they grow.

    python benchmarks/windows.py [CLIENTS ...]

Every client has an agreement and its first window in an SQLite database of its own; the clock stands on the first
Monday of a quarter, and the window of each for the quarter after it is booked, one transaction a client. The agency's
people have hours for four fifths of the windows on a Tuesday, so a fifth moves to other days. `seconds` is the whole of
`clientdesk window book --all`, with an invitation composed and put into the outbox for each; `records` the same without
the invitations; `again` the run after it, which finds nothing to do. Growth is that of the processor's seconds (`cpu`),
which other work on the machine and a slow disk do not lengthen. `naive` books the same records with one look-up of
the room and one of the absences for each candidate day; it is left out where it takes minutes.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from fakes.agency import AGENCY  # noqa: E402 (the fakes are found now)
from fakes.calendar import BERLIN  # noqa: E402
from fakes.clock import FixedClock  # noqa: E402
from fakes.desk import a_desk  # noqa: E402
from fakes.samples import call  # noqa: E402
from sqlalchemy import insert  # noqa: E402

from clientdesk.adapters import store_tables as tables  # noqa: E402
from clientdesk.adapters.press import TemplatePress  # noqa: E402
from clientdesk.adapters.public_holidays import PublicHolidays  # noqa: E402
from clientdesk.adapters.store import SqlStore  # noqa: E402
from clientdesk.adapters.store_absences import absences  # noqa: E402
from clientdesk.adapters.store_engine import Database  # noqa: E402
from clientdesk.adapters.store_room import lock_days, minutes_taken  # noqa: E402
from clientdesk.adapters.store_schema import migrate  # noqa: E402
from clientdesk.adapters.store_windows import added, settle  # noqa: E402
from clientdesk.adapters.windows import SqlWindows  # noqa: E402
from clientdesk.documents.archive import call_to_bytes  # noqa: E402
from clientdesk.domain.agency import Person  # noqa: E402
from clientdesk.domain.capacity import Room, room_of  # noqa: E402
from clientdesk.domain.falling_due import Promise, falling_due  # noqa: E402
from clientdesk.domain.maintenance import window_on  # noqa: E402
from clientdesk.domain.office_hours import OfficeCalendar  # noqa: E402
from clientdesk.domain.windows import Due, WindowState  # noqa: E402
from clientdesk.ports.windows import BookedDue, Change, Mails  # noqa: E402
from clientdesk.steps.booking import book_all, days_ahead  # noqa: E402
from clientdesk.steps.desk import Desk  # noqa: E402
from clientdesk.wiring import TEMPLATES  # noqa: E402

Done = TypeVar("Done")
COUNTS = (10, 100, 1000, 10_000)
NAIVE_UP_TO = 1000
TUESDAYS = 13
FIRST_TUESDAY = datetime(2026, 1, 6, 8, tzinfo=UTC).date()
MONDAY = datetime(2026, 1, 5, 5, tzinfo=UTC)
FULL = Decimal("0.8")  # of what the clients need on a Tuesday: the rest moves to other days


@dataclass(frozen=True)
class Took:
    """Seconds on the wall, and of the processor."""

    seconds: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.seconds:>9.2f}{self.cpu:>8.2f}"


class Silent:
    """The windows, booked without mails."""

    def __init__(self, windows: SqlWindows) -> None:
        self._windows = windows

    def book_due(self, proposal: str, due: Sequence[Due], room: Room, change: Change, _mail: Mails) -> BookedDue:
        return self._windows.book_due(proposal, due, room, change)

    def __getattr__(self, name: str) -> object:
        return getattr(self._windows, name)


def main(words: list[str]) -> None:
    """Print the table."""
    counts = [int(word) for word in words] or list(COUNTS)
    print(
        f"{'clients':>8}{'seconds':>9}{'cpu':>8}{'growth':>11}{'records':>9}{'cpu':>8}{'growth':>11}"
        f"{'again':>8}{'moved':>7}{'naive':>9}{'cpu':>8}"
    )
    before: tuple[int, Took, Took] | None = None
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            whole, again, moved = _booked(_desk(Path(folder) / "whole.db", count), count)
            desk = _desk(Path(folder) / "records.db", count)
            records, _, _ = _booked(replace(desk, windows=Silent(desk.windows)), count)
            naive = str(_naive(Path(folder) / "naive.db", count)) if count <= NAIVE_UP_TO else f"{'-':>9}{'-':>8}"
        grew = _growth(before, (count, whole, records))
        print(
            f"{count:>8,}{whole}{grew[0]:>11}{records}{grew[1]:>11}{again.seconds:>8.2f}{moved:>7}{naive}", flush=True
        )
        before = count, whole, records


def _growth(before: tuple[int, Took, Took] | None, now: tuple[int, Took, Took]) -> tuple[str, str]:
    """How many times dearer than the row above, beside how many times more clients."""
    if before is None:
        return "", ""
    more = f"{now[0] / before[0]:.0f}"
    return f"x{now[1].cpu / before[1].cpu:.1f}/{more}", f"x{now[2].cpu / before[2].cpu:.1f}/{more}"


def _booked(desk: Desk, count: int) -> tuple[Took, Took, int]:
    """What the first run took, and the second, which finds nothing to do; how many windows were moved."""
    first, done = _timed(lambda: book_all(desk))
    again, nothing = _timed(lambda: book_all(desk))
    booked = [window for each in done for window in each.done.booked]
    if len(booked) != count or nothing:
        raise SystemExit(f"{len(booked)} of {count} booked: {[each.problem for each in done if each.problem][:1]}")
    return first, again, sum(window.window.day != window.nominal for window in booked)


def _naive(file: Path, count: int) -> Took:
    """One look-up of the day and one of the absences for each candidate day, each client in one transaction."""
    desk = _desk(file, count)
    database, days, room = Database(f"sqlite:///{file}"), days_ahead(desk), room_of(desk.agency)
    change = Change("naive", desk.clock.now())

    def book() -> None:
        for agreement in desk.windows.agreements():
            there = desk.windows.slots()[agreement.proposal]
            for due in falling_due(Promise(agreement.anchor, 1), there, days):
                with database.writing() as session:
                    lock_days(session)
                    for candidate in due.candidates:
                        taken = minutes_taken(session, candidate.day, candidate.day, change.at).get(candidate.day, 0)
                        has = room.staffing.minutes_on(candidate.day, absences(session, None, None))
                        if taken + room.minutes <= has:
                            row = added(session, agreement.client, candidate, room.minutes, change.at)
                            row.proposal, row.slot = agreement.proposal, due.slot
                            settle(session, row, WindowState.BOOKED, change)
                            break

    return _timed(book)[0]


def _desk(file: Path, count: int) -> Desk:
    """The agency on the first Monday of the quarter, with the people that so many clients need."""
    url = f"sqlite:///{file}"
    migrate(url)
    need = Decimal(-(-count // TUESDAYS)) * AGENCY.windows.hours_a_day
    people = (Person("Everyone", max(need * FULL, AGENCY.windows.hours_a_day), frozenset(range(5))),)
    agency = replace(AGENCY, people=people, windows=replace(AGENCY.windows, capacity_hours=None))
    calendar = OfficeCalendar(BERLIN, PublicHolidays(BERLIN).is_holiday)
    _fill(url, count, calendar)
    return a_desk(
        agency=agency,
        calendar=calendar,
        store=SqlStore(url),
        windows=SqlWindows(url),
        press=TemplatePress(TEMPLATES),
        clock=FixedClock(MONDAY),
    )


def _fill(url: str, count: int, calendar: OfficeCalendar) -> None:
    """Clients, agreements and first windows, written at once: how they came about is not measured."""
    days = [FIRST_TUESDAY + timedelta(weeks=each % TUESDAYS) for each in range(count)]
    first = [window_on(calendar.working_day_from(day), calendar) for day in days]
    ids, said = range(count), call_to_bytes(call())
    rows: dict[type[tables.Row], list[dict[str, object]]] = {
        tables.ClientRow: [
            {"id": f"c{i}", "key": f"client {i:05}", "company": f"Client {i:05}", "registered_at": MONDAY} for i in ids
        ],
        tables.CallRow: [{"client": f"c{i}", "at": MONDAY, "content": said} for i in ids],
        tables.ProposalRow: [_proposal(i) for i in ids],
        tables.AgreementRow: [
            {"proposal": f"p{i}", "client": f"c{i}", "since": days[i], "anchor": days[i], "retainer_hours": 8}
            for i in ids
        ],
        tables.WindowRow: [
            {
                "id": f"w{i}",
                "client": f"c{i}",
                "proposal": f"p{i}",
                "state": "booked",
                "day": first[i].day,
                "starts_at": first[i].starts_at,
                "ends_at": first[i].ends_at,
                "minutes": 480,
                "held_until": MONDAY,
                "uid": f"w{i}",
                "slot": "0/1",
                "nominal": days[i],
            }
            for i in ids
        ],
    }
    with Database(url).writing() as session:
        for kind, those in rows.items():
            session.execute(insert(kind), those)


def _proposal(i: int) -> dict[str, object]:
    return {
        "id": f"p{i}",
        "client": f"c{i}",
        "state": "accepted",
        "number": f"P-2026-{i:05}",
        "basis": f"b{i}",
        "drafted_on": FIRST_TUESDAY,
        "valid_until": FIRST_TUESDAY,
        "document": "",
    }


def _timed(function: Callable[[], Done]) -> tuple[Took, Done]:
    seconds, cpu = time.perf_counter(), time.process_time()
    done = function()
    return Took(time.perf_counter() - seconds, time.process_time() - cpu), done


if __name__ == "__main__":
    main(sys.argv[1:])
