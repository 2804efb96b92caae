from __future__ import annotations

import click
import pytest

from clientdesk.cli.yardsticks import earlier_of, profile_of
from clientdesk.domain.refusal import Refusal


def test_where_no_file_is_named_there_is_nothing_to_judge_by():
    assert (profile_of(None), earlier_of(None)) == (None, None)


def test_profile_is_read(tmp_path):
    file = tmp_path / "shop.toml"
    file.write_text('[[ignore]]\npaths = ["legacy/**"]\nreason = "switched off"\n')

    assert profile_of(file) is not None


def test_earlier_audit_that_is_not_there_is_a_mistake_of_the_command(tmp_path):
    with pytest.raises(click.UsageError, match="can't be read"):
        earlier_of(tmp_path / "none.json")


def test_file_that_is_no_audit_is_refused(tmp_path):
    file = tmp_path / "other.json"
    file.write_text("{}")

    with pytest.raises(Refusal):
        earlier_of(file)
