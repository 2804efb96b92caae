from __future__ import annotations

from fakes.repository import RepositoryFromText

from clientdesk.audit.suspect_files import suspect_places

KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n"


def test_places_are_those_of_the_suspects_and_no_other():
    files = {
        "server.pem": "\n" + KEY,
        "notes.txt": KEY,
        ".env": "A=1\nSTRIPE_SECRET_KEY=sk_live_4eC39HqLyjWDarj\n",
        "binary.key": b"\x00\x01",
        "config/initializers/secret_token.rb": "# x\nApp.config.secret_key_base = '" + "0af1" * 16 + "'\n",
    }

    assert suspect_places(RepositoryFromText(files)) == {
        ("server.pem", 2),
        (".env", 2),
        ("config/initializers/secret_token.rb", 2),
    }


def test_session_key_that_comes_from_the_environment_is_none():
    text = "App.config.secret_key_base = ENV['SECRET_KEY_BASE']\n# secret_token = '" + "0af1" * 16 + "'\n"

    assert suspect_places(RepositoryFromText({"secret_token.rb": text})) == frozenset()
