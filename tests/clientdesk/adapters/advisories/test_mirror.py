from __future__ import annotations

from datetime import UTC, datetime

import pytest
from fakes.osv_service import advisory

from clientdesk.adapters.advisories.answers import Pin
from clientdesk.adapters.advisories.mirror import Mirror
from clientdesk.adapters.advisories.mirror_file import write_mirror
from clientdesk.adapters.advisories.osv_record import osv_record

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def mirror(folder, *given):
    for ecosystem in {each["affected"][0]["package"]["ecosystem"] for each in given}:
        some = [osv_record(each, ecosystem) for each in given]
        write_mirror(folder / f"{ecosystem}.sqlite", ecosystem, [each for each in some if each.affected], MONDAY)
    return Mirror(folder)


@pytest.mark.parametrize(
    ("ecosystem", "name", "below", "fixed"),
    [
        ("PyPI", "flask", "1.0rc1", "1.0"),
        ("npm", "lodash", "4.17.20", "4.17.21"),
        ("RubyGems", "rails", "6.1.7.9", "6.1.7.10"),
        ("Packagist", "symfony/http", "5.4.9.1", "5.4.10"),
        ("Go", "example.com/a", "1.9.0", "1.10.0"),
    ],
)
def test_every_ecosystem_is_matched_by_its_own_order(tmp_path, ecosystem, name, below, fixed):
    asked = mirror(tmp_path, advisory(name, fixed, ecosystem=ecosystem))
    affected, mended = Pin(ecosystem, name, below), Pin(ecosystem, name, fixed)

    answers = asked.answers([affected, mended])

    assert [each.fixed_in for each in answers.known[affected]] == [(fixed,)]
    assert answers.known[mended] == ()


def test_two_collections_names_of_one_weakness_are_one(tmp_path):
    ours = advisory("flask", "1.0", number="PYSEC-1", alias="CVE-1")
    theirs = advisory("flask", "1.0.1", number="GHSA-1", alias="CVE-1")

    (known,) = mirror(tmp_path, ours, theirs).answers([Pin("PyPI", "flask", "0.1")]).known.values()

    assert [(each.id, each.fixed_in) for each in known] == [("GHSA-1", ("1.0.1",))]


def test_what_is_not_loaded_or_has_no_order_failed_and_is_not_clean(tmp_path):
    asked = mirror(tmp_path, advisory("flask", "1.0"))
    missing, odd = Pin("npm", "lodash", "1.0.0"), Pin("PyPI", "flask", "newest")

    answers = asked.answers([missing, odd])

    assert answers.known == {}
    assert answers.failed[missing] == "no advisories for npm are loaded"
    assert "no version of PyPI" in answers.failed[odd]


def test_a_damaged_file_is_a_reason_and_costs_no_other_ecosystem(tmp_path):
    asked = mirror(tmp_path, advisory("flask", "1.0"))
    (tmp_path / "npm.sqlite").write_bytes(b"damaged")
    flask, lodash = Pin("PyPI", "flask", "0.1"), Pin("npm", "lodash", "1.0.0")

    answers = asked.answers([flask, lodash])

    assert list(answers.known) == [flask]
    assert "load it again" in answers.failed[lodash]
    assert [state.ecosystem for state in asked.states()] == ["PyPI"]
    assert len(asked.problems()) == 1


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    asked = Mirror(tmp_path / "none")

    assert (asked.is_there, asked.states(), asked.problems()) == (False, (), ())
