"""`clientdesk secrets`: names and places; a value is refused and not repeated."""

import pytest
from fakes.command import refused, said
from fakes.sprint_runs import an_agreed_window

WHOSE = ("--client", "Harbour Bookings GmbH", "--place", "Heroku, shop-production")


@pytest.fixture
def desk():
    return an_agreed_window()[0]


def test_secret_is_added_listed_rotated_and_forgotten(desk):
    assert "no secret" in said(desk, "secrets", "list", *WHOSE[:2])
    added = said(desk, "secrets", "add", "STRIPE_SECRET_KEY", *WHOSE, "--owner", "Nora Feld", "--rotated", "2025-12-01")
    assert added.splitlines()[1].split()[-1] == "due"

    rotated = said(desk, "secrets", "rotated", "stripe_secret_key", *WHOSE)

    assert f"{desk.today()}" in rotated
    assert "STRIPE_SECRET_KEY" in said(desk, "secrets", "list", *WHOSE[:2])
    assert "no longer" in said(desk, "secrets", "forget", "STRIPE_SECRET_KEY", *WHOSE)
    assert "no such secret" in refused(desk, "secrets", "forget", "STRIPE_SECRET_KEY", *WHOSE)


def test_value_is_refused(desk):
    value = "sk_live_" + "abcdef123456"

    said_so = refused(desk, "secrets", "add", value, *WHOSE, "--owner", "Nora Feld")

    assert "looks like a secret itself" in said_so
    assert value not in said_so


def test_rotation_in_the_future_is_refused(desk):
    said(desk, "secrets", "add", "SENTRY_DSN", *WHOSE, "--owner", "Nora Feld")

    assert "yet to come" in refused(desk, "secrets", "rotated", "SENTRY_DSN", *WHOSE, "--on", "2030-01-01")
