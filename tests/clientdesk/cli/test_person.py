"""Who sits at the terminal."""

import getpass

import click
import pytest

from clientdesk.cli.person import person


def test_name_given_counts_before_the_login():
    assert person("  Max Lead ") == "Max Lead"
    assert person("") == getpass.getuser()


def test_login_without_a_name_must_say_one(monkeypatch):
    def nobody():
        raise KeyError("uid 4711")

    monkeypatch.setattr(getpass, "getuser", nobody)

    with pytest.raises(click.UsageError, match="--by NAME"):
        person("")
