"""The list of a sprint: standing work, what was offered, what waits; each piece of work once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fakes.desk import SHOP, shop
from fakes.sprint_runs import an_agreed_window, go_to, gone, started, with_libraries

from clientdesk.domain.secret_register import RegisteredSecret
from clientdesk.domain.sprint import Priority, Source, Work
from clientdesk.ports.sprints import Moment
from clientdesk.steps.sprint_audits import audit_here
from clientdesk.steps.sprint_plan import plan, secrets_due
from clientdesk.steps.sprint_start import begin_due

STRIPE = RegisteredSecret("STRIPE_SECRET_KEY", "Heroku", "Nora Feld", 90, date(2026, 1, 1))


def titles(items):
    return [each.work.title for each in items]


def begun(sources=None, *secrets):
    desk, window = an_agreed_window(sources)
    for each in secrets:
        desk.secrets.keep(window.client, each)
    go_to(desk, window)
    begin_due(desk)
    audit_here(desk, window.id, Moment.START)
    return desk, window


def test_standing_work_is_named_for_what_the_audit_found():
    desk, window = begun({SHOP: with_libraries("click==8.0", "flask==2.0", "django==4.2")}, STRIPE)

    standing = [each for each in plan(desk, window.id) if each.work.source is Source.STANDING]

    assert titles(standing) == [
        "Take the safe library updates of shop",
        "Rotate one secret",
        "Security scan of shop",
        "Take the library updates of shop that need care",
    ]
    assert [each.work.minutes for each in standing] == [45, 45, 30, 75]


def test_without_updates_and_secrets_the_scan_remains():
    desk, window = begun()

    assert titles(each for each in plan(desk, window.id) if each.work.source is Source.STANDING) == [
        "Security scan of shop"
    ]


def test_open_work_of_the_proposal_comes_in_its_order_and_closed_work_does_not():
    desk, window = begun()

    offered = [each for each in plan(desk, window.id) if each.work.source is Source.PROPOSAL]

    assert offered
    assert [each.work.place for each in offered] == sorted(each.work.place for each in offered)
    assert all(each.work.key.startswith(window.proposal) for each in offered)


def test_ticket_that_waits_is_taken_up():
    desk, window = an_agreed_window()
    ticket = Work("ticket:1", Source.TICKET, "The logo is blurred", 30, Priority.COSMETIC)
    desk.sprints.add(window.client, "", ticket, "Max", desk.clock.now())
    go_to(desk, window)
    begin_due(desk)

    assert "The logo is blurred" in titles(plan(desk, window.id))


def test_planning_again_changes_nothing():
    desk, window = started()
    before = desk.sprints.items_in(window.id)

    assert plan(desk, window.id) == before


def test_repository_that_was_not_audited_leaves_the_rest_standing():
    desk, window = an_agreed_window()
    desk.checkouts._sources[SHOP] = gone()
    go_to(desk, window)
    begin_due(desk)
    audit_here(desk, window.id, Moment.START)

    items = plan(desk, window.id)

    assert "Security scan of shop" in titles(items)


def test_secrets_that_would_be_overdue_by_the_next_window_are_due():
    fresh = replace(STRIPE, name="SENTRY_DSN", rotated_on=date(2026, 4, 1), every_days=365)
    desk, window = begun({SHOP: shop()}, STRIPE, fresh)

    assert secrets_due(desk, desk.sprints.sprint(window.id)) == (STRIPE,)
