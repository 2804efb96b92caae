"""The round with the engine: one repository that fails stops none of the others."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from fakes.desk import BOOKING, SHOP, a_call, a_desk
from prefect.states import Completed, Failed

from clientdesk.steps.intake import hold_intro_call
from clientdesk.steps.portfolio import audit_one
from clientdesk.wiring import using
from flows.portfolio import audit_portfolio
from tasks import portfolio

pytestmark = pytest.mark.engine


def test_all_are_tried_and_the_team_reads_of_the_one_that_failed(monkeypatch):
    with using(a_desk()) as desk:
        first = hold_intro_call(desk, a_call(SHOP)).client
        hold_intro_call(desk, replace(a_call(BOOKING), company="Quay Ltd"))

        def run_deployment(_name, parameters, **_how):
            if parameters["client"] == first:
                return SimpleNamespace(state=Failed(message="Flow run encountered an exception: Refusal: gone"))
            target = next(each for each in portfolio.round_through([]).targets if each.client == parameters["client"])
            return SimpleNamespace(state=Completed(data=audit_one(desk, target).audit))

        monkeypatch.setattr(portfolio, "run_deployment", run_deployment)
        state = audit_portfolio(return_state=True)

    assert state.is_completed()
    assert state.message == "1 of 2 repositories audited, 0 new critical or high."
    (mail,) = desk.store.messages()
    assert mail.key.purpose == "portfolio-audited"
