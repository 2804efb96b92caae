"""Drop-downs."""

from typing import Annotated

import pytest
from pydantic import BaseModel, ValidationError

from clientdesk.domain.vat import EU
from clientdesk.forms.choices import OneOf, begins_with, countries

WORDS = {"as ever": "", "on foot": "foot"}


class Way(BaseModel):
    way: Annotated[str, OneOf(WORDS)] = ""


def test_form_offers_the_words_alone():
    assert Way.model_json_schema()["properties"]["way"]["enum"] == ["as ever", "on foot"]


@pytest.mark.parametrize("said", ["on foot", "foot"])
def test_word_and_value_mean_the_value_and_are_written_as_the_word(said):
    way = Way(way=said)

    assert way.way == "foot"
    assert way.model_dump() == {"way": "foot"}
    assert way.model_dump(mode="json") == {"way": "on foot"}


def test_value_without_a_word_stays():
    assert Way(way="by boat").model_dump(mode="json") == {"way": "by boat"}


def test_what_is_no_text_is_left_to_the_fields_own_type():
    with pytest.raises(ValidationError, match="valid string"):
        Way(way=["on foot"])


def test_first_word_is_what_is_shown():
    assert begins_with(WORDS) == {"default": "as ever"}


def test_countries_are_named_with_their_codes_and_hold_the_union():
    offered = countries()

    assert offered["Germany (DE)"] == "DE"
    assert set(offered.values()) >= EU
    assert not {"EU", "ZZ", "UN"} & set(offered.values())
    assert next(iter(offered.values())) == ""
