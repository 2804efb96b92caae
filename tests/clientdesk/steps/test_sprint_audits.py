"""Each repository is audited at start and end, or named with the reason why not."""

from __future__ import annotations

from fakes.checkouts import MemoryCheckouts
from fakes.desk import SHOP, shop
from fakes.sprint_runs import an_agreed_window, go_to, gone, started, with_libraries

from clientdesk.ports.sprints import Moment
from clientdesk.steps.sprint_audits import audit_here, audited, keep_look, to_audit
from clientdesk.steps.sprint_start import begin_due


def test_start_is_compared_with_the_audit_before():
    desk, window = started()

    (seen,) = audited(desk, window.id, Moment.START)

    first, again = desk.store.audits_of(window.client)[::-1]
    (look,) = desk.sprints.looks(window.id, Moment.START)
    assert (look.before, look.audit) == (first.id, again.id)
    assert seen.report.changes is not None
    assert seen.survey is not None


def test_end_is_compared_with_the_start_and_libraries_move_between_them():
    desk, window = started({SHOP: with_libraries("click==8.0")})
    desk.checkouts._sources[SHOP] = with_libraries("click==8.1.0", commit="b" * 40)
    desk.clock.advance(hours=9)

    audit_here(desk, window.id, Moment.END)

    (seen,) = audited(desk, window.id, Moment.END)
    (start,), (end,) = (desk.sprints.looks(window.id, moment) for moment in Moment)
    assert end.before == start.audit
    assert [(each.name, each.before, each.after) for each in seen.moved] == [("click", "8.0", "8.1.0")]


def test_repository_that_cannot_be_had_is_named_with_its_reason():
    desk, window = an_agreed_window()
    desk.checkouts._sources[SHOP] = gone()
    go_to(desk, window)
    begin_due(desk)

    audit_here(desk, window.id, Moment.START)

    (seen,) = audited(desk, window.id, Moment.START)
    assert (seen.report, seen.problem) == (None, "the repository does not answer")
    assert to_audit(desk, window.id, Moment.START) == ()


def test_what_was_audited_is_not_audited_again():
    desk, window = started()
    count = len(desk.store.audits_of(window.client))

    audit_here(desk, window.id, Moment.START)

    assert len(desk.store.audits_of(window.client)) == count


def test_first_word_on_a_repository_counts():
    desk, window = started()
    (repository,) = desk.store.client(window.client).repositories

    again = keep_look(desk, window.id, Moment.START, repository, "", "late news")

    assert again.problem == ""


def test_clone_is_gone_afterwards():
    checkouts = MemoryCheckouts({SHOP: shop()})
    desk, _ = started({SHOP: shop()})

    assert isinstance(desk.checkouts, type(checkouts))
    assert desk.checkouts.kept == {}
