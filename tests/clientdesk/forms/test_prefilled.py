"""Initial values change nothing else about a form."""

import pytest
from pydantic import ValidationError

from clientdesk.forms.account_lead import AccountLeadForm
from clientdesk.forms.engineer import EngineerForm
from clientdesk.forms.prefilled import prefilled


def test_titles_limits_and_places_stay():
    filled = prefilled(AccountLeadForm, {"discount": 5.0, "by": "Max"})

    before = AccountLeadForm.model_json_schema()["properties"]
    after = filled.model_json_schema()["properties"]
    assert after == before | {
        "discount": before["discount"] | {"default": 5.0},
        "by": before["by"] | {"default": "Max"},
    }
    with pytest.raises(ValidationError):
        filled(discount=-5)


def test_form_itself_is_left_as_it_was():
    prefilled(EngineerForm, {"by": "Ada"})

    assert EngineerForm().by == ""


def test_unknown_field_is_refused():
    with pytest.raises(KeyError):
        prefilled(EngineerForm, {"name": "Ada"})
