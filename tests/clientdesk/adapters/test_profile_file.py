from __future__ import annotations

import hashlib
from datetime import date

import pytest

from clientdesk.adapters.profile_file import BadProfile, read_profile
from clientdesk.audit.profile import Acceptance, IgnoredPath

GOOD = """\
[[ignore]]
paths = ["legacy/**", "docs/"]
reason = "switched off in June"

[[accept]]
fingerprint = "0123456789abcdef"
reason = "runs on the build machine only"
by = "Ada"
until = 2026-12-31
"""


@pytest.fixture
def refused(tmp_path):
    def read(text):
        path = tmp_path / "shop.toml"
        path.write_text(text)
        with pytest.raises(BadProfile) as error:
            read_profile(path)
        return str(error.value).splitlines()

    return read


def test_a_profile_says_what_is_set_aside_why_by_whom_and_until_when(tmp_path):
    path = tmp_path / "shop.toml"
    path.write_text(GOOD)

    profile = read_profile(path)

    assert profile.ignored == (
        IgnoredPath("legacy/**", "switched off in June"),
        IgnoredPath("docs/", "switched off in June"),
    )
    assert profile.accepted == (
        Acceptance("0123456789abcdef", "runs on the build machine only", "Ada", date(2026, 12, 31)),
    )
    assert (profile.name, profile.sha256) == ("shop.toml", hashlib.sha256(GOOD.encode()).hexdigest())


def test_an_empty_profile_sets_nothing_aside(tmp_path):
    path = tmp_path / "shop.toml"
    path.write_text("")

    assert (read_profile(path).ignored, read_profile(path).accepted) == ((), ())


def test_everything_wrong_is_said_at_once_with_its_key_and_line(refused):
    text = GOOD + '\n[[accept]]\nfingerprint = "xyz"\nreason = ""\nbye = "Ada"\nuntil = "soon"\n\n[checks]\nonly = 1\n'

    assert refused(text) == [
        "shop.toml, line 11: accept.by: is missing: it must be the name of whoever accepts it",
        "shop.toml, line 12: accept.fingerprint: must be a finding's fingerprint: 16 digits 0-9, a-f",
        "shop.toml, line 13: accept.reason: must be the reason in words",
        "shop.toml, line 14: accept.bye: is not known; did you mean by?",
        "shop.toml, line 15: accept.until: must be the last day on which it holds, as in 2026-12-31",
        "shop.toml, line 17: checks: is not known; known are: accept, ignore",
    ]


def test_a_path_is_said_from_the_top_and_with_a_reason(refused):
    assert refused('[[ignore]]\npaths = ["/etc"]\n') == [
        "shop.toml, line 1: ignore.reason: is missing: it must be the reason in words",
        'shop.toml, line 2: ignore.paths: must be globs from the top, as in ["legacy/**", "**/*.min.js"]',
    ]


def test_what_is_no_toml_is_said_with_its_line(refused):
    (sentence,) = refused("[[ignore]]\npaths = [\n")

    assert sentence.startswith("shop.toml, ")


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(BadProfile, match=r"shop.toml can't be read: No such file"):
        read_profile(tmp_path / "shop.toml")
