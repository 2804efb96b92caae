"""A question is asked until its answer can be taken up, with all that was said."""

from datetime import timedelta

from clientdesk.forms.engineer import EngineerForm
from clientdesk.steps.hearing import Heard
from tasks import waiting


def test_answer_that_cannot_be_taken_up_is_asked_again_with_all_that_was_said(monkeypatch):
    shown = []

    def suspended(wait_for_input, timeout, key):
        shown.append((key, wait_for_input._description, wait_for_input.model_fields["by"].default, timeout))
        return wait_for_input(by="Ada") if len(shown) == 1 else wait_for_input()

    monkeypatch.setattr(waiting, "suspend_flow_run", suspended)
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


def test_run_that_was_not_deployed_cannot_wait():
    assert not waiting.can_wait()
