"""A drop-down of what is there, and the value behind the word."""

import pytest
from pydantic import ValidationError

from clientdesk.forms.picking import one_of

FORM = one_of("Client", {"Harbour GmbH (3f9a)": "3f9a", "Curlew Ltd (abcd)": "abcd"})


def test_words_are_shown_and_the_first_is_chosen():
    field = FORM.model_json_schema()["properties"]["choice"]

    assert field["enum"] == ["Harbour GmbH (3f9a)", "Curlew Ltd (abcd)"]
    assert (field["default"], field["title"]) == ("Harbour GmbH (3f9a)", "Client")


def test_a_choice_is_not_called_optional():
    assert FORM.model_json_schema()["required"] == ["choice"]


def test_word_becomes_the_value():
    assert FORM(choice="Curlew Ltd (abcd)").choice == "abcd"
    assert FORM().choice == "3f9a"


def test_what_is_no_text_is_refused():
    with pytest.raises(ValidationError):
        FORM(choice=3)
