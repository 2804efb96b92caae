"""The display: a line for each step that ended, whatever thread it ran in and whatever a client calls things."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from rich.console import Console

from clientdesk.cli.progress import TerminalProgress


@pytest.fixture
def display():
    out = StringIO()
    return TerminalProgress(Console(file=out, width=120)), out


def test_step_ends_with_its_last_word(display):
    progress, out = display

    with progress.shown(), progress.step("Clone") as say:
        say("half")
        say("7 files")

    assert "✔ Clone" in out.getvalue()
    assert "7 files" in out.getvalue()
    assert [(step.title, step.word) for step in progress.ended] == [("Clone", "7 files")]
    assert progress.ended[0].ended >= progress.ended[0].began >= 0


def test_what_could_not_be_done_has_a_mark_of_its_own(display):
    progress, out = display

    with progress.shown(), progress.step("Packages") as say:
        say("could not run", is_good=False)

    assert "! Packages" in out.getvalue()


def test_failed_step_is_shown_as_failed_and_the_error_goes_on(display):
    progress, out = display

    with pytest.raises(KeyError), progress.step("Clone"):
        raise KeyError

    assert "✘ Clone" in out.getvalue()


def test_steps_of_several_threads_are_all_kept(display):
    progress, _ = display

    def work(number):
        with progress.step(f"Step {number}"):
            return number

    with progress.shown(), ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(40)))

    assert {step.title for step in progress.ended} == {f"Step {number}" for number in range(40)}


def test_hostile_titles_are_printed_as_text(display):
    progress, out = display

    with progress.step("[red]\x1b[31m\u202eevil\n"):
        pass

    assert "\x1b" not in out.getvalue()
    assert "\u202e" not in out.getvalue()
    assert "[red]" in out.getvalue()


def test_question_makes_room_and_the_display_goes_on(display):
    progress, out = display

    with progress.shown(), progress.paused():
        assert not progress._live.is_started
    with progress.step("After"):
        pass

    assert "After" in out.getvalue()
