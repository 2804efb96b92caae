"""`clientdesk portfolio`: all repositories audited without a server, and a status that tells."""

import pytest
from fakes.clock import MONDAY_MORNING
from fakes.command import said
from fakes.desk import a_call, a_desk
from fakes.offers import an_offer

from clientdesk import wiring
from clientdesk.adapters.store import SqlStore
from clientdesk.adapters.store_schema import migrate


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


def test_round_audits_every_repository_and_says_what_has_moved(desk):
    desk.clock.advance(days=30)

    told = said(desk, "portfolio", "audit")

    assert "1 of 1 repositories audited, 0 new critical or high." in told
    assert len(desk.store.audits_of(desk.store.clients()[0].id)) == 2
    assert desk.checkouts.kept == {}


def test_nobody_to_audit_is_said(monkeypatch, desk):
    monkeypatch.setattr(wiring, "make_desk", lambda *_, **__: a_desk())

    assert said(desk, "portfolio", "audit").startswith("no repository to audit")


def test_round_in_a_real_process_ends_with_one_where_a_repository_is_gone(clientdesk, tmp_path):
    clientdesk.home.mkdir()
    url = f"sqlite:///{clientdesk.home / 'clientdesk.db'}"
    migrate(url)
    store = SqlStore(url)
    store.register(a_call(str(tmp_path / "gone")), MONDAY_MORNING)
    store.close()

    broken = clientdesk("portfolio", "audit", "--at-once", "2")

    assert broken.returncode == 1, broken.stderr
    assert "not measured" in broken.stdout
    assert "0 of 1 repositories audited" in broken.stdout
    assert f"Harbour Bookings GmbH, {tmp_path / 'gone'}: " in broken.stderr
