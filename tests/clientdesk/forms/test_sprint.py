"""What is filled in while a sprint runs is checked field by field."""

import pytest
from pydantic import ValidationError

from clientdesk.forms.sprint import DoneForm, ExtensionForm, TicketForm, TicketPriority, TimeForm


def test_words_are_taken_without_the_space_around_them():
    form = TimeForm(item=" item-1 ", minutes=-30, by=" Ada ", note="typing error")

    assert (form.item, form.by, form.minutes) == ("item-1", "Ada", -30)


def test_small_things_are_cosmetic_unless_somebody_says_otherwise():
    form = TicketForm(client="Harbour", title="Logo", minutes=30, by="Max")

    assert form.priority is TicketPriority.COSMETIC


@pytest.mark.parametrize(
    ("form", "given"),
    [
        (TimeForm, {"item": "item-1", "minutes": 2000, "by": "Ada"}),
        (TimeForm, {"item": "item-1", "minutes": 20, "by": " "}),
        (DoneForm, {"item": "item-1", "evidence": " ", "by": "Ada"}),
        (ExtensionForm, {"sprint": "Harbour", "minutes": 0, "approved_by": "Nora", "how": "mail", "by": "Max"}),
        (ExtensionForm, {"sprint": "Harbour", "minutes": 30, "approved_by": "", "how": "mail", "by": "Max"}),
        (TicketForm, {"client": "Harbour", "title": "Logo", "minutes": 30, "by": "Max", "priority": "standing"}),
    ],
)
def test_what_cannot_be_meant_is_refused(form, given):
    with pytest.raises(ValidationError):
        form(**given)
