"""Windows booked with the engine: one client that fails stops none of the others, and the run says so."""

from dataclasses import replace

import pytest
from fakes.business import agreed, tuesday
from fakes.clock import FixedClock
from fakes.desk import a_desk
from fakes.windows import Damaged

from clientdesk.wiring import using
from flows.booking import book_windows

pytestmark = pytest.mark.engine


def test_everyone_else_is_booked_and_the_run_names_who_was_not():
    desk = a_desk(clock=FixedClock())
    broken, _ = agreed(desk.store, "Albatross", tuesday()), agreed(desk.store, "Bittern", tuesday(1))
    desk.clock.advance(days=16)
    sound = desk.windows

    with using(replace(desk, windows=Damaged(sound, broken.id))):
        failed = book_windows(return_state=True)
    with using(desk):
        mended, idle = (book_windows(return_state=True) for _ in range(2))

    assert failed.is_failed()
    assert failed.message == "1 window booked for 1 client, 1 client could not be booked."
    assert mended.message == "1 window booked for 1 client."
    assert idle.message == "Nothing was due."
