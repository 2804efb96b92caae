from __future__ import annotations

import json

import pytest

from clientdesk.adapters.analysers.kingfisher import Hit
from clientdesk.adapters.analysers.leak_records import kept, leak, leaks_of
from clientdesk.adapters.analysers.secret_mask import Mask
from clientdesk.audit.scans import Doubt, Leak

LEAK = Leak("github-pat", "words", "high", "src/a.py", 3, "abc", "ghp_… (40 characters)", "c1", Doubt.OWN_MACHINE)


def test_hit_and_mask_make_a_leak():
    hit = Hit("github-pat", "words", "high", "./odd-0.py", 3, 0, 9, "[REDACTED:1]", "c1")

    assert leak(hit, "src/a.py", Mask("abc", "ghp_… (40 characters)", Doubt.OWN_MACHINE)) == LEAK


def test_what_is_kept_comes_back_as_it_was():
    result = json.loads(json.dumps(kept([LEAK, LEAK])))

    assert list(leaks_of(result)) == [LEAK, LEAK]


@pytest.mark.parametrize(
    "result",
    [{}, {"leaks": None}, {"leaks": [1, {}]}, {"leaks": [{"rule": "x", "path": "y", "line": "1", "doubt": ""}]}],
)
def test_what_is_no_record_is_none(result):
    assert list(leaks_of(result)) == []
