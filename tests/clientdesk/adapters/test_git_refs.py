"""Which commit a name means."""

import pytest

from clientdesk.adapters.git_address import Source
from clientdesk.adapters.git_refs import FarRefs, wanted
from clientdesk.domain.refusal import Refusal

ONE, TWO = "1" * 40, "2" * 40
PLACE = Source("https://example.com/a", "https://example.com/a", "https")
REFS = FarRefs("main", ONE, {"refs/heads/main": ONE, "refs/heads/release": TWO, "refs/tags/release": ONE})


def test_no_name_means_the_default_branch():
    assert (wanted(REFS, "", PLACE).ref, wanted(REFS, "", PLACE).full) == ("main", "refs/heads/main")


def test_branch_comes_before_a_tag_of_its_name():
    assert wanted(REFS, "release", PLACE).id == TWO
    assert wanted(REFS, "refs/tags/release", PLACE).id == ONE


def test_branch_that_looks_like_a_commit_is_a_branch():
    refs = FarRefs("main", ONE, {"refs/heads/deadbeef": TWO})

    assert wanted(refs, "deadbeef", PLACE).full == "refs/heads/deadbeef"


def test_commit_may_be_written_in_capitals():
    assert wanted(REFS, "ABCDEF" + "0" * 34, PLACE).id == "abcdef" + "0" * 34


def test_missing_branch_names_the_nearest_ones():
    with pytest.raises(Refusal, match=r'no branch or tag "relese"; name one that it has, such as "release"'):
        wanted(REFS, "relese", PLACE)


def test_names_from_afar_are_printed_without_control_characters():
    with pytest.raises(Refusal, match=r'"\?\[31mred"'):
        wanted(FarRefs("", "", {"refs/heads/\x1b[31mred": ONE}), "nothing", PLACE)


def test_detached_head_is_named_by_the_branch_at_the_same_commit():
    assert wanted(FarRefs("", TWO, REFS.ids), "", PLACE).ref == "release"


def test_detached_head_without_a_branch_is_named_by_its_commit():
    assert wanted(FarRefs("", "3" * 40, REFS.ids), "", PLACE).ref == "333333333333"
