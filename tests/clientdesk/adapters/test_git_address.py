"""Which addresses reach git, and how they are printed."""

import pytest

from clientdesk.adapters.git_address import source_of
from clientdesk.domain.refusal import Refusal


def printed(address):
    return source_of(address, folders_allowed=True).printed


def refusal_of(address, *, folders_allowed=True):
    with pytest.raises(Refusal) as refused:
        source_of(address, folders_allowed=folders_allowed)
    return str(refused.value)


@pytest.mark.parametrize(
    ("address", "shown", "protocol"),
    [
        ("https://github.com/pallets/flask", "https://github.com/pallets/flask", "https"),
        ("  https://git.example.com:8443/a/b.git ", "https://git.example.com:8443/a/b.git", "https"),
        ("http://127.0.0.1:8080/a.git", "http://127.0.0.1:8080/a.git", "http"),
        ("http://[::1]:8080/a.git", "http://[::1]:8080/a.git", "http"),
        ("ssh://git@example.com:2222/a/b.git", "ssh://example.com:2222/a/b.git", "ssh"),
        ("git@github.com:pallets/flask.git", "github.com:pallets/flask.git", "ssh"),
        ("example.com:~anna/app", "example.com:~anna/app", "ssh"),
    ],
)
def test_ordinary_addresses_pass_and_are_printed_without_a_user_name(address, shown, protocol):
    source = source_of(address, folders_allowed=False)

    assert (source.printed, source.protocol, source.url) == (shown, protocol, address.strip())


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "is empty"),
        ("-oProxyCommand=touch /tmp/x", "can't begin with"),
        ("--upload-pack=touch /tmp/x", "can't begin with"),
        ("ext::sh -c touch% /tmp/x", "start a program of their choice"),
        ("fd::17", "start a program of their choice"),
        ("file:///etc", "name the folder itself"),
        ("git://example.com/a.git", "git:// addresses are refused"),
        ("ftp://example.com/a.git", "ftp:// addresses are refused"),
        ("http://example.com/a.git", "give the https:// address"),
        ("http://127.0.0.1.example.com/a.git", "give the https:// address"),
        ("https://example.com/a\nb", "line break"),
        ("https://example.com/a\x00b", "line break"),
        ("https://example.com", "characters that no repository address needs"),
        ("https://-oProxyCommand=x/a", "characters that no repository address needs"),
        ("ssh://-oProxyCommand=x/a", "characters that no repository address needs"),
        ("ssh://git@-oProxyCommand=x/a", "characters that no repository address needs"),
        ("https://example.com/a;touch x", "characters that no repository address needs"),
        ("https://[example.com/a", "can't be read"),
        ("git@-oProxyCommand=x:a", "none that can be cloned"),
        ("git@example.com:-a", "none that can be cloned"),
        ("git@example.com:$(touch x)", "none that can be cloned"),
        ("https://example.com/a?ref=main", "? or # part"),
        ("https://example.com/a#readme", "? or # part"),
    ],
)
def test_disguised_and_unsafe_addresses_are_refused_with_a_sentence(address, words):
    assert words in refusal_of(address)


@pytest.mark.parametrize(
    "address",
    ["https://anna:s3cret@example.com/a", "https://ghp_s3cret@example.com/a", "ssh://git:s3cret@example.com/a"],
)
def test_credentials_in_an_address_are_refused_and_never_repeated(address):
    words = refusal_of(address)

    assert "password or token" in words
    assert "s3cret" not in words


def test_folder_is_read_only_where_a_person_at_the_terminal_names_it(tmp_path):
    assert printed(str(tmp_path)) == str(tmp_path.resolve())
    assert "at the terminal" in refusal_of(str(tmp_path), folders_allowed=False)


def test_folder_that_does_not_exist_is_told_by_name(tmp_path):
    assert "there is no folder" in refusal_of(str(tmp_path / "nowhere"))


def test_file_is_no_folder(tmp_path):
    (tmp_path / "a.bundle").touch()

    assert "is a file" in refusal_of(str(tmp_path / "a.bundle"))


def test_folder_name_with_a_colon_is_a_folder_when_it_begins_with_a_slash(tmp_path):
    (tmp_path / "a:b").mkdir()

    assert printed(str(tmp_path / "a:b")).endswith("/a:b")
