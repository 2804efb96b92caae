"""The intro call's form: checked field by field, turned into domain values."""

import pytest
from fakes.desk import a_form
from pydantic import ValidationError

from clientdesk.domain.intake import Contact, Expectation, Interest, RepositoryAddress
from clientdesk.forms.intake import (
    _EXPECTATIONS,
    _INTERESTS,
    ContactForm,
    OnboardingForm,
    RepositoryForm,
)


def said(**more):
    return OnboardingForm.model_validate(a_form().model_dump(mode="json") | more)


def test_form_becomes_the_call():
    call = said(interest="payg", expects=["24x7"], notes="It hurts\nhere", vat_id="DE136695976").intro_call("en_IE")

    assert call.contacts == (Contact("Nora Feld", "nora.feld@harbour.com"),)
    assert (call.interest, call.expects) == (Interest.PAY_AS_YOU_GO, (Expectation.ROUND_THE_CLOCK,))
    assert (call.pains, call.country, call.vat_id) == ("It hurts\nhere", "DE", "DE136695976")


@pytest.mark.parametrize(("locale", "expected"), [("", "en_IE"), ("de_DE", "de_DE")])
def test_language_is_the_agencys_unless_it_is_said(locale, expected):
    assert said(locale=locale).intro_call("en_IE").locale == expected


def test_expectation_said_twice_counts_once():
    assert said(expects=["24x7", "upgrade", "24x7"]).expects == [Expectation.ROUND_THE_CLOCK, Expectation.UPGRADE]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("company", ""),
        ("company", "  "),
        ("company", "A\x07B"),
        ("company", "x" * 301),
        ("contacts", []),
        ("contacts", [{"name": "A", "email": "a at b"}]),
        ("repositories", []),
        ("repositories", [{"address": "a\x00b"}]),
        ("repositories", [{"address": "a", "credential": "Mine!"}]),
        ("interest", "love"),
        ("expects", ["miracles"]),
        ("notes", "x" * 10_001),
        ("locale", "german"),
        ("country", "de"),
        ("vat_id", "1\n2"),
        ("budget", "1"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(field, value):
    with pytest.raises(ValidationError) as refused:
        said(**{field: value})

    assert refused.value.errors()[0]["loc"][0] == field


def test_line_breaks_in_a_line_are_blanks():
    assert said(company="Harbour\nBookings\t GmbH\n").company == "Harbour Bookings GmbH"


def test_words_of_the_drop_downs_mean_what_the_program_knows():
    form = said(
        interest="a one-off upgrade sprint",
        expects=["monitoring", "a war room in incidents: a partner's"],
        locale="German (Austria)",
        country="Austria (AT)",
    )

    assert form.interest is Interest.UPGRADE_SPRINT
    assert form.expects == [Expectation.MONITORING, Expectation.WAR_ROOM]
    assert (form.locale, form.country) == ("de_AT", "AT")
    assert OnboardingForm.model_validate(form.model_dump(mode="json")) == form


@pytest.mark.parametrize(("words", "values"), [(_INTERESTS, Interest), (_EXPECTATIONS, Expectation)])
def test_everything_can_be_chosen(words, values):
    assert set(words.values()) == set(values)


def test_page_begins_with_one_entry_and_words_and_shows_nobody_a_pattern():
    schema = OnboardingForm.model_json_schema()

    begins = {name: field.get("default") for name, field in schema["properties"].items()}
    assert begins["contacts"] == begins["repositories"] == [{}]
    assert (begins["interest"], begins["country"]) == ("not decided yet", "not known yet")
    assert "pattern" not in str(schema)
    assert {"contacts", "repositories"} <= set(schema["required"])


def test_blanks_around_what_was_typed_do_not_count():
    assert ContactForm(name=" Nora ", email="nora@harbour.com").name == "Nora"
    assert RepositoryForm(address=" ../shop ", ref=" main ").meant() == RepositoryAddress("../shop", "main")


@pytest.mark.parametrize("form", [OnboardingForm, ContactForm, RepositoryForm])
def test_every_field_has_a_title_and_its_place_on_the_page(form):
    fields = form.model_json_schema()["properties"].values()

    places = [field["position"] for field in fields]
    assert places == list(range(1, len(places) + 1))
    assert all("title" in field for field in fields)


@pytest.mark.parametrize(
    ("text", "country", "kept"),
    [
        ("de 136 695 976", "DE", "DE136695976"),
        ("EL094259216", "GR", "EL094259216"),
        ("GR094259216", "", "EL094259216"),
        ("CHE-107.787.577", "CH", "CHE-107.787.577"),
        ("", "DE", ""),
    ],
)
def test_vat_id_of_good_form_is_written_together_and_one_of_elsewhere_is_left(text, country, kept):
    assert said(country=country, vat_id=text).vat_id == kept


@pytest.mark.parametrize(
    ("text", "country"), [("DE12", "DE"), ("DE136695977", "DE"), ("FR12345678901", ""), ("x", "FR")]
)
def test_vat_id_that_can_not_be_one_is_refused_with_the_reason(text, country):
    with pytest.raises(ValidationError, match="has not the form of a VAT ID of the EU"):
        said(country=country, vat_id=text)


def test_vat_id_counts_as_checked_only_by_somebody():
    assert said(country="DE", vat_id="DE136695976").intro_call("en_IE").vat_checked_by == ""
    checked = said(country="DE", vat_id="DE136695976", vat_checked_by="Eve Books").intro_call("en_IE")
    assert checked.vat_checked_by == "Eve Books"


def test_nobody_checks_a_vat_id_that_is_not_given():
    with pytest.raises(ValidationError, match="no VAT ID that could have been checked"):
        said(vat_checked_by="Eve Books")
