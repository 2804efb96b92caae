"""The forms that change windows."""

from datetime import date

import pytest
from pydantic import ValidationError

from clientdesk.forms.windows import HOW, CallOff, CallOffForm, ExtraWindowForm, RescheduleForm, another_day

WHO = {"by": " Max Lead ", "why": " they asked "}


def test_forms_take_what_was_filled_in_without_its_blanks():
    form = RescheduleForm.model_validate({"window": " Albatross ", "to": "2026-04-09", **WHO})

    assert (form.window, form.to, form.by, form.why) == ("Albatross", date(2026, 4, 9), "Max Lead", "they asked")


@pytest.mark.parametrize(("word", "how"), HOW.items())
def test_calling_off_is_a_drop_down_of_readable_words(word, how):
    form = CallOffForm.model_validate({"window": "Albatross", "how": word, **WHO})

    assert form.how is how
    assert CallOffForm.model_json_schema()["properties"]["how"]["enum"] == list(HOW)
    assert set(HOW.values()) == set(CallOff)


def test_days_are_chosen_from_a_calendar():
    assert RescheduleForm.model_json_schema()["properties"]["to"]["format"] == "date"
    assert ExtraWindowForm.model_json_schema()["properties"]["on"]["format"] == "date"


@pytest.mark.parametrize("missing", ["window", "by", "why"])
def test_change_without_which_who_or_why_is_refused(missing):
    said = {"window": "Albatross", **WHO, missing: "  "}

    with pytest.raises(ValidationError):
        CallOffForm.model_validate(said)


def test_another_day_is_one_of_those_offered_any_other_or_none():
    form = another_day({"Thursday 9 April 2026": date(2026, 4, 9)})
    schema = form.model_json_schema()["properties"]

    assert schema["day"]["enum"] == ["Thursday 9 April 2026", "another day, as below", "none: leave it as it is"]
    assert schema["day"]["default"] == "Thursday 9 April 2026"
    assert (schema["other"]["format"], "default" in schema["other"]) == ("date", False)
    assert form(day="Thursday 9 April 2026").chosen == form().chosen == date(2026, 4, 9)
    assert form(day="another day, as below", other="2026-04-10").chosen == date(2026, 4, 10)
    assert form(day="another day, as below").chosen is None
    assert form(day="none: leave it as it is").is_stopped
    assert form.model_json_schema()["required"] == ["day"]


def test_day_that_was_picked_counts_more_than_the_one_that_the_form_began_with():
    form = another_day({"Thursday 9 April 2026": date(2026, 4, 9)})

    assert form(day="Thursday 9 April 2026", other="2026-04-10").chosen == date(2026, 4, 10)


def test_with_no_day_to_offer_any_can_be_said():
    assert another_day({})(other="2026-04-10").chosen == date(2026, 4, 10)
