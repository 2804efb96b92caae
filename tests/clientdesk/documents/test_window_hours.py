from datetime import UTC, date, datetime

import pytest

from clientdesk.documents.figures import Figures
from clientdesk.documents.window_hours import window_view
from clientdesk.domain.maintenance import Window


@pytest.mark.parametrize(
    ("day", "starts", "zone"),
    [(date(2026, 10, 6), 7, "CEST"), (date(2027, 1, 5), 8, "CET")],  # two Tuesdays
)
def test_hours_are_those_of_the_wall_clock_with_the_zone_of_that_day(day, starts, zone):
    opens = datetime(day.year, day.month, day.day, starts, tzinfo=UTC)

    view = window_view(Window(day, opens, opens.replace(hour=starts + 8)), Figures("en_IE", "Europe/Berlin"))

    assert (view["opens"], view["closes"], view["zone"]) == ("09:00", "17:00", zone)
    assert view["day"].startswith("Tuesday")
