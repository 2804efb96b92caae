"""The round through the portfolio: all of it, whatever one repository does, beside the last time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.desk import BOOKING, SHOP, a_call, a_desk, shop
from fakes.offers import an_offer

from clientdesk.domain.refusal import Refusal
from clientdesk.ports.mail import MessageState
from clientdesk.steps import auditing
from clientdesk.steps.expiring import expire
from clientdesk.steps.intake import hold_intro_call
from clientdesk.steps.looking_up import NotFound
from clientdesk.steps.portfolio import announce_portfolio, audit_all, portfolio_of, round_through


def two_clients(*, second=BOOKING):
    """Harbour with the shop, Quay with another repository, both on a desk."""
    desk = a_desk()
    hold_intro_call(desk, a_call(SHOP))
    hold_intro_call(desk, replace(a_call(second), company="Quay Ltd"))
    return desk


def a_round(desk, at_once=1):
    through = round_through(desk)
    tried = audit_all(desk, through.targets, at_once)
    return tried, portfolio_of(desk, tried, through.left_out)


@pytest.mark.parametrize("at_once", [1, 4])
def test_every_repository_is_audited_and_its_first_audit_called_so(at_once):
    desk = two_clients()

    _, summary = a_round(desk, at_once)

    assert [(line.company, line.repository, line.problem) for line in summary.lines] == [
        ("Harbour Bookings GmbH", SHOP, ""),
        ("Quay Ltd", BOOKING, ""),
    ]
    assert [line.movement for line in summary.lines] == [None, None]
    assert desk.checkouts.kept == {}


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (Refusal("no such repository"), "no such repository"),
        (RuntimeError("odd"), "a defect in clientdesk: RuntimeError: odd"),
    ],
)
def test_one_that_fails_is_named_and_stops_none_of_the_others(monkeypatch, broken, words):
    desk = two_clients()
    fetch = desk.checkouts.fetch

    def fails_for_the_shop(repository, **more):
        if repository.address == SHOP:
            raise broken
        return fetch(repository, **more)

    monkeypatch.setattr(desk.checkouts, "fetch", fails_for_the_shop)
    _, summary = a_round(desk)

    assert [line.problem for line in summary.lines] == [words, ""]
    assert summary.failed == 1


def test_clone_is_removed_also_where_the_audit_fails(monkeypatch):
    desk = two_clients()
    monkeypatch.setattr(auditing, "keep_audit", lambda *_: 1 / 0)

    _, summary = a_round(desk)

    assert summary.failed == 2
    assert desk.checkouts.kept == {}


def test_second_round_says_what_is_new_fixed_and_remains():
    desk = two_clients()
    a_round(desk)
    desk.clock.advance(days=30)
    desk.checkouts._sources[SHOP] = shop(commit="b" * 40, **{".github/workflows/ci.yml": "on: push\njobs: {}\n"})

    _, summary = a_round(desk)

    harbour, quay = (line.movement for line in summary.lines)
    assert harbour.new + harbour.fixed > 0
    assert (quay.new, quay.fixed) == (0, 0)
    assert quay.remaining > 0


def test_two_rounds_compare_with_the_one_just_before():
    desk = two_clients()
    for _ in range(3):
        tried, _ = a_round(desk)
        desk.clock.advance(days=1)

    kept = desk.store.audits_of(tried[0].target.client)
    assert len(kept) == 3
    assert kept[0].audited_at - kept[1].audited_at == timedelta(days=1)


def test_code_of_those_who_turned_us_down_is_left_alone_unless_they_are_named():
    desk, _ = an_offer()
    desk.clock.advance(days=60)
    expire(desk)

    through = round_through(desk)

    assert through.targets == ()
    assert [company for company, _ in through.left_out] == ["Harbour Bookings GmbH"]
    assert len(round_through(desk, ["harbour bookings gmbh"]).targets) == 1


def test_client_with_an_offer_open_is_looked_after():
    desk, _ = an_offer()

    assert len(round_through(desk).targets) == 1


def test_unknown_client_is_refused():
    with pytest.raises(NotFound, match="portfolio list"):
        round_through(a_desk(), ["nobody"])


def test_team_is_told_once_of_the_same_audits_and_again_of_others():
    desk = two_clients()
    tried, summary = a_round(desk)
    first, again = (announce_portfolio(desk, tried, summary) for _ in range(2))
    desk.clock.advance(days=1)
    tried, summary = a_round(desk)

    later = announce_portfolio(desk, tried, summary)

    assert first == again
    assert later.id != first.id
    assert (first.key.recipient, first.state) == ("contact@atenbi.com", MessageState.APPROVED)
