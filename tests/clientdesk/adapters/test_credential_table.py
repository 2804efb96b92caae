"""[credentials] of agency.toml: where secrets lie, and what is said of a token that was put in its place."""

from pathlib import Path

import pytest

from clientdesk.adapters.agency_file import BadAgencyFile, read_agency
from clientdesk.domain.credential import CredentialKind, CredentialReference

REAL = Path(__file__).parents[3] / "agency.toml"


def written(folder: Path, table: str, name: str = "acme") -> Path:
    file = folder / "agency.toml"
    file.write_text(f"{REAL.read_text()}\n[credentials.{name}]\n{table}\n")
    return file


def refused(folder: Path, table: str, name: str = "acme") -> str:
    with pytest.raises(BadAgencyFile) as no:
        read_agency(written(folder, table, name), [])
    return str(no.value)


def test_credential_is_read(tmp_path):
    table = 'kind = "token"\nhost = "github.com"\nsecret = "env:ACME_TOKEN"\nonly = ["acme/"]'

    agency = read_agency(written(tmp_path, table), [])

    assert agency.credentials == {
        "acme": CredentialReference("acme", CredentialKind.TOKEN, "github.com", "env:ACME_TOKEN", ("acme/",))
    }


def test_token_where_its_place_is_asked_for_is_not_repeated(tmp_path):
    words = refused(tmp_path, 'kind = "token"\nhost = "github.com"\nsecret = "ghp_planted"')

    assert "must be where the secret lies" in words
    assert "planted" not in words


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('kind = "github-app"\nhost = "github.com"\nsecret = "env:K"\napp = "1"', "needs `app` and `installation`"),
        ('kind = "ssh-key"\nhost = "github.com"\nsecret = "env:K"', "an SSH key lies in a file"),
        ('kind = "password"\nhost = "github.com"\nsecret = "env:K"', '"token", "github-app" or "ssh-key"'),
        ('kind = "token"\nhost = "https://github.com"\nsecret = "env:K"', "the one host it is for"),
        ('kind = "token"\nhost = "github.com"\nsecret = "env:K"\napi = "http://example.com"', "https:// address"),
    ],
)
def test_mistakes_are_said_with_their_key(tmp_path, table, words):
    said = refused(tmp_path, table)

    assert words in said
    assert "credentials.acme" in said


def test_name_with_capitals_is_refused(tmp_path):
    assert "small letters, digits and dashes" in refused(
        tmp_path, 'kind = "token"\nhost = "github.com"\nsecret = "env:K"', "Acme"
    )
