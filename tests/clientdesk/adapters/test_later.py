from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from clientdesk.adapters.later import later


class Slow:
    made = 0

    def __init__(self):
        type(self).made += 1

    def answer(self):
        return 42


def test_nothing_is_made_before_it_is_asked_and_then_once():
    Slow.made = 0
    stand_in = later(Slow)
    before = Slow.made

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: stand_in.answer(), range(50)))

    assert (before, answers, Slow.made) == (0, {42}, 1)


def test_failure_to_make_it_is_told_when_it_is_asked_and_tried_again():
    tries = []

    def make():
        tries.append(1)
        if len(tries) == 1:
            raise OSError("no database")
        return Slow()

    stand_in = later(make)

    with pytest.raises(OSError, match="no database"):
        stand_in.answer()
    assert stand_in.answer() == 42
