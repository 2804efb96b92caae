"""A question is asked until its answer can be taken up, with all that was said."""

from datetime import timedelta

import pytest

from clientdesk.forms.engineer import EngineerForm
from clientdesk.steps.hearing import Heard
from tasks import waiting


def test_answer_that_cannot_be_taken_up_is_asked_again_with_all_that_was_said(monkeypatch):
    shown = []

    def suspended(wait_for_input, timeout, key):
        shown.append((key, wait_for_input._description, wait_for_input.model_fields["by"].default, timeout))
        return wait_for_input(by="Ada") if len(shown) == 1 else wait_for_input()

    monkeypatch.setattr(waiting, "suspend_flow_run", suspended)
    monkeypatch.setattr(waiting, "_said_before", lambda _: {})
    heard = waiting.answered(
        EngineerForm,
        "engineer-1",
        lambda subject: f"Facts of {subject}.",
        lambda turn, said, subject: (
            Heard(is_final=True, is_yes=True) if turn == "engineer-1-2" else Heard(is_final=False, problem="no reason")
        ),
        "a",
        timedelta(days=1),
    )

    assert heard.is_yes
    assert shown == [
        ("engineer-1-1", "Facts of a.", "", 86_400),
        ("engineer-1-2", "> **Please correct:** no reason\n\nFacts of a.", "Ada", 86_400),
    ]


def test_what_was_said_before_the_run_ended_is_not_asked_again(monkeypatch):
    monkeypatch.setattr(waiting, "suspend_flow_run", lambda **_: pytest.fail("asked again"))
    monkeypatch.setattr(waiting, "read_flow_run_input", {"suspended-engineer-1-1-response": {"by": "Ada"}}.get)

    heard = waiting.answered(
        EngineerForm, "engineer-1", str, lambda _, said, __: Heard(is_final=True, problem=said.by), "a", timedelta(1)
    )

    assert heard.problem == "Ada"


def test_form_that_nobody_filled_in_is_made_anew(monkeypatch):
    kept = {"suspended-engineer-1-1-schema": {}, "suspended-engineer-1-1-description": "x"}
    monkeypatch.setattr(waiting, "suspend_flow_run", lambda wait_for_input, **_: wait_for_input(by="Ada"))
    monkeypatch.setattr(waiting, "read_flow_run_input", kept.get)
    monkeypatch.setattr(waiting, "delete_flow_run_input", kept.pop)

    waiting.answered(EngineerForm, "engineer-1", str, lambda *_: Heard(is_final=True), "a", timedelta(1))

    assert kept == {}


def test_run_that_was_not_deployed_cannot_wait():
    assert not waiting.can_wait()
