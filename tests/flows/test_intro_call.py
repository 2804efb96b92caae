"""The intro call alone, with the engine."""

import pytest
from fakes.desk import a_desk, a_form

from clientdesk.domain.intake import FitVerdict
from clientdesk.wiring import using
from flows.intro_call import hold_intro_call

pytestmark = pytest.mark.engine


def test_call_is_kept_and_the_fit_judged():
    with using(a_desk()) as desk:
        brief = hold_intro_call(a_form())

    assert brief.fit.verdict is FitVerdict.FITS
    assert desk.store.latest_call(brief.client).company == "Harbour Bookings GmbH"
