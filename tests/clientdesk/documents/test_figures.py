from datetime import UTC, date, datetime
from decimal import Decimal

from clientdesk.documents.figures import Figures
from clientdesk.domain.estimating import hours
from clientdesk.domain.money import Money

IRISH = Figures("en_IE", "Europe/Berlin")
GERMAN = Figures("de_DE", "Europe/Berlin")


def test_money_is_printed_with_both_cents() -> None:
    assert IRISH.money(Money(Decimal("1234.50"), "EUR")) == "€1,234.50"
    assert GERMAN.money(Money(Decimal("1234.50"), "EUR")) == "1.234,50\u00a0€"


def test_hours_are_printed_as_they_are_reckoned_with() -> None:
    assert IRISH.hours(Decimal("1.75")) == "1.75"
    assert GERMAN.hours(Decimal("2.50")) == "2,5"
    assert IRISH.hours(Decimal("2.005")) == "2.01"


def test_a_span_of_equal_hours_is_one_figure() -> None:
    assert GERMAN.span(hours("1.5", "3", "6")) == "1,5\N{EN DASH}6"
    assert IRISH.span(hours("3", "3", "3")) == "3"


def test_time_is_local_and_names_the_zone_of_that_day() -> None:
    summer = datetime(2026, 7, 7, 7, tzinfo=UTC)  # a Tuesday
    winter = datetime(2027, 1, 5, 8, tzinfo=UTC)  # a Tuesday

    assert (IRISH.clock(summer), IRISH.zone_name(summer)) == ("09:00", "CEST")
    assert (IRISH.clock(winter), IRISH.zone_name(winter)) == ("09:00", "CET")


def test_days_are_written_in_the_readers_language() -> None:
    assert GERMAN.weekday_and_date(date(2026, 4, 7)) == "Dienstag, 7. April 2026"
    assert IRISH.weekday_and_date(date(2026, 4, 7)) == "Tuesday 7 April 2026"


def test_sizes_are_decimal() -> None:
    assert IRISH.size(999) == "999\u00a0B"
    assert GERMAN.size(18_734_112) == "18,7\u00a0MB"
