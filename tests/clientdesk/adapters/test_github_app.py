"""A GitHub App's tokens: asked for with a signed word, renewed before they run out, never shown."""

import json
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from fakes.web_server import answering

from clientdesk.adapters.github_app import GitHubApp, NoInstallationToken

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
PATH = "/app/installations/77/access_tokens"


@pytest.fixture(scope="module")
def key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def given(token: str, until: datetime) -> tuple[int, dict[str, str], bytes]:
    return 201, {}, json.dumps({"token": token, "expires_at": until.strftime("%Y-%m-%dT%H:%M:%SZ")}).encode()


def test_token_is_asked_for_once_and_renewed_five_minutes_before_its_end(pem):
    answers = iter([given("first", MONDAY + timedelta(hours=1)), given("second", MONDAY + timedelta(hours=2))])
    now = [MONDAY]
    with answering({PATH: lambda: next(answers)}) as server:
        app = GitHubApp("12", "77", lambda: pem, server.address, lambda: now[0])
        tokens = [app.token()]
        now[0] += timedelta(minutes=54)
        tokens.append(app.token())
        now[0] += timedelta(minutes=1)
        tokens.append(app.token())

    assert tokens == ["first", "first", "second"]


def test_word_of_the_app_is_signed_short_lived_and_its_own(key, pem):
    app = GitHubApp("12", "77", lambda: pem, "http://127.0.0.1:9", lambda: MONDAY)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    claims = jwt.decode(app._word(), public, algorithms=["RS256"], options={"verify_exp": False, "verify_iat": False})

    assert claims["iss"] == "12"
    assert claims["exp"] - claims["iat"] <= 600


def test_refusal_names_app_and_installation(pem):
    with (
        answering({PATH: (401, {}, b"planted")}) as server,
        pytest.raises(NoInstallationToken, match="status 401") as no,
    ):
        GitHubApp("12", "77", lambda: pem, server.address).token()

    assert "app 12" in str(no.value)
    assert "planted" not in str(no.value)


def test_key_that_is_none_is_refused_unseen():
    with pytest.raises(NoInstallationToken, match="private key in PEM form") as no:
        GitHubApp("12", "77", lambda: "planted", "http://127.0.0.1:9").token()

    assert "planted" not in str(no.value)


def test_odd_answer_holds_no_token(pem):
    with answering({PATH: (201, {}, b"[]")}) as server, pytest.raises(NoInstallationToken, match="holds no token"):
        GitHubApp("12", "77", lambda: pem, server.address).token()


def test_host_that_is_not_there_is_said(pem):
    with pytest.raises(NoInstallationToken, match="does not answer"):
        GitHubApp("12", "77", lambda: pem, "http://127.0.0.1:9").token()
