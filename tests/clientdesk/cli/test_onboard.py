"""What is said on the command line becomes the form of the intro call, or one line that says what is wrong."""

import click
import pytest

from clientdesk.cli.onboard import _form
from clientdesk.domain.intake import Expectation, Interest

SAID = {"company": "Example Ltd", "contact": "Ada Example", "email": "ada@example.com", "expects": ()}


def form(*repositories, **said):
    return _form(repositories or ("https://example.com/shop.git",), {**SAID, **said})


def test_everything_said_is_in_the_form():
    said = form(
        "https://example.com/shop.git#v2",
        "https://example.com/api.git",
        interest="retainer",
        expects=("24x7,maintenance", "monitoring"),
        notes="Deploys break on Fridays.",
        country="DE",
    )

    assert [(each.address, each.ref) for each in said.repositories] == [
        ("https://example.com/shop.git", "v2"),
        ("https://example.com/api.git", ""),
    ]
    assert said.interest is Interest.RETAINER
    assert said.expects == [Expectation.ROUND_THE_CLOCK, Expectation.MAINTENANCE, Expectation.MONITORING]
    assert (said.notes, said.country) == ("Deploys break on Fridays.", "DE")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"company": " "}, "--company"),
        ({"company": "Example\x07"}, "--company"),
        ({"contact": ""}, "--contact"),
        ({"email": "ada"}, "--email"),
        ({"expects": ("everything",)}, "--expects: 'everything' is none of office-hours-support"),
        ({"locale": "fr_FR"}, "--locale"),
        ({"country": "Germany"}, "--country"),
        ({"notes": "x" * 10_001}, "--notes"),
    ],
)
def test_what_is_wrong_is_said_with_its_option(said, words):
    with pytest.raises(click.UsageError) as refused:
        form(**said)

    assert refused.value.message.startswith(words)


def test_expectations_are_counted_once():
    assert form(expects=("24x7", "24x7")).expects == [Expectation.ROUND_THE_CLOCK]
