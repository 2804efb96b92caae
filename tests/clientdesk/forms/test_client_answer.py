"""The form of the client's answer."""

from datetime import date

import pytest

from clientdesk.domain.answers import ClientAnswer
from clientdesk.forms.client_answer import ClientAnswerForm


@pytest.mark.parametrize(("said", "is_yes"), [("accepted", True), ("declined", False)])
def test_form_becomes_an_answer(said, is_yes):
    form = ClientAnswerForm.model_validate(
        {"answer_given": said, "by": "Nora", "on": "2026-03-16", "words": "w", "recorded_by": "Max"}
    )

    assert form.answer() == ClientAnswer(is_yes, "Nora", date(2026, 3, 16), "e-mail", "w", "Max")
