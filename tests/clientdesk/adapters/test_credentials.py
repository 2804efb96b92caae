"""Credentials open their own host and paths, and are told apart by words when they don't."""

import pytest

from clientdesk.adapters.credentials import Credentials, NoSuchCredential
from clientdesk.adapters.git_access import Key, Login
from clientdesk.adapters.secret_places import NoSecret, SecretPlaces
from clientdesk.domain.credential import CredentialKind, CredentialReference

VARIABLES = {"ACME": "t0ken", "TWO_LINES": "a\nb"}


def credentials(**changes: object) -> Credentials:
    facts = {"kind": CredentialKind.TOKEN, "host": "github.com", "secret": "env:ACME", "only": ("acme/",), **changes}
    reference = CredentialReference(name="acme", **facts)
    return Credentials({"acme": reference}, SecretPlaces(VARIABLES, VARIABLES.__getitem__))


def test_no_name_opens_nothing():
    assert credentials().access("", "https://github.com/acme/shop.git") is None


def test_token_is_for_its_host():
    access = credentials().access("acme", "https://github.com/acme/shop.git")

    assert isinstance(access, Login)
    assert (access.scope, access.user, access.secret()) == ("https://github.com", "x-access-token", "t0ken")


def test_user_named_is_the_one_given():
    access = credentials(user="deploy").access("acme", "https://GitHub.com/acme/shop.git")

    assert isinstance(access, Login)
    assert access.user == "deploy"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://github.com.evil.example/acme/shop.git", "is not shown to github.com.evil.example"),
        ("https://evil.example/acme/shop.git", "is for github.com"),
        ("https://github.com:8443/acme/shop.git", "is not shown to github.com:8443"),
        ("https://github.com/other/shop.git", "is for acme/"),
        ("git@github.com:acme/shop.git", "is for https addresses"),
        ("ssh://git@github.com/acme/shop.git", "is for https addresses"),
        ("/srv/acme", "is for https addresses"),
    ],
)
def test_strangers_are_not_shown_it(url, words):
    with pytest.raises(NoSuchCredential, match=words):
        credentials().access("acme", url)


def test_port_that_is_usual_need_not_be_named():
    assert credentials().access("acme", "https://github.com:443/acme/shop.git") is not None


def test_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(NoSuchCredential, match=r"no credential 'acne' \(it has acme\)"):
        credentials().access("acne", "https://github.com/acme/shop.git")


def test_secret_that_is_not_there_is_said_before_anything_is_fetched():
    with pytest.raises(NoSecret, match="OTHER is not set"):
        credentials(secret="env:OTHER").access("acme", "https://github.com/acme/shop.git")


def test_token_of_two_lines_is_none():
    with pytest.raises(NoSecret, match="has several lines"):
        credentials(secret="env:TWO_LINES").access("acme", "https://github.com/acme/shop.git")


def test_ssh_key_is_for_ssh_addresses(tmp_path):
    file = tmp_path / "key"
    file.touch(0o600)
    keys = credentials(kind=CredentialKind.SSH_KEY, secret=f"file:{file}")

    assert keys.access("acme", "git@github.com:acme/shop.git") == Key("acme", str(file))
    with pytest.raises(NoSuchCredential, match="is for ssh addresses"):
        keys.access("acme", "https://github.com/acme/shop.git")


def test_check_says_whether_the_secret_is_there():
    credentials().check("acme")

    with pytest.raises(NoSecret):
        credentials(secret="env:OTHER").check("acme")
