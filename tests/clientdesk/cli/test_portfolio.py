"""`clientdesk portfolio`: all repositories audited without a server, and a status that tells."""

import shutil

import pytest
from fakes.command import said
from fakes.desk import a_desk
from fakes.offers import an_offer

from clientdesk import wiring


@pytest.fixture
def desk(monkeypatch, tmp_path):
    """The desk on which the command works."""
    desk, _ = an_offer()
    monkeypatch.setattr(wiring, "make_desk", lambda *_, **__: desk)
    monkeypatch.setattr(wiring, "prepare_records", lambda _: None)
    return desk


def test_repositories_are_listed_with_their_last_audit():
    desk, _ = an_offer()

    (line,) = said(desk, "portfolio", "list").splitlines()

    assert "Harbour Bookings GmbH" in line
    assert line.endswith("audited 2026-03-16 08:00 UTC")
    assert said(a_desk(), "portfolio", "list").startswith("no client yet")


def test_round_in_real_processes_ends_with_one_where_a_repository_is_gone(onboarded, clientdesk, client_code):
    shutil.copytree(onboarded[0].home, clientdesk.home)
    clientdesk.settings.update(onboarded[0].settings)

    fine = clientdesk("portfolio", "audit")
    client_code.path.rename(client_code.path.with_name("away"))
    try:
        broken = clientdesk("portfolio", "audit", "--at-once", "2")
    finally:
        client_code.path.with_name("away").rename(client_code.path)

    assert (fine.returncode, broken.returncode) == (0, 1), fine.stderr + broken.stderr
    assert "1 of 1 repositories audited, 0 new critical or high." in fine.stdout
    assert "not measured" in broken.stdout
    assert "0 of 1 repositories audited" in broken.stdout
