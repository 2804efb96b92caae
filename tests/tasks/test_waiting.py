"""A question is asked until its answer can be taken up, with all that was said."""

from datetime import timedelta

import pytest

from clientdesk.forms.engineer import EngineerForm
from clientdesk.steps.hearing import Heard
from tasks import waiting


class Run:
    """What a run has kept of its forms; its process goes on at once with the answer that is said next."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.kept = {}
        self.asked = []

    def suspend(self, wait_for_input, timeout, key):
        self.asked.append((key, wait_for_input._description, wait_for_input.model_fields["by"].default, timeout))
        self.kept[f"suspended-{key}-schema"] = {}
        if self.answers:
            self.kept[f"suspended-{key}-response"] = self.answers.pop(0)
        raise ProcessEndedError


class ProcessEndedError(Exception):
    pass


@pytest.fixture
def run(monkeypatch):
    run = Run()
    monkeypatch.setattr(waiting, "suspend_flow_run", run.suspend)
    monkeypatch.setattr(waiting, "read_flow_run_input", run.kept.get)
    return run


def from_its_top(hear, patience=timedelta(days=1)):
    """The run's processes, one after the other, as long as each only waits."""
    while True:
        try:
            return waiting.answered(EngineerForm, "engineer-1", lambda of: f"Facts of {of}.", hear, "a", patience)
        except ProcessEndedError:
            continue


def test_answer_that_cannot_be_taken_up_is_asked_again_with_all_that_was_said(run):
    run.answers = [{"by": "Ada"}, {}]

    heard = from_its_top(
        lambda turn, *_: (
            Heard(is_final=True, is_yes=True) if turn == "engineer-1-2" else Heard(is_final=False, problem="no reason")
        )
    )

    assert heard.is_yes
    assert run.asked == [
        ("engineer-1-1", "Facts of a.", "", 86_400),
        ("engineer-1-2", "**Please correct:** no reason\n\n---\n\nFacts of a.", "Ada", 86_400),
    ]


def test_what_was_said_before_the_run_ended_is_not_asked_again(run):
    run.kept["suspended-engineer-1-1-response"] = {"by": "Ada"}

    heard = from_its_top(lambda _, said, __: Heard(is_final=True, problem=said.by))

    assert heard.problem == "Ada"
    assert run.asked == []


def test_form_that_nobody_filled_in_is_asked_again_under_another_name_and_its_defaults_are_no_answer(run):
    run.kept["suspended-engineer-1-1-schema"] = {}
    run.answers = [{"by": "Ada"}]

    heard = from_its_top(lambda turn, said, _: Heard(is_final=True, problem=f"{turn} {said.by}"))

    assert [asked[0] for asked in run.asked] == ["engineer-1-1-again-1"]
    assert heard.problem == "engineer-1-1 Ada"


def test_suspension_that_comes_back_without_an_answer_is_none(run, monkeypatch):
    suspend = run.suspend

    def comes_back(wait_for_input, timeout, key):
        return wait_for_input() if key == "engineer-1-1" else suspend(wait_for_input, timeout, key)

    monkeypatch.setattr(waiting, "suspend_flow_run", comes_back)
    run.answers = [{"by": "Ada"}]

    assert from_its_top(lambda _, said, __: Heard(is_final=True, problem=said.by)).problem == "Ada"


def test_run_that_was_not_deployed_cannot_wait():
    assert not waiting.can_wait()
