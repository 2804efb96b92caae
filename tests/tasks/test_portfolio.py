"""The tasks of the round: each repository a run of its own, told apart by its key, and what it ended with."""

import logging
from dataclasses import replace
from types import SimpleNamespace

import pytest
from fakes.desk import BOOKING, SHOP, a_call, a_desk
from prefect.states import Completed, Failed, Scheduled

from clientdesk.steps.intake import hold_intro_call
from clientdesk.steps.portfolio import Tried, audit_one
from clientdesk.wiring import using
from tasks import portfolio


@pytest.fixture
def desk():
    desk = a_desk()
    hold_intro_call(desk, a_call(SHOP))
    hold_intro_call(desk, replace(a_call(BOOKING), company="Quay Ltd"))
    with using(desk):
        yield desk


def ended_as(monkeypatch, state):
    asked = []

    def run_deployment(name, **how):
        asked.append((name, how))
        return SimpleNamespace(state=state)

    monkeypatch.setattr(portfolio, "run_deployment", run_deployment)
    return asked


def test_repository_is_audited_by_a_deployments_run_of_its_own_key(monkeypatch, desk):
    asked = ended_as(monkeypatch, Completed(data="a1"))
    targets = portfolio.round_through([]).targets

    tried = [portfolio.audit_by_worker.fn(target) for target in targets]

    assert [each.audit for each in tried] == ["a1", "a1"]
    assert {name for name, _ in asked} == {"light-audit/light-audit"}
    assert len({how["idempotency_key"] for _, how in asked}) == 2
    assert [how["parameters"]["repository"]["address"] for _, how in asked] == [SHOP, BOOKING]
    assert not asked[0][1]["parameters"]["announce"]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (
            Failed(message="Flow run encountered an exception: Refusal: no such repository"),
            "no such repository",
        ),
        (Failed(message=""), "Failed"),
        (Scheduled(), "no end within 12 hours"),
        (Completed(data=None), "can't read the run's result"),
    ],
)
def test_run_that_left_no_audit_is_named_with_its_reason(monkeypatch, desk, state, words):
    ended_as(monkeypatch, state)

    tried = portfolio.audit_by_worker.fn(portfolio.round_through([]).targets[0])

    assert tried.audit == ""
    assert words in tried.problem


def test_summary_is_shown_under_one_key_and_mailed_once(monkeypatch, desk):
    shown = []
    monkeypatch.setattr(portfolio, "create_markdown_artifact", lambda _, **how: shown.append(how["key"]))
    monkeypatch.setattr(portfolio, "get_run_logger", lambda: logging.getLogger("run"))
    through = portfolio.round_through([])
    tried = [audit_one(desk, through.targets[0]), Tried(through.targets[1], problem="gone")]

    summary = portfolio.sum_up.fn(tried, through)
    for _ in range(2):
        portfolio.mail_summary.fn(tried, summary)

    assert shown == ["portfolio"]
    assert portfolio.ended(summary).message == "1 of 2 repositories audited, 0 new critical or high."
    assert [mail.key.purpose for mail in desk.store.messages()] == ["portfolio-audited"]


def test_round_through_nothing_sends_nothing():
    with using(a_desk()) as desk:
        portfolio.mail_summary.fn([], portfolio.portfolio.portfolio_of(desk, []))

    assert desk.store.messages() == ()
