"""The rules themselves are held to some two hundred planted faults by tests/project/test_precision.py."""

import pytest
from fakes.parsed import broken_rules


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("host.verify_mode = safe ? OpenSSL::SSL::VERIFY_PEER : OpenSSL::SSL::VERIFY_NONE", []),
        ("redirect_to return_to, allow_other_host: false", []),
        ("redirect_to @post.comments.new(post_params)", []),
        ("select('x', from: 'y')", []),
        ('letter.from("#{name} <a@example.com>")', []),
        ('users.where("a = #{b}")', ["rb-sql-unclear"]),
        ('def a(b)\n  lock.synchronize { exec("x #{b}") }\nend', ["rb-command"]),
    ],
)
def test_what_real_repositories_taught(source, expected):
    assert broken_rules("ruby", source) == expected
