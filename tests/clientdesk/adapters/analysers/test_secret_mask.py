from __future__ import annotations

import hashlib

import pytest

from clientdesk.adapters.analysers.secret_mask import mask
from clientdesk.audit.scans import Doubt

TOKEN = b"ghp_" + b"a1B2" * 9


def of(content, secret=TOKEN):
    """The mask of the first place where the secret stands."""
    place = content.index(secret)
    begin = content.rfind(b"\n", 0, place) + 1
    return mask(content, content.count(b"\n", 0, place) + 1, place - begin, place - begin + len(secret) - 1)


def test_token_is_told_by_its_beginning_its_length_and_its_hash():
    found = of(b"\n\xc3\xa9 = '" + TOKEN + b"'\r\n")

    assert found.digest == hashlib.sha256(TOKEN).hexdigest()[:12]
    assert (found.shown, found.doubt) == ("ghp_\N{HORIZONTAL ELLIPSIS} (40 characters)", Doubt.NONE)


def test_password_is_told_by_its_length_alone():
    assert of(b"p = hunter2 and more", b"hunter2 and more").shown == "16 characters"


def test_private_key_has_one_hash_wherever_it_stands_and_however_its_lines_end():
    key = b"-----BEGIN RSA PRIVATE KEY-----\nAAAA\nBBBB\n-----END RSA PRIVATE KEY-----"
    plain, moved = mask(key, 1, 0, 28), mask(b"x\n  k: " + key.replace(b"\n", b"\r\n    ") + b"\r\n", 2, 5, 40)

    assert plain == moved
    assert plain.shown == "a private key"
    assert mask(key.replace(b"AAAA", b"CCCC"), 1, 0, 28).digest != plain.digest


@pytest.mark.parametrize(("line", "first", "last"), [(9, 0, 3), (1, 50, 60), (1, 3, 1)])
def test_place_that_is_not_there_gives_nothing(line, first, last):
    assert mask(b"short\n", line, first, last).digest == ""


def test_token_in_the_middle_of_encoded_data_is_doubted():
    data = b"QUJD" * 600

    assert of(b"x = '" + data + b"/" + TOKEN + b"+" + data + b"'").doubt is Doubt.ENCODED_DATA
    assert of(b"x = '" + data + b"'; t = '" + TOKEN + b"'; y = '" + data + b"'").doubt is Doubt.NONE


@pytest.mark.parametrize(
    ("host", "doubt"),
    [
        (b"localhost", Doubt.OWN_MACHINE),
        (b"127.0.0.1:5432", Doubt.OWN_MACHINE),
        (b"db", Doubt.OWN_MACHINE),
        (b"my-postgres", Doubt.OWN_MACHINE),
        (b"db.example.org", Doubt.NONE),
        (b"localhost.example.org", Doubt.NONE),
    ],
)
def test_password_for_the_own_machine_is_doubted(host, doubt):
    assert of(b"url = postgres://app:s3cr3tpass@" + host + b"/app", b"s3cr3tpass").doubt is doubt


@pytest.mark.parametrize(
    "secret",
    [
        "password",
        "your-api-key",
        "YOUR_API_KEY_HERE",
        "changeme",
        "<token>",
        "${TOKEN}",
        "xxxxxxxx",
        "mongodb://u:pass@host/x",
    ],
)
def test_what_is_to_be_filled_in_is_doubted(secret):
    assert mask(secret.encode(), 1, 0, len(secret) - 1).doubt is Doubt.PLACEHOLDER


@pytest.mark.parametrize("secret", ["Sommer2019!", "c3bea2ed138237", "passwortlos-9", "mongodb://u:owasp@host/x"])
def test_what_somebody_chose_is_not(secret):
    assert mask(secret.encode(), 1, 0, len(secret) - 1).doubt is Doubt.NONE


def test_key_of_three_dots_is_to_be_filled_in():
    text = '{\n "private_key": "-----BEGIN PRIVATE KEY-----\\n...\\n-----END PRIVATE KEY-----\\n"\n}'

    assert mask(text.encode(), 1, 1, 1).doubt is Doubt.PLACEHOLDER
