"""The account lead's word."""

import pytest

from clientdesk.domain.releasing import Course, Release, Unreleased, change_of
from clientdesk.domain.revising import Change

NOTHING = Change("Max", "")


@pytest.mark.parametrize(
    ("course", "is_sent", "is_stopped"),
    [(Course.SEND, True, False), (Course.CHANGE, False, False), (Course.STOP, False, True)],
)
def test_word_says_what_happens(course, is_sent, is_stopped):
    word = Release(course, NOTHING)

    assert (word.is_sent, word.is_stopped, word.by) == (is_sent, is_stopped, "Max")


def test_change_of_nothing_is_refused():
    with pytest.raises(Unreleased, match="nothing is to be changed"):
        change_of(Release(Course.CHANGE, NOTHING))


def test_change_is_handed_on():
    change = Change("Max", "why", bucket=8)

    assert change_of(Release(Course.CHANGE, change)) is change
