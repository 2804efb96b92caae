"""Each probe says what it saw, and how to mend what is not good."""

import shutil
import socket
from contextlib import closing
from dataclasses import replace

import pytest
from fakes.agency import AGENCY
from fakes.mail_server import Inbox, mail_server

from clientdesk.adapters import probes
from clientdesk.adapters.credentials import Credentials
from clientdesk.adapters.pdf import PdfPrinter
from clientdesk.adapters.probes import Health
from clientdesk.adapters.secret_places import SecretPlaces
from clientdesk.adapters.store_schema import migrate
from clientdesk.domain.credential import CredentialKind, CredentialReference
from clientdesk.domain.intake import Expectation, Partner


@pytest.fixture
def nobody():
    """A port where nothing listens."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def test_git_that_is_not_installed_prevents_the_main_job(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)

    probe = probes.git()

    assert probe.health is Health.BROKEN
    assert "apt-get install" in probe.mend


def test_git_is_told_with_its_version():
    assert probes.git().detail[0].isdigit()


def test_pdf_is_printed_not_supposed(tmp_path):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "pdfua.xmp").write_bytes(b"")

    assert probes.pdf(PdfPrinter(tmp_path)).health is Health.GOOD


def test_folder_that_can_be_written_is_good_and_left_as_it_was(tmp_path):
    assert probes.folder("Data", tmp_path).health is Health.GOOD
    assert list(tmp_path.iterdir()) == []


def test_folder_in_whose_place_a_file_is_is_broken(tmp_path):
    (tmp_path / "home").write_text("")

    assert probes.folder("Data", tmp_path / "home").health is Health.BROKEN


def test_database_that_is_not_there_yet_is_good_and_not_made(tmp_path):
    probe = probes.database(f"sqlite:///{tmp_path / 'desk.db'}")

    assert (probe.health, "the first run makes it" in probe.detail) == (Health.GOOD, True)
    assert list(tmp_path.iterdir()) == []


def test_database_is_told_with_how_far_it_is(tmp_path):
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    migrate(url)

    assert "migrated to" in probes.database(url).detail


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "postgresql+psycopg://desk:secret@127.0.0.1:1/desk"])
def test_database_that_can_not_be_used_is_broken_and_its_password_is_not_shown(url):
    probe = probes.database(url)

    assert probe.health is Health.BROKEN
    assert "secret" not in probe.detail + probe.mend


def test_mail_server_that_answers_is_good():
    with mail_server(Inbox()) as port:
        assert probes.smtp("127.0.0.1", port, is_implicit=False).health is Health.GOOD


def test_mail_server_that_is_not_there_is_a_limit_only(nobody):
    assert probes.smtp("127.0.0.1", nobody, is_implicit=False).health is Health.LIMITED
    assert probes.no_mail_server().health is Health.LIMITED


def test_prefect_is_broken_only_where_a_server_is_named_and_silent(nobody):
    assert probes.prefect_api("").health is Health.GOOD
    assert probes.prefect_api(f"http://127.0.0.1:{nobody}/api").health is Health.BROKEN
    assert probes.prefect_api("nonsense").health is Health.BROKEN


@pytest.mark.parametrize(("are_examples", "health"), [(True, Health.LIMITED), (False, Health.GOOD)])
def test_example_rates_are_warned_of(are_examples, health):
    agency = replace(AGENCY, rates=replace(AGENCY.rates, are_examples=are_examples))

    assert probes.rates(agency).health is health


@pytest.mark.parametrize(("is_example", "health"), [(True, Health.LIMITED), (False, Health.GOOD)])
def test_placeholders_for_partners_are_warned_of(is_example, health):
    partner = Partner(Expectation.ROUND_THE_CLOCK, "Night Watch", "night@watch.example", is_example=is_example)

    probe = probes.partners(replace(AGENCY, partners={Expectation.ROUND_THE_CLOCK: partner}))

    assert probe.health is health


def test_credential_is_told_by_where_its_secret_lies():
    reference = CredentialReference("acme", CredentialKind.TOKEN, "github.com", "env:ACME")
    credentials = Credentials({"acme": reference}, SecretPlaces({"ACME": "planted"}, str))

    probe = probes.credential(credentials, reference)

    assert (probe.health, probe.detail) == (Health.GOOD, "acme: a token for github.com, from env:ACME")


def test_credential_without_its_secret_is_a_limit_that_says_what_to_set():
    reference = CredentialReference("acme", CredentialKind.TOKEN, "github.com", "env:ACME")

    probe = probes.credential(Credentials({"acme": reference}, SecretPlaces({}, str)), reference)

    assert probe.health is Health.LIMITED
    assert "ACME is not set" in probe.mend
