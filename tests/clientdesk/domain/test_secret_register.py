"""The register knows names and places, and refuses what may be a value."""

from __future__ import annotations

from datetime import date

import pytest

from clientdesk.domain.secret_register import BadSecretEntry, LooksLikeSecret, RegisteredSecret

LAST = date(2026, 1, 1)
VALUES = [
    "AKIA" + "IOSFODNN7EXAMPLE",
    "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a",
    "xoxb-" + "123456789012-abcdef",
    "postgres://app:hunter2" + "@db/production",
    "password=hunter22",
    "API_KEY: abcd1234",
    "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY",
    "5f4dcc3b5aa765d61d8327deb882cf99",
    "c0a8012e-4b7d-4e8a-9f3b-2f1f6f0f9a77",
    "eyJhbGciOiJIUzI1NiJ9.e30.abc",
    "-----BEGIN RSA " + "PRIVATE KEY-----",
    "sk_live_" + "abcdef123456",
    "R3allyL0ngP4ssw0rdXyZ123",
    "dGhpc2lzYXNlY3JldHRva2VuMTIz",
]
NAMES = [
    "STRIPE_SECRET_KEY",
    "Heroku config of shop-production",
    "GitHub Actions secrets of harbour/booking-service",
    "1Password vault: Harbour Bookings",
    "config/credentials.yml.enc",
    "AWS_SECRET_ACCESS_KEY_PRODUCTION",
    "kubernetes/overlays/production/sealed-secrets.yaml",
    "HarbourBookingsProductionDatabase",
    "https://vault.example.com/ui/vault/secrets/shop",
    "Deploy key of harbour-bookings-web-frontend",
    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/stripe",
    "Schlüssel für den Zahlungsdienst",
]


def secret(name="STRIPE_SECRET_KEY", place="Heroku, shop-production", owner="Nora Feld", **more):
    return RegisteredSecret(name, place, owner, **{"every_days": 90, "rotated_on": LAST, **more})


@pytest.mark.parametrize("text", VALUES)
@pytest.mark.parametrize("field", ["name", "place", "owner"])
def test_what_looks_like_a_value_is_refused_without_being_repeated(text, field):
    with pytest.raises(LooksLikeSecret) as refused:
        secret(**{field: text})

    assert text not in str(refused.value)


@pytest.mark.parametrize("text", NAMES)
def test_names_and_places_as_people_write_them_are_kept(text):
    assert secret(name=text, place=text).name == text


@pytest.mark.parametrize("wrong", [{"name": " "}, {"place": "a\nb"}, {"owner": "x" * 121}, {"every_days": 0}])
def test_entry_that_says_nothing_is_refused(wrong):
    with pytest.raises(BadSecretEntry):
        secret(**wrong)


def test_secret_is_due_on_the_day_that_its_interval_is_over():
    assert not secret().is_due(date(2026, 3, 31))
    assert secret().is_due(date(2026, 4, 1))
    assert secret().due_on == date(2026, 4, 1)


def test_secret_of_unknown_age_is_due_at_once():
    assert secret(rotated_on=None).is_due(LAST)
    assert secret(rotated_on=None).due_on is None


def test_spelling_makes_no_second_entry():
    assert secret(name=" stripe_secret_key ").key == secret().key
