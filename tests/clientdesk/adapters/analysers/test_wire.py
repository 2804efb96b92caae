from __future__ import annotations

import io

import pytest

from clientdesk.adapters.analysers import wire
from clientdesk.adapters.analysers.wire import Job


def test_batches_arrive_as_they_were_sent():
    sent = [[Job("ruby", "1", b"a"), Job("go", "2", b"")], [Job("php", "3", b"\0\n")]]

    stream = io.BytesIO(b"".join(map(wire.batch_bytes, sent)))

    assert list(wire.batches(stream)) == [[("ruby", b"a"), ("go", b"")], [("php", b"\0\n")]]


def test_answer_arrives_as_it_was_given():
    content = wire.answer_bytes({"unread": "a \ud800 reason"})

    assert wire.answer_size(content[: wire.HEAD]) == len(content) - wire.HEAD
    assert wire.answer_of(content[wire.HEAD :]) == {"unread": "a \ud800 reason"}


def test_answer_too_large_to_be_ours_is_refused():
    with pytest.raises(ValueError, match="bytes"):
        wire.answer_size(b"\xff\xff\xff\xff")


def test_answer_larger_than_may_be_kept_says_so(monkeypatch):
    monkeypatch.setattr(wire, "ANSWER_LIMIT", 100)

    assert b"more findings" in wire.answer_bytes({"issues": ["x" * 200]})


@pytest.mark.parametrize("content", [b"[1]", b"{", b"\xff"])
def test_nonsense_is_no_answer(content):
    with pytest.raises(ValueError):  # noqa: PT011  any of the parsers' own
        wire.answer_of(content)
