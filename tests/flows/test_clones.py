"""The sweep with the engine."""

import pytest
from fakes.desk import a_desk

from clientdesk.wiring import using
from flows.clones import sweep_clones

pytestmark = pytest.mark.engine


def test_run_says_how_many_were_left_behind():
    with using(a_desk()) as desk:
        desk.checkouts.left_behind = 1

        assert sweep_clones(return_state=True).message == "1 left behind, removed."
