"""Sprints kept: begun once, planned once, closed once; an item is in one place; no hour beyond what was agreed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import rivals as rival
from fakes.business import an_audit
from fakes.sprint_work import END, START, begun, some_work, with_windows
from fakes.sprints import MemorySprints
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from clientdesk.adapters.sprint_store import SqlSprints
from clientdesk.adapters.windows import SqlWindows
from clientdesk.domain.refusal import Refusal
from clientdesk.domain.sprint import MOST_ROLLS, BadEntry, BoxFull, ItemState, NotNow, Priority, Source
from clientdesk.ports.records import UnknownRecord
from clientdesk.ports.sprints import Beginning, Extension, Moment, RepositoryLook

_S = ItemState
LATER = END + timedelta(days=90)


@pytest.fixture
def at(store, booked):
    return with_windows(store, booked)


def extension(window, minutes=60, **said):
    given = {"approved_by": "Nora Feld", "how": "mail", "recorded_by": "Max", "at": START, **said}
    return Extension(window, minutes, **given)


def test_sprint_begins_once_and_the_first_word_stands(sprints, at):
    first = sprints.begin(Beginning(at.first, at.client, at.proposal, 480, START, START, "late"))

    again = sprints.begin(Beginning(at.first, at.client, at.proposal, 60, START, END, ""))

    assert again == first == sprints.sprint(at.first) == sprints.sprint_of(at.first)
    assert (first.box_minutes, first.late_why, first.started_at) == (480, "late", START)
    assert sprints.sprints() == sprints.sprints(at.client) == (first,)


def test_sprint_that_has_not_begun_is_unknown(sprints, at):
    assert sprints.sprint_of(at.first) is None
    with pytest.raises(UnknownRecord):
        sprints.sprint(at.first)


def test_plan_takes_what_is_found_and_what_waits_and_marks_what_fits(sprints, at):
    sprints.add(at.client, "", some_work("ticket:7", 100, priority=Priority.COSMETIC), "Max", START)

    items = begun(sprints, at, some_work("p:1", 300), some_work("p:2", 300, place=2), box=420)

    assert [(each.work.key, each.is_planned) for each in items] == [("p:1", True), ("p:2", False), ("ticket:7", True)]
    assert {each.state for each in items} == {_S.IN_SPRINT}
    assert {each.window for each in items} == {at.first}


def test_planning_again_changes_nothing(sprints, at):
    before = begun(sprints, at, some_work("p:1"))

    again = sprints.plan(at.first, [some_work("p:2")], END)

    assert again == before
    assert len(sprints.item_moves(before[0].id)) == 2


def test_item_comes_back_as_it_was_kept(sprints, at):
    wanted = some_work("ticket:9", 45, covers=("a", "b"), place=3, note="From the phone.", title="Ärger „beheben“")

    kept = sprints.add(at.client, at.proposal, wanted, "Max", START)

    assert sprints.item(kept.id) == kept == sprints.add(at.client, at.proposal, wanted, "Ada", END)
    assert (kept.work, kept.state, kept.proposal) == (wanted, _S.WAITING, at.proposal)
    assert sprints.items(at.client) == sprints.items() == (kept,)


def test_time_is_kept_until_box_and_extension_are_used_up(sprints, at):
    (item,) = begun(sprints, at, some_work(minutes=60), box=120)
    sprints.log(item.id, 120, "Ada", START, "hard")

    with pytest.raises(BoxFull):
        sprints.log(item.id, 1, "Ada", START)
    sprints.extend(extension(at.first, 30))
    sprints.log(item.id, 30, "Ada", START)
    with pytest.raises(BoxFull):
        sprints.log(item.id, 1, "Ada", START)

    assert [each.minutes for each in sprints.times(at.first)] == [120, 30]
    assert [each.approved_by for each in sprints.extensions(at.first)] == ["Nora Feld"]


def test_correction_gives_time_back_and_says_why(sprints, at):
    (item,) = begun(sprints, at, some_work())
    sprints.log(item.id, 50, "Ada", START)

    with pytest.raises(BadEntry, match="says why"):
        sprints.log(item.id, -20, "Ada", START)
    with pytest.raises(BadEntry, match="only 50"):
        sprints.log(item.id, -51, "Ada", START, "typing error")
    sprints.log(item.id, -20, "Ada", START, "typing error")

    assert sum(each.minutes for each in sprints.times(at.first)) == 30


@pytest.mark.parametrize("wrong", [{"minutes": 0}, {"approved_by": " "}, {"how": ""}])
def test_extension_without_its_who_and_how_is_refused(sprints, at, wrong):
    begun(sprints, at, some_work())

    with pytest.raises(BadEntry):
        sprints.extend(extension(at.first, **wrong))


def test_done_needs_evidence_and_is_final(sprints, at):
    (item,) = begun(sprints, at, some_work())
    with pytest.raises(BadEntry, match="evidence"):
        sprints.finish(item.id, "Ada", START, " ")

    done = sprints.finish(item.id, "Ada", START, "merge 4f2a")

    assert sprints.finish(item.id, "Ada", END, "merge 4f2a") == done == sprints.item(item.id)
    assert (done.state, done.window, done.done.evidence) == (_S.DONE, at.first, "merge 4f2a")
    with pytest.raises(NotNow):
        sprints.finish(item.id, "Max", END, "another")


def test_time_on_finished_work_is_still_taken_while_the_sprint_runs(sprints, at):
    (item,) = begun(sprints, at, some_work())
    sprints.finish(item.id, "Ada", START, "merge 4f2a")

    assert sprints.log(item.id, 15, "Ada", START).minutes == 15


def test_closing_rolls_what_is_unfinished_and_says_why(sprints, at):
    done, begun_item, missed, too_large = begun(
        sprints,
        at,
        some_work("a", 60, priority=Priority.CRITICAL),
        some_work("b", 60, place=1),
        some_work("c", 60, place=2),
        some_work("d", 900, place=3),
    )
    sprints.log(done.id, 60, "Ada", START)
    sprints.finish(done.id, "Ada", START, "merge")
    sprints.log(begun_item.id, 20, "Ada", START)

    record = sprints.close(at.first, at.second, END)

    assert (record.closed_at, record.next_window) == (END, at.second)
    assert [(each.work.key, move.why, each.rolls) for each, move in sprints.left(at.first)] == [
        ("b", "begun", 1),
        ("c", "not_reached", 1),
        ("d", "no_room", 1),
    ]
    assert {sprints.item(each.id).window for each in (begun_item, missed, too_large)} == {at.second}
    assert [each.id for each in sprints.items_in(at.first)] == [done.id]


def test_closing_again_rolls_nothing_twice(sprints, at):
    (item,) = begun(sprints, at, some_work())
    first = sprints.close(at.first, at.second, END)

    assert sprints.close(at.first, "", LATER) == first
    assert sprints.item(item.id).rolls == 1


def test_closed_sprint_takes_nothing_more(sprints, at):
    (item,) = begun(sprints, at, some_work())
    sprints.finish(item.id, "Ada", START, "merge")
    sprints.close(at.first, at.second, END)

    with pytest.raises(NotNow, match="closed"):
        sprints.log(item.id, 10, "Ada", LATER)
    with pytest.raises(NotNow, match="closed"):
        sprints.extend(extension(at.first))


def test_item_that_waits_takes_no_time(sprints, at):
    item = sprints.add(at.client, "", some_work(), "Max", START)

    with pytest.raises(NotNow):
        sprints.log(item.id, 10, "Ada", START)
    with pytest.raises(NotNow):
        sprints.finish(item.id, "Ada", START, "merge")


def test_two_rolls_make_a_project_that_a_person_decides_on(sprints, at):
    (item,) = begun(sprints, at, some_work(minutes=900))
    sprints.close(at.first, at.second, END)
    begun(sprints, at, window=at.second)
    sprints.close(at.second, "", LATER)

    assert (sprints.item(item.id).state, sprints.item(item.id).rolls) == (_S.MINI_PROJECT, 2)
    back = sprints.decide(item.id, _S.WAITING, "Max", LATER, "the client wants it in the window")
    assert (back.state, back.rolls) == (_S.WAITING, 2)
    with pytest.raises(NotNow):
        sprints.decide(item.id, _S.ORDERED, "Max", LATER, "no")


def test_without_a_next_window_items_wait_and_the_next_sprint_takes_them(sprints, at):
    (item,) = begun(sprints, at, some_work(minutes=900))
    sprints.close(at.first, "", END)

    assert (sprints.item(item.id).state, sprints.item(item.id).window) == (_S.WAITING, "")
    assert [each.id for each in begun(sprints, at, window=at.second)] == [item.id]


def test_items_of_a_window_that_is_skipped_roll_on_once(sprints, at):
    (item,) = begun(sprints, at, some_work(minutes=900))
    sprints.close(at.first, at.second, END)

    (passed,) = sprints.pass_over(at.second, "", "clientdesk", LATER, "skipped")

    assert (passed.id, passed.state, passed.rolls) == (item.id, _S.MINI_PROJECT, 2)
    assert sprints.pass_over(at.second, "", "clientdesk", LATER, "skipped") == ()


def test_standing_work_left_over_is_the_same_item_with_todays_size(sprints, at):
    (item,) = begun(sprints, at, some_work("libraries:app@1", 900, source=Source.STANDING))
    sprints.close(at.first, at.second, END)

    (again,) = begun(sprints, at, some_work("libraries:app@2", 120, source=Source.STANDING), window=at.second)

    assert (again.id, again.work.minutes, again.rolls, again.is_planned) == (item.id, 120, 1, True)


def test_first_look_at_a_repository_counts(sprints, store, at):
    begun(sprints, at)
    audit = an_audit(store, at.client, "first")
    look = RepositoryLook(at.first, Moment.START, "https://git.example.com/a.git", "main", audit, "")

    assert sprints.keep_look(look) == look
    assert sprints.keep_look(replace(look, audit="", problem="gone")) == look
    end = replace(look, moment=Moment.END, audit="", problem="it did not answer")
    assert sprints.keep_look(end) == end
    assert (sprints.looks(at.first, Moment.START), sprints.looks(at.first, Moment.END)) == ((look,), (end,))


def test_first_sheet_and_outcome_stand(sprints, at):
    begun(sprints, at)
    sprints.keep_sheet(at.first, "sprints/1.pdf")
    sprints.keep_sheet(at.first, "sprints/2.pdf")
    sprints.keep_outcome(at.first, "sprints/3.pdf")

    assert sprints.keep_outcome(at.first, "sprints/4.pdf").outcome == "sprints/3.pdf"
    assert sprints.sprint(at.first).sheet == "sprints/1.pdf"


def test_whoever_looks_for_due_sprints_hears_when_that_was_last_done(sprints):
    assert sprints.looked_for_due(START) is None
    assert sprints.looked_for_due(END) == START
    assert sprints.looked_for_due(START) == END
    assert sprints.looked_for_due(LATER) == END


def test_unknown_ids_are_refused(sprints, at):
    for ask in (sprints.item, sprints.item_moves, lambda each: sprints.close(each, "", END)):
        with pytest.raises(UnknownRecord):
            ask("nothing")


def test_processes_that_log_at_once_never_exceed_the_box(database_url, sql_store, rivals):
    sprints, windows = SqlSprints(database_url), SqlWindows(database_url)
    at = with_windows(sql_store, windows)
    (item,) = begun(sprints, at, some_work(), box=100)

    at_once = [rivals.submit(rival.log_time, database_url, item.id, 30) for _ in range(8)]

    assert sorted(future.result() for future in at_once) == ["BoxFull"] * 5 + ["kept"] * 3
    assert sum(each.minutes for each in sprints.times(at.first)) == 90
    sprints.close_connections()
    windows.close_connections()


def test_processes_that_plan_and_close_at_once_do_it_once(database_url, sql_store, rivals):
    sprints, windows = SqlSprints(database_url), SqlWindows(database_url)
    at = with_windows(sql_store, windows)
    sprints.begin(Beginning(at.first, at.client, at.proposal, 480, START, START))

    planned = [rivals.submit(rival.plan_sprint, database_url, at.first) for _ in range(6)]
    assert {future.result() for future in planned} == {2}
    closed = [rivals.submit(rival.close_sprint, database_url, at.first, at.second) for _ in range(6)]
    assert {future.result() for future in closed} == {at.second}

    assert [each.rolls for each in sprints.items(at.client)] == [1, 1]
    assert [len(sprints.item_moves(each.id)) for each in sprints.items()] == [3, 3]
    sprints.close_connections()
    windows.close_connections()


class SprintYears(RuleBasedStateMachine):
    """Any order of work, closings and skips: items are in one place, hours within what was agreed, rolls counted."""

    @initialize(box=some.integers(60, 600))
    def open_the_office(self, box):
        self.sprints, self.box, self.number = MemorySprints(), box, 0
        self.lost, self.unfinished = 0, {}
        self.window = ""

    @rule(minutes=some.integers(1, 700), priority=some.sampled_from(Priority))
    def add(self, minutes, priority):
        self.number += 1
        self.sprints.add("client", "", some_work(f"t:{self.number}", minutes, priority=priority), "Max", START)

    @rule()
    def start(self):
        if not self.window:
            self.number += 1
            self.window = f"w{self.number}"
            self.sprints.begin(Beginning(self.window, "client", "", self.box, START, START))
            self.sprints.plan(self.window, [], START)

    @rule(data=some.data(), minutes=some.integers(-60, 200))
    def log(self, data, minutes):
        self._try(data, lambda item: self.sprints.log(item.id, minutes, "Ada", START, "note"))

    @rule(data=some.data())
    def finish(self, data):
        self._try(data, lambda item: self.sprints.finish(item.id, "Ada", START, "merge"))

    @rule(minutes=some.integers(1, 90))
    def extend(self, minutes):
        if self.window:
            self.sprints.extend(extension(self.window, minutes))

    @rule(has_next=some.booleans())
    def close(self, has_next):
        if self.window:
            for each in self.sprints.items_in(self.window):
                if each.state is _S.IN_SPRINT:
                    self.unfinished[each.id] = self.unfinished.get(each.id, 0) + 1
            self.sprints.close(self.window, "next" if has_next else "", END)
            self.window = ""

    @rule()
    def skip(self):
        for each in self.sprints.pass_over("next", "next", "clientdesk", END, "skipped"):
            self.unfinished[each.id] = self.unfinished.get(each.id, 0) + 1

    @invariant()
    def nothing_is_lost_and_every_item_is_in_one_place(self):
        items = self.sprints.items() if hasattr(self, "sprints") else ()
        in_sprint = [each for each in items if each.state is _S.IN_SPRINT]
        assert all(each.window == self.window for each in in_sprint)
        assert all(not each.window for each in items if each.state is _S.MINI_PROJECT)
        assert all(each.rolls == self.unfinished.get(each.id, 0) for each in items)
        assert all((each.state is _S.MINI_PROJECT) == (each.rolls >= MOST_ROLLS) for each in items)

    @invariant()
    def hours_stay_within_box_and_extension(self):
        if getattr(self, "window", ""):
            used = sum(each.minutes for each in self.sprints.times(self.window))
            agreed = self.box + sum(each.minutes for each in self.sprints.extensions(self.window))
            assert 0 <= used <= agreed

    def _try(self, data, act):
        items = self.sprints.items()
        if items:
            with suppress(Refusal):
                act(data.draw(some.sampled_from(items)))


TestSprintYears = SprintYears.TestCase
TestSprintYears.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
