"""The register of secrets: one entry for each name and place, and the latest rotation counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from fakes.business import a_client

from clientdesk.domain.secret_register import RegisteredSecret
from clientdesk.ports.records import UnknownRecord

KEY = RegisteredSecret("STRIPE_SECRET_KEY", "Heroku, shop-production", "Nora Feld", 90, date(2026, 1, 1))


def test_secret_comes_back_and_belongs_to_its_client(register, store):
    client, other = a_client(store), a_client(store, "Other")

    assert register.keep(client, KEY) == KEY
    assert register.secrets_of(client) == (KEY,)
    assert register.secrets_of(other) == ()


def test_second_word_changes_owner_and_interval_and_keeps_the_later_rotation(register, store):
    client = a_client(store)
    register.keep(client, KEY)

    changed = register.keep(client, replace(KEY, name="stripe_secret_key", owner="Max", every_days=30, rotated_on=None))

    assert changed == replace(KEY, owner="Max", every_days=30)
    assert register.secrets_of(client) == (changed,)


def test_rotation_is_kept_and_an_earlier_day_changes_nothing(register, store):
    client = a_client(store)
    register.keep(client, replace(KEY, rotated_on=None))

    assert register.rotated(client, KEY.key, date(2026, 4, 7)).rotated_on == date(2026, 4, 7)
    assert register.rotated(client, KEY.key, date(2026, 4, 1)).rotated_on == date(2026, 4, 7)


def test_forgotten_secret_is_gone(register, store):
    client = a_client(store)
    register.keep(client, KEY)

    assert register.forget(client, KEY.key) == KEY
    assert register.secrets_of(client) == ()
    with pytest.raises(UnknownRecord):
        register.forget(client, KEY.key)


def test_secrets_are_listed_by_name(register, store):
    client = a_client(store)
    for name in ("b", "A", "c"):
        register.keep(client, replace(KEY, name=name))

    assert [each.name for each in register.secrets_of(client)] == ["A", "b", "c"]
