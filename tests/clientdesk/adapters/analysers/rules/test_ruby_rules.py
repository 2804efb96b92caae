"""The rules themselves are held to some two hundred planted faults by tests/project/test_precision.py."""

import pytest
from fakes.parsed import broken_rules


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def a\n  referer = request.headers['Referer']\n  redirect_to referer\nend", []),
        ("http.verify_mode = OpenSSL::SSL::VERIFY_NONE if options[:no_check_certificate]", []),
        ("def a\n  config.secret_key = '6LdAAAAAAAAAAAAAAAAAAAAAAAAAA'\nend", []),
        ("redirect_to params.except(:a).permit!.to_h", []),
        ("skip_forgery_protection\nbefore_action { head 401 unless params[:secret] == x }", ["rb-csrf-skipped-partly"]),
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
