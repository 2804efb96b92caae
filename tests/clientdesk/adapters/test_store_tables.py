"""Instants go in and come out in UTC."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from clientdesk.adapters.store_tables import Instant

NOON_IN_BERLIN = datetime(2026, 3, 29, 12, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()])
def test_instant_comes_back_in_utc(dialect):
    kept = Instant().process_bind_param(NOON_IN_BERLIN, dialect)

    back = Instant().process_result_value(kept, dialect)

    assert back == NOON_IN_BERLIN
    assert back.tzinfo is UTC


def test_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        Instant().process_bind_param(datetime(2026, 3, 29, 12), sqlite.dialect())  # noqa: DTZ001  # that is the point
