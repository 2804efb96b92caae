from __future__ import annotations

from datetime import date

import pytest
from fakes.git_source import Link
from fakes.repository import RepositoryFromText

from clientdesk.audit.checks.secret_files import CHECK
from clientdesk.audit.result import Outcome, Severity

MONDAY = date(2026, 3, 2)
KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow" + "A" * 60 + "\n-----END RSA PRIVATE KEY-----\n"
MASTER = "0123456789abcdef0123456789abcdef"


def look(files):
    return CHECK.look(RepositoryFromText(files), MONDAY)


@pytest.mark.parametrize(
    ("path", "text", "rule", "severity"),
    [
        ("deploy/server.pem", KEY, "secret.private-key", Severity.CRITICAL),
        ("id_rsa", KEY.replace("RSA", "OPENSSH"), "secret.private-key", Severity.CRITICAL),
        ("config/master.key", MASTER, "secret.rails-key", Severity.CRITICAL),
        (".env", "DEBUG=1\nSTRIPE_SECRET_KEY=sk_live_4eC39HqLyjWDarj\n", "secret.environment", Severity.HIGH),
        (".env.production", "export DB_PASSWORD='p9#kd83jKq2'\n", "secret.environment", Severity.HIGH),
        (
            "firebase-service-account.json",
            '{"private_key": "BEGIN PRIVATE"}',
            "secret.service-account",
            Severity.CRITICAL,
        ),
        ("shop/settings.py", "SECRET_KEY = 'k3j4h5k3j4h5k3j4h5k3'\n", "secret.django-key", Severity.HIGH),
        ("shop/settings.py", "SECRET_KEY = 'django-insecure-k3j4h5k3'\n", "secret.django-key", Severity.MEDIUM),
        (".npmrc", "//registry.example/:_authToken=npm_a8s7d6f8a7s6df\n", "secret.login", Severity.HIGH),
        ("app.keystore", b"\xfe\xed\xfe\xed", "secret.key-store", Severity.HIGH),
    ],
)
def test_a_secret_is_found_by_its_file(path, text, rule, severity):
    (finding,) = look({path: text}).findings

    assert (finding.rule, finding.severity, finding.path) == (rule, severity, path)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("certs/ca.pem", "-----BEGIN CERTIFICATE-----\nMII\n"),
        (".env.example", "STRIPE_SECRET_KEY=sk_live_4eC39HqLyjWDarj\n"),
        ("docker/mysql.env", "MYSQL_ROOT_PASSWORD=myrootpassword\nAPP_PASSWORD=my_app_password1\n"),
        (".env", "SECRET_KEY=changeme-please\nTOKEN=${TOKEN}\nPASSWORD=\nAPI_KEY=<your key>\n"),
        (".env.development", "VITE_APP_FIREBASE_API_KEY=AIzaSyA0123456789abcdef\n"),
        ("settings.py", "SECRET_KEY = os.environ['SECRET_KEY']\n"),
        (".npmrc", "//registry.example/:_authToken=${NPM_TOKEN}\nsave-exact=true\n"),
        ("docs/server.pem", KEY),
        ("vendor/x/server.key", KEY),
        ("config/master.key", "see the vault\n"),
        ("notes.txt", KEY),
    ],
)
def test_samples_placeholders_and_public_things_are_no_secrets(path, text):
    assert look({path: text}).outcome is Outcome.CLEAN


def test_the_evidence_is_masked():
    (finding,) = look({".env": "API_TOKEN=t0p-s3cret-value\n"}).findings

    assert "s3cret" not in repr(finding)
    assert (finding.title, finding.line) == ("API_TOKEN is committed with a value: .env", 1)


def test_a_key_made_for_tests_is_a_small_doubtful_finding():
    (finding,) = look({"tests/fixtures/server.pem": KEY}).findings

    assert (finding.severity, finding.confidence) == (Severity.LOW, "low")


def test_a_link_is_not_followed():
    assert look({".env": Link("/etc/passwd")}).outcome is Outcome.CLEAN


def test_a_file_that_can_not_be_read_is_a_gap():
    result = look({".env": b"\0\1"})

    assert (result.outcome, len(result.gaps)) == (Outcome.COULD_NOT_RUN, 1)


def test_a_file_of_blank_lines_is_read_in_time():
    assert look({".env": "\n" * 99_000 + " " * 900}).outcome is Outcome.CLEAN
