"""A whole kick-off and a whole closing: each can be run again, and mails go out once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from fakes.mailer import ListMailer
from fakes.sprint_runs import an_agreed_window, book_next, go_to

from clientdesk.domain.sprint import NotNow, Source
from clientdesk.ports.mail import MessageState
from clientdesk.ports.sprints import Moment
from clientdesk.steps import auditing
from clientdesk.steps.sprint_runs import close_up, kick_off
from clientdesk.steps.sprint_start import begin_due


def test_kick_off_and_closing_leave_their_documents_and_mails():
    desk, window = an_agreed_window()
    go_to(desk, window)
    begin_due(desk)

    sheet = kick_off(desk, window.id).sheet
    kick_off(desk, window.id)
    outcome = close_up(desk, window.id).outcome
    close_up(desk, window.id)

    assert desk.documents.get(sheet)
    assert desk.documents.get(outcome)
    assert len([each for each in desk.store.messages() if each.key.document == f"sprint:{window.id}"]) == 4


def test_mails_of_a_kick_off_are_handed_over_where_there_is_a_server():
    desk, window = an_agreed_window()
    desk = replace(desk, mailer=ListMailer(is_configured=True))
    go_to(desk, window)
    begin_due(desk)

    kick_off(desk, window.id)

    sent = [each.key.purpose for each in desk.store.messages(MessageState.SENT)]
    assert sent[-2:] == ["sprint-started", "sprint-started-team"]


def test_sprint_that_has_not_begun_is_neither_kicked_off_nor_closed():
    desk, window = an_agreed_window()

    for run in (kick_off, close_up):
        with pytest.raises(NotNow):
            run(desk, window.id)


WRITING = {
    *("start", "begin", "keep_look", "plan", "keep_sheet", "put", "keep_audit", "add_message", "claim", "settle"),
    *("log", "finish", "close", "keep_actual", "keep_outcome", "looked_for_due"),
}


class Killed(BaseException):
    """What a kill looks like from inside: nothing after it happens."""


class Mortal:
    """A port that is killed at the given call that writes, before or after its work is done."""

    def __init__(self, port, calls, at, *, is_after):
        self._port, self._calls, self._at, self._is_after = port, calls, at, is_after

    def __getattr__(self, name):
        found = getattr(self._port, name)
        if name not in WRITING:
            return found

        def call(*arguments, **named):
            self._calls.append(name)
            if len(self._calls) == self._at and not self._is_after:
                raise Killed
            result = found(*arguments, **named)
            if len(self._calls) == self._at:
                raise Killed
            return result

        return call


def _mortal(desk, calls, at, *, is_after):
    names = ("sprints", "windows", "documents", "store")
    return replace(desk, **{name: Mortal(getattr(desk, name), calls, at, is_after=is_after) for name in names})


def _left_behind(desk, window):
    """All that may not be there twice."""
    moves = [move.after for each in desk.sprints.items() for move in desk.sprints.item_moves(each.id)]
    return (
        sorted((each.work.key, each.state, each.rolls, each.is_planned) for each in desk.sprints.items()),
        sorted(moves),
        sorted((each.key.purpose, each.key.recipient, each.state) for each in desk.store.messages()),
        [len(desk.sprints.looks(window.id, moment)) for moment in Moment],
        desk.windows.window(window.id).state,
        sorted((each.key, each.spent) for each in desk.store.actuals()),
    )


def _agreed():
    desk, window = an_agreed_window()
    book_next(desk, window)
    go_to(desk, window)
    return desk, window


def _whole_sprint(desk, window):
    begin_due(desk)
    kick_off(desk, window.id)
    _worked(desk, window)
    go_to(desk, window, hours=9)
    close_up(desk, window.id)


def _worked(desk, window):
    item = next((i for i in desk.sprints.items_in(window.id) if i.work.source is Source.PROPOSAL), None)
    if item is not None and item.done is None:
        if not desk.sprints.times(window.id):
            desk.sprints.log(item.id, 30, "Ada", desk.clock.now())
        desk.sprints.finish(item.id, "Ada", desk.clock.now(), "merge")


@pytest.mark.parametrize("is_after", [False, True])
def test_sprint_killed_at_any_write_and_run_again_leaves_nothing_twice(is_after, monkeypatch):
    monkeypatch.setattr(auditing, "check_ids", lambda: ("structure",))
    desk, window = _agreed()
    calls = []
    _whole_sprint(_mortal(desk, calls, 0, is_after=is_after), window)
    expected = _left_behind(desk, window)

    for at in range(1, len(calls) + 1):
        desk, window = _agreed()
        with suppress(Killed):
            _whole_sprint(_mortal(desk, [], at, is_after=is_after), window)
        go_to(desk, window)
        _whole_sprint(desk, window)

        assert _left_behind(desk, window) == expected, f"killed at call {at} of {len(calls)}: {calls[at - 1]}"
