"""Who is away: kept, found by the days it touches, taken back."""

from datetime import date

import pytest

from clientdesk.domain.capacity import Absence
from clientdesk.ports.records import UnknownRecord

EASTER = Absence("Ada Engineer", date(2026, 4, 6), date(2026, 4, 10), "holiday")
DENTIST = Absence("Ben Part-Time", date(2026, 3, 30), date(2026, 3, 30), "", is_half=True)


def test_absences_are_kept_in_order_of_their_first_day(windows):
    added = [windows.add_absence(each) for each in (EASTER, DENTIST)]

    assert windows.absences() == (added[1], added[0])
    assert (added[0].person, added[0].first, added[0].last, added[0].why) == (
        "Ada Engineer",
        date(2026, 4, 6),
        date(2026, 4, 10),
        "holiday",
    )
    assert added[1].is_half
    assert added[0].id


def test_absence_said_twice_is_one(windows):
    assert windows.add_absence(EASTER) == windows.add_absence(EASTER)
    assert len(windows.absences()) == 1


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (date(2026, 4, 10), None, 1),
        (date(2026, 4, 11), None, 0),
        (None, date(2026, 4, 5), 0),
        (None, date(2026, 4, 6), 1),
        (date(2026, 4, 7), date(2026, 4, 8), 1),
    ],
)
def test_absences_are_found_by_the_days_that_they_touch(windows, since, until, found):
    windows.add_absence(EASTER)

    assert len(windows.absences(since, until)) == found


def test_absence_that_is_taken_back_is_gone(windows):
    kept = windows.add_absence(EASTER)

    assert windows.remove_absence(kept.id) == kept
    assert windows.absences() == ()


def test_unknown_absence_is_refused(windows):
    with pytest.raises(UnknownRecord):
        windows.remove_absence("nothing")
